"""Plain schemas, drawn at random: what the families are made of.

In: a source of chance, and the version of OpenAPI. Out: a schema, and the components that
it refers to.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from support.oracle.dialect import Json

WORDS: Final = ("red", "green", "blue", "amber", "on", "off", "x-1", "5", "A", "true")
MEMBERS: Final = ("a", "b", "c", "d", "kind", "x-y", "class", "id")


def open_chance(*seeds: object) -> random.Random:
    """Return a source of chance that is the same everywhere."""
    return random.Random(json.dumps(seeds))  # noqa: S311  # nothing here is a secret


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
            kinds = (
                "date-time",
                "date",
                "uuid",
                "byte",
                "decimal",
                "duration",
                "email",
            )
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
        draw_string,
        draw_string,
        draw_number,
        draw_number,
        lambda _: {"type": "boolean"},
    )(draw)


def draw_enum(draw: Drawing) -> Json:
    """Return an enumeration of strings or integers."""
    if draw.maybe(0.25):
        values: list[Json] = draw.chance.sample(
            (1, 2, 3, 5, 10), draw.chance.randint(1, 3)
        )
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
