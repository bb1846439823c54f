"""What a schema declares of a value, and whether what came back is that value.

In: translated schemas, a value, and what a client made of it. Out: the differences that
none of the four normalizations explains: undeclared members, fractions beyond
microseconds, the spelling of an offset, and members that are read-only or write-only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Any, TypeAlias

from support.oracle.dialect import Json
from support.oracle.formats import FORMATS
from support.oracle.judge import Judge

Atoms: TypeAlias = tuple[dict[str, Json], ...]
"""Schemas without applicators that hold of one value together."""

_CHOICES = ("oneOf", "anyOf")
_FRACTION = re.compile(r"(\.\d{6})\d+")
_MOST_VIEWS = 64
MISSING: Any = object()


@dataclass(frozen=True, slots=True)
class Difference:
    """Where what came back is another value."""

    path: str
    expected: Json
    found: Json

    def __str__(self) -> str:
        """Return both values."""
        found = "nothing" if self.found is MISSING else repr(self.found)
        expected = "nothing" if self.expected is MISSING else repr(self.expected)
        return f"{self.path}: {expected} came back as {found}"


def iter_views(judge: Judge, schemas: Sequence[Json], value: Json) -> Iterator[Atoms]:
    """Yield the atoms of a value, for each choice of options that are valid."""
    atoms: list[dict[str, Json]] = []
    choices: list[list[Json]] = []
    waiting = list(schemas)
    seen: set[int] = set()
    while waiting:
        schema = waiting.pop(0)
        if not isinstance(schema, dict) or id(schema) in seen:
            continue
        seen.add(id(schema))
        if "$ref" in schema:
            waiting.append(judge.resolve(schema))
        waiting += schema.get("allOf", ())
        waiting += _get_conditional(judge, schema, value)
        choices += [
            [each for each in schema[keyword] if judge.is_valid(each, value)]
            for keyword in _CHOICES
            if keyword in schema
        ]
        atoms.append(schema)
    if not choices:
        yield tuple(atoms)
        return
    for chosen in product(*choices):
        for view in iter_views(judge, chosen, value):
            yield (*atoms, *view)


def _get_conditional(judge: Judge, schema: dict[str, Json], value: Json) -> list[Json]:
    """Return the schemas that hold of a value because of another keyword."""
    found = [
        each
        for name, each in schema.get("dependentSchemas", {}).items()
        if isinstance(value, dict) and name in value
    ]
    if "if" in schema:
        keyword = "then" if judge.is_valid(schema["if"], value) else "else"
        found += [schema[keyword]] if keyword in schema else []
    return found


def list_members(atoms: Atoms, name: str) -> list[Json]:
    """Return the schemas that declare a member; none if it is undeclared."""
    found: list[Json] = []
    for atom in atoms:
        own = atom.get("properties", {})
        patterns = [
            each
            for pattern, each in atom.get("patternProperties", {}).items()
            if re.search(pattern, name)
        ]
        found += [own[name]] if name in own else []
        found += patterns
        others = atom.get("additionalProperties", atom.get("unevaluatedProperties"))
        if name not in own and not patterns and others not in (None, False):
            found.append(others)
    # An object whose members are nowhere named is a map of any values.
    return found or ([True] if _is_map(atoms) else [])


def _is_map(atoms: Atoms) -> bool:
    named = {"properties", "patternProperties", "additionalProperties"}
    return not any(named & atom.keys() for atom in atoms)


def list_elements(atoms: Atoms, index: int) -> list[Json]:
    """Return the schemas of an element."""
    found = []
    for atom in atoms:
        first = atom.get("prefixItems", ())
        if index < len(first):
            found.append(first[index])
        elif "items" in atom:
            found.append(atom["items"])
    return found


def is_hidden(judge: Judge, schemas: Sequence[Json]) -> bool:
    """Return whether a member goes in one direction only."""
    waiting = list(schemas)
    while waiting:
        schema = waiting.pop()
        if not isinstance(schema, dict):
            continue
        if schema.get("readOnly") is True or schema.get("writeOnly") is True:
            return True
        waiting += schema.get("allOf", ())
        waiting += [judge.resolve(schema)] if "$ref" in schema else []
    return False


def compare(
    judge: Judge, schemas: Sequence[Json], value: Json, found: Json, path: str = "$"
) -> list[Difference]:
    """Return the differences between a value and what came back.

    Where several options are valid, the members of the best of them are kept.
    """
    views = [
        view
        for view, _ in zip(
            iter_views(judge, schemas, value), range(_MOST_VIEWS), strict=False
        )
    ]
    if not views:
        return _compare_plainly(value, found, (), path)
    most = max(_count(judge, view, value) for view in views)
    least: list[Difference] | None = None
    for view in views:
        if _count(judge, view, value) < most:
            continue
        faults = _compare_by(judge, view, value, found, path)
        if not faults:
            return []
        if least is None or len(faults) < len(least):
            least = faults
    return least or []


def _count(judge: Judge, atoms: Atoms, value: Json) -> int:
    """Return how many members of a value its atoms declare, at all levels."""
    if isinstance(value, dict):
        total = 0
        for name, each in value.items():
            members = list_members(atoms, name)
            total += 1 + _count_best(judge, members, each) if members else 0
        return total
    if isinstance(value, list):
        return sum(
            _count_best(judge, list_elements(atoms, index), each)
            for index, each in enumerate(value)
        )
    return 0


def _count_best(judge: Judge, schemas: list[Json], value: Json) -> int:
    if not isinstance(value, (dict, list)):
        return 0
    views = zip(iter_views(judge, schemas, value), range(_MOST_VIEWS), strict=False)
    return max((_count(judge, view, value) for view, _ in views), default=0)


def _compare_by(
    judge: Judge, atoms: Atoms, value: Json, found: Json, path: str
) -> list[Difference]:
    if isinstance(value, dict) and isinstance(found, dict):
        faults = []
        for name, each in value.items():
            members = list_members(atoms, name)
            if not members or is_hidden(judge, members):
                continue
            here = f"{path}.{name}"
            if name not in found:
                faults.append(Difference(here, each, MISSING))
            else:
                faults += compare(judge, members, each, found[name], here)
        faults += [
            Difference(f"{path}.{name}", MISSING, found[name])
            for name in found
            if name not in value and not _is_tag(judge, atoms, name, found[name])
        ]
        return faults
    if isinstance(value, list) and isinstance(found, list) and len(value) == len(found):
        return [
            fault
            for index, pair in enumerate(zip(value, found, strict=True))
            for fault in compare(
                judge, list_elements(atoms, index), *pair, f"{path}[{index}]"
            )
        ]
    return _compare_plainly(value, found, atoms, path)


def _is_tag(judge: Judge, atoms: Atoms, name: str, value: Json) -> bool:
    """Return whether a member is a constant that is always sent.

    It has that default, or tells the options of a choice apart, here or elsewhere. What
    was read without it is sent with it.
    """
    is_option = any(
        {"oneOf", "anyOf"} & atom.keys() or judge.is_option(atom) for atom in atoms
    )
    waiting = list_members(atoms, name)
    is_constant = has_default = False
    while waiting:
        schema = waiting.pop()
        if not isinstance(schema, dict):
            continue
        listed = schema.get("enum", [schema.get("const", MISSING)])
        is_constant = is_constant or listed == [value]
        has_default = has_default or schema.get("default", MISSING) == value
        waiting += schema.get("allOf", ())
        waiting += [judge.resolve(schema)] if "$ref" in schema else []
    return is_constant and (is_option or has_default)


def _compare_plainly(
    value: Json, found: Json, atoms: Atoms, path: str
) -> list[Difference]:
    same = is_equal(value, found)
    if isinstance(value, str) and isinstance(found, str):
        kinds = {atom.get("format") for atom in atoms}
        same = same or any(_is_same_text(value, found, kind) for kind in kinds)
    elif isinstance(value, int) and isinstance(found, float):
        # RFC 8259 §6: no more precision than that of binary64 can be expected.
        same = same or (_are_numbers(atoms) and float(value) == found)
    return [] if same else [Difference(path, value, found)]


def _are_numbers(atoms: Atoms) -> bool:
    return any("number" in atom.get("type", ()) for atom in atoms)


def is_equal(one: Json, other: Json) -> bool:
    """Return whether two JSON values are equal (JSON Schema core §4.2.2)."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(
            is_equal(each, other[name]) for name, each in one.items()
        )
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_equal, one, other))
    return bool(one == other)


def _is_same_text(one: str, other: str, kind: Json) -> bool:
    """Return whether two texts of a format are one value."""
    if kind == "date-time":
        moments = _read_moment(one), _read_moment(other)
        return None not in moments and moments[0] == moments[1]
    if kind == "time":
        return _read_moment(f"2000-01-01T{one}") == _read_moment(f"2000-01-01T{other}")
    return False


def _read_moment(text: str) -> tuple[datetime, object] | None:
    """Return a moment cut to microseconds, and its offset; None if it is none."""
    if not FORMATS.conforms(text, "date-time"):
        return None
    cut = _FRACTION.sub(r"\1", text.upper())
    if cut[17:19] == "60":
        return None
    moment = datetime.fromisoformat(cut)
    return moment, moment.utcoffset()
