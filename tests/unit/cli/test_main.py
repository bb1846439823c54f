"""The command line, before any command runs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from flexprice_codegen.version import VERSION


@pytest.mark.parametrize(
    "arguments", [["--help"], ["generate", "--help"], ["--version"]]
)
def test_help_and_version_answer_without_loading_the_program(
    arguments: list[str],
) -> None:
    code = (
        "import sys; from flexprice_codegen.cli.main import main\n"
        f"try: main({arguments!r})\n"
        "except SystemExit as end: code = end.code\n"
        "heavy = {'httpx2', 'yaml', 'jinja2', 'rich', 'black', 'datamodel_code_generator'}\n"
        "assert not heavy & sys.modules.keys(), heavy & sys.modules.keys()\n"
        "sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert (
        ("examples:" in done.stdout)
        if "--help" in arguments
        else VERSION in done.stdout
    )
