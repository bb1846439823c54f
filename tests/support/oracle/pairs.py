"""Schemas and values, to compare each schema with each of the others.

In: nothing. Out: the schemas by name, the values of a pool that each of them accepts, as
JSON and as text, and documents in which one schema of a pair has taken the other's place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

from jsonschema import Draft202012Validator

from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.message_parts import MessageDirection
from support.comparing import compare_wire
from support.documents import record
from support.oracle.dialect import Json
from support.oracle.formats import FORMATS
from support.schema_places import Place, document_at

_ITEM: Final[dict[str, Json]] = {"type": "array", "items": {"type": "string"}}
_A_TEXT: Final = record(a="string")
_CAT: Final = record(["kind"], kind={"const": "cat"}, lives="integer")
_DOG: Final = record(["kind"], kind={"const": "dog"}, name="string")

SCALARS: Final[dict[str, Json]] = {
    "text": {"type": "string"},
    "long_text": {"type": "string", "minLength": 2},
    "short_text": {"type": "string", "maxLength": 1},
    "digits": {"type": "string", "pattern": "^[0-9]+$"},
    "date": {"type": "string", "format": "date"},
    "date_time": {"type": "string", "format": "date-time"},
    "words": {"type": "string", "enum": ["a", "b"]},
    "word": {"const": "a"},
    "integer": {"type": "integer"},
    "positive": {"type": "integer", "minimum": 0},
    "above": {"type": "integer", "exclusiveMinimum": -1},
    "small": {"type": "integer", "maximum": 5},
    "even": {"type": "integer", "multipleOf": 2},
    "every_integer": {"type": "integer", "multipleOf": 1},
    "numbers": {"type": "integer", "enum": [1, 2]},
    "floats": {"type": "number", "enum": [1.0, 2.0]},
    "one": {"const": 1},
    "number": {"type": "number"},
    "positive_number": {"type": "number", "minimum": 0},
    "boolean": {"type": "boolean"},
    "booleans": {"enum": [True, False]},
    "yes": {"const": True},
    "anything": {},
    "mixed": {"enum": ["a", 1]},
    "more_mixed": {"enum": ["a", 1, 2, "b"]},
    "text_or_integer": {"type": ["string", "integer"]},
    "text_or_number": {"type": ["string", "number"]},
    "integer_or_boolean": {"oneOf": [{"type": "integer"}, {"type": "boolean"}]},
    "date_or_integer": {
        "anyOf": [{"type": "string", "format": "date"}, {"type": "integer"}]
    },
    "words_or_positive": {
        "anyOf": [
            {"type": "string", "enum": ["a", "b"]},
            {"type": "integer", "minimum": 0},
        ]
    },
}
"""Schemas that text can be of, in a parameter or a header."""
SCHEMAS: Final[dict[str, Json]] = {
    **SCALARS,
    "nothing": {"not": {}},
    "no_value": {"enum": []},
    "null": {"type": "null"},
    "null_listed": {"enum": [None]},
    "text_or_null": {"type": ["string", "null"]},
    "either_text_or_null": {"oneOf": [{"type": "string"}, {"type": "null"}]},
    "words_or_null": {"type": ["string", "null"], "enum": ["a", "b", None]},
    "words_without_null": {"type": ["string", "null"], "enum": ["a", "b"]},
    "mixed_or_null": {"enum": ["a", 1, None]},
    "no_text": {"not": {"type": "string"}},
    "no_integer": {"not": {"type": "integer"}},
    "other_texts": {"type": "string", "not": {"enum": ["a", "b"]}},
    "texts": _ITEM,
    "one_text": {**_ITEM, "maxItems": 1},
    "integers": {"type": "array", "items": {"type": "integer"}},
    "list": {"type": "array"},
    "begins_with_text": {"type": "array", "prefixItems": [{"type": "string"}]},
    "pair": {
        "type": "array",
        "prefixItems": [{"type": "string"}, {"type": "integer"}],
        "items": False,
    },
    "text_or_texts": {"oneOf": [{"type": "string"}, _ITEM]},
    "word_or_texts": {"oneOf": [{"type": "string", "enum": ["a"]}, _ITEM]},
    "object": {"type": "object"},
    "text_by_name": {"type": "object", "additionalProperties": {"type": "string"}},
    "integer_by_name": {"type": "object", "additionalProperties": {"type": "integer"}},
    "text_beside_integers": {**_A_TEXT, "additionalProperties": {"type": "integer"}},
    "cat": _CAT,
    "cat_or_text": {"oneOf": [_CAT, {"type": "string"}]},
    "pet": {"oneOf": [_CAT, _DOG]},
    "pet_or_null": {"oneOf": [_CAT, _DOG, {"type": "null"}]},
    "demanding": {"required": ["a"]},
    "demanded": {**_A_TEXT, "required": ["a"]},
}  # fmt: skip
VALUES: Final[tuple[Json, ...]] = (
    *(None, True, False, 0, 1, 2, 3, 4, 7, -1, -2, -3, 1.5, -0.5),
    *("", "a", "b", "c", "ab", "abc", "1", "12", "2024-01-02"),
    *("2024-01-02T03:04:05Z", [], ["a"], ["b"], ["a", "b"], ["x", 5], [1], [1, 2]),
    *([None], ["a", 5, 5], [True], {}, {"a": "x"}, {"a": 5}, {"b": 5}, {"b": "x"}),
    *({"a": "x", "b": 5}, {"a": 5, "b": 5}, {"kind": "cat"}, {"kind": "dog"}),
    *({"kind": "cat", "lives": 9}, {"kind": "dog", "name": "x"}, {"kind": "cow"}),
)  # fmt: skip
TEXTS: Final = (
    *("", "a", "b", "ab", "abc", "1", "2", "3", "4", "9", "10", "-2", "-3", "1.5"),
    *("-0.5", "true", "false", "2024-01-02", "2024-01-02T03:04:05Z", "x" * 60),
)  # fmt: skip
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")


def list_values(schema: Json) -> list[int]:
    """Return the numbers of the values that a schema accepts."""
    return _list_valid(json.dumps(schema))


@cache
def _list_valid(text: str) -> list[int]:
    checker = Draft202012Validator(json.loads(text), format_checker=FORMATS)
    return [number for number, each in enumerate(VALUES) if checker.is_valid(each)]


def list_declared(schema: Json) -> list[int]:
    """Return the same, without objects that have a member which is not declared.

    What a document does not name, nobody relies on.
    """
    return list_values(_close(schema))


def _close(schema: Json) -> Json:
    if isinstance(schema, list):
        return [_close(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {
        name: each if name in {"not", "enum", "const"} else _close(each)
        for name, each in schema.items()
    }
    is_open = closed.get("type") == "object" and "additionalProperties" not in closed
    return {**closed, "additionalProperties": False} if is_open else closed


def list_texts(schema: Json) -> list[int]:
    """Return the numbers of the texts that a value of a schema can be written as."""
    checker = Draft202012Validator(schema, format_checker=FORMATS)
    return [
        number
        for number, text in enumerate(TEXTS)
        if any(checker.is_valid(value) for value in _read_text(text))
    ]


def _read_text(text: str) -> Iterator[Any]:
    """Yield what a text can mean."""
    yield text
    if _INTEGER.fullmatch(text):
        yield int(text)
    if _NUMBER.fullmatch(text):
        yield float(text)
    if text in {"true", "false"}:
        yield text == "true"


def compare_pairs(
    place: Place, names: Iterable[tuple[str, str]], media_type: str
) -> dict[tuple[str, str], list[Finding]]:
    """Return the findings of each pair of schemas by name, of which one became the other."""
    pairs = list(names)
    old = {f"{one}-{other}": SCHEMAS[one] for one, other in pairs}
    new = {f"{one}-{other}": SCHEMAS[other] for one, other in pairs}
    before = document_at(place, old, media_type)
    after = document_at(place, new, media_type)
    found: dict[tuple[str, str], list[Finding]] = {pair: [] for pair in pairs}
    for finding in compare_wire(before, after):
        for operation in finding.affected.operations:
            one, _, other = operation.partition("/")[2].partition("-")
            found[one, other].append(finding)
    return found


def split_changes(
    old: Iterable[int], new: Iterable[int], direction: MessageDirection
) -> tuple[set[int], set[int]]:
    """Return which values break who relied on the old version, and which do not."""
    before = set(old)
    after = set(new)
    if direction == "request":
        return before - after, after - before
    return after - before, before - after
