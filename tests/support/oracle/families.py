"""Schemas, drawn at random, family by family.

In: a source of chance, and the version of OpenAPI. Out: a schema, and the components that
it refers to. A family shows one feature, on the ground of what is plain.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from support.oracle.judge import Json

WORDS: Final = ("red", "green", "blue", "amber", "on", "off", "x-1", "5", "A", "true")
MEMBERS: Final = ("a", "b", "c", "d", "kind", "x-y", "class", "id")


@dataclass(slots=True)
class Drawing:
    """The components that are drawn so far, below names of their own."""

    chance: random.Random
    version: str
    prefix: str = ""
    components: dict[str, Json] = field(default_factory=dict)

    @property
    def is_old(self) -> bool:
        """Whether the document is of OpenAPI 3.0."""
        return self.version.startswith("3.0")

    def maybe(self, share: float = 0.5) -> bool:
        """Return true this often."""
        return self.chance.random() < share

    def pick(self, *options: Json) -> Json:
        """Return one of several."""
        return self.chance.choice(options)

    def name(self, schema: Json, stem: str = "Part") -> Json:
        """Make a schema a component, and return the reference to it."""
        name = f"{self.prefix}{stem}{len(self.components) + 1}"
        self.components[name] = schema
        return {"$ref": f"#/components/schemas/{name}"}

    def name_maybe(self, schema: Json, share: float = 0.5) -> Json:
        """Return a schema, or a reference to it."""
        return self.name(schema) if self.maybe(share) else schema


Family: TypeAlias = Callable[[Drawing], Json]


def draw_string(draw: Drawing) -> Json:
    """Return a string."""
    made: Json = {"type": "string"}
    match draw.chance.randrange(6):
        case 0:
            kinds = ("date-time", "date", "uuid", "byte", "decimal", "duration", "email")
            made["format"] = draw.pick(*kinds)
        case 1:
            made |= {"minLength": 1, "maxLength": draw.chance.randint(1, 12)}
        case 2:
            made["pattern"] = draw.pick("^a", "^b", "^[0-9]+$")
    return made


def draw_number(draw: Drawing) -> Json:
    """Return a number."""
    made: Json = {"type": draw.pick("integer", "integer", "number")}
    if made["type"] == "number" and draw.maybe(0.2):
        made["format"] = draw.pick("double", "decimal")
    if made["type"] == "integer" and draw.maybe(0.2):
        made["format"] = draw.pick("int32", "int64")
    if draw.maybe(0.2):
        made["minimum"] = draw.chance.randint(-3, 3)
    if draw.maybe(0.2):
        made["maximum"] = draw.chance.randint(4, 50)
        if draw.maybe():
            _exclude(draw, made)
    return made


def _exclude(draw: Drawing, made: Json) -> None:
    if draw.is_old:
        made["exclusiveMaximum"] = True
    else:
        made["exclusiveMaximum"] = made.pop("maximum")


def draw_scalar(draw: Drawing) -> Json:
    """Return a scalar."""
    return draw.pick(
        draw_string, draw_string, draw_number, draw_number, lambda _: {"type": "boolean"}
    )(draw)


def draw_enum(draw: Drawing) -> Json:
    """Return an enumeration of strings or integers."""
    if draw.maybe(0.25):
        values: list[Json] = draw.chance.sample((1, 2, 3, 5, 10), draw.chance.randint(1, 3))
        return {"type": "integer", "enum": values}
    words = draw.chance.sample(WORDS, draw.chance.randint(1, 4))
    return {"type": "string", "enum": words}


def draw_constant(draw: Drawing, value: Json = None) -> Json:
    """Return a schema of one value, in each spelling."""
    value = draw.pick(*WORDS, 1, 7) if value is None else value
    kind = "integer" if isinstance(value, int) else "string"
    if draw.is_old or draw.maybe():
        return {"type": kind, "enum": [value]}
    return {"const": value} if draw.maybe() else {"type": kind, "const": value}


def make_nullable(draw: Drawing, schema: Json) -> Json:
    """Return a schema that takes null as well, in one of the spellings."""
    if draw.is_old:
        return _make_nullable_old(draw, schema)
    null = {"type": "null"}
    kind = schema.get("type")
    if isinstance(kind, str) and draw.maybe(0.4) and "const" not in schema:
        made = {**schema, "type": draw.pick([kind, "null"], ["null", kind])}
        if "enum" in made:
            made["enum"] = [*made["enum"], None]
        return made
    options = [schema, null]
    draw.chance.shuffle(options)
    return {draw.pick("oneOf", "anyOf"): options}


def _make_nullable_old(draw: Drawing, schema: Json) -> Json:
    if "$ref" in schema:
        return draw.pick(
            {"allOf": [schema], "nullable": True},
            {"oneOf": [schema], "nullable": True},
            {"anyOf": [schema, {"nullable": True}]},
            {"anyOf": [schema, {"type": "object", "nullable": True, "enum": [None]}]},
        )
    if "type" not in schema:
        return {**schema, "nullable": True}
    made = {**schema, "nullable": True}
    if "enum" in made:
        made["enum"] = [*made["enum"], None]
    return made


def draw_object(draw: Drawing, depth: int = 1, least: int = 1) -> Json:
    """Return an object with some properties."""
    names = draw.chance.sample(MEMBERS, draw.chance.randint(least, 4))
    made: Json = {
        "type": "object",
        "properties": {each: draw_member(draw, depth) for each in names},
    }
    required = [each for each in names if draw.maybe(0.4)]
    if required:
        made["required"] = required
    return made


def draw_member(draw: Drawing, depth: int) -> Json:
    """Return what a property may be."""
    made = draw_plain(draw, depth)
    return make_nullable(draw, made) if draw.maybe(0.15) else made


def draw_plain(draw: Drawing, depth: int) -> Json:
    """Return a scalar, an enumeration, a list, a map, or an object."""
    choice = draw.chance.randrange(10 if depth > 0 else 6)
    if choice < 4:
        return draw_scalar(draw)
    if choice == 4:
        return draw.name_maybe(draw_enum(draw), 0.3)
    if choice == 5:
        return draw_constant(draw)
    if choice == 6:
        return {"type": "array", "items": draw_plain(draw, depth - 1)}
    if choice == 7:
        value = draw.pick(True, draw_plain(draw, depth - 1))
        return {"type": "object", "additionalProperties": value}
    return draw.name_maybe(draw_object(draw, depth - 1))


# The families


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
            made["properties"]["any"] = draw.pick({}, {"type": "object"}, {"type": "array", "items": {}})
            return made


def compositions(draw: Drawing) -> Json:
    """AllOf whose parts name other properties."""
    parts = [draw.name_maybe(draw_object(draw, 1)) for _ in range(draw.chance.randint(1, 3))]
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
        target = draw.components[part["$ref"].rpartition("/")[2]] if "$ref" in part else part
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
        made["properties"] = {
            key: value for key, value in made["properties"].items() if key != name
        } if draw.maybe(0.3) else {}
        made["required"] = [key for key in made.get("required", ()) if key in made["properties"]]
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
            return {"type": "string", "pattern": "^a"}, {"type": "string", "maxLength": 5}


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
        halves.append(draw.name_maybe({**made, "required": required} if required else made))
    return halves[0], halves[1]


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
        {"additionalProperties": {"type": "integer"}} if not names else {"minProperties": 0},
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


def _tagless_options(draw: Drawing, count: int) -> list[Json]:
    """Return objects, each with a required member that the others do not have."""
    names = draw.chance.sample(MEMBERS, count)
    options = []
    for each in names:
        made: Json = {"type": "object", "properties": {each: draw_scalar(draw)}, "required": [each]}
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
        return {"type": [each["type"] for each in options if set(each) == {"type"}] or "string"}
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
    return {"type": "object", "properties": {"v": union, "l": {"type": "array", "items": union}}}


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
        told = {"type": "string", "enum": own} if is_wide else draw_constant(draw, own[0])
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
            told["mapping"] |= dict.fromkeys(values, draw.pick(reference["$ref"], reference["$ref"], name))
            if draw.maybe(0.4):
                option["properties"][tag] = {"type": "string"}
        else:
            option["properties"][tag] = draw.pick({"type": "string"}, draw_constant(draw, name))
    return {keyword: references, "discriminator": told}


def unions_by_closedness(draw: Drawing) -> Json:
    """Options whose members are all there are."""
    names = draw.chance.sample(MEMBERS, 3)
    options = []
    for count in (1, 2, 3):
        properties = {each: draw_scalar(draw) for each in names[:count]}
        if draw.maybe(0.3):
            properties[f"own{count}"] = draw_scalar(draw)
        options.append({"type": "object", "properties": properties, "additionalProperties": False})
    draw.chance.shuffle(options)
    return {"anyOf": [draw.name_maybe(each, 0.8) for each in options[: draw.chance.randint(2, 3)]]}


def unions_by_items(draw: Drawing) -> Json:
    """Lists, told apart by what they hold."""
    kinds = draw.chance.sample(("string", "integer", "boolean"), 2)
    items: list[Json] = [{"type": each} for each in kinds]
    if draw.maybe():
        items = _tagless_options(draw, 2)
    options: list[Json] = [{"type": "array", "items": each, "minItems": 1} for each in items]
    if draw.maybe(0.4):
        options = [
            {"type": "object", "properties": {"data": each}, "required": ["data"]}
            for each in options
        ]
    return _choice(draw, options, 0.5)


def unions_below(draw: Drawing) -> Json:
    """Equal members above, other ones below."""
    _, inner = _draw_tagged(draw, 2) if draw.maybe() else ("", _tagless_options(draw, 2))
    for each in inner:
        each.setdefault("required", [next(iter(each["properties"]))])
    depth = draw.chance.randint(1, 3)
    options = []
    for each in inner:
        made = draw.name_maybe(each)
        for _ in range(depth):
            made = {"type": "object", "properties": {"data": made}, "required": ["data"]}
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
            rich: Json = {"type": "object", "properties": {"id": {"type": "string"}, "owner": inner}}
            if draw.maybe():
                rich["required"] = ["owner"]
            return {"anyOf": [draw.name(each) for each in draw.chance.sample((plain, rich), 2)]}
        case 1:
            names = ("p", "q")
            options = [
                {"type": "object", "properties": {each: draw_scalar(draw)}, "required": [each]}
                for each in names
            ]
            return {"anyOf": draw.chance.sample([draw.name(options[0]), inner, draw.name(options[1])], 3)}
        case _:
            return {"type": "object", "properties": {"list": {"type": "array", "items": inner}, "one": inner}}


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
                {"type": "object", "properties": {each: draw_scalar(draw)}, "required": [each]}
                for each in ("v", "w")
            ]
            second = {draw.pick("oneOf", "anyOf"): [draw.name_maybe(each) for each in more]}
            return {"allOf": [draw.name_maybe(choice), second]}
        case _:
            return {"allOf": [draw.name_maybe({**other, **choice})]}


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
        leaf = draw.name({"type": "object", "properties": {"leaf": {"type": "string"}}, "required": ["leaf"]})
        made["properties"]["either"] = {"oneOf": [leaf, reference]}
        made["properties"]["stem"] = {"type": "integer"}
        made["required"] = ["stem"]
    draw.components[name] = made
    return reference


def everything(draw: Drawing) -> Json:
    """One family in another."""
    names = [each for each in FAMILIES if each not in ("everything", "recursions")]
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
        nullables,
        containers,
        compositions,
        intersections,
        reference_siblings,
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
        directions,
        recursions,
        everything,
    )
}
