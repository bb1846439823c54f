"""JSON text to plain values.

In: a `SourceText` in JSON. Out: dicts, lists and scalars; a number with a fraction or
an exponent is a `WrittenFloat`. What RFC 8259 leaves open is invalid here: a duplicate
key, a number that Python cannot hold, half of a surrogate pair.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from flexprice_codegen.diagnostics import (
    Diagnostic,
    DiagnosticError,
    FileLocation,
    Level,
    build_error,
)
from flexprice_codegen.spec.limits import Limits
from flexprice_codegen.spec.nodes import Json, WrittenFloat
from flexprice_codegen.spec.source_text import SourceText

if TYPE_CHECKING:
    from flexprice_codegen.spec.json_tokens import JsonScan

MAX_DIGITS = 4000
"""The maximum digits of an integer; Python converts no more than 4300 to a string."""

# Escapes of surrogates (U+D800 to U+DFFF); most texts have none and need no check.
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
# Both halves of a pair, as an emoji is written (RFC 8259 §7).
_PAIR = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
# After a backslash, what looks like half of a pair may be no escape.
_UNSURE = ("\\\\ud", "\\\\uD")
# One cause can repeat thousands of times in a generated document.
_MOST_REPORTED = 20


class _RejectedError(ValueError):
    """A rule of this module is broken; the scan finds out which one, and where."""


def read_json(text: SourceText, limits: Limits) -> Json:
    """Parse a JSON text (RFC 8259).

    Args:
        text: The entire text.
        limits: The maximum depth and number of values.

    Raises:
        DiagnosticError: `invalid-json`, `truncated`, `duplicate-key`, `invalid-number`,
            `invalid-character`, `too-deep` or `too-large`, with its location.
    """
    _check_size(text, limits)

    try:
        value: Json = _DECODER.decode(text.body)
    except json.JSONDecodeError as error:
        raise _build_syntax_error(text, error, limits) from None
    except (_RejectedError, RecursionError, ValueError):
        raise _build_rule_error(text, limits) from None

    if is_deeper(value, limits.depth):
        raise _build_rule_error(text, limits)
    if _may_have_half(text.body):
        _check_surrogates(text, limits)

    return value


def _may_have_half(body: str) -> bool:
    """Return whether a text may have half of a surrogate pair; False is certain.

    To scan all tokens takes ten times as long as to parse, and most texts with such
    escapes have whole pairs.
    """
    if not _SURROGATE.search(body):
        return False
    is_unsure = any(each in body for each in _UNSURE)
    return is_unsure or bool(_SURROGATE.search(_PAIR.sub("", body)))


def is_deeper(value: Json, depth: int) -> bool:
    """Return whether a value has more than `depth` levels of objects and arrays."""
    # Level by level instead of by recursion, which such a value could exhaust.
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(depth):
        # Only objects and arrays are kept: nine values of ten are scalars, most of them
        # strings.
        level = [
            child
            for each in level
            for child in (each.values() if isinstance(each, dict) else each)
            if child.__class__ is not str and isinstance(child, (dict, list))
        ]
        if not level:
            return False

    return bool(level)


def build_too_deep_error(at: FileLocation, limits: Limits) -> DiagnosticError:
    """Build the error for a value that is nested too deeply."""
    return build_error(
        "too-deep",
        f"nesting exceeds {limits.depth} levels",
        at=at,
        hint="move the inner parts to `components` and reference them, or increase "
        "--max-depth",
    )


def build_too_large_error(at: FileLocation, limits: Limits) -> DiagnosticError:
    """Build the error for a text with too many values."""
    return build_error(
        "too-large",
        f"the document exceeds {limits.values:,} values",
        at=at,
        hint="use a smaller document, or increase --max-values",
    )


def build_duplicate_key_diagnostic(
    key: str, first: FileLocation, second: FileLocation
) -> Diagnostic:
    """Build the diagnostic for a key that occurs twice in one object.

    Args:
        key: The key.
        first: The location of its first occurrence.
        second: The location of the diagnostic.
    """
    return Diagnostic(
        code="duplicate-key",
        level=Level.ERROR,
        message=f"duplicate key {key!r:.80}",
        help=f"keep this key or the one at {first}",
        location=second,
    )


def build_truncated_error(
    what: str, begin: FileLocation, end: FileLocation
) -> DiagnosticError:
    """Build the error for a text that ends within a value.

    Args:
        what: The unfinished value, such as "an object".
        begin: The location where it begins.
        end: The location where the text ends.
    """
    return build_error(
        "truncated",
        f"unexpected end of file in {what} that starts at {begin}",
        at=end,
        hint="download the file again",
    )


def build_invalid_number_diagnostic(written: str, at: FileLocation) -> Diagnostic:
    """Build the diagnostic for a number that JSON or Python cannot hold."""
    return Diagnostic(
        code="invalid-number",
        level=Level.ERROR,
        message=f"number {written:.40} is out of range",
        help="use a finite number, or a string in quotes",
        location=at,
    )


def _build_object(pairs: Sequence[tuple[str, Json]]) -> Mapping[str, Json]:
    """Build an object; a duplicate key is an error."""
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _RejectedError
    return members


def _parse_float(written: str) -> WrittenFloat:
    """Parse a number that a 64-bit float can hold."""
    # The text is kept, because a version such as 1.10 must not become 1.1.
    number = WrittenFloat(written)
    if math.isinf(number):
        raise _RejectedError
    return number


def _parse_integer(written: str) -> int:
    if len(written) > MAX_DIGITS:
        raise _RejectedError
    return int(written)


def _reject_constant(name: str) -> Json:
    raise _RejectedError(name)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_build_object,
    parse_float=_parse_float,
    parse_int=_parse_integer,
    parse_constant=_reject_constant,
)


def _check_size(text: SourceText, limits: Limits) -> None:
    """Raise an error for a text with too many commas and brackets, before it is parsed.

    Strings hold commas too, so four times the limit is accepted.
    """
    marks = sum(text.body.count(mark) for mark in ",[{")
    if marks > 4 * limits.values:
        raise build_too_large_error(text.get_location(0), limits)


def _scan_text(text: SourceText, limits: Limits) -> JsonScan:
    """Return what the text has at which offset, for messages."""
    # Late: nearly all documents are valid, and the scan has a large expression.
    from flexprice_codegen.spec.json_tokens import scan_json

    return scan_json(text.body, limits.depth)


def _build_syntax_error(
    text: SourceText, error: json.JSONDecodeError, limits: Limits
) -> DiagnosticError:
    """Build the error for a text that is not valid JSON."""
    found = _scan_text(text, limits)

    if found.unfinished and error.pos >= found.last:
        what, begin = found.unfinished
        return build_truncated_error(
            what, text.get_location(begin), text.get_end_location()
        )

    comma = _find_trailing_comma(text.body, error)
    if comma is not None:
        return build_error(
            "invalid-json",
            "invalid JSON: trailing comma",
            at=text.get_location(comma),
            hint="remove the comma",
        )

    reason = error.msg[0].lower() + error.msg[1:]
    return build_error(
        "invalid-json",
        f"invalid JSON: {reason}",
        at=text.get_location(error.pos),
        hint="correct the JSON at this location",
    )


def _find_trailing_comma(body: str, error: json.JSONDecodeError) -> int | None:
    """Return the offset of a trailing comma, or None for another syntax error.

    Python 3.13 reports the comma, earlier versions the bracket after it.
    """
    if body[error.pos : error.pos + 1] == "," and "trailing comma" in error.msg:
        return error.pos
    before = body[: error.pos].rstrip()
    if body[error.pos : error.pos + 1] in ("]", "}") and before.endswith(","):
        return len(before) - 1
    return None


def _build_rule_error(text: SourceText, limits: Limits) -> DiagnosticError:
    """Build the error for a well-formed text that breaks a rule of this module."""
    found = _scan_text(text, limits)

    numbers = [word for word in found.words if _is_rejected_number(word[0])]
    diagnostics = [
        *_list_duplicate_keys(text, found),
        *(_build_number_diagnostic(text, *word) for word in numbers[:_MOST_REPORTED]),
    ]

    if found.too_deep is None and diagnostics:
        return DiagnosticError(*diagnostics)
    return build_too_deep_error(text.get_location(found.too_deep or 0), limits)


def _list_duplicate_keys(text: SourceText, found: JsonScan) -> list[Diagnostic]:
    return [
        build_duplicate_key_diagnostic(
            each.key, text.get_location(each.first), text.get_location(each.second)
        )
        for each in found.duplicate_keys[:_MOST_REPORTED]
    ]


def _is_rejected_number(word: str) -> bool:
    """Return whether `word` is a number that the decoder's hooks reject."""
    if len(word) > MAX_DIGITS:
        return True
    try:
        return not math.isfinite(float(word))
    except ValueError:
        # No number at all, which another rule reports.
        return False


def _build_number_diagnostic(text: SourceText, word: str, offset: int) -> Diagnostic:
    return build_invalid_number_diagnostic(word, text.get_location(offset))


def _check_surrogates(text: SourceText, limits: Limits) -> None:
    """Raise an error for half of a surrogate pair, which UTF-8 cannot encode."""
    for written, offset in _scan_text(text, limits).strings:
        try:
            json.loads(written).encode()
        except UnicodeEncodeError:
            raise build_error(
                "invalid-character",
                "the string has half of a surrogate pair",
                at=text.get_location(offset),
                hint="use both halves, or the character itself",
            ) from None
