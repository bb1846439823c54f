"""Families of unions: what tells the options apart.

In: a drawing. Out: a schema with a choice.
"""

from __future__ import annotations

from typing import Final

from support.oracle.dialect import Json
from support.oracle.drawing import (
    MEMBERS,
    WORDS,
    Drawing,
    Family,
    draw_constant,
    draw_enum,
    draw_member,
    draw_object,
    draw_scalar,
    draw_string,
)


def _tagless_options(draw: Drawing, count: int) -> list[Json]:
    """Return objects, each with a required member that the others do not have."""
    names = draw.chance.sample(MEMBERS, count)
    options = []
    for each in names:
        made: Json = {
            "type": "object",
            "properties": {each: draw_scalar(draw)},
            "required": [each],
        }
        if draw.maybe():
            made["properties"]["shared"] = draw_scalar(draw)
        options.append(made)
    return options


def _choice(draw: Drawing, options: list[Json], share: float = 0.8) -> Json:
    options = [draw.name_maybe(each, share) for each in options]
    return {draw.pick("oneOf", "anyOf"): options}


def unions_by_type(draw: Drawing) -> Json:
    """Options of other JSON types."""
    pool: list[Json] = [
        {"type": "string"},
        draw_string(draw),
        {"type": "integer"},
        {"type": "number"},
        {"type": "boolean"},
        draw_enum(draw),
        {"type": "array", "items": draw.pick({"type": "string"}, draw_object(draw, 0))},
        draw_object(draw, 0),
        {"type": "object", "additionalProperties": {"type": "integer"}},
    ]
    options: list[Json] = []
    taken: set[str] = set()
    for each in draw.chance.sample(pool, len(pool)):
        kinds = {each["type"]} | ({"number"} if each["type"] == "integer" else set())
        if not kinds & taken and len(options) < draw.chance.randint(2, 4):
            options.append(each)
            taken |= kinds
    if draw.maybe(0.2) and not draw.is_old and all("enum" not in e for e in options):
        return {
            "type": [each["type"] for each in options if set(each) == {"type"}]
            or "string"
        }
    return _choice(draw, options, 0.3)


def unions_of_texts(draw: Drawing) -> Json:
    """Texts of several formats and numbers: a scalar keeps its JSON type."""
    pool = [
        {"type": "string", "format": "date"},
        {"type": "string", "format": "date-time"},
        {"type": "string"},
        {"type": "integer"},
        {"type": "number"},
        {"type": "boolean"},
        draw_enum(draw),
    ]
    options = draw.chance.sample(pool, draw.chance.randint(2, 4))
    union = {"anyOf": options}
    if draw.maybe(0.3):
        return {"type": "array", "items": union}
    return {
        "type": "object",
        "properties": {"v": union, "l": {"type": "array", "items": union}},
    }


def unions_by_required(draw: Drawing) -> Json:
    """Options that demand other members."""
    return _choice(draw, _tagless_options(draw, draw.chance.randint(2, 3)))


def _draw_tagged(draw: Drawing, count: int) -> tuple[str, list[Json]]:
    """Return objects that a constant or an enumeration tells apart."""
    tag = draw.pick("kind", "type", "x-y", "class")
    words = draw.chance.sample(WORDS, 2 * count)
    is_wide = draw.maybe(0.3)
    options = []
    for number in range(count):
        own = words[2 * number : 2 * number + 2]
        told = (
            {"type": "string", "enum": own} if is_wide else draw_constant(draw, own[0])
        )
        made: Json = {"type": "object", "properties": {tag: told}}
        if draw.maybe(0.8):
            made["required"] = [tag]
        if draw.maybe(0.8):
            made["properties"]["x"] = {"type": "string"}
        if draw.maybe():
            made["properties"][f"only{number}"] = draw_member(draw, 1)
        options.append(made)
    return tag, options


def unions_by_constant(draw: Drawing) -> Json:
    """Options that a constant or an enumeration tells apart."""
    _, options = _draw_tagged(draw, draw.chance.randint(2, 3))
    for each in options:
        each.setdefault("required", [next(iter(each["properties"]))])
    return _choice(draw, options)


def unions_by_optional_constant(draw: Drawing) -> Json:
    """Options that an optional constant tells apart where it is there."""
    _, options = _draw_tagged(draw, draw.chance.randint(2, 3))
    for each in options:
        each.pop("required", None)
    return {"anyOf": [draw.name_maybe(each, 0.8) for each in options]}


def unions_by_discriminator(draw: Drawing) -> Json:
    """Options that a discriminator tells apart, with and without a mapping."""
    tag, options = _draw_tagged(draw, draw.chance.randint(2, 3))
    references = [draw.name(each, "Option") for each in options]
    keyword = draw.pick("oneOf", "anyOf")
    told: Json = {"propertyName": tag}
    if draw.maybe():
        told["mapping"] = {}
    for reference, option in zip(references, options, strict=True):
        listed = option["properties"][tag]
        values = listed.get("enum", [listed.get("const")])
        name = reference["$ref"].rpartition("/")[2]
        option["required"] = [tag]
        if "mapping" in told:
            told["mapping"] |= dict.fromkeys(
                values, draw.pick(reference["$ref"], reference["$ref"], name)
            )
            if draw.maybe(0.4):
                option["properties"][tag] = {"type": "string"}
        else:
            option["properties"][tag] = draw.pick(
                {"type": "string"}, draw_constant(draw, name)
            )
    return {keyword: references, "discriminator": told}


