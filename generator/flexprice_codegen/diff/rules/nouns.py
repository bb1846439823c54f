"""What rules call the things that they are about, one of them or several.

In: the key of a rule. Out: a noun in the singular and in the plural.
"""

from __future__ import annotations

from collections.abc import Mapping

from flexprice_codegen.diff.rules.rule_key import (
    Location,
    RuleKey,
    get_general_location,
)
from flexprice_codegen.frozen_values import frozen_value


@frozen_value
class Noun:
    """A noun, which a count can precede."""

    one: str
    many: str


_PROPERTY = Noun("property", "properties")
_READ_ONLY = Noun("read-only property", "read-only properties")
_WRITE_ONLY = Noun("write-only property", "write-only properties")
_METHOD = Noun("method", "methods")
_HEADER = Noun("header", "headers")

# `get_general_location` has removed whether the thing is required.
_NOUNS: Mapping[Location, Noun] = {
    "body": Noun("body", "bodies"),
    "success-status": Noun("successful response", "successful responses"),
    "non-success-status": Noun("error response", "error responses"),
    "callback": Noun("callback", "callbacks"),
    "link": Noun("link", "links"),
    "callback-body": Noun("callback", "callbacks"),
    "property": _PROPERTY,
    "read-only-property": _READ_ONLY,
    "write-only-property": _WRITE_ONLY,
    "parameter": Noun("parameter", "parameters"),
    "path-parameter": Noun("path parameter", "path parameters"),
    "optional-path-item-parameter": Noun("parameter", "parameters"),
    "parameter-property": Noun("property of a parameter", "properties of parameters"),
    "header-property": Noun("property of a header", "properties of headers"),
    "header": _HEADER,
    "operation": Noun("operation", "operations"),
    "path": Noun("operation", "operations"),
    "webhook": Noun("event", "events"),
    "security": Noun("security requirement", "security requirements"),
    "global-security": Noun("security requirement", "security requirements"),
    "security-scheme": Noun("security scheme", "security schemes"),
    "server": Noun("server", "servers"),
    "server-variable": Noun("server variable", "server variables"),
    "component-schema": Noun("schema", "schemas"),
    "client-class": Noun("client class", "client classes"),
    "credential": Noun("credential", "credentials"),
    "environment-variable": Noun("environment variable", "environment variables"),
    "server-name": Noun("server name", "server names"),
    "server-argument": Noun("argument of the client", "arguments of the client"),
    "namespace": Noun("resource", "resources"),
    "method": _METHOD,
    "method-body": _METHOD,
    "return": _METHOD,
    "error": Noun("error body", "error bodies"),
    "argument": Noun("argument", "arguments"),
    "class": Noun("class", "classes"),
    "schema": Noun("schema", "schemas"),
    "union-option": Noun("variant", "variants"),
    "field": Noun("field", "fields"),
    "enum-member": Noun("enum member", "enum members"),
    "enum": Noun("enum", "enums"),
    "event-constant": Noun("event", "events"),
    "event": Noun("event", "events"),
}
_WITH_DIRECTION: frozenset[Location] = frozenset({"body", "property", "header"})


def get_noun(key: RuleKey) -> Noun:
    """Return the noun for what a rule is about, such as `request property`."""
    location = get_general_location(key.location)
    noun = _NOUNS[location]
    if location not in _WITH_DIRECTION or key.direction == "none":
        return noun
    return Noun(f"{key.direction} {noun.one}", f"{key.direction} {noun.many}")
