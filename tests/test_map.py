"""The tests are a map: whoever opens a module finds its tests by its name.

The tests of `generator/flexprice_codegen/api/containers.py` stand in
`tests/unit/api/test_containers.py`. Where they are many, a file about one aspect stands
beside it: `test_decoding_of_times.py`. What is tested only through the whole chain is
listed below with the tests that do it.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from support.package_code import MODULES as PATHS
from support.package_code import PACKAGE, list_nodes

TESTS = Path(__file__).parent
UNIT = TESTS / "unit"
MODULES = {
    path.relative_to(PACKAGE).with_suffix("").as_posix(): path
    for path in PATHS
    if path.name not in {"__init__.py", "__main__.py"}
}
FILES = sorted(UNIT.rglob("test_*.py"))

ONLY_AS_A_WHOLE = {
    # What they print means something as a file of a package, and is compared as one.
    "test_golden.py": (
        "api/build",
        "emit/agents",
        "emit/client",
        "emit/doc_facts",
        "emit/doc_methods",
        "emit/emit",
        "emit/examples",
        "emit/method_view",
        "emit/model_imports",
        "emit/models",
        "emit/package",
        "emit/resources",
        "emit/typed_inputs",
        "emit/webhooks",
        "pipeline/generate",
    ),
    # What they decide shows in a client that is imported and used.
    "behaviour/test_async_batching.py": ("runtime/batching",),
    "behaviour/test_batching.py": (
        "emit/batching",
        "runtime/batch_plan",
        "runtime/batching",
    ),
    "behaviour/test_batch_spool.py": ("runtime/batch_spool",),
    "behaviour/test_calls.py": ("emit/styles",),
    "behaviour/test_choices.py": ("surface/models",),
    "behaviour/test_events.py": ("surface/events",),
    "behaviour/test_fake_transport.py": ("emit/testing", "runtime/fake"),
    "behaviour/test_models.py": (
        "api/schemas",
        "surface/classes",
        "surface/type_mapping",
    ),
    "behaviour/test_naming.py": ("surface/resources",),
    "behaviour/test_recording.py": ("runtime/recorder",),
    "behaviour/test_old_names.py": (
        "emit/former_types",
        "surface/lock_names",
        "surface/renamed_keys",
    ),
    "behaviour/test_packed_deliveries.py": (
        "runtime/event_lists",
        "runtime/packed_events",
    ),
    "behaviour/test_package.py": ("emit/runtime_files",),
    "behaviour/test_paging.py": (
        "runtime/body_paths",
        "runtime/followed_pages",
        "runtime/methods",
        "runtime/paging",
    ),
    "behaviour/test_stream_forms.py": ("runtime/stream_switch",),
    "behaviour/test_streams.py": (
        "runtime/stream_reading",
        "runtime/streams",
    ),
    "behaviour/test_values.py": ("runtime/sent_forms",),
    # Each rule has an example of its own, which goes through all of these.
    "diff/test_contract_rules.py": (
        "diff/wire/compare_apis",
        "diff/wire/headers",
        "diff/wire/messages",
        "diff/wire/property_edits",
    ),
    "diff/test_schema_rules.py": (
        "diff/wire/defaults",
        "diff/wire/edits",
    ),
    "diff/test_symmetry.py": ("diff/rules/wire_rules",),
    # They serve one neighbor, whose tests say what they must do.
    "unit/api/test_composed_schemas.py": (
        "api/choices",
        "api/contradictions",
        "api/definition_builder",
        "api/merged_nodes",
        "api/schema_spelling",
        "api/variants",
    ),
    "unit/api/test_event_names.py": ("api/events",),
    "unit/api/test_intersection.py": (
        "api/intersected_bounds",
        "api/intersected_values",
        "api/intersection_draft",
    ),
    "unit/diff/source/test_classes.py": ("diff/source/class_usage",),
    "unit/diff/source/test_compare_surfaces.py": ("diff/compare",),
    "unit/diff/source/test_fields.py": ("diff/source/type_effects",),
    "unit/diff/wire/test_affected_operations.py": ("diff/wire/diff_state",),
    "unit/report/test_history_entries.py": (
        "report/history_html",
        "report/history_markdown",
        "report/history_text",
    ),
    "unit/test_config.py": ("config_values",),
    # They read one piece of code together, and call each other in circles.
    # Each lie of a server goes through all of them, to the client that reads it.
    "behaviour/test_conform.py": (
        "cli/conform",
        "conform/bodies",
        "conform/corrections",
        "conform/evidence",
        "conform/exchange_judge",
        "conform/findings",
        "conform/request_judge",
        "conform/scalar_forms",
        "conform/value_judge",
        "pipeline/conform",
        "report/conform_text",
    ),
    "unit/impact/test_index.py": (
        "impact/call_uses",
        "impact/calls",
        "impact/client_types",
        "impact/definitions",
        "impact/evaluation",
        "impact/frame",
        "impact/functional_classes",
        "impact/growing",
        "impact/hints",
        "impact/library_calls",
        "impact/members",
        "impact/narrowing",
        "impact/patterns",
        "impact/protocols",
        "impact/statements",
        "impact/texts",
    ),
    "unit/vendor/test_disk.py": ("cli/writing",),
    # They are what a command does, and are tested by running it.
    "test_former_locks.py": ("pipeline/lock_file",),
    "test_incremental.py": ("cli/up_to_date",),
    "unit/cli/test_configs_below.py": ("cli/commands",),
    "unit/cli/test_diff.py": ("cli/diff_request",),
    "unit/cli/test_generate.py": ("cli/arguments", "cli/command_runner"),
    "unit/cli/test_impact.py": ("cli/code_request", "pipeline/impact"),
    "unit/impact/test_refining.py": ("impact/definitions_in_client",),
    "unit/cli/test_migrate.py": ("cli/rewriting",),
    "unit/cli/test_init.py": ("report/starter_config",),
    "unit/cli/test_main.py": ("cli/session",),
    "unit/cli/test_inspect.py": ("report/inspection",),
    "unit/cli/test_pull.py": (
        "pipeline/pull",
        "spec/http_fetch",
    ),
}
"""Modules without a test file of their own yet, by the tests that go through them.

