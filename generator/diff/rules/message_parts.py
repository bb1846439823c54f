"""Spots: in which part of a message a schema stands.

In: nothing. Out: `Spot`, the beginning of the rule ids that belong to it, and the words
by which it is called.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

Way: TypeAlias = Literal["request", "response"]


class Spot(StrEnum):
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
    def inner(self) -> Spot:
        """Give the spot of what stands inside."""
        match self:
            case Spot.PARAMETER:
                return Spot.PARAMETER_PROPERTY
            case Spot.BODY | Spot.HEADER:
                return Spot.PROPERTY
            case _:
                return self


@dataclass(frozen=True, slots=True)
class Prefix:
    """The beginning of the ids of one spot in one direction."""

    way: Way
    spot: Spot
    area: str
    words: str
    """What a rule calls it, in general."""
    only: tuple[str, ...] = ()
    """The edits that have a rule there; all of them, where there is none."""

    @property
    def text(self) -> str:
        """Give the beginning of the ids: `request-body`."""
        return f"{self.way}-{self.spot}"


IN_HEADERS = ("became-enum", "became-required", "became-required-with-default")
"""The edits of a value in a header that have a rule beside that of any parameter."""

PREFIXES = (
    Prefix("request", Spot.BODY, "bodies", "the body of a request"),
    Prefix("request", Spot.PROPERTY, "properties", "a property of a request"),
    Prefix("request", Spot.PARAMETER, "parameters", "a parameter"),
    Prefix("request", Spot.PARAMETER_PROPERTY, "parameters", "a value in a parameter"),
    Prefix(
        "request",
        Spot.HEADER_PROPERTY,
        "parameters",
        "a value in a request header",
        only=IN_HEADERS,
    ),
    Prefix("response", Spot.BODY, "bodies", "the body of a response"),
    Prefix("response", Spot.PROPERTY, "properties", "a property of a response"),
    Prefix("response", Spot.HEADER, "headers", "a header of a response"),
)
