"""The option `formats` through the commands: what it changes, and what `diff` finds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.documents import Json, document, operation, record

from flexprice_codegen.cli.main import main

BOTH = 'formats = ["uuid", "duration"]'


def write_document(name: str, **properties: Json) -> None:
    """Write a document with one schema of these properties."""
    paths = {"/t": {"get": operation(answer="Thing", operationId="getThing")}}
    schemas = {"Thing": record(**properties)}
    Path(name).write_text(json.dumps(document(paths, schemas)), encoding="utf-8")


def configure(line: str) -> None:
    """Write a configuration with one more line in its client."""
    text = f'[[client]]\nspec = "api.json"\noutput = "shop"\n{line}\n'
    Path("flexprice-codegen.toml").write_text(text, encoding="utf-8")


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter a project with a document and a configuration."""
    monkeypatch.chdir(tmp_path)
    write_document("api.json", id={"type": "string", "format": "uuid"})
    configure("")


def read_model() -> str:
    """Return the module of the class."""
    return Path("shop/models/_thing.py").read_text(encoding="utf-8")


def test_the_option_changes_types_and_nothing_else() -> None:
    assert main(["generate"]) == 0
    assert "id: str | None" in read_model()
    before = read_model()

    configure(BOTH)
    assert main(["check"]) == 1
    assert main(["generate"]) == 0
    assert "id: UUID | None" in read_model()
    assert main(["check"]) == 0
    assert Path("shop/runtime/spelled.py").exists()

    configure("")
    assert main(["generate"]) == 0
    assert read_model() == before
    assert not Path("shop/runtime/spelled.py").exists()


def test_the_command_line_has_the_option() -> None:
    line = ["generate", "api.json", "--output", "shop", "--typed-format", "uuid"]
    assert main(line) == 0
    assert "id: UUID | None" in read_model()


@pytest.mark.parametrize(
    "arguments", [[], ["api.json", "--output", "shop", "--typed-format", "email"]]
)
def test_a_format_without_a_type_is_an_error(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    configure('formats = ["email"]')
    assert main(["generate", *arguments]) == 2
    said = capsys.readouterr().err
    assert (
        "client 'shop': no Python type for the format 'email' [client-format]" in said
    )
    assert "use uuid or duration in `formats`" in said


@pytest.mark.parametrize(
    ("option", "sides"), [("", ["wire"]), (BOTH, ["wire", "source"])]
)
def test_diff_finds_the_type_that_the_option_changes(
    option: str, sides: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    configure(option)
    write_document("old.json", id={"type": "string"})
    main(["diff", "--client", "shop", "old.json", "api.json", "--format", "json"])
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert found["sides"] == sides
