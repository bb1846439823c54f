"""Several clients of one repository, each with what it uses, and one runtime for all."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.patience import PATIENCE

from flexprice_codegen.cli.main import main
from flexprice_codegen.vendor.directory import JOURNAL_NAME, read_directory
from flexprice_codegen.vendor.lock_location import RUNTIME_LOCK_NAME

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
SPEC = (ROOT / "specs" / "flexprice.yaml").read_text(encoding="utf-8")
CONFIG = """
[[client]]
name = "calls"
spec = "api.yaml"
output = "src/billing/clients/calls"
package = "billing.clients.calls"
operations = ["create_customer"]
runtime = "../../_runtime"

[[client]]
name = "hooks"
spec = "api.yaml"
output = "src/billing/hooks"
package = "billing.hooks"
events = ["customer.created"]
runtime = "../_runtime"
"""
USE = """
import sys
from billing.clients.calls import Flexprice, RateLimitError, models
from billing.hooks import webhooks, models as events

customer = models.CreateCustomerRequest(external_id="1")
client = Flexprice(api_key="k", base_url="http://127.0.0.1:1")
client.customers.create_customer
event = webhooks.parse_event(b'{"event_type": "customer.created", "customer": {"id": "c"}}')
assert event.payload.customer.id == "c", event
assert type(event.payload).__module__.startswith("billing.hooks.models"), event
assert RateLimitError.__module__ == "billing._runtime.errors"
assert not [each for each in sys.modules if each.endswith((".calls.runtime", ".hooks.runtime"))]
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make both clients once."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "api.yaml").write_text(SPEC, encoding="utf-8")
    (folder / "flexprice-codegen.toml").write_text(CONFIG, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert main(["generate"]) == 0
    return folder


@pytest.fixture
def project(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with both clients, and stand in it."""
    folder = tmp_path / "project"
    shutil.copytree(made, folder)
    monkeypatch.chdir(folder)
    return folder


def runtime_of(project: Path) -> set[str]:
    """Return the modules of the shared runtime."""
    return set(read_directory(project / "src" / "billing" / "_runtime"))


def test_the_clients_import_from_one_runtime(project: Path) -> None:
    for client in ("clients/calls", "hooks"):
        assert not (project / "src" / "billing" / client / "runtime").exists()
    assert {"client.py", "deliveries.py", RUNTIME_LOCK_NAME} <= runtime_of(project)
    line = [sys.executable, "-W", "error", "-c", USE]
    subprocess.run(line, check=True, cwd=project / "src", timeout=PATIENCE)


def test_a_package_with_a_shared_runtime_is_laid_out_and_sorted(project: Path) -> None:
    tools = Path(sys.executable).parent
    source = str(project / "src")
    subprocess.run(
        [tools / "black", "--check", "-q", source], check=True, timeout=PATIENCE
    )
    rules = ["--isolated", "--select", "I,F", "--config", "line-length=88"]
    subprocess.run(
        [tools / "ruff", "check", *rules, source], check=True, timeout=PATIENCE
    )


def test_check_covers_the_runtime(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == 0
    path = project / "src" / "billing" / "_runtime" / "errors.py"
    path.write_text(
        path.read_text().replace("import", "import ", 1).replace("class ", "class X", 1)
    )
    assert main(["check"]) == 1
    assert "src/billing/_runtime/errors.py: edited by hand" in capsys.readouterr().out
    assert main(["generate"]) == 2
    path.unlink()
    assert main(["generate"]) == 0
    assert main(["check"]) == 0


def test_nothing_to_do_is_nothing_done(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {each: each.stat().st_mtime_ns for each in project.rglob("*")}
    capsys.readouterr()
    assert main(["generate"]) == 0
    said = capsys.readouterr().out
    assert said.count("unchanged\n") == len(said.splitlines()) == 2
    assert before == {each: each.stat().st_mtime_ns for each in project.rglob("*")}


def test_an_interrupted_run_on_the_runtime_is_finished(project: Path) -> None:
    journal = project / "src" / "billing" / "_runtime" / JOURNAL_NAME
    journal.mkdir()
    assert main(["generate"]) == 0
    assert not journal.exists()


def test_a_client_made_alone_leaves_what_others_need(project: Path) -> None:
    before = runtime_of(project)
    config = project / "flexprice-codegen.toml"
    config.write_text(CONFIG.replace('["create_customer"]', '["createCustomer"]'))
    assert main(["generate", "--client", "calls"]) == 0
    assert runtime_of(project) == before
    assert main(["check", "--client", "hooks"]) == 0


def test_modules_that_nobody_needs_any_more_go(project: Path) -> None:
    config = project / "flexprice-codegen.toml"
    first, _, second = CONFIG.partition('\n[[client]]\nname = "hooks"')
    assert second
    config.write_text(first)
    assert main(["check"]) == 1
    assert main(["generate"]) == 0
    assert "deliveries.py" not in runtime_of(project)
    lock = json.loads(
        (project / "src/billing/_runtime" / RUNTIME_LOCK_NAME).read_text()
    )
    assert {row[0] for row in lock["files"]} | {RUNTIME_LOCK_NAME} == runtime_of(
        project
    )


@pytest.mark.parametrize(
    ("runtime", "said"),
    [
        ("/etc/runtime", "expected a package next to or above the output"),
        ("runtime", "expected a package next to or above the output"),
        ("../../../_runtime", "relative imports of the package cannot reach"),
        ("../calls", "share the directory src/billing/clients/calls"),
        ("../my-runtime", "expected a package next to or above the output"),
    ],
)
def test_a_runtime_that_cannot_be_imported_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str], runtime: str, said: str
) -> None:
    config = project / "flexprice-codegen.toml"
    config.write_text(CONFIG.replace("../../_runtime", runtime))
    assert main(["generate"]) == 2
    assert said in capsys.readouterr().err
