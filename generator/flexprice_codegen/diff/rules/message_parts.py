"""In which part of a message a schema is.

In: nothing. Out: `MessagePart`, the part of what is inside it, and the words by which
rules call them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from flexprice_codegen.diff.rules.rule_key import Location, RuleDirection
from flexprice_codegen.frozen_values import frozen_value

MessageDirection: TypeAlias = Literal["request", "response"]
MessagePart: TypeAlias = Literal[
    "body", "property", "parameter", "parameter-property", "header"
]
"""A whole body, something in it, a parameter, something in that, a response's header."""

# A response header has no rules for what is in it: those are of a property of a response.
INNER_PARTS: Mapping[MessagePart, MessagePart] = {
    "body": "property",
    "property": "property",
    "parameter": "parameter-property",
    "parameter-property": "parameter-property",
    "header": "property",
}
"""The part of what is inside a part."""


@frozen_value
class LocationTexts:
    """How rules about keywords of a schema at one location are sorted and worded."""

    area: str
    description: str
    """What a rule calls it, in general."""


LOCATION_TEXTS: Mapping[tuple[RuleDirection, Location], LocationTexts] = {
    ("request", "body"): LocationTexts("bodies", "the request body"),
    ("request", "property"): LocationTexts("properties", "a request property"),
    ("request", "parameter"): LocationTexts("parameters", "a parameter"),
    ("request", "parameter-property"): LocationTexts("parameters", "a property of a parameter"),
    ("request", "header-property"): LocationTexts("parameters", "a property of a request header"),
    ("request", "read-only-property"): LocationTexts("properties", "a property that is not used in this direction"),
    ("response", "body"): LocationTexts("bodies", "the response body"),
    ("response", "property"): LocationTexts("properties", "a response property"),
    ("response", "write-only-property"): LocationTexts("properties", "a property that is not used in this direction"),
    ("response", "header"): LocationTexts("headers", "a response header"),
}  # fmt: skip
