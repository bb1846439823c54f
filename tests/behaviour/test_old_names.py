"""Names are stable: what a document renames keeps its name, or leaves an old one."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from support.generated import Generated, Generator, Named
from support.loopback import Loopback, Reply
from support.values import Value

from flexprice_codegen.cli.main import main
from flexprice_codegen.pipeline.generate import GenerateOptions

ZOO = """\
openapi: 3.0.3
info: {title: Zoo API, version: '1.0'}
servers: [{url: https://zoo.example/v1}]
components:
  schemas:
    Beast: {type: object, required: [name], properties: {name: {type: string}}}
    Kind: {type: string, enum: [cat, dog]}
    Cage:
      type: object
      properties:
        beast: {$ref: '#/components/schemas/Beast'}
        kind: {$ref: '#/components/schemas/Kind'}
paths:
  /beast/search:
    post:
      operationId: searchBeast
      tags: [Beast]
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Beast'}}}
      responses:
        '200':
          description: Them.
          content: {application/json: {schema: {$ref: '#/components/schemas/Cage'}}}
  /keepers/{id}:
    delete:
      operationId: deleteKeeper
      tags: [Keepers]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: Gone.}}
"""
RENAMED = (
    ZOO.replace("schemas/Beast", "schemas/Animal")
    .replace("    Beast:", "    Animal:")
    .replace("schemas/Kind", "schemas/Species")
    .replace("    Kind:", "    Species:")
    .replace("/beast/search", "/beasts/search")
    .replace("searchBeast", "listBeasts")
    .replace("tags: [Beast]", "tags: [Animals]")
)


@pytest.fixture(scope="module")
def zoo(generated: Generator) -> Generated:
    """Return a client whose document renamed two schemas, an operation and a tag."""
    return generated.grown(ZOO, RENAMED)


def warned(call: Callable[[], Value]) -> tuple[Value, list[str]]:
    """Return what a call returns, and the deprecations that it tells of."""
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        result = call()
    assert {each.category for each in found} <= {DeprecationWarning}
    assert {each.filename for each in found} <= {__file__}
    return result, [str(each.message) for each in found]


def test_an_old_class_is_the_new_one_and_warns(zoo: Generated) -> None:
    beast, said = warned(lambda: zoo.models.Beast)
    assert beast is zoo.models.Animal
    assert said == [f"{zoo.name}.models.Beast is deprecated; use Animal"]
    kind, said = warned(lambda: zoo.models.Kind)
    assert kind is zoo.models.Species
    assert len(said) == 1
    assert "Beast" not in zoo.models.__all__
    assert warned(lambda: zoo.models.Cage)[1] == []


@pytest.mark.parametrize("mode", ["sync", "async"])
def test_an_old_method_calls_the_new_one_and_warns(
    zoo: Generated, server: Loopback, mode: str
) -> None:
    server.reply(Reply(body=b'{"kind": "cat"}'))
    beast = zoo.models.Animal(name="Leo")
    call: Callable[[], Value] = lambda: zoo.call(  # noqa: E731
        mode, lambda client: client.beast.search_beast(beast), base_url=server.url
    )
    cage, said = warned(call)
    assert cage.kind == "cat"
    assert server.last.path == "/beasts/search"
    assert said == ["beast.search_beast is deprecated; call animals.list_beasts"]


def test_an_old_method_has_raw_answers_as_well(
    zoo: Generated, server: Loopback
) -> None:
    server.reply(Reply(body=b'{"kind": "cat"}'))
    beast = zoo.models.Animal(name="Leo")
    raw, said = warned(
        lambda: zoo.call(
            "sync",
            lambda client: client.beast.with_raw_response.search_beast(beast),
            base_url=server.url,
        )
    )
    assert raw.status_code == 200
    assert len(said) == 1


def test_the_lock_holds_old_names_until_they_are_pruned(generated: Generator) -> None:
    further = RENAMED.replace("title: Zoo API", "title: Zoo")
    kept = generated.grown(ZOO, RENAMED, further)
    assert [(each.old, each.new) for each in kept.surface.deprecated_aliases] == [
        ("models.Beast", "models.Animal"),
        ("models.Kind", "models.Species"),
        ("beast.search_beast", "animals.list_beasts"),
    ]
    pruned = generated.grown(
        ZOO, RENAMED, further, manner=GenerateOptions(prune_aliases=True)
    )
    assert pruned.surface.deprecated_aliases == ()
    assert not hasattr(pruned.models, "Beast")
    assert [each.name for each in pruned.surface.resources] == ["animals", "keepers"]
    assert "renamed" not in pruned.text("models/__init__.py")


def test_an_old_name_follows_what_it_means(generated: Generator) -> None:
    again = RENAMED.replace("schemas/Animal", "schemas/Creature").replace(
        "    Animal:", "    Creature:"
    )
    made = generated.grown(ZOO, RENAMED, again)
    assert dict(made.surface.deprecated_classes) == {
        "Beast": "Creature",
        "Animal": "Creature",
        "Kind": "Species",
    }


def test_a_rename_that_is_undone_gives_the_names_back(generated: Generator) -> None:
    made = generated.grown(ZOO, RENAMED, ZOO)
    assert [each.name for each in made.surface.models] == ["Beast", "Cage", "Kind"]
    assert made.surface.deprecated_aliases == ()
    assert "search_beast" in dir(made.client("sync").beast)


def test_a_newcomer_does_not_take_an_old_name(generated: Generator) -> None:
    newcomer = RENAMED.replace(
        "    Cage:",
        "    Beast: {type: object, properties: {size: {type: integer}}}\n    Cage:",
    )
    made = generated.grown(ZOO, RENAMED, newcomer)
    assert dict(made.surface.deprecated_classes)["Beast"] == "Animal"
    assert "Beast2" in {each.name for each in made.surface.models}


def test_an_id_or_a_tag_that_changes_renames_nothing(generated: Generator) -> None:
    """The lock knows an operation by its method and path."""
    other = ZOO.replace("searchBeast", "listBeasts").replace("[Beast]", "[Animals]")
    made = generated.grown(ZOO, other)
    assert [
        f"{resource.name}.{method.name}"
        for resource in made.surface.resources
        for method in resource.methods
    ] == ["beast.search_beast", "keepers.delete_keeper"]
    assert made.surface.deprecated_aliases == ()


@pytest.mark.parametrize(
    ("path", "is_successor"),
    [
        ("/owners/{id}", False),
        ("/keepers/{id}/contract", False),
        ("/{id}", False),
        ("/zoo/keepers/{id}", True),
        ("/keepers/by-id/{id}", True),
    ],
)
def test_a_call_that_reads_otherwise_is_no_successor(
    names_of: Callable[..., Named], path: str, *, is_successor: bool
) -> None:
    """Equal shapes are not enough: an old name must not delete something else."""
    before = names_of(ZOO).surface
    other = ZOO.replace("/keepers/{id}", path).replace("deleteKeeper", "dismiss")
    after = names_of(other, before.names).surface
    assert [each.old for each in after.deprecated_aliases] == (
        ["keepers.delete_keeper"] if is_successor else []
    )


def test_what_two_could_claim_is_claimed_by_none(generated: Generator) -> None:
    twins = RENAMED.replace(
        "    Species:",
        "    Twin: {type: object, required: [name], properties: {name: {type: string}}}\n    Species:",
    )
    made = generated.grown(ZOO, twins)
    assert "Beast" not in dict(made.surface.deprecated_classes)


def test_old_methods_work_asynchronously_beside_others(zoo: Generated) -> None:
    """The method of the asynchronous client gives what is to be awaited."""
    assert asyncio.iscoroutinefunction(type(zoo.client("async").animals).list_beasts)


FORMER = """\
openapi: 3.1.0
info: {title: Tags API, version: '1.0'}
servers: [{url: https://tags.example}]
paths:
  /things:
    get:
      operationId: listThings
      tags: [Things]
      responses:
        '200':
          description: Them.
          content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
components:
  schemas:
    Part: {type: object, properties: {id: {type: string}}}
    Thing:
      type: object
      properties:
        labels: {anyOf: [{type: object, additionalProperties: {type: string}}, {type: 'null'}]}
        parts: {anyOf: [{type: object, additionalProperties: {$ref: '#/components/schemas/Part'}}, {type: 'null'}]}
        part: {anyOf: [{$ref: '#/components/schemas/Part'}, {type: 'null'}]}
"""


@pytest.fixture
def tags(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the directory of a client with the lock file of version 0.1.0.

    That version had a class for each choice between one schema and null.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    Path("api.yaml").write_text(FORMER, encoding="utf-8")
    folder = tmp_path / f"tags_{tmp_path.name}"
    assert main(["generate", "api.yaml", "--output", str(folder)]) == 0
    (path,) = folder.glob("*.lock.json")
    lock = json.loads(path.read_text("utf-8"))
    lock["names"] = [each for each in lock["names"] if each[0] != "client"]
    lock["names"] += [
        ["class", f"Thing > {name}", f"Thing{name.title()}", {"shape": "f:f"}]
        for name in ("labels", "parts", "part")
    ]
    del lock["seal"]
    path.write_text(json.dumps(lock), "utf-8")
    return folder


def regenerate(folder: Path, *options: str) -> None:
    assert main(["generate", "api.yaml", "--output", str(folder), *options]) == 0


def test_a_class_whose_place_has_a_plain_type_is_that_type_and_warns(
    tags: Path,
) -> None:
    regenerate(tags)
    # The lock file of this version remembers what the former one had.
    regenerate(tags)

    models = import_module(f"{tags.name}.models")
    found, said = warned(lambda: models.ThingLabels)
    assert found == dict[str, str] | None
    assert said == [
        f"{tags.name}.models.ThingLabels is deprecated; use dict[str, str] | None"
    ]
    found, said = warned(lambda: models.ThingParts)
    values = dict[str, models.Part]  # type: ignore[name-defined]
    assert found == values | None
    assert said[0].endswith("; use dict[str, models.Part] | None")
    found, said = warned(lambda: models.ThingPart)
    assert found is models.Part
    assert said[0].endswith("; use Part")
    assert not {"ThingLabels", "ThingPart"} & {*models.__all__}
    with pytest.raises(AttributeError, match="ThingGone"):
        _ = models.ThingGone


def test_aliases_of_types_go_when_they_are_pruned(tags: Path) -> None:
    regenerate(tags)
    regenerate(tags, "--prune-aliases")

    models = import_module(f"{tags.name}.models")
    assert not hasattr(models, "ThingLabels")
    assert not (tags / "models" / "_former_types.py").exists()
    assert not (tags / "runtime" / "renamed.py").exists()


def test_an_alias_of_a_type_goes_with_its_place(tags: Path) -> None:
    regenerate(tags)
    Path("api.yaml").write_text(FORMER.replace(" labels:", " texts:"), "utf-8")
    regenerate(tags)

    models = import_module(f"{tags.name}.models")
    assert not hasattr(models, "ThingLabels")
    assert warned(lambda: models.ThingParts)[1]


@pytest.mark.slow
def test_type_checkers_know_the_former_names_of_types(tags: Path) -> None:
    regenerate(tags)
    Path("use.py").write_text(
        f"from {tags.name} import models\n"
        "labels: models.ThingLabels = {'a': 'b'}\n"
        "wrong: models.ThingLabels = {'a': 1}\n",
        "utf-8",
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir=/dev/null"]

    done = subprocess.run(
        [*command, "use.py"], capture_output=True, text=True, check=False
    )

    assert "use.py:3: error: Dict entry 0 has incompatible type" in done.stdout
    assert "Found 1 error in 1 file" in done.stdout


USER = """\
from typing import Optional, cast
import {0}
from {0} import models
from {0}.models import ThingLabels, ThingPart, ThingParts

Named = models.ThingParts

class Shelf:
    labels: "Optional[models.ThingLabels]" = None
    parts: ThingParts

def f(one: models.ThingParts, *rest: list[{0}.models.ThingLabels]) -> ThingPart:
    for key, part in (one or {{}}).items():
        print(part.id)
    return cast("ThingPart", one)

def g(labels: ThingLabels) -> None: ...
"""
MOVED = """\
from typing import Optional, cast
import {0}
from {0} import models
from {0}.models import ThingLabels, Part, Part

Named = dict[str, models.Part] | None

class Shelf:
    labels: "Optional[dict[str, str] | None]" = None
    parts: dict[str, Part] | None

def f(one: dict[str, models.Part] | None, *rest: list[dict[str, str] | None]) -> Part:
    for key, part in (one or {{}}).items():
        print(part.id)
    return cast("Part", one)

def g(labels: dict[str, str] | None) -> None: ...
"""


def test_code_moves_off_former_names_of_types(
    tags: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    regenerate(tags)
    use = Path("use.py")
    use.write_text(USER.format(tags.name), "utf-8")
    capsys.readouterr()
    command = ["migrate", tags.name, tags.name, "--aliases", "--force", "--write"]

    assert main(command) == 0

    assert use.read_text("utf-8") == MOVED.format(tags.name)
    said = capsys.readouterr().err
    assert "its type needs no import from the client: remove it" in said
    # A second run changes nothing, and an index knows what the types are.
    assert main(command) == 0
    assert use.read_text("utf-8") == MOVED.format(tags.name)
    capsys.readouterr()
    assert main(["impact", tags.name, tags.name, "--format", "json"]) == 0
    (former,) = json.loads(capsys.readouterr().out)["deprecated"]
    assert former["old"] == "models.ThingLabels"
