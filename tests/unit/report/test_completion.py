"""Completions in a shell: commands, then options of the command, else files."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from flexprice_codegen.report.completion import format_completion

_BASH = shutil.which("bash") or "/bin/bash"
OPTIONS = {"check": ["-q", "--quiet"], "generate": ["--output", "--overlay", "-o"]}
_COMPLETE = """
set -- "$@" ""
{script}
COMP_WORDS=(tool {words})
COMP_CWORD={last}
_tool
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["ch"], ["check"]),
        ([""], ["check", "generate"]),
        (["generate", "--o"], ["--output", "--overlay"]),
        (["check", "--o"], []),
        (["generate", "sp"], []),
    ],
)
def test_bash_completes(words: list[str], expected: list[str], tmp_path: Path) -> None:
    """In an empty directory, so that no file is found."""
    program = _COMPLETE.format(
        script=format_completion("bash", "tool", OPTIONS),
        words=" ".join(f"'{each}'" for each in words),
        last=len(words),
    )
    done = subprocess.run(
        [_BASH, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert done.stdout.split() == expected


def test_zsh_reads_the_functions_of_bash() -> None:
    bash = format_completion("bash", "a-tool", OPTIONS)
    assert "_a_tool()" in bash
    zsh = format_completion("zsh", "a-tool", OPTIONS)
    assert zsh.endswith(bash)
    assert "bashcompinit" in zsh


def test_fish_has_a_line_for_each_option() -> None:
    lines = format_completion("fish", "tool", OPTIONS).splitlines()
    assert lines[0].endswith("-a 'check generate'")
    assert "complete -c tool -n '__fish_seen_subcommand_from check' -s q" in lines
    assert len(lines) == 1 + 2 + 3
