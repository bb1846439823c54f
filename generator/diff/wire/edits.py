"""Edits: what differs, before it is put into words.

In: nothing. Out: `Where`, a place in both versions; `Edit`, one difference there; and
`Context`, in which message it stands.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from generator.diagnostics import Origin
from generator.diff.finding import Severity
from generator.diff.rules.message_parts import IN_HEADERS, Spot, Way

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Where:
    """A place: its path, the name that people know it by, its nodes in both documents."""

    path: str
    name: str
    old: Origin | None = None
    new: Origin | None = None

    def child(self, path: str, name: str, *tokens: str) -> Where:
        """Give a place inside; `tokens` lead to it in both documents."""
        return Where(
            f"{self.path}/{path}",
            f"{self.name}{name}",
            _below(self.old, tokens),
            _below(self.new, tokens),
        )

    def keyword(self, name: str) -> Where:
        """Give the same place, with the nodes of one keyword of it."""
        names = (name,)
        return Where(
            self.path, self.name, _below(self.old, names), _below(self.new, names)
        )

    def at(self, old: Origin | None, new: Origin | None) -> Where:
        """Give the same place with other nodes."""
        return Where(self.path, self.name, old, new)


def _below(origin: Origin | None, tokens: tuple[str, ...]) -> Origin | None:
    for token in tokens:
        if origin is not None:
            origin = origin.child(token)
    return origin


@dataclass(frozen=True, slots=True)
class Context:
    """The message in which a schema stands.

    `node` is the unit of comparison that reads it. `idle` marks what never travels this
    way: `readOnly` in a request, `writeOnly` in a response. `loose` marks a medium in
    which all scalars look like text. `nested` is False for the root of a message's part.
    """

    node: int
    way: Way
    spot: Spot
    what: str
    idle: bool = False
    loose: bool = False
    repeats: bool = False
    """Whether one value is sent as a list of one is (`explode` of the style `form`)."""
    header: bool = False
    """Whether it is a parameter that travels in a header."""
    stability: str = ""
    """How finished the operation is."""
    hidden: bool = False
    """Whether edits here only show that something above has changed (`not`, `if`)."""

    @property
    def inside(self) -> Context:
        """Give the context of what stands inside."""
        if self.spot is self.spot.inner and not self.what:
            return self
        return replace(self, spot=self.spot.inner, what="", repeats=False)

    def rule(self, concept: str) -> str:
        """Give the id of the rule for a kind of edit here."""
        spot = Spot.HEADER_PROPERTY if self._has_own(concept) else self.spot
        return f"{self.way}-{spot}-{concept}"

    def _has_own(self, concept: str) -> bool:
        is_inside = self.spot is Spot.PARAMETER_PROPERTY
        return self.header and is_inside and concept in IN_HEADERS


def about(node: int, what: str = "") -> Context:
    """Give the context of something that is no schema."""
    return Context(node, "request", Spot.BODY, what)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One difference.

    `it` is what it is about, in words; `level` is set where it is not that of the rule.
    """

    node: int
    rule: str
    where: Where
    it: str
    detail: str = ""
    before: str = ""
    after: str = ""
    level: Severity | None = None


def shown(value: object) -> str:
    """Write a value as short JSON; nothing for what is not there."""
    if value is None or value == "":
        return ""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
