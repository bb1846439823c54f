"""Edits: what differs, before it is put into words.

In: nothing. Out: `EditLocation`, a place in both versions; `Edit`, one difference there;
and `SchemaContext`, the message that contains it.
"""

from __future__ import annotations

import json

from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.diff.finding import shorten_value
from flexprice_codegen.diff.rules.message_parts import (
    INNER_PARTS,
    MessageDirection,
    MessagePart,
)
from flexprice_codegen.diff.rules.rule_ids import RULE_IDS
from flexprice_codegen.diff.rules.rule_key import Change, Concept, RuleKey
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.frozen_values import frozen_value, replace


@frozen_value
class EditLocation:
    """A place: its path, the name that people know it by, its nodes in both documents.

    `keys` lead from the nodes of the owners to its own, which are only built for an edit:
    most places turn out to be equal in both documents.
    """

    path: str
    name: str
    old_owner: Origin | None = None
    new_owner: Origin | None = None
    keys: tuple[str, ...] = ()

    @property
    def old(self) -> Origin | None:
        """The node in the older document, if there is one."""
        return _get_descendant(self.old_owner, self.keys)

    @property
    def new(self) -> Origin | None:
        """The node in the newer document, if there is one."""
        return _get_descendant(self.new_owner, self.keys)

    def locate_child(self, path: str, name: str, *keys: str) -> EditLocation:
        """Return a place inside; `keys` lead to it in both documents."""
        return EditLocation(
            f"{self.path}/{path}",
            f"{self.name}{name}",
            self.old_owner,
            self.new_owner,
            (*self.keys, *keys),
        )

    def locate_keyword(self, keyword: str) -> EditLocation:
        """Return the same place, with the nodes of one keyword of it."""
        return EditLocation(
            self.path,
            self.name,
            self.old_owner,
            self.new_owner,
            (*self.keys, keyword),
        )

    def with_origins(self, old: Origin | None, new: Origin | None) -> EditLocation:
        """Return the same place with other nodes."""
        return EditLocation(self.path, self.name, old, new)


def _get_descendant(origin: Origin | None, keys: tuple[str, ...]) -> Origin | None:
    for key in keys:
        if origin is not None:
            origin = origin.get_child(key)
    return origin


@frozen_value
class SchemaContext:
    """The message that contains a schema.

    `node` is the unit of comparison that reads it. `subject` is what people call the
    thing, empty where its location has a name. `never_sent` marks what does not travel
    this way: `readOnly` in a request, `writeOnly` in a response. `text_only` marks a
    medium in which all scalars look like text.
    """

    node: int
    direction: MessageDirection
    part: MessagePart
    subject: str
    never_sent: bool = False
    text_only: bool = False
    in_xml: bool = False
    """Whether the medium is XML, where an element has a name of its own."""
    is_exploded: bool = False
    """Whether one value is sent as a list of one is (`explode` of the style `form`)."""
    in_header: bool = False
    """Whether it is a parameter that travels in a header."""
    stability: str = ""
    """How finished the operation is."""
    in_choice: bool = False
    """Whether it is in an option of a `oneOf` without a discriminator."""
    unreported: bool = False
    """Whether edits here only show that something above has changed (`not`, `if`)."""

    @property
    def inside(self) -> SchemaContext:
        """The context of what is inside."""
        inner = INNER_PARTS[self.part]
        # Most schemas stand in a property: a value that is equal need not be made.
        if self.part == inner and not self.subject:
            return self
        return replace(self, part=inner, subject="", is_exploded=False)

    def create_key(self, concept: Concept, change: Change) -> RuleKey:
        """Create the key of the rule about an edit of a keyword here."""
        if self.in_header and self.part == "parameter-property":
            in_header = RuleKey(self.direction, "header-property", concept, change)
            # Only few edits in a header have a rule beside that of any parameter.
            if in_header in RULE_IDS:
                return in_header
        return RuleKey(self.direction, self.part, concept, change)


def create_context(node: int, subject: str = "") -> SchemaContext:
    """Create the context of something that is not a schema."""
    return SchemaContext(node, "request", "body", subject)


@frozen_value(kw_only=True)
class Edit:
    """One difference.

    `subject` is what it is about, in words; `level` is set where it is not that of the
    rule, and `why` says then why it is another.
    """

    node: int
    key: RuleKey
    location: EditLocation
    subject: str
    detail: str = ""
    before: str = ""
    after: str = ""
    level: Severity | None = None
    why: str = ""
    in_choice: bool = False


def format_json(value: object) -> str:
    """Return a value as short JSON; nothing for what is not there."""
    if value is None or value == "":
        return ""
    return shorten_value(json.dumps(value, ensure_ascii=False, default=str))


def classify_presence(*, was_there: bool, is_there: bool) -> Change:
    """Return what happened to something that may be missing in one version."""
    if was_there and is_there:
        return "changed"
    return "added" if is_there else "removed"
