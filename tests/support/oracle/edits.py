"""Edits of a schema, each of which changes what it accepts, or may.

In: a case, and a source of chance. Out: the case after one edit, and values that only one
of the two versions accepts.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, Final

from support.oracle.calls import Case, make_document
from support.oracle.dialect import Json
from support.oracle.drawing import open_chance
from support.oracle.judge import Judge
from support.oracle.rewrites import Places, Rewrite
from support.oracle.sampling import NoInstanceError, Sampler


def _edit(
    places: Places, chance: random.Random, test: Callable[[Json], bool]
) -> Json | None:
    found = places.slots(test)
    if not found:
        return None
    holder, key = chance.choice(found)
    return holder[key]


def _has(*names: str) -> Callable[[Json], bool]:
    return lambda each: all(name in each for name in names)


def _is_type(kind: str) -> Callable[[Json], bool]:
    return lambda each: each.get("type") == kind and "enum" not in each


def add_enum_value(places: Places, chance: random.Random) -> bool:
    """Add a value to an enumeration."""
    schema = _edit(places, chance, _has("enum"))
    if schema is None:
        return False
    schema["enum"].append(99 if isinstance(schema["enum"][0], int) else "new")
    return True


def remove_enum_value(places: Places, chance: random.Random) -> bool:
    """Take a value from an enumeration."""
    schema = _edit(places, chance, lambda each: len(each.get("enum", ())) > 1)
    if schema is None:
        return False
    schema["enum"].pop(0)
    return True


def lift_enum(places: Places, chance: random.Random) -> bool:
    """Accept all values of a type."""
    schema = _edit(places, chance, _has("enum", "type"))
    return schema is not None and bool(schema.pop("enum"))


def list_values(places: Places, chance: random.Random) -> bool:
    """Accept only some texts."""
    schema = _edit(places, chance, lambda each: each == {"type": "string"})
    if schema is None:
        return False
    schema["enum"] = ["a", "text"]
    return True


def change_constant(places: Places, chance: random.Random) -> bool:
    """Accept another single value."""
    schema = _edit(places, chance, _has("const"))
    if schema is None:
        return False
    schema["const"] = 99 if isinstance(schema["const"], int) else "other"
    return True


def require_member(places: Places, chance: random.Random) -> bool:
    """Demand a member that was optional."""

    def has_optional(each: Json) -> bool:
        return bool(set(each.get("properties", ())) - set(each.get("required", ())))

    schema = _edit(places, chance, has_optional)
    if schema is None:
        return False
    optional = sorted(set(schema["properties"]) - set(schema.get("required", ())))
    schema["required"] = [*schema.get("required", ()), chance.choice(optional)]
    return True


def release_member(places: Places, chance: random.Random) -> bool:
    """Make a member optional."""
    schema = _edit(places, chance, lambda each: bool(each.get("required")))
    if schema is None:
        return False
    schema["required"] = schema["required"][1:]
    if not schema["required"]:
        del schema["required"]
    return True


def remove_member(places: Places, chance: random.Random) -> bool:
    """Take a property away."""
    schema = _edit(places, chance, lambda each: len(each.get("properties", ())) > 1)
    if schema is None:
        return False
    name = chance.choice(sorted(schema["properties"]))
    del schema["properties"][name]
    schema["required"] = [each for each in schema.get("required", ()) if each != name]
    if not schema["required"]:
        del schema["required"]
    return True


def add_member(places: Places, chance: random.Random) -> bool:
    """Add an optional property."""
    schema = _edit(places, chance, lambda each: "properties" in each)
    if schema is None:
        return False
    schema["properties"]["added"] = {"type": "string"}
    return True


def add_required_member(places: Places, chance: random.Random) -> bool:
    """Add a property that is required."""
    schema = _edit(places, chance, lambda each: "properties" in each)
    if schema is None:
        return False
    schema["properties"]["added"] = {"type": "string"}
    schema["required"] = [*schema.get("required", ()), "added"]
    return True


def change_type(places: Places, chance: random.Random) -> bool:
    """Return a scalar another type."""
    kinds = ("string", "integer", "number", "boolean")
    schema = _edit(
        places, chance, lambda each: each.get("type") in kinds and "enum" not in each
    )
    if schema is None:
        return False
    other = chance.choice([each for each in kinds if each != schema["type"]])
    schema.clear()
    schema["type"] = other
    return True


def toggle_null(places: Places, chance: random.Random) -> bool:
    """Accept null, or do not any more."""
    schema = _edit(places, chance, lambda each: "type" in each and "enum" not in each)
    if schema is None:
        return False
    if places.is_old:
        schema["nullable"] = not schema.get("nullable", False)
    elif isinstance(schema["type"], list):
        schema["type"] = next(each for each in schema["type"] if each != "null")
    elif schema["type"] != "null":
        schema["type"] = [schema["type"], "null"]
    return True


def move_bound(places: Places, chance: random.Random) -> bool:
    """Raise or lower a bound."""
    words = ("minimum", "maximum", "minLength", "maxLength", "minItems")
    word = chance.choice(words)
    schema = _edit(places, chance, _has(word))
    if schema is None:
        return False
    schema[word] = max(schema[word] + chance.choice((-1, 1, 3)), 0)
    return True


def set_bound(places: Places, chance: random.Random) -> bool:
    """Set a bound where there was none, or lift one."""
    kind, word, value = chance.choice(
        (
            ("string", "maxLength", 2),
            ("string", "minLength", 2),
            ("integer", "minimum", 3),
            ("number", "maximum", 3),
            ("array", "maxItems", 1),
            ("array", "minItems", 2),
            ("object", "minProperties", 2),
            ("string", "pattern", "^a"),
        )
    )
    schema = _edit(places, chance, _is_type(kind))
    if schema is None:
        return False
    if word in schema:
        del schema[word]
    else:
        schema[word] = value
    return True


def add_option(places: Places, chance: random.Random) -> bool:
    """Add an option to a choice."""
    schema = _edit(places, chance, lambda each: bool({"oneOf", "anyOf"} & each.keys()))
    if schema is None:
        return False
    keyword = "oneOf" if "oneOf" in schema else "anyOf"
    option: Json = {"type": "object", "properties": {"zz": {"type": "string"}}}
    schema[keyword].append({**option, "required": ["zz"]})
    return True


def remove_option(places: Places, chance: random.Random) -> bool:
    """Take an option from a choice."""

    def is_long(each: Json) -> bool:
        return any(len(each.get(keyword, ())) > 2 for keyword in ("oneOf", "anyOf"))

    schema = _edit(places, chance, is_long)
    if schema is None:
        return False
    keyword = "oneOf" if "oneOf" in schema else "anyOf"
    schema[keyword].pop(chance.randrange(len(schema[keyword])))
    return True


def close(places: Places, chance: random.Random) -> bool:
    """Forbid members that are not listed, or allow them."""
    schema = _edit(places, chance, _has("properties"))
    if schema is None:
        return False
    if schema.get("additionalProperties") is False:
        del schema["additionalProperties"]
    else:
        schema["additionalProperties"] = False
    return True


def add_part(places: Places, chance: random.Random) -> bool:
    """Add a part to an allOf, or take one away."""
    schema = _edit(places, chance, _has("allOf"))
    if schema is None:
        return False
    if len(schema["allOf"]) > 1 and chance.random() < 0.5:
        schema["allOf"].pop()
    else:
        part = {"properties": {"part": {"type": "integer"}}, "required": ["part"]}
        schema["allOf"].append({"type": "object", **part})
    return True


EDITS: Final[dict[str, Rewrite]] = {
    each.__name__: each
    for each in (
        add_enum_value,
        remove_enum_value,
        lift_enum,
        list_values,
        change_constant,
        require_member,
        release_member,
        remove_member,
        add_member,
        add_required_member,
        change_type,
        toggle_null,
        move_bound,
        set_bound,
        add_option,
        remove_option,
        close,
        add_part,
    )
}


def edit(case: Case, name: str, chance: random.Random) -> Case | None:
    """Return a case after an edit; None if the edit has nothing to do."""
    places = Places(case)
    return places.as_case(case) if EDITS[name](places, chance) else None


def hide(case: Case, word: str) -> Case:
    """Return a case without the members that have a word such as `readOnly`.

    They are not sent in the other direction (OpenAPI 3.1 §4.8.24.1, JSON Schema 2020-12
    validation §9.4).
    """
    places = Places(case)
    for holder, key in list(places.iter_slots()):
        if isinstance(holder, dict) and key not in holder:
            continue
        schema = holder[key]
        hidden = {
            name
            for name, each in schema.get("properties", {}).items()
            if isinstance(each, dict) and each.get(word) is True
        }
        for name in hidden:
            del schema["properties"][name]
        if hidden & set(schema.get("required", ())):
            schema["required"] = [e for e in schema["required"] if e not in hidden]
    return places.as_case(case)


def find_witness(
    one: Case, other: Case, seed: int, tries: int = 60
) -> Any:  # noqa: ANN401  # JSON
    """Return a value that is valid by the first case only.

    It has no undeclared members: what a document does not name, nobody relies on.

    Raises:
        NoInstanceError: None was found.
    """
    first, second = Judge(make_document([one])), Judge(make_document([other]))
    mine, theirs = first.translate(one.schema), second.translate(other.schema)
    sampler = Sampler(first, open_chance(seed), extra=0)
    for _ in range(tries):
        sampler.optional = sampler.chance.choice((0.2, 0.6, 1.0))
        value = sampler.draw_valid(mine, 5)
        if not second.is_valid(theirs, value):
            return value
    raise NoInstanceError
