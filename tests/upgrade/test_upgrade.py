"""An upgrade from version 0.1.0 breaks no code: see README.md in this directory."""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from support.griffe_names import list_names
from support.public_names import find_lost_names

from flexprice_codegen.cli.main import main
from flexprice_codegen.vendor.directory import LOCK_NAME

ROOT = Path(__file__).parents[2]
REPOSITORY = Path(__file__).parent / "repository"
ALLOWED = tomllib.loads((Path(__file__).parent / "allowed.toml").read_text("utf-8"))
CLIENTS = ("flexprice_client", "ledger_client")
STATES = ("committed", "upgraded")
"""A copy of the repository as it is, and one that this version regenerated."""
EACH = pytest.mark.parametrize("client", CLIENTS)
# Edits that break users of a client: file, old text, new text.
EDITS = (
    ("models/_create_customer_request.py", "    email: str | UnsetType = UNSET\n", ""),
    ("models/_tax_rate_override.py", "currency: str\n", "currency: str\n    new: str\n"),
    ("models/_status.py", "DELETED =", "REMOVED ="),
    ("models/_status.py", '"archived"', '"ARCHIVED"'),
    ("models/__init__.py", '"ErrorResponse": "._error_response",', ""),
    ("resources/customers.py", "CustomerRequest\n    )", "CustomerRequest, by: str\n    )"),
    ("runtime/errors.py", "Error(APIConnectionError)", "Error(APIError)"),
    ("runtime/errors.py", "self.status =", "self.status_code ="),
    ("runtime/retry.py", "first", "initial"),
    ("runtime/fake.py", "headers: Mapping[str, str] | None", "header: str | None"),
    ("runtime/fake.py", "body: object = UNSET,\n        *,", "*, body: object = UNSET,"),
    ("_client.py", "on_request: RequestHook = None", "on_send: RequestHook = None"),
    ("_client.py", "on_request=on_request", "on_request=on_send"),
    ("webhooks.py", "\nsign = deliveries.sign", ""),
    ("webhooks.py", '"customer.created"', '"customer.made"'),
)  # fmt: skip
LOST = [
    "flexprice_client.APIStatusError.status",
    "flexprice_client.APITimeoutError is a APIConnectionError",
    "flexprice_client.AsyncFlexprice(on_request=)",
    "flexprice_client.AsyncFlexprice.customers.create_customer requires by",
    "flexprice_client.Flexprice(on_request=)",
    "flexprice_client.Flexprice.customers.create_customer requires by",
    "flexprice_client.ResponseBodyError.status",
    "flexprice_client.ResponseMismatchError.status",
    "flexprice_client.Retry(first=)",
    "flexprice_client.Retry.first",
    "flexprice_client.models.CreateCustomerRequest(email=)",
    "flexprice_client.models.CreateCustomerRequest.email",
    "flexprice_client.models.ErrorResponse",
    "flexprice_client.models.Status.ARCHIVED == 'archived'",
    "flexprice_client.models.Status.DELETED",
    "flexprice_client.models.TaxRateOverride requires new",
    "flexprice_client.resources.customers.AsyncCustomers.create_customer requires by",
    "flexprice_client.resources.customers.Customers.create_customer requires by",
    "flexprice_client.testing.Told.refuse(headers=)",
    "flexprice_client.testing.Told.refuse(status, body)",
    "flexprice_client.testing.Told.reply(headers=)",
    "flexprice_client.webhooks.CUSTOMER_CREATED == 'customer.created'",
    "flexprice_client.webhooks.EVENT_PAYLOADS['customer.created']",
    "flexprice_client.webhooks.sign",
]
"""What these edits break."""


def copy_repository(folder: Path) -> Path:
    """Copy the repository, with the present OpenAPI document of Flexprice."""
    ignore = shutil.ignore_patterns("__pycache__", ".*_cache")
    shutil.copytree(REPOSITORY, folder, ignore=ignore)
    for name in ("flexprice.yaml", "flexprice.overlay.yaml"):
        shutil.copyfile(ROOT / "specs" / name, folder / "specs" / name)
    return folder


def run_generator(folder: Path, *arguments: str) -> int:
    """Run the generator in a repository, and return its exit code."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return main([*arguments])


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield a directory with a copy for each state, from which Python imports."""
    folder = tmp_path_factory.mktemp("upgrade")
    for state in STATES:
        copy_repository(folder / state)
    assert run_generator(folder / "upgraded", "generate") == 0
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        yield folder


@pytest.fixture(scope="module")
def broken(copies: Path) -> Path:
    """Return a copy with a client that these edits broke."""
    folder = copy_repository(copies / "broken")
    for path, old, new in EDITS:
        file = folder / "flexprice_client" / path
        text = file.read_text("utf-8")
        assert old in text, (path, old)
        file.write_text(text.replace(old, new), "utf-8")
    return folder


def import_client(state: str, client: str) -> ModuleType:
    """Import a client of a copy."""
    return importlib.import_module(f"{state}.{client}")


def list_allowed(table: str, key: str) -> list[str]:
    """Return what the data file allows."""
    return sorted(each[key] for each in ALLOWED.get(table, ()))


