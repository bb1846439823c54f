"""Facts in docstrings that a document states outside of its prose.

In: types of the wire and defaults. Out: sentences: constraints, defaults, wire names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from flexprice_codegen.api.types import (
    Array,
    Default,
    Literals,
    Map,
    Nullable,
    Number,
    String,
    Type,
)
from flexprice_codegen.emit.python_text import join_lines
from flexprice_codegen.surface.model import Field
from flexprice_codegen.surface.python_types import LiteralType, get_variants
from flexprice_codegen.words import split_words

# Words that add nothing: `The ID of the customer` is no news about `customer_id`.
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
# A longer pattern or default fills the docstring and helps nobody.
_LONGEST_PATTERN = 60
_EXACT = 2**53  # above it, not every integer is a float (IEEE 754)


def format_field_doc(field: Field) -> str:
    """Return the text of a field's docstring: its description, then the facts."""
    parts = [field.about.description.strip()]
    facts = list(_iter_facts(field.schema, field.default))
    if field.about.deprecated:
        facts.insert(0, "Deprecated.")
    facts += _iter_only_value(field)
    # Users see the wire name in the API's own documentation and in requests.
    if field.wire not in (field.name, ""):
        facts.append(f"On the wire: {join_lines(field.wire)}.")
    return append_facts(parts[0], facts)


def _iter_only_value(field: Field) -> Iterator[str]:
    """Yield the only value of a field, if its type hint does not show it."""
    schema = field.schema
    inner = schema.inner if isinstance(schema, Nullable) else schema
    if isinstance(inner, Literals) and len(inner.values) == 1:
        written = join_lines(json.dumps(inner.values[0], ensure_ascii=False))
        is_shown = any(isinstance(e, LiteralType) for e in get_variants(field.type))
        if len(written) <= _LONGEST_PATTERN and not is_shown:
            yield f"Always {written}."


def append_facts(text: str, facts: list[str]) -> str:
    """Return a text followed by facts: on the same line if it has only one line.

    Args:
        text: Prose of the document; can be empty.
        facts: Sentences, each with its period.
    """
    if not facts:
        return text
    if not text:
        return " ".join(facts)
    if "\n" in text.strip():
        return f"{text.strip()}\n\n{' '.join(facts)}"
    end = "" if text.rstrip().endswith((".", "!", "?", ":")) else "."
    return f"{text.rstrip()}{end} {' '.join(facts)}"


def adds_information(text: str, *names: str) -> bool:
    """Return whether a text has a word that the names lack.

    `Customer ID` adds nothing to `customer_id`. Case, plurals and filler words do not
    count.
    """
    said = {""} | {_get_stem(each) for name in names for each in split_words(name)}
    return any(_get_stem(each) not in said for each in split_words(text))


def _get_stem(word: str) -> str:
    plain = word.lower()
    return "" if plain in _FILLERS else plain.removesuffix("s")


def list_constraints(schema: Type, default: Default | None) -> list[str]:
    """Return the constraints and the default of a value, one sentence each."""
    return list(_iter_facts(schema, default))


def _iter_facts(schema: Type, default: Default | None) -> Iterator[str]:
    inner = schema.inner if isinstance(schema, Nullable) else schema
    match inner:
        case String():
            yield from _iter_count_facts(
                inner.min_length, inner.max_length, "character"
            )
            for pattern in (inner.pattern, *inner.further_patterns):
                if pattern and len(pattern) <= _LONGEST_PATTERN:
                    yield f"Pattern: {join_lines(pattern)}."
        case Number():
            yield from _iter_range_facts(inner)
        case Array():
            yield from _iter_count_facts(inner.min_items, inner.max_items, "element")
        case Map():
            yield from _iter_count_facts(
                inner.min_properties, inner.max_properties, "member"
            )
        # A type hint shows strings.
        case Literals() if len(inner.values) > 1 and not _are_strings(inner):
            yield f"One of {', '.join(json.dumps(each) for each in inner.values)}."
        case _:
            pass

    if default is not None and default.value is not None:
        written = join_lines(json.dumps(default.value, ensure_ascii=False))
        if len(written) <= _LONGEST_PATTERN:
            # Only information: the client sends no defaults (JSON Schema 2020-12
            # validation §9.2).
            yield f"The server's default is {written}."


def _are_strings(literals: Literals) -> bool:
    return all(isinstance(each, str) for each in literals.values)


def _iter_count_facts(least: int | None, most: int | None, what: str) -> Iterator[str]:
    if least and most is not None:
        yield f"{least} to {most} {what}s."
    elif least:
        yield f"At least {least} {what}{'s' if least != 1 else ''}."
    elif most is not None:
        yield f"At most {most} {what}{'s' if most != 1 else ''}."


def _iter_range_facts(number: Number) -> Iterator[str]:
    if number.minimum is not None:
        yield f"At least {_format_number(number.minimum)}."
    if number.exclusive_minimum is not None:
        yield f"More than {_format_number(number.exclusive_minimum)}."
    if number.maximum is not None:
        yield f"At most {_format_number(number.maximum)}."
    if number.exclusive_maximum is not None:
        yield f"Less than {_format_number(number.exclusive_maximum)}."
    if number.multiple_of is not None:
        yield f"A multiple of {_format_number(number.multiple_of)}."


def _format_number(value: float) -> str:
    if value == int(value) and abs(value) < _EXACT:
        return str(int(value))
    return repr(float(value))
