"""Which rules of the wire can be about the same edit as a rule about Python.

In: a key of each side. Out: whether both are about the same aspect: that a thing is gone,
that it is required, its type. Whether it is the same thing is not decided here.
"""

from __future__ import annotations

from flexprice_codegen.diff.rules.rule_key import (
    Change,
    Concept,
    RuleKey,
    is_about_optional,
    is_about_required,
)

_VALUE_LISTS: frozenset[Concept] = frozenset(
    {"enum", "enum-value", "x-extensible-enum-value"}
)
# A further medium of a response is a further type that its method returns.
_KINDS: frozenset[Concept] = frozenset(
    {
        *_VALUE_LISTS,
        "type",
        "list-of-types",
        "media-type",
        "media-type-name",
        "media-type-schema",
        "content-media-type",
    }
)
_OPTIONS: frozenset[Concept] = frozenset({"one-of", "any-of"})
_TYPES: frozenset[Concept] = frozenset({*_KINDS, *_OPTIONS})
_ADDED: frozenset[Change] = frozenset({"added", "added-with-default"})
_REMOVED: frozenset[Change] = frozenset(
    {"removed", "removed-with-deprecation", "removed-before-sunset"}
)
_WITH_DEFAULT: frozenset[Change] = frozenset(
    {"added-with-default", "became-with-default"}
)


def is_same_topic(source: RuleKey, wire: RuleKey) -> bool:
    """Return whether two rules can be about one edit, given that the thing is the same."""
    match source:
        case (_, "enum-member", _, _):
            return wire.concept in _VALUE_LISTS
        case (_, _, "type", _):
            return wire.concept in _TYPES
        case (_, _, "kind", _):
            return wire.concept in _KINDS
        case (_, _, "nullable", _):
            # In Python a field that need not be there has None in its type.
            return (
                wire.concept == "nullable"
                or is_about_required(wire)
                or is_about_optional(wire)
            )
        case (_, _, "required", _):
            return is_about_required(wire)
        case (_, _, "optional", _):
            return is_about_optional(wire)
        case (_, _, "default", _):
            return wire.concept == "default-value" or wire.change in _WITH_DEFAULT
        case (_, "class", _, "added" | "removed") if wire.concept in _OPTIONS:
            # That an option came or went is no edit of the class of all options.
            return False
        case (_, _, _, "removed"):
            return wire.change in _REMOVED
        case (_, _, _, "added"):
            return wire.change in _ADDED
        case _:
            return False
