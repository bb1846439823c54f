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

from flexprice_codegen.diagnostics import Diagnostic, Level, Place, SpecError, fault
from flexprice_codegen.spec.json_tokens import Survey, survey
from flexprice_codegen.spec.limits import Limits
from flexprice_codegen.spec.nodes import Json, WrittenFloat
from flexprice_codegen.spec.text import Text

DIGITS = 4000
"""The longest integer that is taken; Python itself refuses to print longer ones."""

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_MOST_REPORTED = 20


class _RefusedError(ValueError):
    """One of our rules does not hold; the survey finds out which, and where."""


def read_json(text: Text, limits: Limits) -> Json:
    """Read a JSON text (RFC 8259).

    Raises:
        SpecError: `invalid-json`, `truncated`, `duplicate-key`, `invalid-number`,
            `invalid-character`, `too-deep` or `too-large`, with its place.
    """
    _check_size(text, limits)
    try:
        value: Json = _DECODER.decode(text.body)
    except json.JSONDecodeError as error:
        raise _syntax_fault(text, error, limits) from None
    except (_RefusedError, RecursionError, ValueError):
        raise _rule_fault(text, limits) from None
    if is_deeper(value, limits.depth):
        raise _rule_fault(text, limits)
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


def too_deep(at: Place, limits: Limits) -> SpecError:
    """Make the fault for a value that stands too deep in others."""
    return fault(
        "too-deep",
        f"objects and arrays stand more than {limits.depth} levels deep here",
        at=at,
        hint="move the inner parts to 'components' and refer to them, or allow more "
        "with --max-depth",
    )


def too_large(at: Place, limits: Limits) -> SpecError:
    """Make the fault for a text with too many values."""
    return fault(
        "too-large",
        f"the document has more than {limits.values:,} values",
        at=at,
        hint="give a smaller document, or allow more with --max-values",
    )


def duplicate_key(key: str, first: Place, second: Place) -> Diagnostic:
    """Make the diagnostic for a key that stands twice in one object."""
    return Diagnostic(
        code="duplicate-key",
        level=Level.ERROR,
        message=f"the key {key!r:.80} stands here for the second time",
        hint=f"keep this one or the one at {first}",
        at=second,
    )


def truncated(what: str, begin: Place, end: Place) -> SpecError:
    """Make the fault for a text that ends in the middle of something."""
    return fault(
        "truncated",
        f"the text ends in the middle of {what} that begins at {begin}",
        at=end,
        hint="get the file again, in full",
    )


def invalid_number(written: str, at: Place) -> Diagnostic:
    """Make the diagnostic for a number that no JSON text or no Python value can be."""
    return Diagnostic(
        code="invalid-number",
        level=Level.ERROR,
        message=f"{written:.40} is not a number that JSON and Python can hold",
        hint="write a finite number, or a string in quotes",
        at=at,
    )


def _members(pairs: Sequence[tuple[str, Json]]) -> Mapping[str, Json]:
    """Make an object, in which each key stands once."""
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _RefusedError
    return members


def _float(written: str) -> WrittenFloat:
    """Make a number that a 64-bit float can hold."""
    number = WrittenFloat(written)
    if math.isinf(number):
        raise _RefusedError
    return number


def _integer(written: str) -> int:
    if len(written) > DIGITS:
        raise _RefusedError
    return int(written)


def _constant(name: str) -> Json:
    raise _RefusedError(name)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_members,
    parse_float=_float,
    parse_int=_integer,
    parse_constant=_constant,
)


def _check_size(text: Text, limits: Limits) -> None:
    """Refuse a text that is all commas and brackets before it is read.

    Strings have commas too, so four times the bound is let through.
    """
    marks = sum(text.body.count(mark) for mark in ",[{")
    if marks > 4 * limits.values:
        raise too_large(text.place(0), limits)


def _syntax_fault(text: Text, error: json.JSONDecodeError, limits: Limits) -> SpecError:
    """Say what is wrong with a text that is no JSON."""
    found = survey(text.body, limits.depth)
    if found.unfinished and error.pos >= found.last:
        what, begin = found.unfinished
        return truncated(what, text.place(begin), text.end())
    comma = _comma_before_end(text.body, error)
    if comma is not None:
        return fault(
            "invalid-json",
            "this is not valid JSON: nothing follows this comma",
            at=text.place(comma),
            hint="remove the comma, or add what is missing behind it",
        )
    reason = error.msg[0].lower() + error.msg[1:]
    return fault(
        "invalid-json",
        f"this is not valid JSON: {reason}",
        at=text.place(error.pos),
        hint="correct the text at this place",
    )


def _comma_before_end(body: str, error: json.JSONDecodeError) -> int | None:
    """Find the comma that ends an object or array; Pythons report it differently."""
    if body[error.pos : error.pos + 1] == "," and "trailing comma" in error.msg:
        return error.pos
    before = body[: error.pos].rstrip()
    if body[error.pos : error.pos + 1] in ("]", "}") and before.endswith(","):
        return len(before) - 1
    return None


def _rule_fault(text: Text, limits: Limits) -> SpecError:
    """Say which of our rules a well-formed text does not keep."""
    found = survey(text.body, limits.depth)
    numbers = [word for word in found.words if _is_refused(word[0])]
    diagnostics = [
        *_repeated(text, found),
        *(_number(text, *word) for word in numbers[:_MOST_REPORTED]),
    ]
    if found.too_deep is None and diagnostics:
        return SpecError(*diagnostics)
    return too_deep(text.place(found.too_deep or 0), limits)


def _repeated(text: Text, found: Survey) -> list[Diagnostic]:
    return [
        duplicate_key(each.key, text.place(each.first), text.place(each.second))
        for each in found.repeated[:_MOST_REPORTED]
    ]


def _is_refused(word: str) -> bool:
    """Tell whether `word` is a number that `_float`, `_integer` or `_constant` refuse."""
    if len(word) > DIGITS:
        return True
    try:
        return not math.isfinite(float(word))
    except ValueError:
        return False


def _number(text: Text, word: str, offset: int) -> Diagnostic:
    return invalid_number(word, text.place(offset))


def _check_surrogates(text: Text, limits: Limits) -> None:
    """Refuse half of a surrogate pair: no file in UTF-8 could hold the string."""
    for written, offset in survey(text.body, limits.depth).strings:
        try:
            json.loads(written).encode()
        except UnicodeEncodeError:
            raise fault(
                "invalid-character",
                "this string has half of a surrogate pair",
                at=text.place(offset),
                hint="write both halves, or the character itself",
            ) from None
