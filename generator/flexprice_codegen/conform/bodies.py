"""Recorded bodies, and the content of a document that describes each.

In: recorded bodies, and the contents of a request or response. Out: values, contents, and
the place of a content's schema.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Final

from flexprice_codegen.api.model import Content
from flexprice_codegen.api.types import Bytes
from flexprice_codegen.conform.differences import DOCUMENT, Verdict
from flexprice_codegen.conform.exchange import UNREAD, RecordedBody
from flexprice_codegen.conform.value_judge import MASKED
from flexprice_codegen.diagnostics import Origin

UNREADABLE: Final = object()
"""The value of a body that is not JSON, or that the recording does not have."""
# They depend on values, of which a recording of shapes has none.
_BY_VALUE = frozenset({"enum-value-unknown", "tag-unknown"})


def read_json(body: RecordedBody) -> object:
    """Return the value of a body in JSON, or `UNREADABLE`."""
    if body.value is not UNREAD:
        return body.value
    if not body.data:
        return UNREADABLE
    try:
        return json.loads(
            body.data, parse_float=Decimal, parse_constant=_reject_constant
        )
    except (ValueError, RecursionError):
        return UNREADABLE


def _reject_constant(text: str) -> None:
    """Raise an error for `NaN` and `Infinity`, which Python reads and JSON lacks."""
    raise ValueError(f"{text} is not JSON")


def find_content(contents: Iterable[Content], body: RecordedBody) -> Content | None:
    """Return the content for a media type: exact, by range, or any."""
    kind = body.media.partition("/")[0]
    for wanted in (body.media, f"{kind}/*", "*/*"):
        for each in contents:
            if each.media == wanted:
                # JSON where bytes of any type are documented is another content.
                is_file = isinstance(each.type, Bytes) and body.is_json
                return None if is_file and wanted != body.media else each

    # A recording without a media type says nothing about it.
    return next(iter(contents), None) if not body.media else None


def get_schema_place(content: Content) -> Origin:
    """Return the place of the schema of a content."""
    about = content.about
    # Each content of a document has its origin; built ones in tests may not.
    return DOCUMENT if about is None else about.origin.get_child("schema")


def keep_known(verdict: Verdict, *, is_shape: bool) -> Verdict:
    """Return a verdict without what needs values that the recording does not have."""
    if not is_shape:
        return verdict

    known = (
        each
        for each in verdict.differences
        if each.rule not in _BY_VALUE and each.detail != MASKED
    )
    return replace(verdict, differences=tuple(known))
