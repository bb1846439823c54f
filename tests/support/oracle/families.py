"""Schemas, drawn at random, family by family.

In: a drawing. Out: a schema. A family shows one feature, on the ground of what is plain.
"""

from __future__ import annotations

from typing import Final

from support.oracle import union_families
from support.oracle.dialect import Json
from support.oracle.drawing import (
    MEMBERS,
    WORDS,
    Drawing,
    Family,
    draw_constant,
    draw_enum,
    draw_object,
    draw_plain,
    draw_scalar,
    make_nullable,
)


def scalars(draw: Drawing) -> Json:
    """Scalars in an object."""
    return draw_object(draw, 0)


def enumerations(draw: Drawing) -> Json:
    """Enumerations and constants, required or not, nullable or not."""
    makers = (draw_enum, draw_constant)
    properties = {}
    for each in draw.chance.sample(MEMBERS, draw.chance.randint(1, 3)):
        made = draw.pick(*makers)(draw)
        made = draw.name_maybe(made, 0.3)
        properties[each] = make_nullable(draw, made) if draw.maybe(0.4) else made
    required = [each for each in properties if draw.maybe()]
    made = {"type": "object", "properties": properties}
    return {**made, "required": required} if required else made


def titled_constants(draw: Drawing) -> Json:
    """A choice of constants, each with a title; an enumeration with names."""
    words = draw.chance.sample(WORDS, 3)
    options = [
        {**draw_constant(draw, each), "title": each.title(), "description": "It."}
        for each in words
    ]
    made: Json = {draw.pick("oneOf", "anyOf"): options}
    if draw.maybe():
        made["type"] = "string"
    made = draw.name_maybe(made)
    properties = {"word": made, "words": {"type": "array", "items": made}}
    return {"type": "object", "properties": properties}


def nullables(draw: Drawing) -> Json:
    """Null in every spelling."""
    properties = {
        each: make_nullable(draw, draw_plain(draw, 1))
        for each in draw.chance.sample(MEMBERS, draw.chance.randint(1, 3))
    }
    if draw.maybe(0.3):
        inner = make_nullable(draw, draw_plain(draw, 1))
        properties["list"] = {"type": "array", "items": inner}
    required = [each for each in properties if draw.maybe()]
    made = {"type": "object", "properties": properties}
    return {**made, "required": required} if required else made


def containers(draw: Drawing) -> Json:
    """Lists, maps, and objects with further members."""
    match draw.chance.randrange(5):
        case 0:
            inner = {"type": "array", "items": draw_plain(draw, 2)}
            return {"type": "array", "items": inner}
        case 1:
            return {"type": "object", "additionalProperties": draw_plain(draw, 2)}
        case 2:
            made = draw_object(draw, 1)
            extra = draw.pick(True, {}, draw_plain(draw, 1), draw_plain(draw, 0))
            return {**made, "additionalProperties": extra}
        case 3:
            return {**draw_object(draw, 2), "additionalProperties": False}
        case _:
            made = draw_object(draw, 1)
            made["properties"]["list"] = {"type": "array", "items": draw_plain(draw, 2)}
            made["properties"]["any"] = draw.pick(
                {}, {"type": "object"}, {"type": "array", "items": {}}
            )
            return made


def tuples(draw: Drawing) -> Json:
    """Lists with a schema for each position (OpenAPI 3.1)."""
    if draw.is_old:
        return {"type": "array", "items": {"type": "array", "items": draw_scalar(draw)}}
    first = [draw_plain(draw, 0) for _ in range(draw.chance.randint(1, 3))]
    made: Json = {"type": "array", "prefixItems": first}
    if draw.maybe():
        made["items"] = draw.pick(False, draw_scalar(draw))
    return {"type": "object", "properties": {"tuple": made}}


def contents(draw: Drawing) -> Json:
    """Texts that hold something else, in each spelling."""
    media = {"type": "string", "contentMediaType": draw.pick("text/html", "image/png")}
    options: list[Json] = [
        {"type": "string", "format": "byte"},
        {"type": "string", "format": "decimal"},
        {"type": "number", "format": "decimal"},
        {"type": "string", "format": "date-time"},
        {"type": "string", "format": "duration"},
        {"type": "string", "format": "uuid"},
    ]
    if not draw.is_old:
        options += [media, {"type": "string", "contentEncoding": "base64"}]
    chosen = draw.chance.sample(options, 3)
    made: Json = {f"m{index}": each for index, each in enumerate(chosen)}
    made["list"] = {"type": "array", "items": draw.pick(*options)}
    return {"type": "object", "properties": made}


