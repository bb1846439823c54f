"""The bounds of a run: each is kept, says which option moves it, and nothing is written."""

from __future__ import annotations

import resource
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from support.patience import PATIENCE

from benchmarks import spec_maker
from flexprice_codegen.cli.main import main

pytestmark = pytest.mark.slow


@cache
def build_large_document() -> str:
    """Return a document that is several seconds of work on any machine."""
    return spec_maker.text(2500)


def refusal(folder: Path, *options: str) -> str:
    """Generate in a process of its own, which must refuse; gives what it said."""
    document, output = folder / "large.json", folder / "made"
    document.write_text(build_large_document(), "utf-8")
    line = (
        sys.executable,
        "-m",
        "flexprice_codegen.cli.main",
        "generate",
        str(document),
    )
    done = subprocess.run(
        (*line, "--output", str(output), *options),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 2
    assert not output.exists()
    return done.stderr


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [
        ("--max-time", "1", "time-limit"),
        ("--max-memory", "60", "memory-limit"),
        ("--max-values", "1000", "too-large"),
        ("--max-depth", "6", "too-deep"),
    ],
)
def test_a_run_that_takes_more_than_it_may_is_refused(
    tmp_path: Path, option: str, value: str, code: str
) -> None:
    said = refusal(tmp_path, option, value)
    assert f"[{code}]" in said
    assert option in said


def test_a_file_that_is_larger_than_it_may_be_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / "large.json"
    document.write_text('{"openapi": "3.0.3"}' + " " * 1024 * 1024, "utf-8")
    assert main(["inspect", str(document), "--max-size", "1"]) == 2
    assert "[file-too-large]" in capsys.readouterr().err
    assert main(["inspect", str(document), "--max-size", "2"]) == 2
    assert "[missing-member]" in capsys.readouterr().err


@pytest.mark.parametrize("value", ["0", "-1", "1e3", "", "9" * 5000, "\u0663"])
@pytest.mark.parametrize("option", ["size", "depth", "values", "time", "memory"])
def test_a_bound_is_a_whole_number(
    option: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["inspect", "x.yaml", f"--max-{option}={value}"])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert "expected an integer from 1 to " in said
    assert f", got {value!r:.40}" in said


def test_who_hears_no_alarm_is_ended_by_the_system(tmp_path: Path) -> None:
    deaf = (
        "from flexprice_codegen.cli import process_limits as limits\n"
        "limits._GRACE = 1\n"
        "with limits.limit_process(0, 4 << 30), limits.limit_time(0.01):\n"
        "    max(range(10**12))\n"
    )
    done = subprocess.run(
        (sys.executable, "-c", deaf), cwd=tmp_path, timeout=PATIENCE, check=False
    )
    assert done.returncode < 0, "it ended by itself"


def test_the_bounds_of_a_run_end_with_it(tmp_path: Path) -> None:
    before = [
        resource.getrlimit(each) for each in (resource.RLIMIT_AS, resource.RLIMIT_CPU)
    ]
    assert main(["inspect", str(tmp_path / "none.yaml")]) == 2
    after = [
        resource.getrlimit(each) for each in (resource.RLIMIT_AS, resource.RLIMIT_CPU)
    ]
    assert after == before
