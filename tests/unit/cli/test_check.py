"""`check`: what it finds, and what it leaves in peace."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.patience import PATIENCE

from flexprice_codegen.cli.main import main
from flexprice_codegen.vendor.directory import LOCK_NAME, read_directory
from flexprice_codegen.vendor.lock_text import has_valid_checksum

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
CONFIG = """
[[client]]
spec = "flexprice.yaml"
overlay = "flexprice.overlay.yaml"
output = "client"
"""
CUSTOMER = Path("client/models/_customer_response.py")
LOCK = Path("client", LOCK_NAME)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a client once."""
    folder = tmp_path_factory.mktemp("made")
    for name in ("flexprice.yaml", "flexprice.overlay.yaml"):
        shutil.copyfile(ROOT / "specs" / name, folder / name)
    (folder / "flexprice-codegen.toml").write_text(CONFIG, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert main(["generate"]) == 0
    return folder


@pytest.fixture
def project(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with that client, and stand in it."""
    folder = tmp_path / "project"
    shutil.copytree(made, folder)
    monkeypatch.chdir(folder)
    return folder


def changed(path: Path, old: str, new: str) -> None:
    """Change a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text, (old, text[:400])
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def forge(path: Path) -> None:
    """Edit a file, and its digests in the lock, and the seal of the lock."""
    changed(CUSTOMER, "@dataclass", "FORGED = 1\n\n\n@dataclass")
    line = [sys.executable, "-c", _FORGE, str(CUSTOMER), str(path)]
    subprocess.run(line, check=True, timeout=PATIENCE)


_FORGE = """
import json, sys
from pathlib import Path
from flexprice_codegen.vendor.lock_text import add_checksum
from flexprice_codegen.hashes import hash_content
from flexprice_codegen.vendor.code_hashes import hash_without_layout
data, lock = Path(sys.argv[1]).read_bytes(), Path(sys.argv[2])
text = lock.read_text()
for row in json.loads(text)["files"]:
    if sys.argv[1].endswith(row[0]):
        text = text.replace(row[1], hash_content(data)).replace(row[2], hash_without_layout(row[0], data))
lock.write_text(add_checksum(text.rpartition(',\\n  "seal"')[0]))
"""

FINDS: dict[str, tuple[Callable[[], object], str]] = {
    "moved": (
        lambda: changed(Path("flexprice.yaml"), "external_id:", "external_ref:"),
        "models/_create_customer_request.py: outdated",
    ),
    "edited": (
        lambda: changed(CUSTOMER, "@dataclass", "EDITED = 1\n\n\n@dataclass"),
        "models/_customer_response.py: edited by hand",
    ),
    "missing": (CUSTOMER.unlink, "models/_customer_response.py: missing"),
    "stray": (
        lambda: shutil.copyfile(CUSTOMER, "client/models/_old.py"),
        "models/_old.py: stray",
    ),
    "a name of the lock": (
        lambda: changed(LOCK, '"create_customer"', '"make_customer"'),
        "resources/customers.py: outdated",
    ),
    "a digest of the lock": (
        lambda: changed(
            LOCK,
            '"models/_customer_response.py", "',
            '"models/_customer_response.py", "0',
        ),
        f"{LOCK_NAME}: the lock file is out of date",
    ),
    "a forged file and lock": (
        lambda: forge(LOCK),
        "models/_customer_response.py: outdated",
    ),
}


def test_a_wrong_checksum_of_the_lock_file_is_no_drift(project: Path) -> None:
    """A merge leaves one; all else was generated and compared."""
    changed(LOCK, '"seal": "', '"seal": "0')
    assert main(["check"]) == 0
    assert main(["generate"]) == 0
    assert has_valid_checksum(LOCK.read_text("utf-8"))
    assert project.is_dir()


@pytest.mark.parametrize(("change", "said"), FINDS.values(), ids=FINDS)
def test_it_finds(
    project: Path,
    capsys: pytest.CaptureFixture[str],
    change: Callable[[], object],
    said: str,
) -> None:
    change()
    before = read_directory(project)
    assert main(["check"]) == 1
    assert f"client/{said}" in capsys.readouterr().out
    assert read_directory(project) == before, "it changes nothing"


def test_it_shows_how(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By unified diffs, from what stands there to what a run would write."""
    changed(project / CUSTOMER, "@dataclass", "EDITED = 1\n\n\n@dataclass")
    assert main(["check"]) == 1
    said = capsys.readouterr().out
    assert "--- models/_customer_response.py (on disk)\n" in said
    assert "+++ models/_customer_response.py (generated)\n" in said
    assert "\n-EDITED = 1\n" in said


def with_line_ends() -> None:
    for path in Path("client").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def with_own_files() -> None:
    Path("client/mine.py").write_text("import client\n")
    Path("client/models/notes.md").write_text("Ours.\n")


def imported() -> None:
    line = [
        sys.executable,
        "-c",
        "import client.models; client.models.CustomerResponse",
    ]
    kept = {k: each for k, each in os.environ.items() if not k.startswith("PYTHON")}
    subprocess.run(line, check=True, timeout=PATIENCE, env=kept)
    assert list(Path("client").rglob("*.pyc"))


def with_another_prose() -> None:
    """The document moves, and what the client says of it does not."""
    text = Path("flexprice.yaml").read_text(encoding="utf-8")
    Path("flexprice.yaml").write_text(f"# A remark.\n{text}\n", encoding="utf-8")


def formatted(*line: str) -> Callable[[], None]:
    def run() -> None:
        tool = Path(sys.executable).parent / line[0]
        subprocess.run([tool, *line[1:], "client"], check=True, timeout=PATIENCE)

    return run


PEACE: dict[str, Callable[[], None]] = {
    "line ends of a checkout": with_line_ends,
    "files of the user": with_own_files,
    "what an import leaves": imported,
    "a document that moved": with_another_prose,
    "black, wide": formatted("black", "-q", "-l", "120"),
    "black, narrow": formatted("black", "-q", "-l", "60", "-C"),
    "ruff, narrow": formatted(
        "ruff", "format", "-q", "--isolated", "--line-length", "70"
    ),
}


@pytest.mark.parametrize("change", PEACE.values(), ids=PEACE)
def test_it_leaves_in_peace(project: Path, change: Callable[[], None]) -> None:
    change()
    before = read_directory(project)
    assert main(["check"]) == 0
    assert read_directory(project) == before


@pytest.mark.parametrize("name", ["black, wide", "line ends of a checkout"])
def test_what_it_leaves_in_peace_is_not_made_anew(project: Path, name: str) -> None:
    PEACE[name]()
    before = read_directory(project / "client")
    assert main(["generate"]) == 0
    assert read_directory(project / "client") == before


def test_it_needs_no_network(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        pytest.fail("a connection was opened")

    monkeypatch.setattr(socket, "create_connection", refused)
    monkeypatch.setattr(socket.socket, "connect", refused)
    assert json.loads((project / LOCK).read_text())["sources"] == ["flexprice.yaml"]
    assert main(["check"]) == 0
