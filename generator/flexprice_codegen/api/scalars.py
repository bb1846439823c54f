"""Strings and numbers, with their constraints.

In: a schema node of such a type. Out: `Text`, `Blob` or `Number`.

Source: JSON Schema 2020-12 validation §6.2, §6.3; OpenAPI 3.0.3 §4.4 (formats).
"""

from __future__ import annotations

import re

from flexprice_codegen.api.keywords import bound_of, count_of, kept_of, number_of
from flexprice_codegen.api.types import Blob, Number, Text
from flexprice_codegen.spec.nodes import Node

_BYTES = re.compile(r"(image|audio|video)/|application/(octet-stream|pdf|zip)\b")
"""Media types whose values are no text of JSON."""


def text(node: Node) -> Text | Blob:
    """Read a string schema; `format: binary` is bytes as they are."""
    kept, format_ = kept_of(node), node.text_of("format")
    encoding = node.text_of("contentEncoding").lower()
    if not encoding and _BYTES.match(node.text_of("contentMediaType")):
        format_ = "binary"  # OpenAPI 3.1.0 §4.8.14.1
    if format_ == "binary":
        return Blob(max_length=count_of(node, "maxLength"), kept=kept)
    return Text(
        format=format_ or ("byte" if encoding == "base64" else ""),
        pattern=node.text_of("pattern"),
        min_length=count_of(node, "minLength"),
        max_length=count_of(node, "maxLength"),
        kept=kept,
    )


def number(node: Node, *, integer: bool) -> Number:
    """Read a number schema."""
    minimum, exclusive_minimum = bound_of(node, "minimum")
    maximum, exclusive_maximum = bound_of(node, "maximum")
    return Number(
        integer=integer,
        format=node.text_of("format"),
        minimum=minimum,
        maximum=maximum,
        exclusive_minimum=exclusive_minimum,
        exclusive_maximum=exclusive_maximum,
        multiple_of=number_of(node, "multipleOf"),
        kept=kept_of(node),
    )
