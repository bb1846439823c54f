# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Parameters as texts: path, query, headers, cookies and form fields.

In: values by wire name, and styles. Out: text, percent-encoded. UNSET and None are
omitted; what has no text raises, with its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any, Final, TypeAlias
from urllib.parse import quote

from msgspec import UNSET, Struct

from .auth import header_value
from .encoding import to_plain
from .shapes import Plain

Values: TypeAlias = Mapping[str, Any]
Escape: TypeAlias = Callable[[str], str]
Pair: TypeAlias = tuple[str, str]
_ELSEWHERE: Final = ("", ".", "..")
_VARIABLE = re.compile(r"\{([^{}]+)\}")


class Style(Struct, frozen=True):
    """The styles form and simple (OpenAPI 3.1, 4.8.12.2); others derive from it.

    With another `separator` it is spaceDelimited or pipeDelimited.
    """

    explode: bool = True
    separator: str = ","

    def pairs(self, name: str, value: object, escape: Escape) -> Iterator[Pair]:
        """Write a value as names and texts, several where it is exploded."""
        found = list_parts(name, value, escape)
        if self.explode:
            for *key, text in found:
                yield (key[0] if key else escape(name)), text
        elif found:
            yield escape(name), self.separator.join(chain.from_iterable(found))

    def text(self, name: str, value: object, escape: Escape) -> str:
        """Write a value as one text, for a path or a header."""
        found = list_parts(name, value, escape)
        return ",".join(map("=".join, found) if self.explode else chain(*found))


Styles: TypeAlias = Mapping[str, Style]
FORM: Final = Style()
SIMPLE: Final = Style(explode=False)


def path_text(template: str, values: Values, styles: Styles) -> str:
    """Fill in a path template; a value that would lead elsewhere raises."""
    escape = partial(quote, safe="")

    def fill(found: re.Match[str]) -> str:
        name = found[1]
        text = ""
        value = values.get(name)
        if value is not None and value is not UNSET:
            text = styles.get(f"path:{name}", SIMPLE).text(name, value, escape)
        if text in _ELSEWHERE:
            message = "expected a value other than '', '.' and '..', which would lead"
            raise ValueError(f"{name}: {message} from {template} to another path")
        return text

    return _VARIABLE.sub(fill, template)


def pairs(place: str, values: Values, styles: Styles, safe: str = "") -> Iterator[str]:
    """Write values as `name=text` for a query or a cookie; `safe` is not escaped."""
    escape = partial(quote, safe=safe)
    for name, value in values.items():
        if value is not None and value is not UNSET:
            style = styles.get(f"{place}:{name}", FORM)
            yield from map("=".join, style.pairs(name, value, escape))


def header_texts(values: Values, styles: Styles) -> Iterator[tuple[str, str]]:
    """Write header parameters; line breaks and what is not ASCII raise."""
    for name, value in values.items():
        if value is not None and value is not UNSET:
            text = styles.get(f"header:{name}", SIMPLE).text(name, value, str)
            if text or isinstance(value, str):  # an empty list is none (RFC 6570, 2.3)
                yield name.lower(), header_value(text, name)


def scalar_text(name: str, plain: object) -> str:
    """Write one plain value: true, 7, 1.10, 2026-01-31T12:00:00Z."""
    if isinstance(plain, bool):
        return "true" if plain else "false"
    if isinstance(plain, str) and not _is_unicode(plain):
        raise ValueError(f"{name}: the string contains half of a surrogate pair")
    if isinstance(plain, (str, int, float)):
        return str(plain)
    raise TypeError(f"{name}: a list or an object can contain only scalars here")


def _is_unicode(text: str) -> bool:
    try:
        return text.isascii() or bool(text.encode())
    except UnicodeEncodeError:
        return False


def list_parts(name: str, value: object, escape: Escape) -> list[tuple[str, ...]]:
    """Return the members of an object as pairs, without null, else each text alone."""
    plain: Plain = value if isinstance(value, str) else to_plain(value, name)
    if isinstance(plain, dict):
        given = [(key, each) for key, each in plain.items() if each is not None]
        return [(escape(k), escape(scalar_text(name, each))) for k, each in given]
    elements = plain if isinstance(plain, list) else [plain]
    return [(escape(scalar_text(name, each)),) for each in elements]
