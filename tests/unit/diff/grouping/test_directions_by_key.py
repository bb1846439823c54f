"""Which findings of a request and a response are one edit, by what they are about."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from flexprice_codegen.diff.finding import AffectedParts, Finding
from flexprice_codegen.diff.grouping.directions import join_directions
from flexprice_codegen.diff.grouping.topics import is_same_topic
from flexprice_codegen.diff.rules.rule_key import Change, Concept, Location, RuleKey
from flexprice_codegen.diff.rules.severity import Severity, Side


def build(key: RuleKey, **more: Any) -> Finding:  # noqa: ANN401 - any field
    finding: dict[str, Any] = {
        "key": key,
        "level": Severity.INFO,
        "sides": frozenset({Side.WIRE}),
        "path": "components/schemas/Pet/properties/name",
        "message": "",
        "affected": AffectedParts(operations=(key.direction,)),
    }
    return Finding(**(finding | more))


def build_pair(
    locations: tuple[Location, Location],
    concept: Concept,
    **more: Any,  # noqa: ANN401 - any field
) -> list[Finding]:
    """Return a finding about a request and one about a response."""
    first = build(RuleKey("request", locations[0], concept, "changed"))
    second = build(RuleKey("response", locations[1], concept, "changed"), **more)
    return [first, second]


@pytest.mark.parametrize(
    ("locations", "concept"),
    [
        (("property", "property"), "pattern"),
        (("required-property", "optional-property"), "itself"),
        (("read-only-property", "read-only-property"), "read-only"),
    ],
)
def test_one_edit_of_what_is_sent_and_of_what_comes_back_is_told_once(
    locations: tuple[Location, Location], concept: Concept
) -> None:
    request, response = build_pair(locations, concept, level=Severity.ERROR)
    (joined,) = join_directions([request, response])
    assert joined.key == response.key
    assert joined.parts == (request, response)
    assert joined.affected.operations == ("request", "response")


@pytest.mark.parametrize("concept", ["read-only", "write-only"])
def test_what_became_required_at_the_same_time_is_another_edit(
    concept: Concept,
) -> None:
    pair = build_pair(("required-property", "optional-property"), concept)
    assert join_directions(pair) == tuple(pair)


@pytest.mark.parametrize(
    "other",
    [
        {"path": "components/schemas/Pet/properties/age"},
        {"detail": '"cat"'},
        {"before": "1"},
        {"after": "2"},
        {"key": RuleKey("response", "property", "max", "changed")},
        {"key": RuleKey("response", "property", "pattern", "removed")},
        {"key": RuleKey("response", "body", "pattern", "changed")},
    ],
)
def test_another_thing_is_another_edit(other: dict[str, Any]) -> None:
    request, response = build_pair(("property", "property"), "pattern")
    pair = (request, replace(response, **other))
    assert join_directions(pair) == pair


@pytest.mark.parametrize(
    ("source", "changes"),
    [
        ("removed", ["removed", "removed-with-deprecation", "removed-before-sunset"]),
        ("added", ["added", "added-with-default"]),
    ],
)
def test_what_comes_or_goes_in_any_way_is_of_one_topic(
    source: Change, changes: list[Change]
) -> None:
    key = RuleKey("none", "argument", "itself", source)
    wire = RuleKey("request", "parameter", "itself", "changed")
    assert not is_same_topic(key, wire)
    assert all(is_same_topic(key, wire._replace(change=each)) for each in changes)


def test_an_option_more_is_a_type_more() -> None:
    key = RuleKey("none", "field", "type", "widened")
    options: list[Concept] = ["one-of", "any-of"]
    for concept in options:
        wire = RuleKey("response", "property", concept, "added")
        assert is_same_topic(key, wire)
        assert not is_same_topic(key._replace(concept="kind"), wire)
