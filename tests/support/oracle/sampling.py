"""Instances of schemas, drawn at random.

In: a translated schema. Out: a value that is likely to be valid; the judge decides. What
is known of JSON Schema here is as much as makes most values valid, and no more.
"""

from __future__ import annotations

import base64
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from support.oracle.dialect import Json
from support.oracle.judge import Judge
from support.oracle.views import list_members

TEXTS = (
    "", "a", "text", "é", "5", "1.5", "true", "null", "2024-01-02", "NaN", "1_000",
    "2024-01-02T03:04:05Z", "a b", "0", "\uff11\uff12", "{}", "aGk=", "-", "Infinity", "\n",
)  # fmt: skip
DATE_TIMES = (
    "2024-01-02T03:04:05Z", "2024-01-02T03:04:05.5Z", "2024-01-02T03:04:05.123456Z",
    "2024-02-29T23:59:59.123456789+02:00", "2024-01-02T03:04:05-00:30",
    "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z",
    "2024-01-02t03:04:05z", "2024-01-02T03:04:05+00:00", "2024-06-01T00:00:00.1+14:00",
)  # fmt: skip
BY_FORMAT: dict[str, tuple[str, ...]] = {
    "date-time": DATE_TIMES,
    "date": ("2024-01-02", "0001-01-01", "9999-12-31", "2024-02-29"),
    "time": ("03:04:05Z", "23:59:59.5+02:00"),
    "uuid": ("123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000"),
    "byte": tuple(base64.b64encode(each).decode() for each in (b"", b"a", b"\x00\xff\xfe", b"hello!")),
    "decimal": ("0", "0.10", "-12.50", "123456789012345678901234567890.123456789"),
    "email": ("a@b.example",),
    "uri": ("https://a.example/b",),
    "duration": ("PT36H", "P1D", "PT0.5S"),
    "binary": ("text",),
}  # fmt: skip
BY_PATTERN: dict[str, tuple[str, ...]] = {
    "^a": ("a", "ab", "a5"),
    "^b": ("b", "ba", "b5"),
    "^[0-9]+$": ("5", "007", "12345678901234567890"),
    "^[A-Z]{3}$": ("EUR", "USD"),
}
INTEGERS = (0, 1, -1, 5, 7, 42, 2**31, 2**53 + 1, -(2**63), 2**63 - 1)
BIG = 10**20
NUMBERS = (0, 1, -1, 0.5, -2.25, 3.0, 1e21, 1e-7, 12.34, 7)
ANYTHING: tuple[Json, ...] = (
    None, True, 5, 1.5, "x", [], [1, "a", None], {}, {"a": {"b": [1]}}, "2024-01-02",
)  # fmt: skip
_DEEPEST = 12
_KINDS = ("null", "boolean", "integer", "number", "string", "array", "object")


class NoInstanceError(Exception):
    """No value could be drawn."""


