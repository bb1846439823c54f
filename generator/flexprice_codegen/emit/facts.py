"""What docstrings say beside the document's own words: constraints, defaults, names.

In: types of the wire and defaults. Out: sentences.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from flexprice_codegen.api.types import (
    Default,
    ListOf,
    Literals,
    MapOf,
    Nullable,
    Number,
    Text,
    Type,
)
from flexprice_codegen.emit.quoting import one_line
from flexprice_codegen.surface.model import Field
from flexprice_codegen.surface.python import LiteralOf
from flexprice_codegen.words import words

_FILLERS = frozenset(
    [
        "a",
        "an",
        "and",
        "be",
        "by",
        "configuration",
        "data",
        "for",
        "in",
        "object",
        "of",
        "or",
        "parameter",
        "payload",
        "request",
        "the",
        "this",
        "to",
    ]
)
_LONGEST_PATTERN = 60
_EXACT = 2**53  # above it floats stand further apart than whole numbers


def field_text(field: Field) -> str:
    """Give the text of a field's docstring."""
    parts = [field.about.text.strip()]
    facts = list(_facts(field.schema, field.default))
    if field.about.deprecated:
        facts.insert(0, "Deprecated.")
    facts += _only_value(field)
    if field.wire not in (field.name, ""):
        facts.append(f"On the wire: {one_line(field.wire)}.")
    return joined(parts[0], facts)


def _only_value(field: Field) -> Iterator[str]:
    """Say the single value of a field whose annotation does not."""
    schema = field.schema
    inner = schema.inner if isinstance(schema, Nullable) else schema
    if isinstance(inner, Literals) and len(inner.values) == 1:
        written = one_line(json.dumps(inner.values[0], ensure_ascii=False))
        if len(written) <= _LONGEST_PATTERN and not isinstance(field.type, LiteralOf):
            yield f"Always {written}."


def joined(text: str, facts: list[str]) -> str:
    """Put facts behind a text, on its line if it has only one."""
    if not facts:
        return text
    if not text:
        return " ".join(facts)
    if "\n" in text.strip():
        return f"{text.strip()}\n\n{' '.join(facts)}"
    end = "" if text.rstrip().endswith((".", "!", "?", ":")) else "."
    return f"{text.rstrip()}{end} {' '.join(facts)}"


def says_more(text: str, *names: str) -> bool:
    """Tell whether a text says more than names do: `Customer ID` of `customer_id`."""
    said = {""} | {_stem(each) for name in names for each in words(name)}
    return any(_stem(each) not in said for each in words(text))


def _stem(word: str) -> str:
    plain = word.lower()
    return "" if plain in _FILLERS else plain.removesuffix("s")


def constraints(schema: Type, default: Default | None) -> list[str]:
    """Give the constraints and the default of a value, a sentence each."""
    return list(_facts(schema, default))


def _facts(schema: Type, default: Default | None) -> Iterator[str]:
    inner = schema.inner if isinstance(schema, Nullable) else schema
    match inner:
        case Text():
            yield from _count(inner.min_length, inner.max_length, "character")
            if inner.pattern and len(inner.pattern) <= _LONGEST_PATTERN:
                yield f"Pattern: {one_line(inner.pattern)}."
        case Number():
            yield from _range(inner)
        case ListOf():
            yield from _count(inner.min_items, inner.max_items, "element")
        case MapOf():
            yield from _count(inner.min_properties, inner.max_properties, "member")
        case Literals() if len(inner.values) > 1:
            yield f"One of {', '.join(json.dumps(each) for each in inner.values)}."
        case _:
            pass
    if default is not None and default.value is not None:
        written = one_line(json.dumps(default.value, ensure_ascii=False))
        if len(written) <= _LONGEST_PATTERN:
            yield f"The server's default is {written}."


def _count(least: int | None, most: int | None, what: str) -> Iterator[str]:
    if least and most is not None:
        yield f"{least} to {most} {what}s."
    elif least:
        yield f"At least {least} {what}{'s' if least != 1 else ''}."
    elif most is not None:
        yield f"At most {most} {what}{'s' if most != 1 else ''}."


def _range(number: Number) -> Iterator[str]:
    if number.minimum is not None:
        yield f"At least {_written(number.minimum)}."
    if number.exclusive_minimum is not None:
        yield f"More than {_written(number.exclusive_minimum)}."
    if number.maximum is not None:
        yield f"At most {_written(number.maximum)}."
    if number.exclusive_maximum is not None:
        yield f"Less than {_written(number.exclusive_maximum)}."
    if number.multiple_of is not None:
        yield f"A multiple of {_written(number.multiple_of)}."


def _written(value: float) -> str:
    if value == int(value) and abs(value) < _EXACT:
        return str(int(value))
    return repr(float(value))
