"""What only names things: operation ids, tags and the names of schemas.

In: two `Api`s. Out: findings. Nothing of it is seen on the wire; the Python that calls
the API has its names from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.api.matching import Matching, match
from generator.api.model import Api, Operation
from generator.diagnostics import Origin
from generator.diff.finding import AffectedParts, Finding, Severity, Side
from generator.diff.rules.rule import Rule
from generator.diff.wire.diff_state import is_component

_SOURCE = frozenset({Side.SOURCE})
_NOWHERE = AffectedParts()


def _create_rule(id_: str, says: str, why: str, example: str, mirror: str) -> Rule:
    return Rule(
        id=id_,
        level=Severity.INFO,
        side=Side.SOURCE,
        area="names",
        says=says,
        why=why,
        example=example,
        fix="See the findings about methods and classes, if there are any.",
        mirror=mirror,
    )


_METHOD = "The wire stays the same; the method of the client may get another name."
_GROUP = "The wire stays the same; the method may move to another part of the client."
NAME_RULES = (
    _create_rule(
        "api-operation-id-added",
        "An operation has an `operationId` now.",
        _METHOD,
        "`operationId: listCustomers` is added",
        "api-operation-id-removed",
    ),
    _create_rule(
        "api-operation-id-removed",
        "An operation has lost its `operationId`, or has another one.",
        _METHOD,
        "`operationId: listCustomers` becomes `operationId: queryCustomers`",
        "api-operation-id-added",
    ),
    _create_rule(
        "api-tag-added",
        "An operation has a further tag.",
        _GROUP,
        "`tags: [customers]` becomes `tags: [customers, billing]`",
        "api-tag-removed",
    ),
    _create_rule(
        "api-tag-removed",
        "An operation has lost a tag.",
        _GROUP,
        "`tags: [customers, billing]` becomes `tags: [customers]`",
        "api-tag-added",
    ),
    _create_rule(
        "api-schema-removed",
        "A schema was removed from the components.",
        "Where it was used, that is told there; by itself its name is not on the wire.",
        "`components.schemas` loses `Customer`",
        "class-added",
    ),
)
NAME_RULES_BY_ID = {rule.id: rule for rule in NAME_RULES}


def is_name_change(found: Finding) -> bool:
    """Tell whether a finding is about a label and nothing else."""
    return found.rule in NAME_RULES_BY_ID


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
            found.append(_create_name_finding("api-schema-removed", text, at=at))
    return tuple(found)


def attach_name_changes(
    findings: Sequence[Finding], labels: Sequence[Finding]
) -> tuple[Finding, ...]:
    """Join labels to what they do to Python: a renamed method, a class that is gone.

    A label that does nothing else stands for itself.
    """
    partners: dict[tuple[str, str], int] = {}
    for number, each in enumerate(findings):
        for part in each.parts or (each,):
            for key in _iter_keys(part):
                partners.setdefault(key, number)
    made, alone = list(findings), []
    for label in labels:
        place = next((partners[k] for k in _iter_keys(label) if k in partners), None)
        if place is None:
            alone.append(label)
        else:
            each = made[place]
            made[place] = replace(each, parts=(*(each.parts or (each,)), label))
    return (*made, *alone)


def _iter_keys(each: Finding) -> Iterator[tuple[str, str]]:
    """Give what a finding says of the name of an operation or of a schema."""
    if each.rule == "method-renamed" or each.rule.startswith("api-operation-id-"):
        for operation in each.affected.operations:
            yield "operation", operation
    is_moved = each.rule in {"method-renamed", "namespace-renamed"}
    if is_moved or each.rule.startswith("api-tag-"):
        for operation in each.affected.operations:
            yield "tag", operation
    is_schema = each.rule in {"class-removed", "api-schema-removed"}
    if is_schema and isinstance(each.old, Origin):
        yield "schema", f"{each.old.resource}#{each.old.pointer}"


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
                f"api-operation-id-{'removed' if old.id else 'added'}",
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
                    f"api-tag-{'removed' if is_gone else 'added'}",
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
    rule: str,
    message: str,
    *,
    at: _NameLocation,
    detail: str = "",
    values: tuple[str, str] = ("", ""),
) -> Finding:
    known = NAME_RULES_BY_ID[rule]
    return Finding(
        rule=rule,
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
