"""Processes that are killed, and disks that are full: the next run makes it good.

`make proof` does the same a few hundred times.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.runs import Disk, everything
from support.values import Value

from flexprice_codegen.cli.main import main
from flexprice_codegen.vendor.directory import find_leftovers

pytestmark = pytest.mark.slow

TESTS = Path(__file__).parent
KILLS = int(os.environ.get("KILLS", "20"))
SIZES = int(os.environ.get("SIZES", "3"))
SPEC = """\
openapi: 3.0.3
info: {{title: Zoo, version: '{version}'}}
servers: [{{url: https://zoo.example/v1}}]
paths:
  /pets:
    get:
      operationId: getPet
      tags: [Pets]
      responses:
        '200':
          description: It.
          content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pet'}}}}}}
components:
  schemas:
    Pet:
      type: object
      properties:
        name: {{type: {type}}}
        {schema}: {{$ref: '#/components/schemas/{schema}'}}
    {schema}: {{type: object, properties: {{age: {{type: {type}}}}}}}
"""
OLD = SPEC.format(version="1", type="string", schema="Owner")
NEW = SPEC.format(version="2", type="integer", schema="Keeper")
GENERATE = ["generate", "zoo.yaml", "--output", "zoo"]
CHECK = ["check", "zoo.yaml", "--output", "zoo"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, and stand in it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(folder: Path, text: str) -> dict[str, tuple[int, str, bytes]]:
    """Make the client of a document, and give all of it."""
    Path("zoo.yaml").write_text(text)
    assert main(GENERATE) == 0
    return everything(folder / "zoo")


def run_until(steps: int) -> subprocess.CompletedProcess[str]:
    """Run the command in a process that is killed after so many steps."""
    line = [sys.executable, "-m", "support.dies", str(steps), *GENERATE]
    path = os.pathsep.join((str(TESTS), str(TESTS.parent)))
    return subprocess.run(
        line,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": path},
    )


def restored(folder: Path, before: Path | None, text: str) -> None:
    """Begin anew, from a client or from none."""
    shutil.rmtree(folder / "zoo", ignore_errors=True)
    if before is not None:
        shutil.copytree(before, folder / "zoo")
    Path("zoo.yaml").write_text(text)


@pytest.mark.parametrize("kind", ["first run", "update"])
def test_a_process_that_is_killed_anywhere(project: Path, kind: str) -> None:
    """Whatever the next run has to generate, it ends with a whole client."""
    before = None
    if kind == "update":
        made(project, OLD)
        before = (project / "zoo").rename(project / "before")
    restored(project, before, NEW)
    done = run_until(1_000_000)
    assert done.returncode == 0, done.stderr
    total = int(re.findall(r"steps: (\d+)", done.stdout)[0])
    whole = everything(project / "zoo")

    chance = random.Random(kind)  # noqa: S311 - the same kills in every run
    for number in range((KILLS + 1) // 2):
        restored(project, before, NEW)
        ended = run_until(chance.randrange(total))
        assert ended.returncode < 0, ended
        text = NEW if number % 3 else OLD
        Path("zoo.yaml").write_text(text)
        assert main(GENERATE) == 0
        assert main(CHECK) == 0
        assert not find_leftovers(project / "zoo")
        if text == NEW:
            assert everything(project / "zoo") == whole


@pytest.fixture
def small(project: Path) -> Iterator[Path]:
    """Yield a disk of its own, whose size can be changed, and stand on it."""
    disk = project / "small"
    disk.mkdir()
    line = ["mount", "-t", "tmpfs", "-o", "size=8m", "none", str(disk)]
    mounted = subprocess.run(line, check=False, capture_output=True)
    if mounted.returncode:
        pytest.skip("only the root of a system may mount a disk")
    os.chdir(disk)
    yield disk
    os.chdir(project)
    unmount = ["umount", str(disk)]
    subprocess.run(unmount, check=True)


def resize(disk: Path, size: int) -> None:
    """Change the size of a disk, in bytes."""
    line = ["mount", "-o", f"remount,size={size}", str(disk)]
    subprocess.run(line, check=True)


def used(disk: Path) -> int:
    """Return how many bytes of a disk are in use."""
    found = os.statvfs(disk)
    return (found.f_blocks - found.f_bfree) * found.f_frsize


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs a disk of its own")
@pytest.mark.parametrize("kind", ["first run", "update"])
def test_a_disk_that_is_full(
    small: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """At whichever size: nothing is written, and with room the next run is whole."""
    if kind == "update":
        made(small, OLD)
    Path("zoo.yaml").write_text(NEW)
    before, start = everything(small), used(small)
    with Disk().in_place() as disk:
        assert main(GENERATE) == 0
    needed = disk.written
    for number in range(SIZES):
        restored_to(small, before)
        resize(small, start + 8192 + needed * number // SIZES)
        capsys.readouterr()
        assert main(GENERATE) == 2
        said = capsys.readouterr().err
        assert "No space left on device; nothing was written" in said.replace("\n", " ")
        assert everything(small) == before
        resize(small, 8 * 1024 * 1024)
        assert main(GENERATE) == 0
        assert main(CHECK) == 0


def restored_to(folder: Path, wanted: dict[str, tuple[int, str, bytes]]) -> None:
    """Make a folder hold just these files again."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.relative_to(folder).as_posix() not in wanted:
            path.rmdir() if path.is_dir() else path.unlink()
    for name, (mode, _, data) in wanted.items():
        path = folder / name
        if mode & 0o40000:
            path.mkdir(exist_ok=True)
        else:
            path.write_bytes(data)


def test_ctrl_c_does_not_cut_the_writing_in_two(
    project: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Between two renames it has no effect; before the first, nothing was written."""
    # A shell that starts the tests in the background has them ignore it.
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    request.addfinalizer(lambda: signal.signal(signal.SIGINT, former))
    made(project, OLD)
    Path("zoo.yaml").write_text(NEW)
    before = everything(project / "zoo")
    for name, code in (("write", 130), ("replace", 0)):
        real = getattr(os, name)

        def interrupted(*arguments: Value, real: Value = real) -> Value:
            signal.raise_signal(signal.SIGINT)
            return real(*arguments)

        with monkeypatch.context() as patch:
            patch.setattr(os, name, interrupted)
            assert main(GENERATE) == code
        if code:
            assert everything(project / "zoo") == before
    assert main(CHECK) == 0


def test_a_run_that_stops_half_way_says_so(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By its exit code, and by the files that are left; the next run writes them."""
    made(project, OLD)
    Path("zoo.yaml").write_text(NEW)
    capsys.readouterr()
    with Disk(broken=("replace", 2)).in_place():
        assert main(GENERATE) == 3
    said = capsys.readouterr().err
    assert "stopped half-way, before zoo/" in said
    assert ".lock.json" in said
    assert "[half-written]" in said
    assert "nothing was written" not in said
    assert main(CHECK) == 1
    assert "a run was interrupted while it wrote" in capsys.readouterr().out
    assert main(GENERATE) == 0
    assert "completed an interrupted run" in capsys.readouterr().err
    assert main(CHECK) == 0
