# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Values as a description has them, for tests; the same every time.

In: a hint. Out: plain data, as JSON has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Any, Final, Literal, TypeAlias, get_args

from msgspec import UNSET

from .shapes import Hint, Marker, Tag, get_item_hint, get_table, is_class, list_options

Above: TypeAlias = tuple[type, ...]
NOTHING: Final = object()
"""What a hint has that would hold itself without an end."""
_DEEPEST: Final = 4
_SIMPLE: Final[dict[Hint, Any]] = {
    Any: {},
    object: {},
    NoneType: None,
    bool: True,
    int: 1,
    float: 1.5,
    Decimal: "1.5",
    bytes: "Ynl0ZXM=",
    datetime: "2026-01-31T12:00:00Z",
    date: "2026-01-31",
    time: "12:00:00Z",
    timedelta: "PT1H",
}


@dataclass(frozen=True, slots=True)
class Samples:
    """Makes values; `known` has those that need more than a type.

    It has them by `Class.member`, with None for what is to be omitted.
    A text is the name of its member, a list has one element, an enum its first value.
    Every member is there, but for objects within themselves and those that lie deep.
    """

    known: Mapping[str, Any]

    def of(self, hint: Hint, name: str = "text", above: Above = ()) -> Any:
        """Return a value for a hint; `NOTHING` where one would have no end."""
        kind = (list_options(hint) or (NoneType,))[0]
        origin: Any = getattr(kind, "__origin__", kind)
        if isinstance(kind, Marker):
            return self._choose_option(kind, name, above)
        if is_class(kind):
            return NOTHING if kind in above else self._make_object(kind, above)
        if origin in (list, dict):
            part = self.of(get_item_hint(kind), name, above)
            if part is NOTHING:
                return [] if origin is list else {}
            return [part] if origin is list else {"name": part}
        if origin is Literal:
            return get_args(kind)[0]
        if isinstance(origin, type) and issubclass(origin, Enum):
            return next((each.value for each in origin), name)
        return _SIMPLE.get(kind, getattr(kind, "sample", name))

    def _choose_option(self, kind: Marker, name: str, above: Above) -> Any:
        """Return the first option of a union that has an end, with its tag."""
        tagged: list[tuple[Tag | None, Hint]] = [*kind.mapping.items()]
        for tag, option in tagged or [(None, each) for each in kind.options]:
            value = self.of(option, name, above)
            if value is not NOTHING:
                return value if tag is None else {**value, kind.tag: tag}
        return NOTHING

    def _make_object(self, kind: type, above: Above) -> Any:
        found: dict[str, Any] = {}
        known = get_table(kind)
        within = (*above, kind)
        for name, each in known.plans.items():
            value = self.known.get(f"{kind.__name__}.{name}", UNSET)
            is_deep = len(within) >= _DEEPEST and known.names[name] not in known.blank
            if value is None or (is_deep and _holds_objects(each.hint)):
                continue
            if value is UNSET:
                value = self.of(each.hint, name, within)
            if value is not NOTHING:
                found[name] = value
        return found


def _holds_objects(hint: Hint) -> bool:
    kinds = (*list_options(hint), get_item_hint(hint))
    return any(is_class(each) or isinstance(each, Marker) for each in kinds)
