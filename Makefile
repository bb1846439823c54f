# Everything sets itself up: a .venv with the oldest Python from 3.11 that starts here.
# uv is used where it is on PATH; nothing else is required.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

VENV := .venv
BIN := $(VENV)/bin
NEWER := 3.12 3.13 3.14 3.15
SAMPLE ?= 100
SEED ?= 1
WORKERS ?= $(shell nproc 2>/dev/null || echo 2)
# Tests start Python hundreds of times; without its cache each start compiles all again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help: ## Show what there is to make
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.PHONY: generate
generate: $(VENV)/.run ## Make the Flexprice client from specs/ into build/flexprice_client/
	@$(BIN)/flexprice-codegen generate

.PHONY: check
check: $(VENV)/.run ## Is build/flexprice_client/ what `make generate` would make?
	@$(BIN)/flexprice-codegen check

.PHONY: test
test: $(VENV)/.dev ## Run all tests, then the fast ones on every newer Python that starts
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal
	@scripts/newer-pythons $(NEWER)

.PHONY: test-fast
test-fast: $(VENV)/.dev ## Run the tests that need no other tool and no full description
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m 'not slow'

.PHONY: proof
proof: $(VENV)/.dev ## Draw other examples for all properties, kill 500 runs, fill disks of 20 sizes, read values of 5,000 schemas, check code after 100 edits and between real versions, outlast 10 minutes of outage
	EXPLORE=1 $(BIN)/python -m pytest -n $(WORKERS) -m hypothesis
	KILLS=500 SIZES=20 $(BIN)/python -m pytest -n $(WORKERS) tests/test_kills.py
	CASES=200 $(BIN)/python -m pytest -n $(WORKERS) tests/meaning/test_values.py
	CASES=20 LARGEST=10000000 VALUES=5 $(BIN)/python -m pytest -n $(WORKERS) \
	    tests/meaning/test_equal_schemas.py tests/meaning/test_levels.py tests/meaning/test_documents.py
	EDITS=100 $(BIN)/python -m pytest -n 0 tests/impact/test_random_edits.py tests/impact/test_pages.py
	HISTORY=all $(BIN)/python -m pytest -n $(WORKERS) tests/impact/test_history.py -k new
	OUTAGE=600 $(BIN)/python -m pytest -n $(WORKERS) tests/behaviour/test_outage.py

.PHONY: lint
lint: $(VENV)/.dev ## Check style, types and layout
	$(BIN)/ruff check
	$(BIN)/black --check --quiet . || { $(BIN)/black --check .; exit 1; }
	$(BIN)/mypy
	$(BIN)/pyright
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-actions action.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml examples/*.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci examples/gitlab/*.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.renovate examples/renovate.json
	scripts/actionlint $(BIN) .github/workflows/*.yml examples/*.yml
	$(BIN)/zizmor --offline --quiet --config .github/zizmor.yml .github/workflows action.yml examples/*.yml
	$(BIN)/python scripts/plain_english.py
	$(BIN)/codespell README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md RELEASING.md docs generator
	$(BIN)/shellcheck $(filter-out scripts/__pycache__ scripts/accessibility scripts/mutants scripts/reference scripts/server_trials %.py,$(wildcard scripts/*)) scripts/accessibility/run .ci/run

.PHONY: format
format: $(VENV)/.dev ## Lay out the code and sort its imports
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/black --quiet .

.PHONY: sync
sync: $(VENV)/.dev ## Make the modules of the runtime that block from the asynchronous ones
	$(BIN)/python scripts/sync_runtime.py
	$(BIN)/black --quiet generator/flexprice_codegen/runtime/client.py generator/flexprice_codegen/runtime/batching.py

.PHONY: golden
golden: $(VENV)/.dev ## Record the expected output of the tests again
	$(BIN)/python -m pytest -n $(WORKERS) tests/test_golden.py tests/test_rejects.py tests/diff/test_flexprice_in_python.py --update

.PHONY: rules
rules: $(VENV)/.dev ## Write docs/rules.md again
	@mkdir -p docs
	$(BIN)/flexprice-codegen rules --format markdown > docs/rules.md

.PHONY: reference
reference: $(VENV)/.dev ## Write the generated pages of docs/ again
	PYTHONPATH=scripts $(BIN)/python -m reference

.PHONY: docs
docs: $(VENV)/.dev ## Build the site into build/site/; it needs no network
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

.PHONY: accessibility
accessibility: docs ## Audit the site and the HTML reports with axe-core in Chromium
	scripts/accessibility/run $(BIN)/flexprice-codegen build/site build/accessibility

.PHONY: dist
dist: $(VENV)/.dev ## Build wheel and sdist into dist/, and check them
	rm -rf dist
	$(BIN)/python -m build --outdir dist
	$(BIN)/twine check --strict dist/*
	$(BIN)/check-wheel-contents dist/*.whl

.PHONY: bench
bench: $(VENV)/.dev ## Measure against the peers; installs them into benchmarks/.venv
	$(BIN)/python -m benchmarks

.PHONY: test-servers
test-servers: $(VENV)/.dev ## Call real servers (docs/servers.md lists them); installs them into build/servers
	PYTHONPATH=scripts $(BIN)/python -m server_trials $(SERVERS)

.PHONY: mutants
mutants: $(VENV)/.dev ## Find changes of a room that no test notices: ROOM=surface SAMPLE=100 SEED=1
	PYTHONPATH=scripts $(BIN)/python -m mutants --room $(ROOM) --sample $(SAMPLE) --seed $(SEED) --workers $(WORKERS)

.PHONY: clean
clean: ## Remove what was made
	rm -rf build dist $(VENV) .venv-3.* benchmarks/.venv .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/.python: scripts/make-venv
	@scripts/make-venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.python pyproject.toml
	@scripts/install $(VENV) -e . --group client
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@scripts/install $(VENV) -e . --group dev
	@touch $@
