"""Wording of groups of findings."""

from __future__ import annotations

from support.comparing import compare
from support.documents import Json, document
from support.findings import a_finding

from flexprice_codegen.diagnostics import FileLocation
from flexprice_codegen.diff.finding import AffectedParts
from flexprice_codegen.diff.grouping.groups import group_findings
from flexprice_codegen.diff.rules.catalogue import RULES
from flexprice_codegen.diff.rules.nouns import get_noun
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.report.group_wording import (
    PlaceRow,
    format_few_affected,
    format_group_sides,
    format_headline,
    list_rows,
)

BOTH = frozenset(Side)


def test_a_single_finding_keeps_its_sentence() -> None:
    (group,) = group_findings([a_finding()])
    assert format_headline(group) == "The property field0 was removed"


def test_a_headline_says_what_breaks_only_in_python() -> None:
    part = a_finding(level=Severity.INFO)
    found = [a_finding(number, parts=(part,), sides=BOTH) for number in range(2)]
    (group,) = group_findings(found)
    assert format_headline(group) == (
        "2 request properties were removed (breaking only in Python)"
    )
    assert format_group_sides(group) == "WIRE + SOURCE"


def test_a_row_has_the_change_of_its_value_unless_the_headline_has_it() -> None:
    at = FileLocation("new.yaml", 7, 3)
    found = [
        a_finding(n, subject=f"`A.{n}`", before="a", after=f"{n}", new=at, python="m.A")
        for n in range(2)
    ]
    (group,) = group_findings(found)
    affected = "1 operation, 1 event"
    assert list_rows(group)[1] == PlaceRow("A.1", "a → 1", affected, "new.yaml:7")

    (shared,) = group_findings([found[0], a_finding(5, before="a", after="0")])
    assert list_rows(shared)[0].value == "m.A"


def test_one_affected_operation_is_named_and_several_are_counted() -> None:
    one = AffectedParts(operations=("GET /a",))
    two = AffectedParts(operations=("GET /a", "GET /b"))
    assert format_few_affected(a_finding(affected=one)) == "GET /a"
    assert format_few_affected(a_finding(affected=two)) == "2 operations"


def webhooks(*names: str) -> Json:
    """Return a document with webhooks."""
    body = {
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}
    }
    hooks = {name: {"post": {"requestBody": body, "responses": {}}} for name in names}
    return document({}, {"A": {"type": "object"}}, webhooks=hooks)


def test_a_headline_says_which_handler_no_longer_gets_events() -> None:
    found = compare(webhooks("a"), webhooks("a", "b", "c"))
    (group,) = group_findings(
        [each for each in found.findings if each.rule == "webhook-added"]
    )

    assert group.level is Severity.WARNING
    assert format_headline(group) == (
        "2 events were added. In Python: `on_unknown` no longer gets 2 events "
        "(breaking only in Python)"
    )
    (single,) = group_findings(group.findings[:1])
    assert "`on_unknown` no longer gets event `b`" in format_headline(single)


def test_no_headline_names_a_kind_twice() -> None:
    for rule in RULES:
        noun = get_noun(rule.key)
        found = [a_finding(n, rule=rule.id) for n in range(2)]
        (group,) = group_findings(found)
        assert f"{noun.one} 2 " not in format_headline(group)