def untyped(draw: Drawing) -> Json:
    """Schemas that say little or nothing."""
    properties: Json = {
        "any": {},
        "told": {"description": "Anything."},
        "map": {"type": "object"},
        "list": {"type": "array", "items": {}},
        "named": draw.name({}),
    }
    if not draw.is_old:
        properties["true"] = True
    chosen = draw.chance.sample(sorted(properties), 3)
    return {"type": "object", "properties": {each: properties[each] for each in chosen}}


def compositions(draw: Drawing) -> Json:
    """AllOf whose parts name other properties."""
    parts = [
        draw.name_maybe(draw_object(draw, 1)) for _ in range(draw.chance.randint(1, 3))
    ]
    made: Json = {"allOf": parts}
    if draw.maybe(0.3):
        made |= draw_object(draw, 1)
    if draw.maybe(0.2):
        made["required"] = [draw.pick(*MEMBERS)]
    if draw.maybe(0.15):
        made["additionalProperties"] = draw.pick(True, {})
    return _drop_clashes(draw, made)


def _drop_clashes(draw: Drawing, made: Json) -> Json:
    """Leave each property to the first part that names it."""
    seen: set[str] = set()
    for part in [*made["allOf"], made]:
        target = (
            draw.components[part["$ref"].rpartition("/")[2]] if "$ref" in part else part
        )
        properties = target.get("properties", {})
        for each in list(properties):
            if each in seen:
                del properties[each]
            seen.add(each)
        if "required" in target and target is not made:
            target["required"] = [e for e in target["required"] if e in properties]
            if not target["required"]:
                del target["required"]
    return made


def intersections(draw: Drawing) -> Json:
    """AllOf whose parts name the same property, with other facts."""
    first, second = _draw_pair(draw)
    name = draw.pick(*MEMBERS)
    parts = []
    for each in (first, second):
        made = draw_object(draw, 0)
        made["properties"] = (
            {key: value for key, value in made["properties"].items() if key != name}
            if draw.maybe(0.3)
            else {}
        )
        made["required"] = [
            key for key in made.get("required", ()) if key in made["properties"]
        ]
        if draw.maybe(0.4):
            made["required"].append(name)
        if not made["required"]:
            del made["required"]
        made["properties"][name] = each
        parts.append(made)
    shared = set(parts[0]["properties"]) & set(parts[1]["properties"]) - {name}
    for each in shared:
        del parts[1]["properties"][each]
    draw.chance.shuffle(parts)
    if draw.maybe(0.3):
        own, other = parts
        return {**own, "allOf": [draw.name_maybe(other)]}
    return {"allOf": [draw.name_maybe(each) for each in parts]}


def _draw_pair(draw: Drawing) -> tuple[Json, Json]:
    """Return two schemas that have values in common."""
    match draw.chance.randrange(9):
        case 0:
            return _split_members(draw)
        case 1:
            return {"type": "integer", "minimum": 1}, {"type": "integer", "maximum": 50}
        case 2:
            words = draw.chance.sample(WORDS, 4)
            return (
                {"type": "string", "enum": words[:3]},
                {"type": "string", "enum": words[1:]},
            )
        case 3:
            words = draw.chance.sample(WORDS, 3)
            return {"type": "string", "enum": words}, draw_constant(draw, words[0])
        case 4:
            return {"type": "number"}, {"type": "integer"}
        case 5:
            one, other = _split_members(draw)
            return {"type": "array", "items": one}, {"type": "array", "items": other}
        case 6:
            one, other = _split_members(draw)
            return (
                {"type": "object", "additionalProperties": one},
                {"type": "object", "additionalProperties": other},
            )
        case 7:
            return {"type": "string"}, draw_constant(draw, draw.pick(*WORDS))
        case _:
            return {"type": "string", "pattern": "^a"}, {
                "type": "string",
                "maxLength": 5,
            }


def _split_members(draw: Drawing) -> tuple[Json, Json]:
    whole = draw_object(draw, 1, least=2)
    names = list(whole["properties"])
    halves = []
    for part in (names[:1], names[1:]):
        made: Json = {
            "type": "object",
            "properties": {each: whole["properties"][each] for each in part},
        }
        required = [each for each in whole.get("required", ()) if each in part]
        halves.append(
            draw.name_maybe({**made, "required": required} if required else made)
        )
    return halves[0], halves[1]


