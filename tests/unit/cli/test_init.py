"""`flexprice-codegen init`: a configuration to begin with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flexprice_codegen.cli.main import main
from flexprice_codegen.config import Pattern, read_config

pytestmark = pytest.mark.slow

FILE = Path("flexprice-codegen.toml")
SPECS = Path(__file__).parents[3] / "specs"
SPEC = """openapi: 3.1.0
info: {title: Zoo API, version: '1'}
servers: [{url: 'https://zoo.example'}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: ['A "zoo"']
      responses: {'204': {description: Ok}}
webhooks:
  pet.born:
    post:
      responses: {'204': {description: Ok}}
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {name: {type: string}}}
"""
OVERLAY = """overlay: 1.0.0
info: {title: Corrections, version: 1.0.0}
actions:
  - target: $.info
    description: The title.
    update: {title: Wildlife}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a document, and stand in it."""
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "zoo.yaml").write_text(SPEC, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_asks_nothing_and_says_what_comes_next(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["init", "specs/zoo.yaml"]) == 0
    assert "flexprice-codegen generate" in capsys.readouterr().out
    (client,) = read_config(FILE).clients
    assert client.spec == ("specs/zoo.yaml",)
    assert (client.output, client.package) == ("zoo_client", "zoo_client")
    assert main(["generate"]) == 0
    assert main(["check"]) == 0


def test_what_is_commented_out_holds_as_it_stands_with_examples_of_the_document(
    folder: Path,
) -> None:
    (folder / "specs" / "zoo.overlay.yaml").write_text(OVERLAY, encoding="utf-8")
    main(["init", "specs/zoo.yaml"])
    text = FILE.read_text(encoding="utf-8")
    FILE.write_text(re.sub(r"^# (?=[a-z]+ = )", "", text, flags=re.MULTILINE))
    (client,) = read_config(FILE).clients
    assert client.overlay == ("specs/zoo.overlay.yaml",)
    assert client.output == "wildlife_client"
    assert (client.docstrings, client.testing) == (False, True)
    assert client.selection.tags == (Pattern('A "zoo"'),)
    assert client.selection.operations == (Pattern("GET /pets"),)
    assert client.selection.events == (Pattern("pet.born"),)
    assert main(["generate"]) == 0


def test_the_client_goes_into_the_one_package_of_src(folder: Path) -> None:
    (folder / "src" / "shop").mkdir(parents=True)
    (folder / "src" / "shop" / "__init__.py").touch()
    main(["init", "specs/zoo.yaml"])
    (client,) = read_config(FILE).clients
    assert client.output == "src/shop/zoo_client"
    assert client.package == "shop.zoo_client"


def test_an_address_becomes_a_source_to_pull_from(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["init", "https://docs.example.com/v1/openapi?x=1"]) == 0
    assert "flexprice-codegen pull" in capsys.readouterr().out
    config = read_config(FILE)
    (spec,) = config.specs
    assert (spec.path, spec.source) == (
        "specs/openapi.yaml",
        "https://docs.example.com/v1/openapi?x=1",
    )
    assert config.clients[0].spec == (spec.path,)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("flexprice-codegen.toml", "# mine\n"),
        ("pyproject.toml", "[[tool.flexprice-codegen.client]]\nspec = 'a'\n"),
    ],
)
def test_a_configuration_that_is_there_is_never_overwritten(
    name: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(name).write_text(text)
    assert main(["init", "specs/zoo.yaml"]) == 2
    assert "nothing was written" in capsys.readouterr().err
    assert Path(name).read_text() == text
    assert FILE.exists() == (name == str(FILE))


def test_nothing_is_written_for_what_is_no_document(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("specs/zoo.yaml").write_text("swagger: '2.0'\n")
    assert main(["init", "specs/zoo.yaml"]) == 2
    assert "Swagger 2.0" in capsys.readouterr().err
    assert not FILE.exists()


def test_a_known_api_brings_its_overlay(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--api", "flexprice"]) == 0
    said = capsys.readouterr().out
    assert "specs/flexprice.overlay.yaml: created; you can edit it" in said
    assert "flexprice-codegen pull" in said
    overlay = (folder / "specs/flexprice.overlay.yaml").read_bytes()
    assert overlay == (SPECS / "flexprice.overlay.yaml").read_bytes()

    config = read_config(FILE)
    (client,) = config.clients
    (source,) = config.specs
    assert client.spec == (source.path,)
    assert source.source.startswith("https://raw.githubusercontent.com/flexprice/")
    assert (client.name, client.options.class_name) == ("flexprice_client", "Flexprice")
    assert client.selection.tags[0] == Pattern("Customers")
    assert "FLEXPRICE_WEBHOOK_SECRET" in FILE.read_text("utf-8")


def test_a_known_api_can_have_another_document(folder: Path) -> None:
    """The small document has only some of its tags and events."""
    (folder / "specs" / "small.yaml").write_bytes(
        (SPECS / "flexprice.yaml").read_bytes()
    )
    assert main(["init", "--api", "flexprice", "specs/small.yaml"]) == 0
    text = FILE.read_text("utf-8")
    small = re.sub(r"(?m)^tags = .*$", 'tags = ["Customers"]', text)
    FILE.write_text(re.sub(r"(?m)^events = .*$", 'events = ["customer.*"]', small))
    assert main(["generate"]) == 0
    assert main(["check"]) == 0


def test_an_overlay_that_is_there_stays_and_its_diff_is_offered(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "specs" / "flexprice.overlay.yaml"
    former = "# What\noverlay: 1.0.0\n"
    path.write_text(former)
    assert main(["init", "--api", "flexprice"]) == 0
    assert path.read_text() == former
    capsys.readouterr()
    assert main(["init", "--api", "flexprice", "--diff"]) == 0
    said = capsys.readouterr().out
    assert "-# What\n" in said
    assert "+# What Flexprice's server really does" in said
    assert path.read_text() == former


@pytest.mark.parametrize("line", [["init"], ["init", "specs/zoo.yaml", "--diff"]])
def test_what_is_missing_is_named(
    line: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(line) == 2
    assert "--api" in capsys.readouterr().err
    assert not FILE.exists()
