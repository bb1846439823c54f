# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Values at a path in a body: an idempotency key, the number of a page.

In: a body and a path of wire names. Out: the value there, or a copy of the body with
another one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from typing import Any, cast

from msgspec import UNSET

from .encoding import wire_members
from .shapes import Hint, Plain, get_table, is_class


def placed(value: Any, path: str, put: Callable[[Any], Any]) -> Any:
    """Return a copy with `put(old)` at a path (`a.b`, `events[].id`) of wire names.

    `old` is UNSET where there is nothing; `put` returns UNSET to leave it like that.
    Dataclasses become dicts. What a path cannot enter stays, after a `put(UNSET)`.
    """
    found: dict[str, Any]
    if is_dataclass(value):
        found = wire_members(value, "body")
    elif isinstance(value, Mapping):
        found = dict(cast("Mapping[str, Any]", value))
    else:
        put(UNSET)
        return value
    name, _, rest = path.partition(".")
    old: Any = found.get(name.removesuffix("[]"), UNSET)
    new: Any = old
    if not rest:
        new = put(old)
    elif not name.endswith("[]"):
        new = placed({} if old is UNSET else old, rest, put)
    elif isinstance(old, (list, tuple)):
        new = [placed(each, rest, put) for each in cast("list[Any]", old)]
    else:
        put(UNSET)
    return found if new is UNSET else found | {name.removesuffix("[]"): new}


def read_path(body: Any, path: str) -> Any:
    """Return what is at a path of wire names; None for nothing."""
    for name in filter(None, path.split(".")):
        kind: Hint = body.__class__
        if is_class(kind):
            names = get_table(kind).names
            body = getattr(body, names[name]) if name in names else None
        else:
            plain: Plain = body
            body = plain.get(name) if isinstance(plain, dict) else None
    return body
