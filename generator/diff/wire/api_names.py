"""What only names things: operation ids, tags and the names of schemas.

In: two `Api`s. Out: findings. Nothing of it is seen on the wire; the Python that calls
the API has its names from there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.api.matching import Matching, match
from generator.api.model import Api, Operation
from generator.diagnostics import Origin
from generator.diff.finding import AffectedParts, Finding
from generator.diff.rules.name_rules import NAME_RULES_BY_KEY
from generator.diff.rules.rule_key import RuleKey
from generator.diff.rules.severity import Side
from generator.diff.wire.diff_state import is_component

_SOURCE = frozenset({Side.SOURCE})
_NOWHERE = AffectedParts()
_ID_ADDED = RuleKey("none", "operation", "operation-id", "added")
_ID_REMOVED = RuleKey("none", "operation", "operation-id", "removed")
_TAG_ADDED = RuleKey("none", "operation", "tag", "added")
_TAG_REMOVED = RuleKey("none", "operation", "tag", "removed")
_SCHEMA_REMOVED = RuleKey("none", "component-schema", "itself", "removed")


@dataclass(frozen=True, slots=True)
class _NameLocation:
    """Where something is called by another name."""

    path: str
    old: Origin | None
    new: Origin | None
    reach: AffectedParts = _NOWHERE


def find_name_changes(
    old: Api, new: Api, *, matching: Matching | None = None
) -> tuple[Finding, ...]:
    """Find what the new version calls by another name."""
    matching = matching or match(old, new)
    after = {each.key: each for each in new.operations}
    found: list[Finding] = []
    for each in old.operations:
        if each.key in matching.operations:
            found += _compare_operation_names(
                each, after[matching.operations[each.key]]
            )
    for key, definition in old.definitions.items():
        if is_component(key) and key not in matching.definitions:
            at = _NameLocation(
                f"components/schemas/{key}", definition.about.origin, None
            )
            text = f"The schema `{key}` was removed"
            found.append(_create_name_finding(_SCHEMA_REMOVED, text, at=at))
    return tuple(found)


def _compare_operation_names(old: Operation, new: Operation) -> list[Finding]:
    found = []
    at = _NameLocation(
        new.key,
        old.about.origin,
        new.about.origin,
        AffectedParts(operations=(new.key,)),
    )
    if old.id != new.id:
        found.append(
            _create_name_finding(
                _ID_REMOVED if old.id else _ID_ADDED,
                _format_id_message(old, new),
                at=replace(
                    at,
                    old=old.about.origin.child("operationId"),
                    new=new.about.origin.child("operationId"),
                ),
                values=(old.id, new.id),
            )
        )
    for tag in dict.fromkeys((*old.tags, *new.tags)):
        if (tag in old.tags) != (tag in new.tags):
            is_gone = tag in old.tags
            found.append(
                _create_name_finding(
                    _TAG_REMOVED if is_gone else _TAG_ADDED,
                    f"{new.key} {'lost' if is_gone else 'has'} the tag {tag!r}",
                    at=at,
                    detail=tag,
                    values=(tag, "") if is_gone else ("", tag),
                )
            )
    return found


def _format_id_message(old: Operation, new: Operation) -> str:
    if old.id and new.id:
        return f"The `operationId` of {new.key} became {new.id}, from {old.id}"
    word = "removed" if old.id else "added"
    return f"The `operationId` of {new.key} was {word}: {old.id or new.id}"


def _create_name_finding(
    key: RuleKey,
    message: str,
    *,
    at: _NameLocation,
    detail: str = "",
    values: tuple[str, str] = ("", ""),
) -> Finding:
    known = NAME_RULES_BY_KEY[key]
    return Finding(
        key=key,
        level=known.level,
        sides=_SOURCE,
        path=at.path,
        detail=detail,
        message=message,
        why=known.why,
        fix=known.fix,
        before=values[0],
        after=values[1],
        affected=at.reach,
        old=at.old,
        new=at.new,
    )
