# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Parameters as texts: path, query, headers, cookies and form fields.

In: values by wire name, and styles. Out: text, percent-encoded. UNSET and None are
left out; what has no text is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from functools import partial
from typing import Any, Final, TypeAlias
from urllib.parse import quote

from msgspec import UNSET

from .auth import IN_COOKIE, header_value
from .encoding import to_plain

Values: TypeAlias = Mapping[str, Any]
Escape: TypeAlias = Callable[[str], str]
_ELSEWHERE: Final = ("", ".", "..")
_VARIABLE = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Style:
    """The styles form and simple (OpenAPI 3.1, 4.8.12.2); others derive from it.

    With another `separator` it is spaceDelimited or pipeDelimited. `safe` are
    characters that are not percent-encoded (`allowReserved`).
    """

    explode: bool = True
    separator: str = ","
    safe: str = ""

    def pairs(self, name: str, value: object, escape: Escape) -> Iterator[str]:
        """Write a value as `name=text`, several times where it is exploded."""
        items = _items(name, value, escape, explode=self.explode)
        if not self.explode:
            yield f"{escape(name)}={self.separator.join(items)}"
        elif is_object(value):
            yield from items
        else:
            yield from (f"{escape(name)}={item}" for item in items)

    def text(self, name: str, value: object, escape: Escape) -> str:
        """Write a value as one text, for a path or a header."""
        return ",".join(_items(name, value, escape, explode=self.explode))


Styles: TypeAlias = Mapping[str, Style]
FORM: Final = Style()
SIMPLE: Final = Style(explode=False)


def path_text(template: str, values: Values, styles: Styles) -> str:
    """Fill in a path template; a value that would lead elsewhere is refused."""
    escape = partial(quote, safe="")

    def fill(found: re.Match[str]) -> str:
        name, value = found[1], values.get(found[1])
        given = "" if value is None or value is UNSET else value
        text = SIMPLE.text(name, given, escape)
        style = styles.get(f"path:{name}")
        if style is not None and text not in _ELSEWHERE:
            text = style.text(name, given, escape)
        if text in _ELSEWHERE:
            message = "needs a value that is not empty, '.' or '..', which would lead"
            raise ValueError(f"{name}: the path {template} {message} to another path")
        return text

    return _VARIABLE.sub(fill, template)


def pairs(place: str, values: Values, styles: Styles) -> Iterator[str]:
    """Write values as `name=text` for a query, a cookie, or the body of a form."""
    for name, value in values.items():
        if value is not None and value is not UNSET:
            style = styles.get(f"{place}:{name}", FORM)
            safe = IN_COOKIE if place == "cookie" else style.safe
            yield from style.pairs(name, value, partial(quote, safe=safe))


def header_texts(values: Values, styles: Styles) -> Iterator[tuple[str, str]]:
    """Write header parameters; refuses line breaks and what is not ASCII."""
    for name, value in values.items():
        if value is not None and value is not UNSET:
            style = styles.get(f"header:{name}", SIMPLE)
            yield name.lower(), header_value(style.text(name, value, str), name)


def is_object(value: object) -> bool:
    """Return whether a value is written as an object."""
    return isinstance(value, Mapping) or is_dataclass(value)


def scalar_text(name: str, plain: object) -> str:
    """Write one plain value: true, 1.10, 2026-01-31T12:00:00Z."""
    if isinstance(plain, bool):
        return "true" if plain else "false"
    if isinstance(plain, (str, int, float)):
        return str(plain)
    raise TypeError(f"{name}: a list, an object or null within another one")


def _items(name: str, value: object, escape: Escape, *, explode: bool) -> Iterator[str]:
    match value if isinstance(value, str) else to_plain(value, name):
        case dict() as plain:
            for member, each in plain.items():
                if each is not None:
                    pair = (escape(member), escape(scalar_text(name, each)))
                    yield from ("=".join(pair),) if explode else pair
        case list() as plain:
            yield from (escape(scalar_text(name, each)) for each in plain)
        case plain:
            yield escape(scalar_text(name, plain))
