"""The key of a rule: what a change is about, in four words of closed vocabularies.

In: nothing. Out: `RuleKey`, which names a rule inside the program, and what follows from
a location. The id of a rule is for people; nobody composes it or takes it apart, because
a word in it may belong to any of the four: `required` in `required-property` is of the
location, in `became-required` the concept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

RuleDirection: TypeAlias = Literal["request", "response", "none"]
"""Who sends the value that a rule is about; `none` where no value travels."""

# fmt: off
Location: TypeAlias = Literal[
    # in a request or a response
    "body", "required-body", "optional-body",
    "success-status", "non-success-status", "link",
    "callback", "callback-body",
    "property", "required-property", "optional-property",
    "read-only-property", "write-only-property",
    "required-write-only-property", "optional-write-only-property",
    "parameter", "required-parameter", "optional-parameter", "path-parameter",
    "required-path-item-parameter", "optional-path-item-parameter",
    "parameter-property", "required-parameter-property", "optional-parameter-property",
    "header-property", "required-header-property",
    "header", "required-header", "optional-header",
    # in the document
    "operation", "path", "webhook", "security", "global-security", "security-scheme",
    "server", "server-variable", "component-schema",
    # in Python
    "client-class", "credential", "environment-variable", "server-name",
    "server-argument", "namespace",
    "method", "method-body", "required-method-body", "return", "error",
    "argument", "required-argument",
    "class", "schema", "union-option", "field", "required-field",
    "enum-member", "enum", "event-constant", "event",
]
"""The thing that has changed. Whether it is required is a part of it where that decides
the level of its coming or going."""

Concept: TypeAlias = Literal[
    "itself",
    # keywords of a schema
    "max-length", "min-length", "max", "min", "exclusive-max", "exclusive-min",
    "max-items", "min-items", "max-properties", "min-properties",
    "max-contains", "min-contains", "multiple-of", "unique-items", "pattern",
    "enum", "enum-value", "x-extensible-enum-value", "const", "nullable",
    "default-value", "type", "list-of-types", "one-of", "any-of",
    "additional-properties",
    "discriminator", "discriminator-property-name", "discriminator-mapping",
    "not", "if", "then", "else", "contains", "property-names",
    "unevaluated-items", "unevaluated-properties", "content-schema", "dependencies",
    "pattern-property", "dependent-required", "dependent-schema", "prefix-items",
    "content-media-type", "content-encoding",
    # who sends it, and whether it must be there
    "required", "optional", "read-only", "write-only",
    # life cycle
    "sunset", "sunset-date", "deprecated-sunset", "stability",
    # parameters and messages
    "style", "explode", "allow-reserved", "allow-empty", "xml", "media-type", "media-type-name",
    "media-type-schema", "encoding", "streaming",
    # security and servers
    "scope", "bearer-format", "oauth-url", "oauth-token-url", "oauth-scope",
    "default", "value", "server",
    # names, Python
    "operation-id", "tag", "paging", "batch", "kind", "use", "base", "payload",
]
"""The aspect of the thing that has changed; `itself` where it is the whole thing."""

Change: TypeAlias = Literal[
    "added", "added-with-default",
    "removed", "removed-with-deprecation", "removed-before-sunset",
    "changed", "set", "unset", "increased", "decreased", "narrowed", "widened",
    "generalized", "specialized", "compatible",
    "forbidden", "allowed", "typed", "untyped", "lifted",
    "wrapped-in", "unwrapped-from", "became-any-of", "became-one-of",
    "became", "became-not", "became-with-default",
    "deprecated", "deprecated-with-sunset", "reactivated",
    "missing", "invalid", "too-small", "changed-too-small",
    "renamed", "split", "joined",
]
"""What happened to that aspect."""
# fmt: on


class RuleKey(NamedTuple):
    """The name of a rule inside the program: one for each id, and each of one id."""

    direction: RuleDirection
    location: Location
    concept: Concept
    change: Change


_WHERE_REQUIRED: Mapping[Location, Location] = {
    "required-body": "body",
    "required-property": "property",
    "required-write-only-property": "write-only-property",
    "required-parameter": "parameter",
    "required-path-item-parameter": "optional-path-item-parameter",
    "required-parameter-property": "parameter-property",
    "required-header-property": "header-property",
    "required-header": "header",
    "required-method-body": "method-body",
    "required-argument": "argument",
    "required-field": "field",
}
_WHERE_OPTIONAL: Mapping[Location, Location] = {
    "optional-body": "body",
    "optional-property": "property",
    "optional-write-only-property": "write-only-property",
    "optional-parameter": "parameter",
    "optional-path-item-parameter": "optional-path-item-parameter",
    "optional-parameter-property": "parameter-property",
    "optional-header": "header",
}


def get_general_location(location: Location) -> Location:
    """Return the location of a thing, the same whether it is required or not."""
    return _WHERE_REQUIRED.get(location) or _WHERE_OPTIONAL.get(location, location)


def is_about_required(key: RuleKey) -> bool:
    """Return whether a rule is about something that is, or became, required."""
    return key.location in _WHERE_REQUIRED or key.concept in {
        "required",
        "dependent-required",
    }


def is_about_optional(key: RuleKey) -> bool:
    """Return whether a rule is about something that is, or became, optional."""
    return key.location in _WHERE_OPTIONAL or key.concept == "optional"
