"""Rules for deliveries without an event name: `x-codegen: {event-when: …}`.

In: events with their hints. Out: the rule of each event that has one. A rule maps
properties of the payload to conditions, which must all hold: a value (the property
equals it), `{not: VALUE}` (it is present and differs), or `{present: true}` and
`{present: false}`. Null counts as not present.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations

from flexprice_codegen.api.model import EventCondition, EventNaming, WebhookEvent
from flexprice_codegen.diagnostics import (
    Diagnostic,
    DiagnosticError,
    Level,
    Origin,
    build_error,
)
from flexprice_codegen.frozen_values import frozen_value

EVENT_RULE_HINT = "event-when"
_FORMS = "a value, {not: VALUE} or {present: true}"


@frozen_value
class _EventRule:
    event: str
    tests: tuple[EventCondition, ...]
    at: Origin


def add_event_rules(naming: EventNaming, events: Iterable[WebhookEvent]) -> EventNaming:
    """Add the rules of events to their naming.

    Args:
        naming: The naming of the events.
        events: All events, with their hints.

    Raises:
        DiagnosticError: `event-rule` for an invalid rule, or `event-rules-overlap` if
            one delivery can match two rules.
    """
    rules = [_read_rule(each) for each in events if EVENT_RULE_HINT in dict(each.hints)]

    clashes = [
        diagnostic
        for one, other in combinations(rules, 2)
        if not _exclude_each_other(one, other)
        for diagnostic in (
            _build_overlap_diagnostic(one, other),
            _build_overlap_diagnostic(other, one),
        )
    ]

    if clashes:
        raise DiagnosticError(*clashes)

    return replace(naming, rules=tuple((each.event, each.tests) for each in rules))


def _read_rule(event: WebhookEvent) -> _EventRule:
    at = event.about.origin.get_child("x-codegen").get_child(EVENT_RULE_HINT)
    found = dict(event.hints)[EVENT_RULE_HINT]
    if not isinstance(found, Mapping) or not found:
        raise _build_rule_error(event, at, "does not map properties to tests")

    tests = []
    for name, test in found.items():
        read = _read_condition(str(name), test)
        if read is None:
            place = at.get_child(str(name))
            raise _build_rule_error(event, place, f"has an unknown test for {name!r}")
        tests.append(read)

    return _EventRule(event.name, tuple(tests), at)


def _read_condition(name: str, test: object) -> EventCondition | None:
    match test:
        case {"not": (str() | bool() | int() | float()) as value, **rest} if not rest:
            return EventCondition(property=name, kind="not", value=value)
        case {"present": bool(wanted), **rest} if not rest:
            return EventCondition(property=name, kind="present", value=wanted)
        case str() | bool() | int() | float():
            return EventCondition(property=name, kind="is", value=test)
        case _:
            return None


def _build_rule_error(event: WebhookEvent, at: Origin, what: str) -> DiagnosticError:
    return build_error(
        "event-rule",
        f"the rule of event {event.name!r} {what}",
        at=at,
        hint=f"{EVENT_RULE_HINT} maps each property to {_FORMS}",
    )


def _exclude_each_other(one: _EventRule, other: _EventRule) -> bool:
    tests = {each.property: each for each in other.tests}
    return any(
        each.property in tests and _are_contradictory(each, tests[each.property])
        for each in one.tests
    )


def _are_contradictory(one: EventCondition, other: EventCondition) -> bool:
    match one.kind, other.kind:
        case "is", "is":
            return not _is_same_value(one.value, other.value)
        case ("is", "not") | ("not", "is"):
            return _is_same_value(one.value, other.value)
        # Two conditions on presence contradict each other if they differ.
        case "present", "present":
            return one.value is not other.value
        # A property that is not present has no value, so the other condition fails.
        case "present", _:
            return one.value is False
        case _, "present":
            return other.value is False
        case _:
            return False


def _is_same_value(one: object, other: object) -> bool:
    return one == other and isinstance(one, bool) is isinstance(other, bool)


def _build_overlap_diagnostic(one: _EventRule, other: _EventRule) -> Diagnostic:
    return Diagnostic(
        code="event-rules-overlap",
        level=Level.ERROR,
        message=f"a delivery can match the rules of both {one.event!r} and {other.event!r}",
        help="test the same property in both rules, with different values",
        location=one.at,
    )
