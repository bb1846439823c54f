"""Other spellings of a schema, and edits that change what it accepts.

In: a case, and a source of chance. Out: a case whose schema accepts the same values, or
one that does not.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final, TypeAlias

from support.oracle.calls import Case
from support.oracle.dialect import Json

Rewrite: TypeAlias = Callable[["Places", random.Random], bool]
"""Changes one schema in place; returns whether there was one to change."""

_ONE: Final = ("items", "additionalProperties")
_LISTS: Final = ("allOf", "oneOf", "anyOf")


class Places:
    """The schemas of a case, which may be changed in place."""

    def __init__(self, case: Case) -> None:
        self.version = case.version
        self.components: dict[str, Json] = copy.deepcopy(dict(case.components))
        self.holder: dict[str, Json] = {"schema": copy.deepcopy(case.schema)}

    @property
    def is_old(self) -> bool:
        """Whether the document is of OpenAPI 3.0."""
        return self.version.startswith("3.0")

    @property
    def has_discriminator(self) -> bool:
        """Whether names of schemas mean something, so that they have to stay."""
        return '"discriminator"' in json.dumps([self.holder, self.components])

    def iter_slots(self) -> Iterator[tuple[Any, Any]]:
        """Yield the container and the key of each schema."""
        yield from _walk(self.holder, "schema")
        for name in self.components:
            yield from _walk(self.components, name)

    def slots(self, test: Callable[[Json], bool]) -> list[tuple[Any, Any]]:
        """Return the slots of the schemas that pass a test."""
        return [
            (holder, key)
            for holder, key in self.iter_slots()
            if isinstance(holder[key], dict) and test(holder[key])
        ]

    def as_case(self, case: Case) -> Case:
        """Return the case with its schemas changed."""
        schema = self.holder["schema"]
        return replace(
            case, version=self.version, schema=schema, components=self.components
        )


def _walk(holder: Any, key: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401  # JSON
    schema = holder[key]
    if not isinstance(schema, dict):
        return
    yield holder, key
    for keyword in _ONE:
        if keyword in schema:
            yield from _walk(schema, keyword)
    for keyword in _LISTS:
        for index in range(len(schema.get(keyword, ()))):
            yield from _walk(schema[keyword], index)
    for name in schema.get("properties", {}):
        yield from _walk(schema["properties"], name)


def _pick(
    places: Places, chance: random.Random, test: Callable[[Json], bool]
) -> tuple[Any, Any] | None:
    found = places.slots(test)
    return chance.choice(found) if found else None


def wrap_in_all_of(places: Places, chance: random.Random) -> bool:
    """Write a schema as an allOf of one."""
    slots = places.slots(_has_no_direction)
    if not slots or places.has_discriminator:
        return False
    holder, key = chance.choice(slots)
    holder[key] = {"allOf": [holder[key]]}
    return True


def _has_no_direction(schema: Json) -> bool:
    return not {"readOnly", "writeOnly"} & schema.keys()


def inline_reference(places: Places, chance: random.Random) -> bool:
    """Write what a reference leads to in its place."""

    def is_plain(each: Json) -> bool:
        name = each.get("$ref", "").rpartition("/")[2]
        target = places.components.get(name)
        return (
            set(each) == {"$ref"} and target is not None and "$ref" not in str(target)
        )

    slots = places.slots(is_plain)
    if not slots or places.has_discriminator:
        return False
    holder, key = chance.choice(slots)
    name = holder[key]["$ref"].rpartition("/")[2]
    holder[key] = copy.deepcopy(places.components[name])
    return True


def name_inline(places: Places, chance: random.Random) -> bool:
    """Make an inline schema a component."""
    slots = [
        (holder, key)
        for holder, key in places.slots(lambda each: "$ref" not in each)
        if holder is not places.components and holder is not places.holder
    ]
    slots = [
        (holder, key)
        for holder, key in slots
        if not {"readOnly", "writeOnly"} & holder[key].keys()
    ]
    if not slots:
        return False
    holder, key = chance.choice(slots)
    name = f"Named{len(places.components)}"
    places.components[name] = holder[key]
    holder[key] = {"$ref": f"#/components/schemas/{name}"}
    return True


def reorder(places: Places, chance: random.Random) -> bool:
    """Put everything whose order says nothing into another order."""
    for holder, key in list(places.iter_slots()):
        schema = holder[key]
        members = list(schema.items())
        chance.shuffle(members)
        schema.clear()
        schema.update(members)
        for keyword in ("required", "enum", *_LISTS):
            if keyword in schema:
                chance.shuffle(schema[keyword])
        if "properties" in schema:
            properties = list(schema["properties"].items())
            chance.shuffle(properties)
            schema["properties"] = dict(properties)
    return True


def write_as_new(places: Places, _: random.Random) -> bool:
    """Write a document of OpenAPI 3.0 as one of 3.1."""
    if not places.is_old:
        return False
    for holder, key in list(places.iter_slots()):
        schema = holder[key]
        if "$ref" in schema:
            holder[key] = {"$ref": schema["$ref"]}
            continue
        _move_flag(schema, "exclusiveMinimum", "minimum")
        _move_flag(schema, "exclusiveMaximum", "maximum")
        if schema.pop("nullable", False) is True:
            if isinstance(schema.get("type"), str):
                schema["type"] = [schema["type"], "null"]
            elif schema:
                holder[key] = {"anyOf": [schema, {"type": "null"}]}
            else:
                schema["type"] = "null"
    places.version = "3.1.0"
    return True


def _move_flag(schema: Json, flag: str, bound: str) -> None:
    if schema.pop(flag, False) is True:
        schema[flag] = schema.pop(bound)


def exclude_bounds(places: Places, chance: random.Random) -> bool:
    """Write the inclusive bound of an integer as an exclusive one, or the other way."""

    def has_bound(each: Json) -> bool:
        bounds = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
        return each.get("type") == "integer" and bool(bounds & each.keys())

    slot = _pick(places, chance, has_bound)
    if slot is None:
        return False
    schema = slot[0][slot[1]]
    for bound, flag, step in (
        ("minimum", "exclusiveMinimum", -1),
        ("maximum", "exclusiveMaximum", 1),
    ):
        if places.is_old and bound in schema:
            is_exclusive = schema.pop(flag, False)
            schema[bound] += -step if is_exclusive else step
            if not is_exclusive:
                schema[flag] = True
        elif bound in schema:
            schema[flag] = schema.pop(bound) + step
        elif flag in schema:
            schema[bound] = schema.pop(flag) - step
    return True


def split_enum(places: Places, chance: random.Random) -> bool:
    """Write an enumeration as a choice of two."""

    def is_long(each: Json) -> bool:
        values = each.get("enum", ())
        return (
            len(values) > 1 and None not in values and isinstance(each.get("type"), str)
        )

    slot = _pick(places, chance, is_long)
    if slot is None:
        return False
    holder, key = slot
    schema = holder[key]
    cut = chance.randint(1, len(schema["enum"]) - 1)
    halves = (schema["enum"][:cut], schema["enum"][cut:])
    options = [{"type": schema["type"], "enum": each} for each in halves]
    rest = {name: each for name, each in schema.items() if name not in ("enum", "type")}
    holder[key] = {**rest, chance.choice(("oneOf", "anyOf")): options}
    return True


def spell_constant(places: Places, chance: random.Random) -> bool:
    """Write a constant as an enumeration of one, or the other way."""
    if places.is_old:
        return False

    def is_constant(each: Json) -> bool:
        return "const" in each or len(each.get("enum", ())) == 1

    slot = _pick(places, chance, is_constant)
    if slot is None:
        return False
    schema = slot[0][slot[1]]
    if "const" in schema:
        schema["enum"] = [schema.pop("const")]
    else:
        (schema["const"],) = schema.pop("enum")
    return True


def spell_null(places: Places, chance: random.Random) -> bool:
    """Write a list of types as a choice, or the other way."""
    if places.is_old:
        return False

    def is_nullable(each: Json) -> bool:
        return isinstance(each.get("type"), list) and "null" in each["type"]

    slot = _pick(places, chance, is_nullable)
    if slot is None:
        return False
    holder, key = slot
    schema = dict(holder[key])
    kinds = [each for each in schema.pop("type") if each != "null"]
    if len(kinds) != 1:
        return False
    inner = {"type": kinds[0], **schema}
    if "enum" in inner:
        inner["enum"] = [each for each in inner["enum"] if each is not None]
    hidden = {e: inner.pop(e) for e in ("readOnly", "writeOnly") if e in inner}
    holder[key] = {
        chance.choice(("oneOf", "anyOf")): [inner, {"type": "null"}],
        **hidden,
    }
    return True


_IDLE: Final[dict[str, tuple[Json, ...]]] = {
    "string": ({"minLength": 0}, {"maxItems": 1}, {"maximum": 0}, {"minProperties": 3}),
    "integer": ({"minLength": 9}, {"maxItems": 0}, {"minProperties": 1}),
    "number": ({"maxLength": 0}, {"minItems": 7}),
    "boolean": ({"minimum": 5}, {"maxLength": 1}, {"minProperties": 2}),
    "array": ({"minItems": 0}, {"maxLength": 0}, {"minimum": 9}),
    "object": ({"minProperties": 0}, {"maxLength": 0}, {"maxItems": 0}),
}
"""Keywords that say nothing of values of a type."""


def add_idle_keyword(places: Places, chance: random.Random) -> bool:
    """Add a keyword that does nothing: for another type, or with a bound of zero."""
    found = [
        holder[key]
        for holder, key in places.iter_slots()
        if isinstance(holder[key].get("type"), str) and holder[key]["type"] in _IDLE
    ]
    if not found:
        return False
    schema = chance.choice(found)
    added = chance.choice(_IDLE[schema["type"]])
    if not added.keys().isdisjoint(schema):
        return False
    schema.update(added)
    return True


REWRITES: Final[dict[str, Rewrite]] = {
    each.__name__: each
    for each in (
        wrap_in_all_of,
        inline_reference,
        name_inline,
        reorder,
        write_as_new,
        exclude_bounds,
        split_enum,
        spell_constant,
        spell_null,
        add_idle_keyword,
    )
}


def rewrite(case: Case, name: str, chance: random.Random) -> Case | None:
    """Return a case in another spelling; None if the rewrite has nothing to do."""
    places = Places(case)
    return places.as_case(case) if REWRITES[name](places, chance) else None
