"""Strings and numbers, with their constraints.

In: a schema node of such a type. Out: `String`, `Bytes` or `Number`.

Source: JSON Schema 2020-12 validation §6.2, §6.3; OpenAPI 3.0.3 §4.4 (formats).
"""

from __future__ import annotations

import re

from flexprice_codegen.api.keywords import (
    get_count,
    get_kept_keywords,
    get_limits,
    get_number,
)
from flexprice_codegen.api.types import Bytes, Number, String
from flexprice_codegen.spec.nodes import Node

_BYTES = re.compile(r"(image|audio|video)/|application/(octet-stream|pdf|zip)\b")
"""Media types whose values cannot be a JSON string."""


def read_string(node: Node) -> String | Bytes:
    """Read a string schema; one with `format: binary` is bytes.

    Raises:
        DiagnosticError: `wrong-type`: a keyword has a value of another type.
    """
    kept = get_kept_keywords(node)
    format_ = node.get_string("format")
    encoding = node.get_string("contentEncoding").lower()

    # OpenAPI 3.1 has no `format: binary` for such content (3.1.0 §4.8.14.1).
    by_media_type = (
        format_ != "binary"
        and not encoding
        and bool(_BYTES.match(node.get_string("contentMediaType")))
    )
    if format_ == "binary" or by_media_type:
        return Bytes(
            max_length=get_count(node, "maxLength"),
            by_media_type=by_media_type,
            kept=kept,
        )

    pattern, *further = _list_patterns(node) or [""]
    return String(
        format=format_ or ("byte" if encoding == "base64" else ""),
        pattern=pattern,
        further_patterns=tuple(further),
        min_length=get_count(node, "minLength"),
        max_length=get_count(node, "maxLength"),
        kept=kept,
    )


def _list_patterns(node: Node) -> list[str]:
    """Return all patterns of a schema, without the order in which they were merged."""
    # What a composition cannot say in one schema is in its `allOf`.
    further = [each.get_string("pattern") for each in node.iter_elements_of("allOf")]
    return sorted({*further, node.get_string("pattern")} - {""})


def read_number(node: Node, *, integer: bool) -> Number:
    """Read a number schema.

    Raises:
        DiagnosticError: `wrong-type`: a keyword has a value of another type.
    """
    minimum, exclusive_minimum = get_limits(node, "minimum")
    maximum, exclusive_maximum = get_limits(node, "maximum")

    return Number(
        integer=integer,
        format=node.get_string("format"),
        minimum=minimum,
        maximum=maximum,
        exclusive_minimum=exclusive_minimum,
        exclusive_maximum=exclusive_maximum,
        multiple_of=get_number(node, "multipleOf"),
        kept=get_kept_keywords(node),
    )
