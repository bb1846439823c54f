"""The command line as people know it: short options, suggestions, pipes."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from flexprice_codegen.cli.arguments import SHELLS, build_parser
from flexprice_codegen.cli.command_line import parse_command_line
from flexprice_codegen.cli.main import main
from flexprice_codegen.version import VERSION

SPEC = """\
openapi: 3.0.3
info: {title: Zoo, version: '1'}
servers: [{url: https://zoo.example/v1}]
paths:
  /pets:
    get:
      operationId: getPet
      responses:
        '200': {description: It., content: {application/json: {schema: {type: string}}}}
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a directory with a document, and enter it."""
    monkeypatch.chdir(tmp_path)
    Path("zoo.yaml").write_text(SPEC)
    return tmp_path


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("genrate zoo.yaml", "unknown command 'genrate'", "did you mean 'generate'?"),
        ("zoo.yaml", "unknown command 'zoo.yaml'", "use one of changelog, check"),
        ("generate zoo.yaml --ouput c", "unexpected argument '--ouput'", "mean '--output'?"),
        ("generate zoo.yaml --outpu=c", "unexpected argument '--outpu'", "mean '--output'?"),
        ("check --xyzzy", "unexpected argument '--xyzzy'", "run `flexprice-codegen check --help` to list the options"),
        ("diff a b --fail-onn x", "unexpected argument '--fail-onn'", "mean '--fail-on'?"),
        ("rules a b", "unexpected argument 'b'", "run `flexprice-codegen rules --help` to list the options"),
    ],
)  # fmt: skip
def test_a_wrong_word_has_a_suggestion(
    line: str, message: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(line.split())
    assert ended.value.code == 2
    text = capsys.readouterr().err
    assert f"error: {message}\n" in text
    assert hint in text


@pytest.mark.parametrize("name", sorted(build_parser().commands))
def test_a_command_is_the_same_with_and_without_the_others(name: str) -> None:
    alone = build_parser(name).commands[name]
    assert alone.format_help() == build_parser().commands[name].format_help()


def test_a_run_without_work_builds_one_command_and_imports_no_other() -> None:
    assert [*build_parser("generate").commands] == ["generate"]
    code = (
        "import sys\n"
        "import flexprice_codegen.cli.session\n"
        "from flexprice_codegen.cli.arguments import build_parser\n"
        "build_parser('check')\n"
        "print([each for each in sys.modules if 'conform' in each or '.diff' in each])\n"
    )
    line = [sys.executable, "-c", code]
    found = subprocess.run(line, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize("name", sorted(build_parser().commands))
def test_a_command_is_built_without_most_of_the_others(name: str) -> None:
    assert len(build_parser(name).commands) < len(build_parser().commands) / 2


@pytest.mark.parametrize("first", ["", "--help", "-V", "nonsense"])
def test_whatever_else_a_line_starts_with_has_all_commands(first: str) -> None:
    assert {"generate", "diff", "impact"} < set(build_parser(first).commands)


def test_no_option_can_be_abbreviated() -> None:
    """An abbreviation would change its meaning with the next option."""
    for name, command in build_parser().commands.items():
        for option in command.list_options():
            if option.startswith("--") and option[:-1] not in command.list_options():
                with pytest.raises(SystemExit):
                    parse_command_line([name, option[:-1]])


def test_short_options(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["-V"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.strip() == VERSION

    assert main(["generate", "zoo.yaml", "-o", "zoo", "-q"]) == 0
    assert capsys.readouterr() == ("", "")
    assert main(["generate", "zoo.yaml", "-o", "zoo", "-q"]) == 0
    assert main(["check", "zoo.yaml", "-o", "zoo", "-q"]) == 0
    assert capsys.readouterr() == ("", "")


def test_quiet_keeps_the_exit_code_and_errors(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["generate", "zoo.yaml", "-o", "zoo", "-q"]) == 0
    Path("zoo.yaml").write_text(SPEC.replace("type: string", "type: integer"))
    assert main(["check", "zoo.yaml", "-o", "zoo", "-q"]) == 1
    assert capsys.readouterr() == ("", "")
    assert main(["generate", "gone.yaml", "-o", "zoo", "-q"]) == 2
    assert "gone.yaml: error: file not found" in capsys.readouterr().err


def test_a_document_can_come_from_standard_input(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for command in ("generate", "check"):
        stream = io.TextIOWrapper(io.BytesIO(SPEC.encode()))
        monkeypatch.setattr(sys, "stdin", stream)
        assert main([command, "-", "-o", "zoo"]) == 0
    assert main(["check", "zoo.yaml", "-o", "zoo"]) == 0


def test_it_does_not_matter_where_one_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["generate", "zoo.yaml", "-o", "zoo"]) == 0
    Path("elsewhere").mkdir()
    monkeypatch.chdir("elsewhere")
    assert main(["check", "../zoo.yaml", "-o", "../zoo"]) == 0


@pytest.mark.parametrize("line", ["inspect big.yaml", "rules"])
def test_a_reader_that_has_enough_is_no_error(line: str, project: Path) -> None:
    paths = "".join(
        f"  /a{n}: {{get: {{responses: {{'204': {{description: It.}}}}}}}}\n"
        for n in range(2_000)
    )
    head = "openapi: 3.0.3\ninfo: {title: Big, version: '1'}\npaths:\n"
    Path("big.yaml").write_text(head + paths)
    command = [sys.executable, "-m", "flexprice_codegen", *line.split()]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=project
    ) as job:
        assert job.stdout is not None
        assert job.stderr is not None
        job.stdout.readline()
        job.stdout.close()
        errors = job.stderr.read()
    assert job.returncode == 0, errors
    assert b"Error" not in errors


@pytest.mark.parametrize("shell", SHELLS)
def test_completions_know_every_command(
    shell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["completion", shell]) == 0
    text = capsys.readouterr().out
    for name in build_parser().commands:
        assert name in text
