# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Events whose deliveries name them below the top, in a header, or not at all.

In: a delivery and its headers. Out: the name of its event: what a property or a header
says, else the one event whose rule fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from .deliveries import Headers
from .events import EventPayloads, EventType, Rule, passes_test
from .shapes import Plain


class RuleHeader(str):
    """A header that a rule tests, where other keys are members of the body."""

    __slots__ = ()


class NameSource(Struct, frozen=True):
    """Where deliveries name their event.

    `path` leads to the member that does, through objects; `header` is the header that
    does. `default` is the event of deliveries that nothing else names.
    """

    path: tuple[str, ...] = ()
    header: str | None = None
    default: str | None = None


class SourcedPayloads(EventPayloads):
    """The payload class of every documented event, and how events are recognized.

    Where a delivery has no name, the rule of an event must fit, and no other.
    """

    __slots__ = ("_source",)

    def __init__(
        self,
        known: Sequence[EventType[Any]],
        models: str,
        package: str,
        *,
        source: NameSource,
        names: str = "",
        undocumented: Iterable[str] = (),
    ) -> None:
        super().__init__(
            known,
            models,
            package,
            name_property=source.path[0] if len(source.path) == 1 else None,
            names=names,
            undocumented=undocumented,
        )
        self._source = source

    def _find_name(self, data: dict[str, Any], headers: Headers) -> str | None:
        found = _get_member(data, self._source.path)
        if isinstance(found, str) and found:
            return found
        fitting = [
            name for name, rule in self._rules if _fits_rule(rule, data, headers)
        ]
        if len(fitting) == 1:
            return fitting[0]
        if self._source.header is not None:
            return find_header(headers, self._source.header)
        return found if isinstance(found, str) else self._source.default

    def _with_name(self, event: str, members: dict[str, Any]) -> dict[str, Any]:
        if not self._source.path:
            return members
        *above, last = self._source.path
        inner = members
        for name in above:
            below: Plain = inner.setdefault(name, {})
            if not isinstance(below, dict):
                return members
            inner = below
        inner.setdefault(last, str(event))
        return members


def find_header(headers: Headers, name: str) -> str | None:
    """Return the first header of a name, as any framework has it; None without one."""
    wanted = {name.lower(), f"http_{name.lower().replace('-', '_')}"}
    pairs: Any = getattr(headers, "items", headers.__iter__)()
    for key, value in pairs:
        spelled = key.decode("latin-1") if isinstance(key, bytes) else key
        if spelled.lower() in wanted and value is not None:
            return value.decode("latin-1") if isinstance(value, bytes) else str(value)
    return None


def _find_value(
    place: str | tuple[str, ...], data: Mapping[str, Any], headers: Headers
) -> object:
    if isinstance(place, RuleHeader):
        return find_header(headers, place)
    return _get_member(data, (place,) if isinstance(place, str) else place)


def _get_member(data: Mapping[str, Any], path: tuple[str, ...]) -> object:
    found: Any = data
    for name in path:
        plain: Plain = found
        found = plain.get(name) if isinstance(plain, dict) else None
    return found


def _fits_rule(rule: Rule, data: Mapping[str, Any], headers: Headers) -> bool:
    return all(
        passes_test(test, _find_value(place, data, headers))
        for place, test in rule.items()
    )