def unions_by_closedness(draw: Drawing) -> Json:
    """Options whose members are all there are."""
    names = draw.chance.sample(MEMBERS, 3)
    options = []
    for count in (1, 2, 3):
        properties = {each: draw_scalar(draw) for each in names[:count]}
        if draw.maybe(0.3):
            properties[f"own{count}"] = draw_scalar(draw)
        options.append(
            {"type": "object", "properties": properties, "additionalProperties": False}
        )
    draw.chance.shuffle(options)
    return {
        "anyOf": [
            draw.name_maybe(each, 0.8) for each in options[: draw.chance.randint(2, 3)]
        ]
    }


def unions_by_items(draw: Drawing) -> Json:
    """Lists, told apart by what they hold."""
    kinds = draw.chance.sample(("string", "integer", "boolean"), 2)
    items: list[Json] = [{"type": each} for each in kinds]
    if draw.maybe():
        items = _tagless_options(draw, 2)
    options: list[Json] = [
        {"type": "array", "items": each, "minItems": 1} for each in items
    ]
    if draw.maybe(0.4):
        options = [
            {"type": "object", "properties": {"data": each}, "required": ["data"]}
            for each in options
        ]
    return _choice(draw, options, 0.5)


def unions_below(draw: Drawing) -> Json:
    """Equal members above, other ones below."""
    _, inner = (
        _draw_tagged(draw, 2) if draw.maybe() else ("", _tagless_options(draw, 2))
    )
    for each in inner:
        each.setdefault("required", [next(iter(each["properties"]))])
    depth = draw.chance.randint(1, 3)
    options = []
    for each in inner:
        made = draw.name_maybe(each)
        for _ in range(depth):
            made = {
                "type": "object",
                "properties": {"data": made},
                "required": ["data"],
            }
            if draw.maybe(0.3):
                made["properties"]["id"] = {"type": "string"}
        options.append(made)
    return _choice(draw, options)


def unions_with_unions(draw: Drawing) -> Json:
    """Optional members that are unions, options that are unions, lists of unions."""
    inner = draw.name_maybe(_choice(draw, _tagless_options(draw, 2)))
    match draw.chance.randrange(3):
        case 0:
            plain: Json = {"type": "object", "properties": {"id": {"type": "string"}}}
            rich: Json = {
                "type": "object",
                "properties": {"id": {"type": "string"}, "owner": inner},
            }
            if draw.maybe():
                rich["required"] = ["owner"]
            return {
                "anyOf": [
                    draw.name(each) for each in draw.chance.sample((plain, rich), 2)
                ]
            }
        case 1:
            names = ("p", "q")
            options = [
                {
                    "type": "object",
                    "properties": {each: draw_scalar(draw)},
                    "required": [each],
                }
                for each in names
            ]
            return {
                "anyOf": draw.chance.sample(
                    [draw.name(options[0]), inner, draw.name(options[1])], 3
                )
            }
        case _:
            return {
                "type": "object",
                "properties": {"list": {"type": "array", "items": inner}, "one": inner},
            }


def unions_beside(draw: Drawing) -> Json:
    """A choice beside properties, or within allOf; two choices at once."""
    choice = _choice(draw, _tagless_options(draw, 2))
    other = {
        "type": "object",
        "properties": {"s": draw_scalar(draw), "t": draw_scalar(draw)},
    }
    if draw.maybe(0.4):
        other["required"] = ["s"]
    match draw.chance.randrange(4):
        case 0:
            return {**other, **choice}
        case 1:
            return {"allOf": [draw.name_maybe(choice), draw.name_maybe(other)]}
        case 2:
            more = [
                {
                    "type": "object",
                    "properties": {each: draw_scalar(draw)},
                    "required": [each],
                }
                for each in ("v", "w")
            ]
            second = {
                draw.pick("oneOf", "anyOf"): [draw.name_maybe(each) for each in more]
            }
            return {"allOf": [draw.name_maybe(choice), second]}
        case _:
            return {"allOf": [draw.name_maybe({**other, **choice})]}


def unions_by_bounds(draw: Drawing) -> Json:
    """Options that only bounds and patterns tell apart: no client reads those.

    They are no family of `ALL`: which option is chosen is said in a note.
    """
    kind, one, other = draw.pick(
        ("string", {"maxLength": 3}, {"minLength": 4}),
        ("string", {"pattern": "^a"}, {"pattern": "^b"}),
        ("integer", {"maximum": 0}, {"minimum": 1}),
        ("number", {"minimum": 5}, {"maximum": 4}),
    )
    name = draw.pick(*MEMBERS)
    shared = draw_scalar(draw)
    options = [
        {
            "type": "object",
            "properties": {name: {"type": kind, **each}, "shared": shared},
            "required": [name],
        }
        for each in (one, other)
    ]
    return {draw.pick("oneOf", "anyOf"): [draw.name(each) for each in options]}


ALL: Final[tuple[Family, ...]] = (
    unions_by_type,
    unions_of_texts,
    unions_by_required,
    unions_by_constant,
    unions_by_optional_constant,
    unions_by_discriminator,
    unions_by_closedness,
    unions_by_items,
    unions_below,
    unions_with_unions,
    unions_beside,
)
