"""Composition: what merged schemas, choices and nested ones become."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from support.documents import (
    INTEGER,
    TEXT,
    document,
    operation,
    read_stored,
    ref,
)
from support.generated import Generated, Generator
from support.loopback import Loopback, Reply
from support.values import Value

SPEC = read_stored("models")


@pytest.fixture(scope="module")
def api(generated: Generator) -> Generated:
    """Return the client of the document that this module acts on."""
    return generated(SPEC)


Answered = Callable[[str], Value]


@pytest.fixture
def shapes(api: Generated, server: Loopback) -> Answered:
    """Return the function that has the server answer a JSON text, and reads it."""

    def read(member: str) -> Value:
        name = next(iter(json.loads(f"{{{member}}}")))
        server.reply(Reply(200, f"{{{member}}}".encode()))
        with api.client(base_url=server.url, strict=True) as client:
            return getattr(client.shapes.get_shapes(), name)

    return read


def test_all_of_is_merged_into_one_class(api: Generated, shapes: Answered) -> None:
    found = shapes('"merged": {"id": "a", "note": "n", "at": "2026-01-31", "more": 1}')
    assert found == api.models.ShapesMerged(
        id="a", note="n", at=date(2026, 1, 31), more=1
    )
    assert "    note: str\n" in api.text("models/_shapes_merged.py")


def test_all_of_with_one_part_is_that_part(api: Generated, shapes: Answered) -> None:
    assert shapes('"wrapped": {"id": "a"}') == api.models.Base(id="a")
    assert shapes('"wrapped_null": {"id": "a"}') == api.models.Base(id="a")
    assert not hasattr(api.models, "Wrapped")


@pytest.mark.parametrize(
    ("member", "kind"),
    [
        ('"pet": {"kind": "cat", "lives": 9}', "Cat"),
        ('"pet": {"kind": "puppy", "barks": true}', "Dog"),
        ('"pet": {"kind": "dog", "barks": true}', "Dog"),
        ('"named_pet": {"kind": "Dog", "barks": true}', "Dog"),
        ('"named_pet": {"kind": "Cat", "lives": 1}', "Cat"),
        ('"guess": {"kind": "x", "lives": 9}', "Cat"),
        ('"guess": {"kind": "x", "barks": false}', "Dog"),
        ('"maybe_pet": {"kind": "x", "barks": false}', "Dog"),
        ('"inline_maybe": {"kind": "x", "barks": false}', "Dog"),
        ('"inline_maybe": {"kind": "x", "lives": 1}', "Cat"),
        ('"inline_loose": {"at": "2026-01-31"}', "Dated"),
        ('"inline_loose": {"value": 1}', "Tree"),
        ('"loose": {"at": "2026-01-31"}', "Dated"),
        ('"loose": {"value": 1}', "Tree"),
        ('"cat_or_text": {"kind": "x", "lives": 1}', "Cat"),
        ('"cat_or_list": {"kind": "x", "lives": 1}', "Cat"),
        ('"optional_ref": {"kind": "x", "lives": 1}', "Cat"),
    ],
)
def test_a_choice_decodes_to_the_class_that_is_meant(
    member: str, kind: str, api: Generated, shapes: Answered
) -> None:
    assert type(shapes(member)) is getattr(api.models, kind)


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        ('"maybe_pet": null', None),
        ('"loose": null', None),
        ('"inline_maybe": null', None),
        ('"optional_ref": null', None),
        ('"cat_or_text": "text"', "text"),
        ('"number_or_text": 5', 5),
        ('"number_or_text": "5"', "5"),
        ('"matrix": [[1, 2.5], []]', [[1, 2.5], []]),
        ('"scores": {"a": 1}', {"a": 1}),
        ('"free": {"a": [null]}', {"a": [None]}),
        ('"ids": ["a"]', ["a"]),
        ('"open": {"a": {"b": 1}}', {"a": {"b": 1}}),
        ('"json": ["a", ["b", []]]', ["a", ["b", []]]),
        ('"true_or_one": "one"', "one"),
        ('"true_or_one": true', True),
    ],
)
def test_what_has_no_class_decodes_to_plain_python(
    member: str, expected: Value, shapes: Answered
) -> None:
    found = shapes(member)
    assert found == expected
    assert type(found) is type(expected)


def test_choices_stand_in_lists_and_maps(api: Generated, shapes: Answered) -> None:
    cat, dog = api.models.Cat(kind="cat", lives=1), api.models.Dog(kind="d", barks=True)
    found = shapes(
        '"pets": [{"kind": "cat", "lives": 1}, {"kind": "dog", "barks": true}]'
    )
    assert found == [cat, api.models.Dog(kind="dog", barks=True)]
    found = shapes('"pets_by_name": {"a": {"kind": "d", "barks": true}}')
    assert found == {"a": dog}
    assert shapes('"cat_or_list": [{"kind": "cat", "lives": 1}]') == [cat]
    assert shapes('"groups": {"a": [{"kind": "cat", "lives": 1}]}') == {"a": [cat]}


def test_a_value_of_an_unknown_tag_is_kept_as_it_came(
    api: Generated, server: Loopback
) -> None:
    server.reply(Reply(200, b'{"pet": {"kind": "bird", "wings": 2}}'))
    with api.client(base_url=server.url) as client:
        found = client.shapes.get_shapes()
    assert found.pet == {"kind": "bird", "wings": 2}


def test_recursive_classes_decode_at_any_depth(
    api: Generated, shapes: Answered
) -> None:
    tree = api.models.Tree
    found = shapes(
        '"tree": {"children": [{"value": 1}], "by_name": {"a": {"value": 2}}, '
        '"partner": {"tree": {"value": 3}}}'
    )
    assert found == tree(
        children=[tree(value=1)],
        by_name={"a": tree(value=2)},
        partner=api.models.Partner(tree=tree(value=3)),
    )


def test_what_stands_beside_one_of_is_part_of_each_option(
    shapes: Answered,
) -> None:
    left = shapes('"base_or_more": {"common": "c", "left": 1}')
    right = shapes('"base_or_more": {"common": "c", "right": 1}')
    assert (left.common, left.left) == ("c", 1)
    assert (right.common, right.right) == ("c", 1)
    assert type(left) is not type(right)


def test_any_of_that_only_requires_makes_one_class(
    api: Generated, shapes: Answered
) -> None:
    found = shapes('"only_required": {"a": "x"}')
    assert found == api.models.ShapesOnlyRequired(a="x")


def test_inline_schemas_are_named_after_owner_and_property(
    api: Generated, shapes: Answered
) -> None:
    models = api.models
    found = shapes('"address": {"city": "x", "geo": {"lat": 1.5}}')
    assert found == models.ShapesAddress(city="x", geo=models.ShapesAddressGeo(lat=1.5))
    assert shapes('"lines": [{"sku": "s"}]') == [models.ShapesLinesItem(sku="s")]
    found = shapes('"by_key": {"k": {"v": 1}}')
    assert found == {"k": models.ShapesByKeyValue(v=1)}


def test_a_choice_that_may_be_null_says_so_in_its_annotation(api: Generated) -> None:
    text = api.text("models/_shapes.py")
    assert "    inline_maybe: ShapesInlineMaybe | None = None\n" in text
    assert "    maybe_pet: MaybePet | None = None\n" in text


def test_a_dataclass_may_be_built_from_plain_dicts_as_well(
    api: Generated, server: Loopback
) -> None:
    body = {"name": "a", "password": "p", "owner": {"name": "o"}, "plain": {"id": "x"}}
    got = api.sent(lambda client: client.accounts.create_account(body), server)
    assert json.loads(got.body) == body


def test_models_load_one_by_one_and_share_no_module(api: Generated) -> None:
    modules = {
        path.name: path.read_text("utf-8").count("\nclass ")
        for path in (api.folder / "models").glob("_[a-z]*.py")
    }
    several = {name for name, count in modules.items() if count > 1}
    assert several == {
        "_account.py",
        "_account_input.py",
        "_partner.py",
    }, "only classes that need each other stand in one module"


def test_choices_that_hold_each_other_are_read_at_any_depth(
    generated: Generator, server: Loopback
) -> None:
    first = {"oneOf": [TEXT, {"type": "array", "items": ref("Second")}]}
    second = {
        "oneOf": [INTEGER, {"type": "object", "additionalProperties": ref("First")}]
    }
    api = generated(
        document(
            {"/things": {"get": operation("get", ref("Thing"))}},
            {
                "First": first,
                "Second": second,
                "Thing": {"type": "object", "properties": {"value": ref("First")}},
            },
        )
    )
    value = [1, {"a": "x", "b": [2, {"c": []}]}]
    server.reply(Reply(200, json.dumps({"value": value}).encode()))
    with api.client(base_url=server.url, strict=True) as client:
        assert client.things.get().value == value
