"""The wheel, as a stranger gets it: built, installed in an empty venv, and run there.

The command makes the client of our own description in a folder far from here; the client
is then imported in a second venv, which has only what a client needs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from support.corpus import ROOT

from flexprice_codegen.vendor.inputs import files_digest

pytestmark = pytest.mark.slow

CALL = """
import client
from client import models, webhooks
made = client.Flexprice(api_key="secret", base_url="http://localhost:1")
assert callable(made.customers.create_customer)
assert models.CreateCustomerRequest(external_id="1").external_id == "1"
assert "customer.created" in webhooks.EVENT_PAYLOADS
print(client.__file__)
"""


def run(*command: str | Path, cwd: Path) -> str:
    """Run a program with no environment of ours; give what it prints."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PYTHON", "VIRTUAL_ENV", "COV_"))
    }
    done = subprocess.run(
        [str(each) for each in command],
        cwd=cwd,
        env={**kept, "PYTHONNOUSERSITE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    return done.stdout


def empty_venv(folder: Path) -> Path:
    """Make a venv; give the folder of its programs."""
    venv.create(folder, with_pip=False)
    return folder / ("Scripts" if os.name == "nt" else "bin")


def install(programs: Path, *what: str | Path) -> None:
    """Install packages into a venv that has no pip of its own."""
    python = programs / "python"
    pip = (sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet")
    run(*pip, *what, cwd=programs)


OVERLAY = "specs/flexprice.overlay.yaml"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy, so that nothing is left beside the sources."""
    source = tmp_path_factory.mktemp("source")
    for name in ("generator", "templates"):
        shutil.copytree(ROOT / name, source / name, ignore=_caches)
    for name in ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"):
        shutil.copy(ROOT / name, source / name)
    (source / "specs").mkdir()
    shutil.copy(ROOT / OVERLAY, source / OVERLAY)
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    run(*pip, "--wheel-dir", folder, source, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


def _caches(_: str, names: list[str]) -> set[str]:
    return {"__pycache__"} & set(names)


def test_the_wheel_holds_templates_and_runtime_and_no_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    templates = {
        f"flexprice_codegen/_templates/{each.relative_to(ROOT / 'templates').as_posix()}"
        for each in (ROOT / "templates").rglob("*.jinja*")
    }
    runtime = {
        f"flexprice_codegen/runtime/{each.name}"
        for each in (ROOT / "generator" / "flexprice_codegen" / "runtime").glob("*.py")
    }

    assert len(templates) > 10
    assert len(runtime) > 15
    assert templates <= names
    assert runtime <= names
    assert {each.partition("/")[0].partition("-")[0] for each in names} == {
        "flexprice_codegen"
    }


def test_the_wheel_has_the_digest_of_the_checkout(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    package = tmp_path / "flexprice_codegen"

    assert files_digest(package, package / "_templates") == files_digest(
        ROOT / "generator" / "flexprice_codegen", ROOT / "templates"
    )


def test_the_command_of_the_wheel_makes_a_client_that_runs_on_two_packages(
    wheel: Path, tmp_path: Path
) -> None:
    programs = empty_venv(tmp_path / "tool")
    install(programs, wheel)
    work = tmp_path / "work"
    work.mkdir()
    shutil.copy(ROOT / "specs" / "flexprice.yaml", work / "openapi.yaml")

    (work / "generator").mkdir()
    (work / "generator" / "__init__.py").write_text("raise ImportError('not ours')\n")

    version = run(programs / "flexprice-codegen", "--version", cwd=work)
    assert run(
        programs / "python", "-m", "flexprice_codegen", "--version", cwd=work
    ) == (version)
    command = (programs / "flexprice-codegen", "generate", "openapi.yaml")
    run(*command, "--output", "client", cwd=work)
    run(
        programs / "flexprice-codegen",
        "check",
        "openapi.yaml",
        "--output",
        "client",
        cwd=work,
    )

    assert version.strip() in wheel.name
    user = empty_venv(tmp_path / "user")
    install(user, "httpx2", "msgspec")
    assert run(user / "python", "-W", "error", "-c", CALL, cwd=work).strip() == str(
        work / "client" / "__init__.py"
    )


def test_the_wheel_holds_overlays_and_advisories(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    overlay = archive.read(f"flexprice_codegen/_apis/{Path(OVERLAY).name}")
    assert overlay == (ROOT / OVERLAY).read_bytes()
    assert b"[[advisory]]" in archive.read("flexprice_codegen/advisories.toml")
