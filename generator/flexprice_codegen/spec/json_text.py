"""JSON text to plain values.

In: a `Text` in JSON. Out: dicts, lists and scalars; a number with a fraction or an
exponent is a `WrittenFloat`. What RFC 8259 leaves open is refused here: a key that
stands twice, a number that Python cannot hold, half of a surrogate pair.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence

from flexprice_codegen.diagnostics import (
    Diagnostic,
    DiagnosticError,
    FileLocation,
    Level,
    build_error,
)
from flexprice_codegen.spec.json_tokens import JsonScan, scan_json
from flexprice_codegen.spec.limits import Limits
from flexprice_codegen.spec.nodes import Json, WrittenFloat
from flexprice_codegen.spec.source_text import SourceText

MAX_DIGITS = 4000
"""The longest integer that is taken; Python itself refuses to print longer ones."""

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_MOST_REPORTED = 20


class _RejectedError(ValueError):
    """One of our rules does not hold; the survey finds out which, and where."""


def read_json(text: SourceText, limits: Limits) -> Json:
    """Read a JSON text (RFC 8259).

    Raises:
        DiagnosticError: `invalid-json`, `truncated`, `duplicate-key`, `invalid-number`,
            `invalid-character`, `too-deep` or `too-large`, with its place.
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
    if _SURROGATE.search(text.body):
        _check_surrogates(text, limits)
    return value


def is_deeper(value: Json, depth: int) -> bool:
    """Tell whether objects and arrays stand more than `depth` levels deep in `value`."""
    level = [value]
    for _ in range(depth):
        below: list[Json] = []
        for each in level:
            if isinstance(each, dict):
                below.extend(each.values())
            elif isinstance(each, list):
                below.extend(each)
        if not below:
            return False
        level = below
    return any(isinstance(each, (dict, list)) for each in level)


def build_too_deep_error(at: FileLocation, limits: Limits) -> DiagnosticError:
    """Make the fault for a value that stands too deep in others."""
    return build_error(
        "too-deep",
        f"objects and arrays stand more than {limits.depth} levels deep here",
        at=at,
        hint="move the inner parts to 'components' and refer to them, or allow more "
        "with --max-depth",
    )


def build_too_large_error(at: FileLocation, limits: Limits) -> DiagnosticError:
    """Make the fault for a text with too many values."""
    return build_error(
        "too-large",
        f"the document has more than {limits.values:,} values",
        at=at,
        hint="give a smaller document, or allow more with --max-values",
    )


def build_duplicate_key_diagnostic(
    key: str, first: FileLocation, second: FileLocation
) -> Diagnostic:
    """Make the diagnostic for a key that stands twice in one object."""
    return Diagnostic(
        code="duplicate-key",
        level=Level.ERROR,
        message=f"the key {key!r:.80} stands here for the second time",
        help=f"keep this one or the one at {first}",
        location=second,
    )


def build_truncated_error(
    what: str, begin: FileLocation, end: FileLocation
) -> DiagnosticError:
    """Make the fault for a text that ends in the middle of something."""
    return build_error(
        "truncated",
        f"the text ends in the middle of {what} that begins at {begin}",
        at=end,
        hint="get the file again, in full",
    )


def build_invalid_number_diagnostic(written: str, at: FileLocation) -> Diagnostic:
    """Make the diagnostic for a number that no JSON text or no Python value can be."""
    return Diagnostic(
        code="invalid-number",
        level=Level.ERROR,
        message=f"{written:.40} is not a number that JSON and Python can hold",
        help="write a finite number, or a string in quotes",
        location=at,
    )


def _build_object(pairs: Sequence[tuple[str, Json]]) -> Mapping[str, Json]:
    """Make an object, in which each key stands once."""
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _RejectedError
    return members


def _parse_float(written: str) -> WrittenFloat:
    """Make a number that a 64-bit float can hold."""
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
    """Refuse a text that is all commas and brackets before it is read.

    Strings have commas too, so four times the bound is let through.
    """
    marks = sum(text.body.count(mark) for mark in ",[{")
    if marks > 4 * limits.values:
        raise build_too_large_error(text.get_location(0), limits)


def _build_syntax_error(
    text: SourceText, error: json.JSONDecodeError, limits: Limits
) -> DiagnosticError:
    """Say what is wrong with a text that is no JSON."""
    found = scan_json(text.body, limits.depth)
    if found.unfinished and error.pos >= found.last:
        what, begin = found.unfinished
        return build_truncated_error(
            what, text.get_location(begin), text.get_end_location()
        )
    comma = _find_trailing_comma(text.body, error)
    if comma is not None:
        return build_error(
            "invalid-json",
            "this is not valid JSON: nothing follows this comma",
            at=text.get_location(comma),
            hint="remove the comma, or add what is missing behind it",
        )
    reason = error.msg[0].lower() + error.msg[1:]
    return build_error(
        "invalid-json",
        f"this is not valid JSON: {reason}",
        at=text.get_location(error.pos),
        hint="correct the text at this place",
    )


def _find_trailing_comma(body: str, error: json.JSONDecodeError) -> int | None:
    """Find the comma that ends an object or array; Pythons report it differently."""
    if body[error.pos : error.pos + 1] == "," and "trailing comma" in error.msg:
        return error.pos
    before = body[: error.pos].rstrip()
    if body[error.pos : error.pos + 1] in ("]", "}") and before.endswith(","):
        return len(before) - 1
    return None


def _build_rule_error(text: SourceText, limits: Limits) -> DiagnosticError:
    """Say which of our rules a well-formed text does not keep."""
    found = scan_json(text.body, limits.depth)
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
    """Tell whether `word` is a number that `_float`, `_integer` or `_constant` refuse."""
    if len(word) > MAX_DIGITS:
        return True
    try:
        return not math.isfinite(float(word))
    except ValueError:
        return False


def _build_number_diagnostic(text: SourceText, word: str, offset: int) -> Diagnostic:
    return build_invalid_number_diagnostic(word, text.get_location(offset))


def _check_surrogates(text: SourceText, limits: Limits) -> None:
    """Refuse half of a surrogate pair: no file in UTF-8 could hold the string."""
    for written, offset in scan_json(text.body, limits.depth).strings:
        try:
            json.loads(written).encode()
        except UnicodeEncodeError:
            raise build_error(
                "invalid-character",
                "this string has half of a surrogate pair",
                at=text.get_location(offset),
                hint="write both halves, or the character itself",
            ) from None
