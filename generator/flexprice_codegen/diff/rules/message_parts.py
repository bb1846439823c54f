"""Spots: in which part of a message a schema stands.

In: nothing. Out: `Spot`, the beginning of the rule ids that belong to it, and the words
by which it is called.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

MessageDirection: TypeAlias = Literal["request", "response"]


class MessagePart(StrEnum):
    """The part of a message: a whole body, something in it, a parameter, a header."""

    BODY = "body"
    PROPERTY = "property"
    PARAMETER = "parameter"
    PARAMETER_PROPERTY = "parameter-property"
    HEADER_PROPERTY = "header-property"
    """Something in a header of a request."""
    HEADER = "header"
    """A header of a response."""

    @property
    def inner(self) -> MessagePart:
        """Give the spot of what stands inside."""
        match self:
            case MessagePart.PARAMETER:
                return MessagePart.PARAMETER_PROPERTY
            case MessagePart.BODY | MessagePart.HEADER:
                return MessagePart.PROPERTY
            case _:
                return self


@dataclass(frozen=True, slots=True)
class RulePrefix:
    """The beginning of the ids of one spot in one direction."""

    direction: MessageDirection
    part: MessagePart
    area: str
    description: str
    """What a rule calls it, in general."""
    only: tuple[str, ...] = ()
    """The edits that have a rule there; all of them, where there is none."""

    @property
    def text(self) -> str:
        """Give the beginning of the ids: `request-body`."""
        return f"{self.direction}-{self.part}"


HEADER_PROPERTY_CHANGES = (
    "became-enum",
    "became-required",
    "became-required-with-default",
)
"""The edits of a value in a header that have a rule beside that of any parameter."""

RULE_PREFIXES = (
    RulePrefix("request", MessagePart.BODY, "bodies", "the body of a request"),
    RulePrefix(
        "request", MessagePart.PROPERTY, "properties", "a property of a request"
    ),
    RulePrefix("request", MessagePart.PARAMETER, "parameters", "a parameter"),
    RulePrefix(
        "request",
        MessagePart.PARAMETER_PROPERTY,
        "parameters",
        "a value in a parameter",
    ),
    RulePrefix(
        "request",
        MessagePart.HEADER_PROPERTY,
        "parameters",
        "a value in a request header",
        only=HEADER_PROPERTY_CHANGES,
    ),
    RulePrefix("response", MessagePart.BODY, "bodies", "the body of a response"),
    RulePrefix(
        "response", MessagePart.PROPERTY, "properties", "a property of a response"
    ),
    RulePrefix("response", MessagePart.HEADER, "headers", "a header of a response"),
)
