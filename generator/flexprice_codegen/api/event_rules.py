"""How deliveries without a name are told apart: `x-codegen: {event-when: …}`.

In: events with their hints. Out: the rule of each event that has one. A rule is a
mapping of members of the body to tests, and all of them must hold: a value (the member
equals it), `{not: VALUE}` (it is there and differs) or `{present: true}` and
`{present: false}`. Null counts as not present.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from flexprice_codegen.api.model import Event, EventNaming, EventTest
from flexprice_codegen.diagnostics import Diagnostic, Level, Origin, SpecError, fault

HINT = "event-when"
_FORMS = "a value, {not: VALUE} or {present: true}"


@dataclass(frozen=True, slots=True)
class _Rule:
    event: str
    tests: tuple[EventTest, ...]
    at: Origin


def with_rules(naming: EventNaming, events: Iterable[Event]) -> EventNaming:
    """Add the rules of events to how they are named.

    Raises:
        SpecError: A rule is none, or one delivery can fit two of them.
    """
    rules = [_rule(each) for each in events if HINT in dict(each.hints)]
    clashes = [
        diagnostic
        for one, other in combinations(rules, 2)
        if not _exclude_each_other(one, other)
        for diagnostic in (_clash(one, other), _clash(other, one))
    ]
    if clashes:
        raise SpecError(*clashes)
    return replace(naming, rules=tuple((each.event, each.tests) for each in rules))


def _rule(event: Event) -> _Rule:
    at = event.about.origin.child("x-codegen").child(HINT)
    found = dict(event.hints)[HINT]
    if not isinstance(found, Mapping) or not found:
        raise _malformed(event, at, "is no mapping of properties to tests")
    tests = []
    for name, test in found.items():
        read = _test(str(name), test)
        if read is None:
            place = at.child(str(name))
            raise _malformed(event, place, f"has no such test as the one for {name!r}")
        tests.append(read)
    return _Rule(event.name, tuple(tests), at)


def _test(name: str, test: object) -> EventTest | None:
    match test:
        case {"not": (str() | bool() | int() | float()) as value, **rest} if not rest:
            return EventTest(property=name, kind="not", value=value)
        case {"present": bool(wanted), **rest} if not rest:
            return EventTest(property=name, kind="present", value=wanted)
        case str() | bool() | int() | float():
            return EventTest(property=name, kind="is", value=test)
        case _:
            return None


def _malformed(event: Event, at: Origin, what: str) -> SpecError:
    return fault(
        "event-rule",
        f"the rule of the event {event.name!r} {what}",
        at=at,
        hint=f"{HINT} maps each property to {_FORMS}",
    )


def _exclude_each_other(one: _Rule, other: _Rule) -> bool:
    tests = {each.property: each for each in other.tests}
    return any(
        each.property in tests and _contradict(each, tests[each.property])
        for each in one.tests
    )


def _contradict(one: EventTest, other: EventTest) -> bool:
    match one.kind, other.kind:
        case "is", "is":
            return not _same(one.value, other.value)
        case ("is", "not") | ("not", "is"):
            return _same(one.value, other.value)
        case "present", "present":
            return one.value is not other.value
        case "present", _:
            return one.value is False
        case _, "present":
            return other.value is False
        case _:
            return False


def _same(one: object, other: object) -> bool:
    return one == other and isinstance(one, bool) is isinstance(other, bool)


def _clash(one: _Rule, other: _Rule) -> Diagnostic:
    return Diagnostic(
        code="event-rules-overlap",
        level=Level.ERROR,
        message=f"a delivery can fit this rule of {one.event!r} and that of {other.event!r}",
        hint="let both test one property, for values that exclude each other",
        at=one.at,
    )