def narrowed(draw: Drawing) -> Json:
    """An enumeration, a constant or `not` beside allOf, or in another part."""
    words = draw.chance.sample(WORDS, 4)
    listed = draw.name({"type": "string", "enum": words})
    text = draw.name({"type": "string"})
    number = draw.name({"type": "number"})
    properties: Json = {
        "fewer": {"allOf": [listed], "enum": words[:2]},
        "one": {"allOf": [listed, {"enum": words[:1]}]},
        "listed": {"allOf": [text], "enum": words[1:3]},
        "whole": {"allOf": [number, {"type": "integer"}]},
        "bound": {"allOf": [{"type": "integer", "minimum": 0}], "maximum": 9},
        "but": {"allOf": [listed], "not": {"enum": words[:1]}},
        "few": {"allOf": [{"type": "array", "items": listed}, {"maxItems": 2}]},
    }
    chosen = draw.chance.sample(sorted(properties), 3)
    return {"type": "object", "properties": {each: properties[each] for each in chosen}}


def reference_siblings(draw: Drawing) -> Json:
    """Keywords beside a reference (OpenAPI 3.1); in 3.0 they are ignored."""
    target = draw_object(draw, 1, least=2)
    target.pop("required", None)
    names = list(target["properties"])
    reference = draw.name(target)
    siblings: Json = draw.pick(
        {"required": [names[0]]},
        {"properties": {"more": draw_scalar(draw)}},
        {"properties": {"more": draw_scalar(draw)}, "required": ["more"]},
        {"description": "It."},
        (
            {"additionalProperties": {"type": "integer"}}
            if not names
            else {"minProperties": 0}
        ),
    )
    words = draw.chance.sample(WORDS, 3)
    listed = draw.name({"type": "string", "enum": words})
    text = draw.name({"type": "string"})
    return {
        "type": "object",
        "properties": {
            "thing": {**reference, **siblings},
            "plain": reference,
            "word": {**listed, "enum": words[:2]},
            "fixed": {**text, **draw.pick({"enum": [words[0]]}, {"enum": words[:2]})},
        },
    }


def directions(draw: Drawing) -> Json:
    """Members that go in one direction only."""
    made = draw_object(draw, 1, least=2)
    for each in list(made["properties"]):
        if draw.maybe(0.4):
            target = made["properties"][each]
            if "$ref" not in target:
                target[draw.pick("readOnly", "writeOnly")] = True
    return draw.name(made)


def recursions(draw: Drawing) -> Json:
    """Schemas that refer to themselves."""
    reference = draw.name({}, "Node")
    name = reference["$ref"].rpartition("/")[2]
    made = draw_object(draw, 0)
    made["properties"]["next"] = draw.pick(reference, make_nullable(draw, reference))
    made["properties"]["children"] = {"type": "array", "items": reference}
    if draw.maybe(0.4):
        leaf = draw.name(
            {
                "type": "object",
                "properties": {"leaf": {"type": "string"}},
                "required": ["leaf"],
            }
        )
        made["properties"]["either"] = {"oneOf": [leaf, reference]}
        made["properties"]["stem"] = {"type": "integer"}
        made["required"] = ["stem"]
    draw.components[name] = made
    return reference


def derivations(draw: Drawing) -> Json:
    """A base with a discriminator, and schemas that extend it by allOf."""
    base: Json = {
        "type": "object",
        "properties": {"kind": {"type": "string"}, "id": {"type": "string"}},
        "required": ["kind"],
        "discriminator": {"propertyName": "kind"},
    }
    reference = draw.name(base, "Base")
    mapping = {}
    for number in range(draw.chance.randint(1, 3)):
        own = {"type": "object", "properties": {f"own{number}": draw_plain(draw, 1)}}
        heir = draw.name({"allOf": [reference, own]}, "Derived")
        mapping[f"kind-{number}"] = heir["$ref"]
    if draw.maybe():
        base["discriminator"]["mapping"] = mapping
    return draw.pick(
        {"type": "object", "properties": {"one": reference}},
        {"type": "array", "items": reference},
        {"type": "object", "additionalProperties": reference},
    )


def everything(draw: Drawing) -> Json:
    """One family in another."""
    alone = {"everything", "recursions", "derivations"}
    names = [each for each in FAMILIES if each not in alone]
    made: Json = {"type": "object", "properties": {}}
    for each in draw.chance.sample(("m", "n", "o"), draw.chance.randint(1, 3)):
        inner = FAMILIES[draw.pick(*names)](draw)
        if draw.maybe(0.3):
            inner = {"type": "array", "items": inner}
        elif draw.maybe(0.2):
            inner = {"type": "object", "additionalProperties": inner}
        made["properties"][each] = draw.name_maybe(inner, 0.3)
    return made


FAMILIES: Final[dict[str, Family]] = {
    each.__name__: each
    for each in (
        scalars,
        enumerations,
        titled_constants,
        nullables,
        containers,
        tuples,
        contents,
        untyped,
        compositions,
        intersections,
        narrowed,
        reference_siblings,
        directions,
        recursions,
        derivations,
        *union_families.ALL,
        everything,
    )
}