def run_mypy(folder: Path) -> list[str]:
    """Run mypy in a repository, and return the errors without line numbers."""
    options = [
        "--strict",
        "--no-error-summary",
        "--python-version=3.11",
        "--config-file=",
        # All copies share what mypy knows of the libraries.
        f"--cache-dir={folder.parent / '.mypy_cache'}",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *options, "."],
        cwd=folder,
        env=os.environ | {"MYPYPATH": str(ROOT / "tests")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    errors = re.findall(r"^(.+?):\d+: (error: .*)$", done.stdout, re.MULTILINE)
    return sorted({f"{path}: {message}" for path, message in errors})


def run_tests(folder: Path) -> tuple[int, str]:
    """Run the tests of a repository, and return the exit code and the output.

    Each warning is an error, except for a deprecated name.
    """
    warnings = ["-W", "error", "-W", "default::DeprecationWarning"]
    options = ["-q", "-p", "no:cacheprovider", *warnings]
    variables = {
        "PYTHONPATH": os.pathsep.join([".", str(ROOT / "tests")]),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # it needs none, and starts faster
    }
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "tests"],
        cwd=folder,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@EACH
def test_the_committed_client_is_unchanged(client: str) -> None:
    folder = REPOSITORY / client
    lock = json.loads((folder / LOCK_NAME).read_text("utf-8"))
    written = {path: digest for path, digest, *_ in lock["files"]}

    found = {
        each.relative_to(folder).as_posix(): hashlib.sha256(each.read_bytes())
        for each in folder.rglob("*")
        if each.is_file() and "__pycache__" not in each.parts
    }

    del found[LOCK_NAME]
    assert {path: each.hexdigest() for path, each in found.items()} == written


def test_the_upgraded_clients_are_up_to_date(copies: Path) -> None:
    assert run_generator(copies / "upgraded", "check") == 0


@EACH
@pytest.mark.usefixtures("copies")
def test_no_public_name_is_lost(client: str) -> None:
    before = import_client("committed", client)
    after = import_client("upgraded", client)
    allowed = list_allowed("lost", "name")

    lost = find_lost_names(before, after)

    ours = [name for name in allowed if name.startswith(f"{client}.")]
    assert lost == ours, "\n".join(lost)


# The same by other hands, and in ten times the time.
@pytest.mark.slow
@EACH
def test_griffe_finds_no_name_that_is_lost(client: str, copies: Path) -> None:
    before, after = (list_names(copies / state / client) for state in STATES)

    assert before - after == set()


@pytest.mark.usefixtures("broken")
def test_each_broken_name_is_found() -> None:
    before = import_client("committed", "flexprice_client")
    after = import_client("broken", "flexprice_client")

    assert find_lost_names(before, after) == LOST


@pytest.mark.slow
def test_a_deprecated_alias_keeps_a_name_until_it_is_pruned(copies: Path) -> None:
    folder = copy_repository(copies / "renamed")
    document = folder / "specs" / "ledger.yaml"
    text = document.read_text("utf-8")
    text = text.replace("    Conflict:", "    Clash:").replace("/Conflict", "/Clash")
    document.write_text(text, "utf-8")
    before = import_client("committed", "ledger_client")

    assert run_generator(folder, "generate") == 0
    assert find_lost_names(before, import_client("renamed", "ledger_client")) == []
    former = list_names(copies / "committed" / "ledger_client")
    assert former - list_names(folder / "ledger_client") == set()

    assert run_generator(folder, "generate", "--prune-aliases") == 0
    shutil.copytree(folder, copies / "pruned")
    lost = find_lost_names(before, import_client("pruned", "ledger_client"))
    assert lost == ["ledger_client.models.Conflict"]

    pruned = list_names(copies / "pruned" / "ledger_client")
    members = {f"models.Conflict.{name}" for name in ("code", "entry_id", "message")}
    assert former - pruned == {"models.Conflict", *members}


@pytest.mark.slow
@pytest.mark.parametrize("state", ["committed", "upgraded"])
def test_the_app_runs(copies: Path, state: str) -> None:
    code, output = run_tests(copies / state)

    assert code == 0, output


@pytest.mark.slow
@pytest.mark.parametrize("state", STATES)
def test_mypy_strict_is_clean_on_the_app(copies: Path, state: str) -> None:
    allowed = list_allowed("mypy", "error") if state == "upgraded" else []

    errors = run_mypy(copies / state)

    assert errors == allowed, "\n".join(errors)


@pytest.mark.slow
def test_mypy_and_the_app_see_a_broken_client(broken: Path) -> None:
    code, output = run_tests(broken)
    errors = "\n".join(run_mypy(broken))

    assert code == pytest.ExitCode.INTERRUPTED
    assert "Unexpected keyword argument 'first'" in output
    for error in (
        'Unexpected keyword argument "first" for "Retry"',
        '"APIStatusError" has no attribute "status"',
        'Missing named argument "new" for "TaxRateOverride"',
        'Module has no attribute "sign"',
    ):
        assert error in errors


def test_what_is_allowed_is_in_the_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    entries = [each for table in ALLOWED.values() for each in table]

    missing = [entry for entry in entries if entry["changelog"] not in changelog]
    assert missing == []
