"""Edits: what differs, before it is put into words.

In: nothing. Out: `Where`, a place in both versions; `Edit`, one difference there; and
`Context`, in which message it stands.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from generator.diagnostics import Origin
from generator.diff.rules.message_parts import (
    INNER_PARTS,
    MessageDirection,
    MessagePart,
)
from generator.diff.rules.rule_ids import RULE_IDS
from generator.diff.rules.rule_key import Change, Concept, RuleKey
from generator.diff.rules.severity import Severity

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class EditLocation:
    """A place: its path, the name that people know it by, its nodes in both documents."""

    path: str
    name: str
    old: Origin | None = None
    new: Origin | None = None

    def locate_child(self, path: str, name: str, *tokens: str) -> EditLocation:
        """Give a place inside; `tokens` lead to it in both documents."""
        return EditLocation(
            f"{self.path}/{path}",
            f"{self.name}{name}",
            _get_descendant(self.old, tokens),
            _get_descendant(self.new, tokens),
        )

    def locate_keyword(self, name: str) -> EditLocation:
        """Give the same place, with the nodes of one keyword of it."""
        names = (name,)
        return EditLocation(
            self.path,
            self.name,
            _get_descendant(self.old, names),
            _get_descendant(self.new, names),
        )

    def with_origins(self, old: Origin | None, new: Origin | None) -> EditLocation:
        """Give the same place with other nodes."""
        return EditLocation(self.path, self.name, old, new)


def _get_descendant(origin: Origin | None, tokens: tuple[str, ...]) -> Origin | None:
    for token in tokens:
        if origin is not None:
            origin = origin.child(token)
    return origin


@dataclass(frozen=True, slots=True)
class SchemaContext:
    """The message in which a schema stands.

    `node` is the unit of comparison that reads it. `idle` marks what never travels this
    way: `readOnly` in a request, `writeOnly` in a response. `loose` marks a medium in
    which all scalars look like text. `nested` is False for the root of a message's part.
    """

    node: int
    direction: MessageDirection
    part: MessagePart
    subject: str
    never_sent: bool = False
    text_only: bool = False
    is_exploded: bool = False
    """Whether one value is sent as a list of one is (`explode` of the style `form`)."""
    in_header: bool = False
    """Whether it is a parameter that travels in a header."""
    stability: str = ""
    """How finished the operation is."""
    unreported: bool = False
    """Whether edits here only show that something above has changed (`not`, `if`)."""

    @property
    def inside(self) -> SchemaContext:
        """Give the context of what stands inside."""
        inner = INNER_PARTS[self.part]
        if self.part == inner and not self.subject:
            return self
        return replace(self, part=inner, subject="", is_exploded=False)

    def create_key(self, concept: Concept, change: Change) -> RuleKey:
        """Return the key of the rule about an edit of a keyword here."""
        if self.in_header and self.part == "parameter-property":
            in_header = RuleKey(self.direction, "header-property", concept, change)
            if in_header in RULE_IDS:
                return in_header
        return RuleKey(self.direction, self.part, concept, change)


def create_context(node: int, what: str = "") -> SchemaContext:
    """Give the context of something that is no schema."""
    return SchemaContext(node, "request", "body", what)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One difference.

    `it` is what it is about, in words; `level` is set where it is not that of the rule.
    """

    node: int
    key: RuleKey
    location: EditLocation
    subject: str
    detail: str = ""
    before: str = ""
    after: str = ""
    level: Severity | None = None


def format_json(value: object) -> str:
    """Write a value as short JSON; nothing for what is not there."""
    if value is None or value == "":
        return ""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def classify_presence(*, was_there: bool, is_there: bool) -> Change:
    """Return what happened to something that may be missing in one version."""
    if was_there and is_there:
        return "changed"
    return "added" if is_there else "removed"