@dataclass(slots=True)
class Sampler:
    """Draws values; `extra` is how often an object gets a member that is undeclared."""

    judge: Judge
    chance: random.Random
    extra: float = 0.15
    optional: float = 0.65
    examples: float = 0.5

    def draw_valid(self, schema: Json, tries: int = 30) -> Json:
        """Return a valid value.

        Raises:
            NoInstanceError: None was found.
        """
        for _ in range(tries):
            try:
                value = self.draw([schema])
            except (NoInstanceError, TypeError):
                # Some documents have bounds that are no numbers.
                continue
            if self.judge.is_valid(schema, value):
                return value
        raise NoInstanceError

    def draw(self, schemas: Sequence[Json], depth: int = 0) -> Json:
        """Return a value that several schemas may take.

        Raises:
            NoInstanceError: The schemas contradict each other.
        """
        if depth > _DEEPEST:
            raise NoInstanceError
        atoms = self._choose(schemas)
        values = _intersect_values(atoms)
        if values is not None:
            return self.chance.choice(values)
        told = [each for atom in atoms for each in atom.get("x-examples", ())]
        if told and depth > 0 and self.chance.random() < self.examples:
            return self.chance.choice(told)
        kinds = _intersect_kinds(atoms)
        if not kinds:
            raise NoInstanceError
        if depth > 3 and len(kinds) > 1:
            kinds = [each for each in kinds if each not in ("object", "array")] or kinds
        kind = self.chance.choice(kinds)
        if kind == "any":
            return self.chance.choice(ANYTHING)
        return getattr(self, f"_draw_{kind}")(atoms, depth)

    def _choose(self, schemas: Sequence[Json]) -> list[dict[str, Json]]:
        """Return the schemas without applicators, one option of each choice."""
        atoms: list[dict[str, Json]] = []
        waiting = list(schemas)
        while waiting:
            schema = waiting.pop(0)
            if schema is False:
                raise NoInstanceError
            if not isinstance(schema, dict):
                continue
            if len(atoms) > 200:
                raise NoInstanceError
            if "$ref" in schema:
                waiting.append(self.judge.resolve(schema))
            waiting += schema.get("allOf", ())
            for keyword in ("oneOf", "anyOf"):
                if schema.get(keyword):
                    waiting.append(self.chance.choice(schema[keyword]))
            atoms.append(schema)
        return atoms

    def _draw_null(self, _atoms: list[dict[str, Json]], _depth: int) -> None:
        return None

    def _draw_boolean(self, _atoms: list[dict[str, Json]], _depth: int) -> bool:
        return self.chance.random() < 0.5

    def _draw_integer(self, atoms: list[dict[str, Json]], _depth: int) -> int | float:
        low, high = _get_bounds(atoms)
        pool = [each for each in INTEGERS if low <= each <= high]
        if math.isfinite(low):
            pool += [math.ceil(low), math.ceil(low) + 1]
        if math.isfinite(high):
            pool += [math.floor(high), math.floor(high) - 1]
        if any(each.get("format") == "int32" for each in atoms):
            pool = [each for each in pool if -(2**31) <= each < 2**31]
        elif not any("format" in each for each in atoms) and high >= BIG:
            pool.append(BIG)
        if all(each.get("type") != "integer" for each in atoms):
            # RFC 8259 §6: no more precision than that of binary64 can be expected.
            pool = [each for each in pool if abs(each) <= 2**53]
        steps = [each["multipleOf"] for each in atoms if "multipleOf" in each]
        if steps:
            pool = [each for each in pool if all(each % s == 0 for s in steps)]
            pool += [math.lcm(*(int(s) or 1 for s in steps))]
        if not pool:
            raise NoInstanceError
        found = self.chance.choice(pool)
        is_short = abs(found) < 1000
        return float(found) if is_short and self.chance.random() < 0.1 else found

    def _draw_number(self, atoms: list[dict[str, Json]], _depth: int) -> int | float:
        low, high = _get_bounds(atoms)
        pool: list[int | float] = [each for each in NUMBERS if low <= each <= high]
        if math.isfinite(low):
            pool += [low, low + 0.5]
        if math.isfinite(high):
            pool += [high, high - 0.5]
        return self.chance.choice(pool) if pool else low

    def _draw_string(self, atoms: list[dict[str, Json]], _depth: int) -> str:
        pools = [
            pool
            for atom in atoms
            for pool in (
                BY_FORMAT.get(atom.get("format", "")),
                BY_PATTERN.get(atom.get("pattern", "")),
            )
            if pool
        ]
        if any(atom.get("contentEncoding") == "base64" for atom in atoms):
            pools.append(BY_FORMAT["byte"])
        low = max((each.get("minLength", 0) for each in atoms), default=0)
        high = min((each.get("maxLength", 10**6) for each in atoms), default=10**6)
        pool = [
            each
            for each in self.chance.choice(pools or [TEXTS])
            if low <= len(each) <= high
        ]
        if pool:
            return self.chance.choice(pool)
        if pools:
            raise NoInstanceError
        return "abcdefghij"[:high] if low <= 10 else "x" * low

    def _draw_array(self, atoms: list[dict[str, Json]], depth: int) -> list[Json]:
        low = max((each.get("minItems", 0) for each in atoms), default=0)
        high = min((each.get("maxItems", low + 3) for each in atoms), default=low + 3)
        size = self.chance.randint(low, max(low, high)) if depth < 4 else low
        first = max((each.get("prefixItems", []) for each in atoms), key=len)
        items = [each["items"] for each in atoms if "items" in each]
        if False in items:
            size = min(size, len(first))
        return [
            self.draw([first[index]] if index < len(first) else items, depth + 1)
            for index in range(size)
        ]

    def _draw_object(self, atoms: list[dict[str, Json]], depth: int) -> dict[str, Json]:
        required = {name for atom in atoms for name in atom.get("required", ())}
        declared = {name for atom in atoms for name in atom.get("properties", {})}
        share = self.optional if depth < 4 else 0.05
        chosen = [
            name
            for name in sorted(declared | required)
            if name in required or self.chance.random() < share
        ]
        is_map = any(
            atom.get("additionalProperties") not in (None, False) for atom in atoms
        )
        if is_map or (not declared and depth < 4):
            extra = self.chance.randint(0, 2)
            chosen += self.chance.sample(("k1", "k 2", "x-é"), extra)
        elif self.chance.random() < self.extra:
            chosen.append("undeclared")
        found = {}
        for name in dict.fromkeys(chosen):
            members = list_members(tuple(atoms), name)
            try:
                found[name] = self.draw(members, depth + 1)
            except NoInstanceError:
                if name in required:
                    raise
        return found


def _intersect_values(atoms: Sequence[dict[str, Json]]) -> list[Json] | None:
    """Return the values that are listed; None if any value will do."""
    lists = [each["enum"] for each in atoms if "enum" in each]
    lists += [[each["const"]] for each in atoms if "const" in each]
    if not lists:
        return None
    found = [each for each in lists[0] if all(_has(more, each) for more in lists[1:])]
    if not found:
        raise NoInstanceError
    return found


def _has(values: Sequence[Json], value: Json) -> bool:
    return any(each == value and type(each) is type(value) for each in values)


def _intersect_kinds(atoms: Sequence[dict[str, Json]]) -> list[str]:
    """Return the JSON types that a value can have; "any" if nothing is said."""
    found: set[str] = set(_KINDS)
    is_told = False
    for atom in atoms:
        kinds = atom.get("type")
        if kinds is not None:
            is_told = True
            listed = {kinds} if isinstance(kinds, str) else set(kinds)
            # Every integer is a number.
            listed |= {"integer"} if "number" in listed else set()
            found &= listed
    if not is_told:
        has_members = any(
            {"properties", "required", "additionalProperties"} & atom.keys()
            for atom in atoms
        )
        return ["object"] if has_members else ["any"]
    return sorted(found)


def _get_bounds(atoms: Sequence[dict[str, Json]]) -> tuple[float, float]:
    low, high = -math.inf, math.inf
    for atom in atoms:
        low = max(low, atom.get("minimum", low))
        high = min(high, atom.get("maximum", high))
        if "exclusiveMinimum" in atom:
            low = max(low, atom["exclusiveMinimum"] + 1)
        if "exclusiveMaximum" in atom:
            high = min(high, atom["exclusiveMaximum"] - 1)
    return low, high
