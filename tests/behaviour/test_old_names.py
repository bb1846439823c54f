"""Names are stable: what a document renames keeps its name, or leaves an old one."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Callable

import pytest
from support.generated import Generated, Generator, Named
from support.loopback import Loopback, Reply

from flexprice_codegen.pipeline.generate import GenerateOptions
from flexprice_codegen.runtime.shapes import Value

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
