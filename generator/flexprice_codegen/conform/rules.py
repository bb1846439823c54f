"""The rules of `conform`: what a server can do otherwise than its document says.

In: nothing. Out: `RULES`, by ID, each with its level and its sentence.
"""

from __future__ import annotations

from collections.abc import Mapping

from flexprice_codegen.diagnostics import Level
from flexprice_codegen.frozen_values import frozen_value


@frozen_value
class ConformRule:
    """A rule: its level, its sentence with a place `{it}` and a detail, and its help.

    ERROR breaks a client that reads strictly, WARNING surprises, NOTE is a habit of the
    server that the document does not mention.
    """

    id: str
    level: Level
    sentence: str
    help: str


_ROWS = (
    ConformRule(
        "route-undocumented",
        Level.ERROR,
        "the server responds to `{detail}`, which is not documented",
        "document the operation, or set the hint `route` of the one that moved",
    ),
    ConformRule(
        "route-dead",
        Level.ERROR,
        "{it} does not exist on the server",
        "remove the operation, or set its hint `route`",
    ),
    ConformRule(
        "event-undocumented",
        Level.WARNING,
        "the server delivers `{detail}`, which is not documented",
        "document the event",
    ),
    ConformRule(
        "status-undocumented",
        Level.ERROR,
        "{it} returns {detail}, which is not documented",
        "add the response",
    ),
    ConformRule(
        "error-undocumented",
        Level.WARNING,
        "{it} returns {detail}, which is not documented",
        "add the response",
    ),
    ConformRule(
        "error-undocumented-everywhere",
        Level.WARNING,
        "operations return {detail}, which none of them documents",
        "add the response to all operations",
    ),
    ConformRule(
        "media-type-undocumented",
        Level.WARNING,
        "{it} returns `{detail}`, which is not documented",
        "add the media type",
    ),
    ConformRule(
        "body-unexpected",
        Level.ERROR,
        "{it} has a body, but none is documented",
        "add the content",
    ),
    ConformRule(
        "request-body-unexpected",
        Level.WARNING,
        "{it} accepts a body of type `{detail}`, but none is documented",
        "add the request body",
    ),
    ConformRule(
        "request-media-type-undocumented",
        Level.WARNING,
        "{it} accepts `{detail}`, which is not documented",
        "add the media type",
    ),
    ConformRule(
        "body-missing",
        Level.ERROR,
        "{it} has no body, but one is documented",
        "remove the content",
    ),
    ConformRule(
        "body-invalid",
        Level.ERROR,
        "{it} is not valid JSON",
        "correct the server, or document the real media type",
    ),
    ConformRule(
        "shape-other",
        Level.ERROR,
        "{it} has none of the documented properties",
        "document the schema that the server uses",
    ),
    ConformRule(
        "required-missing",
        Level.ERROR,
        "{it} is required, but can be missing",
        "remove it from `required`",
    ),
    ConformRule(
        "type-other",
        Level.ERROR,
        "{it} has type {detail}",
        "document the type that the server uses",
    ),
    ConformRule(
        "number-in-quotes",
        Level.ERROR,
        "{it} is {detail} in quotes",
        "document a string",
    ),
    ConformRule(
        "tag-unknown",
        Level.WARNING,
        "{it} selects no variant",
        "add the value to the discriminator",
    ),
    ConformRule(
        "null-unexpected",
        Level.WARNING,
        "{it} can be null",
        "make it nullable",
    ),
    ConformRule(
        "enum-value-unknown",
        Level.WARNING,
        "{it} has values that are not listed",
        "add the values, with --enum-values",
    ),
    ConformRule(
        "property-undeclared",
        Level.WARNING,
        "{it} has a property `{detail}`, which is not documented",
        "add the property",
    ),
    ConformRule(
        "format-other",
        Level.WARNING,
        "{it} does not have the documented format",
        "correct or remove the format",
    ),
    ConformRule(
        "parameter-undeclared",
        Level.WARNING,
        "{it} accepts the query parameter `{detail}`, which is not documented",
        "add the parameter",
    ),
    ConformRule(
        "array-style",
        Level.WARNING,
        "{it} is accepted as a repeated parameter",
        "set `explode: true`",
    ),
    ConformRule(
        "decimal-by-habit",
        Level.NOTE,
        "{it} is always a decimal number",
        "set `format: decimal`, with --habits",
    ),
    ConformRule(
        "time-by-habit",
        Level.NOTE,
        "{it} is always a timestamp",
        "set `format: date-time`, with --habits",
    ),
)
RULES: Mapping[str, ConformRule] = {rule.id: rule for rule in _ROWS}
REQUEST_PREFIX = "request-"
"""The start of the ID of a rule about what callers send with success."""


def find_rule(rule_id: str) -> ConformRule:
    """Return a rule by its ID; most about requests share the rows of responses."""
    return RULES.get(rule_id) or RULES[rule_id.removeprefix(REQUEST_PREFIX)]
