"""What only names things: operation ids, tags and the names of schemas.

In: two `Api`s. Out: findings. Nothing of it is seen on the wire; the Python that calls
the API has its names from there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flexprice_codegen.api.keys import is_component_key
from flexprice_codegen.api.matching import ApiMatches, match_apis
from flexprice_codegen.api.model import Api, ApiOperation
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.diff.finding import AffectedParts, Finding
from flexprice_codegen.diff.rules.name_rules import NAME_RULES_BY_KEY
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.severity import Side
from flexprice_codegen.frozen_values import frozen_value

_SOURCE = frozenset({Side.SOURCE})
_NOWHERE = AffectedParts()
_ID_ADDED = RuleKey("none", "operation", "operation-id", "added")
_ID_REMOVED = RuleKey("none", "operation", "operation-id", "removed")
_TAG_ADDED = RuleKey("none", "operation", "tag", "added")
_TAG_REMOVED = RuleKey("none", "operation", "tag", "removed")
_SCHEMA_REMOVED = RuleKey("none", "component-schema", "itself", "removed")


@frozen_value
class _NameLocation:
    """Where something is called by another name."""

    path: str
    old: Origin | None
    new: Origin | None
    affected: AffectedParts = _NOWHERE


def find_name_changes(
    old: Api, new: Api, *, matching: ApiMatches | None = None
) -> tuple[Finding, ...]:
    """Return what the new version calls by another name.

    Args:
        old: The API that callers use today.
        new: The API that they will use.
        matching: What in one is what in the other; found here where it is not given.
    """
    matching = matching or match_apis(old, new)
    after = {operation.key: operation for operation in new.operations}
    found: list[Finding] = []
    for operation in old.operations:
        if operation.key in matching.operations:
            partner = after[matching.operations[operation.key]]
            found += _compare_operation_ids(operation, partner)
            found += _compare_tags(operation, partner)
    for key, definition in old.schemas.items():
        if is_component_key(key) and key not in matching.schemas:
            location = _NameLocation(
                f"components/schemas/{key}", definition.about.origin, None
            )
            message = f"schema `{key}` was removed"
            found.append(_create_finding(_SCHEMA_REMOVED, message, location))
    return tuple(found)


def _compare_operation_ids(old: ApiOperation, new: ApiOperation) -> Iterator[Finding]:
    if old.id == new.id:
        return
    location = replace(
        _locate_operation(old, new),
        old=old.about.origin.get_child("operationId"),
        new=new.about.origin.get_child("operationId"),
    )
    yield _create_finding(
        # Another id is told by the rule for one that is gone: no code finds it any more.
        _ID_REMOVED if old.id else _ID_ADDED,
        _format_id_message(old, new),
        location,
        values=(old.id, new.id),
    )


def _format_id_message(old: ApiOperation, new: ApiOperation) -> str:
    if old.id and new.id:
        return f"the `operationId` of `{new.key}` was renamed: {old.id} → {new.id}"
    change = "removed" if old.id else "added"
    return f"the `operationId` of `{new.key}` was {change}: {old.id or new.id}"


def _compare_tags(old: ApiOperation, new: ApiOperation) -> Iterator[Finding]:
    location = _locate_operation(old, new)
    for tag in dict.fromkeys((*old.tags, *new.tags)):
        if tag not in new.tags:
            message = f"`{new.key}` lost the tag `{tag}`"
            yield _create_finding(
                _TAG_REMOVED, message, location, detail=tag, values=(tag, "")
            )
        elif tag not in old.tags:
            message = f"`{new.key}` has a new tag `{tag}`"
            yield _create_finding(
                _TAG_ADDED, message, location, detail=tag, values=("", tag)
            )


def _locate_operation(old: ApiOperation, new: ApiOperation) -> _NameLocation:
    return _NameLocation(
        new.key,
        old.about.origin,
        new.about.origin,
        AffectedParts(operations=(new.key,)),
    )


def _create_finding(
    key: RuleKey,
    message: str,
    location: _NameLocation,
    *,
    detail: str = "",
    values: tuple[str, str] = ("", ""),
) -> Finding:
    rule = NAME_RULES_BY_KEY[key]
    return Finding(
        key=key,
        level=rule.level,
        sides=_SOURCE,
        path=location.path,
        subject=f"`{location.path}`",
        detail=detail,
        message=message,
        why=rule.why,
        fix=rule.fix,
        before=values[0],
        after=values[1],
        affected=location.affected,
        old=location.old,
        new=location.new,
    )