This list gets shorter: a module that gets tests of its own is struck out.
"""
TESTED_BY = {
    module: test for test, modules in ONLY_AS_A_WHOLE.items() for module in modules
}


@cache
def has_logic(path: Path) -> bool:
    """Return whether a function of a module decides something.

    A module without one holds data: rows of a table, ids, dataclasses, constants.
    """
    decisions = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.Match)
    return any(
        isinstance(node, decisions)
        for function in list_nodes(path)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    )


def get_tested_module(file: Path) -> str | None:
    """Return the module that a test file is about: its name, or what that begins with."""
    room = file.parent.relative_to(UNIT)
    words = file.stem.removeprefix("test_").split("_")
    for count in range(len(words), 0, -1):
        module = (room / "_".join(words[:count])).as_posix()
        if module in MODULES:
            return module
    return None


def test_every_test_file_names_a_module() -> None:
    modules = {file: get_tested_module(file) for file in FILES}
    astray = [file.name for file, module in modules.items() if module is None]
    assert not astray, "no module has their names; move the tests to their modules"
    own = {
        UNIT / Path(module).parent / f"test_{Path(module).name}.py"
        for module in modules.values()
        if module is not None
    }
    missing = [file.name for file in own if not file.exists()]
    assert not missing, "other files are about an aspect of these modules: write them"


def test_every_module_with_logic_has_a_test_file() -> None:
    tested = {get_tested_module(file) for file in FILES}
    missing = {
        module
        for module, path in MODULES.items()
        if has_logic(path) and module not in tested and module not in TESTED_BY
    }
    assert not missing, "write tests/unit/<room>/test_<module>.py for each"


def test_the_list_holds_only_what_has_no_test_file() -> None:
    tested = {get_tested_module(file) for file in FILES}
    assert set(TESTED_BY) <= {m for m, path in MODULES.items() if has_logic(path)}
    assert not tested & set(TESTED_BY), "these have tests now: strike them out"


def test_what_the_list_refers_to_is_there() -> None:
    assert [each for each in ONLY_AS_A_WHOLE if not (TESTS / each).exists()] == []
