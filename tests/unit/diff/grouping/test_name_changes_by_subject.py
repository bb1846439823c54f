"""To which finding a name is attached: each kind of thing that has a name, alone."""

from __future__ import annotations

import pytest

from flexprice_codegen.diagnostics import FileLocation, Origin
from flexprice_codegen.diff.finding import AffectedParts, Finding
from flexprice_codegen.diff.grouping.name_changes import attach_name_changes
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.severity import Severity, Side

METHOD = RuleKey("none", "method", "itself", "renamed")
NAMESPACE = RuleKey("none", "namespace", "itself", "renamed")
CLASS = RuleKey("none", "class", "itself", "removed")
SCHEMA = RuleKey("none", "component-schema", "itself", "removed")
OPERATION_ID = RuleKey("none", "operation", "operation-id", "changed")
TAG = RuleKey("none", "operation", "tag", "removed")
OTHER = RuleKey("none", "field", "itself", "renamed")
PET = Origin("", "/components/schemas/Pet")


def build(
    key: RuleKey,
    *operations: str,
    old: Origin | FileLocation | None = None,
    parts: tuple[Finding, ...] = (),
) -> Finding:
    return Finding(
        key=key,
        level=Severity.INFO,
        sides=frozenset({Side.SOURCE}),
        path="",
        message="It has another name",
        affected=AffectedParts(operations=operations),
        old=old,
        parts=parts,
    )


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (build(METHOD, "GET /a"), build(OPERATION_ID, "GET /a")),
        (build(METHOD, "GET /a"), build(TAG, "GET /a")),
        (build(NAMESPACE, "GET /a"), build(TAG, "GET /a")),
        (build(CLASS, old=PET), build(SCHEMA, old=PET)),
        (build(OTHER, parts=(build(CLASS, old=PET),)), build(SCHEMA, old=PET)),
    ],
)
def test_a_name_is_a_part_of_what_it_does(owner: Finding, name: Finding) -> None:
    other = build(OTHER, "GET /a", old=PET)
    first, second = attach_name_changes([other, owner], [name])
    assert first == other
    assert second.parts == (*(owner.parts or (owner,)), name)


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (build(METHOD, "GET /a"), build(OPERATION_ID, "GET /b")),
        (build(NAMESPACE, "GET /a"), build(OPERATION_ID, "GET /a")),
        (build(CLASS, old=PET), build(SCHEMA, old=Origin("other.yaml", PET.pointer))),
        (build(CLASS, old=PET), build(SCHEMA, old=Origin("", f"{PET.pointer}s"))),
        (build(CLASS), build(SCHEMA)),
        (build(OTHER, "GET /a", old=PET), build(TAG, "GET /a", old=PET)),
    ],
)
def test_a_name_that_does_nothing_else_stands_for_itself(
    owner: Finding, name: Finding
) -> None:
    assert attach_name_changes([owner], [name]) == (owner, name)


def test_several_names_can_have_one_effect() -> None:
    owner = build(METHOD, "GET /a")
    names = [build(OPERATION_ID, "GET /a"), build(TAG, "GET /a")]
    (found,) = attach_name_changes([owner], names)
    assert found.parts == (owner, *names)
