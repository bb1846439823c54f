"""Enums: their members, their names, and what they do with values they do not know."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import IntEnum, StrEnum

import pytest
from support.generated import Generated, Generator
from support.loopback import Loopback, Reply
from support.twins import twins
from support.values import Value

from flexprice_codegen.diagnostics import Level

SPEC = """
openapi: 3.0.3
info: {title: Enums, version: "1"}
paths:
  /all:
    post:
      tags: [all]
      operationId: swap
      parameters:
        - {name: order, in: query, schema: {type: string, enum: [asc, desc]}}
        - {name: sort, in: query, schema: {type: array, items: {type: string, enum: [name, -name]}}}
      requestBody:
        content: {application/json: {schema: {$ref: '#/components/schemas/All'}}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/All'}}}}
components:
  schemas:
    All:
      type: object
      required: [constant]
      properties:
        status: {$ref: '#/components/schemas/Status'}
        level: {$ref: '#/components/schemas/Level'}
        terms: {$ref: '#/components/schemas/Terms'}
        maybe: {$ref: '#/components/schemas/Maybe'}
        mixed: {$ref: '#/components/schemas/Mixed'}
        one: {$ref: '#/components/schemas/One'}
        twice: {$ref: '#/components/schemas/Twice'}
        odd: {$ref: '#/components/schemas/Odd'}
        negative: {$ref: '#/components/schemas/Negative'}
        numbers: {$ref: '#/components/schemas/Numbers'}
        shared: {$ref: '#/components/schemas/Shared'}
        unlike: {$ref: '#/components/schemas/Unlike'}
        digits: {$ref: '#/components/schemas/Digits'}
        alone: {$ref: '#/components/schemas/Alone'}
        order: {type: string, enum: [asc, desc]}
        inner: {$ref: '#/components/schemas/Inner'}
        statuses: {type: array, items: {$ref: '#/components/schemas/Status'}}
        by_status: {type: object, additionalProperties: {$ref: '#/components/schemas/Status'}}
        constant: {type: string, enum: [fixed]}
        optional: {type: string, enum: [fixed]}
        yes_no: {type: string, enum: [yes, no, "on", "off"]}
        floats: {type: number, enum: [1.5, 2.5]}
        choices: {oneOf: [{type: string, enum: [a]}, {type: string, enum: [b]}]}
    Inner:
      type: object
      properties:
        order: {type: string, enum: [asc, desc]}
        kind: {type: string, enum: [left, right]}
        other: {type: string, enum: [asc, desc]}
    Status:
      type: string
      description: Where a thing stands.
      enum: [published, archived, in_progress]
      x-enum-varnames: [StatusPublished, StatusArchived, StatusInProgress]
      x-enum-descriptions: [It is there., It is gone., ""]
    Level: {type: integer, enum: [1, 2], x-enum-varnames: [LevelLow, LevelHigh]}
    Terms: {type: string, enum: [15 NET, 30 NET, 15MIN]}
    Maybe: {type: string, nullable: true, enum: [a, b, null]}
    Mixed: {enum: [auto, 1, 2.5, true]}
    One: {type: string, enum: [single]}
    Twice: {type: string, enum: [MONTH, DAY, MONTH]}
    Odd: {type: string, enum: ["", " ", "+", "-1", ">=", "a-b", "a_b", "é", name, value, mro, class, None, "日本"]}
    Negative: {type: integer, enum: [-1, 0, 1]}
    Numbers: {type: string, enum: [1, 2]}
    Shared: {type: string, enum: [x, y], x-enum-varnames: [FooKindX, FooKindY]}
    Unlike: {type: string, enum: [x, y], x-enum-varnames: [FooX, BarY]}
    Digits: {type: string, enum: [a, b], x-enum-varnames: [Period1Day, Period2Day]}
    Alone: {type: string, enum: [x], x-enum-varnames: [AloneThing]}
"""


@pytest.fixture(scope="module")
def api(generated: Generator) -> Generated:
    """Return the client of the document above."""
    return generated(SPEC)


def swap(api: Generated, server: Loopback, text: str) -> Value:
    """Have the server answer with a JSON text, and read it strictly."""
    server.reply(Reply(200, text.encode()))
    with api.client(base_url=server.url, strict=True) as client:
        return client.all.swap()


def swapping(body: Value) -> Callable[[Value], Value]:
    """Return the function that sends a body."""
    return lambda client: client.all.swap(body)


def members(kind: Value) -> dict[str, Value]:
    """Return the members of an enum: name and value."""
    return {each.name: each.value for each in kind}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "Status",
            {
                "PUBLISHED": "published",
                "ARCHIVED": "archived",
                "IN_PROGRESS": "in_progress",
            },
        ),
        ("Level", {"LOW": 1, "HIGH": 2}),
        (
            "Terms",
            {
                "VALUE_15_NET": "15 NET",
                "VALUE_30_NET": "30 NET",
                "VALUE_15_MIN": "15MIN",
            },
        ),
        ("Maybe", {"A": "a", "B": "b"}),
        ("Twice", {"MONTH": "MONTH", "DAY": "DAY"}),
        ("Negative", {"MINUS_1": -1, "VALUE_0": 0, "VALUE_1": 1}),
        ("Numbers", {"VALUE_1": "1", "VALUE_2": "2"}),
        ("Shared", {"X": "x", "Y": "y"}),
        ("Unlike", {"FOO_X": "x", "BAR_Y": "y"}),
        ("Digits", {"PERIOD1_DAY": "a", "PERIOD2_DAY": "b"}),
        ("Alone", {"THING": "x"}),
        (
            "AllYesNo",
            {"YES": "yes", "NO": "no", "ON": "on", "OFF": "off"},
        ),
    ],
)
def test_members_are_named_after_the_document_or_after_their_values(
    name: str, expected: dict[str, Value], api: Generated
) -> None:
    assert members(getattr(api.models, name)) == expected


def test_every_value_gets_a_member_whatever_it_is_made_of(api: Generated) -> None:
    found = members(api.models.Odd)
    assert list(found.values()) == [
        "", " ", "+", "-1", ">=", "a-b", "a_b", "é", "name", "value", "mro",
        "class", "None", "日本",
    ]  # fmt: skip
    assert all(each.isidentifier() for each in found)
    assert {"EMPTY", "PLUS", "MINUS_1", "A_B", "A_B_2", "NAME", "CLASS"} <= set(found)


def test_enums_of_texts_and_of_whole_numbers_are_of_pythons_own_kinds(
    api: Generated,
) -> None:
    assert issubclass(api.models.Status, StrEnum)
    assert issubclass(api.models.Level, IntEnum)
    assert f"{api.models.Status.ARCHIVED}" == "archived"
    assert api.models.Status.ARCHIVED == "archived"


def test_descriptions_of_an_enum_and_its_members_are_kept(api: Generated) -> None:
    assert api.models.Status.__doc__ == "Where a thing stands."
    text = api.text("models/_status.py")
    assert '    PUBLISHED = "published"\n    """It is there."""\n' in text


def test_a_value_that_is_listed_twice_is_one_member_and_said(api: Generated) -> None:
    assert "enum value 'MONTH' is listed twice" in api.said(Level.NOTE)


@pytest.mark.parametrize(
    ("text", "name", "expected", "kind"),
    [
        ('{"status": "archived"}', "status", "archived", "Status"),
        ('{"status": "brand new"}', "status", "brand new", "Status"),
        ('{"status": ""}', "status", "", "Status"),
        ('{"level": 2}', "level", 2, "Level"),
        ('{"level": 77}', "level", 77, "Level"),
        ('{"maybe": "c"}', "maybe", "c", "Maybe"),
        ('{"order": "sideways"}', "order", "sideways", "Order"),
    ],
)
def test_known_and_unknown_values_decode_to_the_enums_type(
    text: str, name: str, expected: Value, kind: str, api: Generated, server: Loopback
) -> None:
    found = getattr(swap(api, server, text), name)
    assert found == expected
    assert type(found) is getattr(api.models, kind)
    assert all(type(each) is type(found) and each == found for each in twins(found))


def test_a_known_value_is_the_member_itself(api: Generated, server: Loopback) -> None:
    found = swap(
        api, server, '{"statuses": ["archived", "new"], "by_status": {"a": "archived"}}'
    )
    archived = api.models.Status.ARCHIVED
    assert found.statuses[0] is found.by_status["a"] is archived
    assert (archived.is_known, found.statuses[1].is_known) == (True, False)


def test_an_enum_with_null_is_nullable(api: Generated, server: Loopback) -> None:
    assert swap(api, server, '{"maybe": null}').maybe is None
    assert "    maybe: Maybe | None | UnsetType = UNSET\n" in api.text("models/_all.py")


@pytest.mark.parametrize("value", ["auto", 1, 2.5, True, "unknown"])
def test_an_enum_of_several_types_is_a_choice_of_scalars(
    value: Value, api: Generated, server: Loopback
) -> None:
    found = swap(api, server, json.dumps({"mixed": value})).mixed
    assert (found, type(found)) == (value, type(value))
    assert "    mixed: str | int | float | bool | UnsetType = UNSET\n" in api.text(
        "models/_all.py"
    )
    assert not hasattr(api.models, "Mixed")


def test_an_enum_of_fractions_is_a_number(api: Generated, server: Loopback) -> None:
    assert swap(api, server, '{"floats": 2.5}').floats == 2.5
    assert not hasattr(api.models, "AllFloats")


def test_an_inline_enum_of_one_value_is_a_literal_and_a_named_one_an_enum(
    api: Generated,
) -> None:
    text = api.text("models/_all.py")
    assert '    constant: Literal["fixed"] = "fixed"\n' in text
    assert '    optional: Literal["fixed"] | UnsetType = UNSET\n' in text
    assert members(api.models.One) == {"SINGLE": "single"}


def test_an_unknown_value_of_a_constant_is_no_mismatch(
    api: Generated, server: Loopback
) -> None:
    server.reply(Reply(200, b'{"constant": "other"}'))
    with api.client(base_url=server.url, strict=True) as client:
        assert client.all.swap().constant == "other"


def test_options_that_are_one_value_each_are_an_enum(api: Generated) -> None:
    assert members(api.models.AllChoices) == {"A": "a", "B": "b"}


def test_equal_inline_enums_under_one_property_name_share_a_class(
    api: Generated,
) -> None:
    assert members(api.models.Order) == {"ASC": "asc", "DESC": "desc"}
    assert "    order: Order | UnsetType = UNSET\n" in api.text("models/_inner.py")
    assert "order: models.Order | UnsetType = UNSET" in api.text("resources/all.py")
    assert not hasattr(api.models, "AllOrder")


def test_other_inline_enums_are_named_after_owner_and_property(api: Generated) -> None:
    assert members(api.models.InnerKind) == {"LEFT": "left", "RIGHT": "right"}
    assert members(api.models.InnerOther) == {"ASC": "asc", "DESC": "desc"}
    assert members(api.models.SwapSortItem) == {"NAME": "name", "MINUS_NAME": "-name"}


def test_members_and_their_plain_values_are_sent_alike(
    api: Generated, server: Loopback
) -> None:
    models = api.models
    typed = models.All(
        constant="fixed", status=models.Status.ARCHIVED, level=models.Level.HIGH
    )
    plain = models.All(constant="fixed", status="archived", level=2)
    unknown = models.All(
        constant="fixed", status=models.Status("new"), level=models.Level(9)
    )
    expected = [
        *[b'{"status":"archived","level":2,"constant":"fixed"}'] * 2,
        b'{"status":"new","level":9,"constant":"fixed"}',
    ]
    for body, wire in zip((typed, plain, unknown), expected, strict=True):
        assert api.sent(swapping(body), server).body == wire
    sort = [models.SwapSortItem.MINUS_NAME, "other"]
    got = api.sent(
        lambda client: client.all.swap(order=models.Order.ASC, sort=sort), server
    )
    assert got.query == "order=asc&sort=-name&sort=other"
