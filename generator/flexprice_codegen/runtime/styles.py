# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""The rarer styles of parameters; a client has this module only if it uses one.

In: a value. Out: its text as OpenAPI 3.1, 4.8.12.2 and RFC 6570, 3.2 write it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import chain
from json import dumps
from typing import Any, Final, Literal, TypeAlias

from .encoding import Writer, encode, to_plain
from .parameters import FORM, Escape, Pair, Style, list_parts, scalar_text
from .shapes import Plain

Arrays: TypeAlias = Literal["brackets", "dots", "indices", "repeat"]
SPACES: Final = Style(explode=False, separator="%20")
PIPES: Final = Style(explode=False, separator="%7C")
_RESERVED: Final = re.compile(r"(%[0-9A-Fa-f]{2}|[:/?@!$'()*,;])")
"""What would end a member of the query is not among them: it stays encoded."""
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]")


class Reserved(Style, frozen=True):
    """A query member that keeps reserved characters and `%2F` (`allowReserved`)."""

    def pairs(self, name: str, value: object, escape: Escape) -> Iterator[Pair]:
        """Write a value as `Style` does, with fewer characters encoded."""
        return Style.pairs(self, name, value, partial(_keep_reserved, escape))


def _keep_reserved(escape: Escape, text: str) -> str:
    kept = enumerate(_RESERVED.split(text))
    return "".join(each if at % 2 else escape(each) for at, each in kept)


class Label(Style, frozen=True):
    """A path parameter such as `.red.green`."""

    explode: bool = False

    def text(self, name: str, value: object, escape: Escape) -> str:
        """Write the value with a dot before it, exploded before each part."""
        found = list_parts(name, value, escape)
        if self.explode:
            return "".join("." + "=".join(each) for each in found)
        return "." + ",".join(chain.from_iterable(found))


class Matrix(Style, frozen=True):
    """A path parameter such as `;color=red,green`."""

    explode: bool = False

    def text(self, name: str, value: object, escape: Escape) -> str:
        """Write the value behind a semicolon, exploded each part."""
        found = self.pairs(name, value, escape)
        return "".join(f";{key}={text}" if text else f";{key}" for key, text in found)


class DeepObject(Style, frozen=True):
    """A query member for each part of an object, such as `color[R]=100`.

    OpenAPI leaves open how `arrays` within it are written: `tags[]=a`, `tags[0]=a` or
    `tags=a`. Elements that have parts get an index, so that no two become one.
    """

    arrays: Arrays = "brackets"

    def pairs(self, name: str, value: object, escape: Escape) -> Iterator[Pair]:
        """Write the object's members, and theirs."""
        return _deep(name, to_plain(value, name), self.arrays, escape)


class Nested(Style, frozen=True):
    """The style form, exploded, for what may have parts within its parts.

    OpenAPI leaves that open: they are written as in `DeepObject`, and a list of scalars
    repeats its name unless `arrays` says otherwise. With dots it is `items[0].price=1`.
    """

    arrays: Arrays | None = None

    def pairs(self, name: str, value: object, escape: Escape) -> Iterator[Pair]:
        """Write a member for each part."""
        plain: Plain = to_plain(value, name)
        parts: dict[str, Any] = plain if isinstance(plain, dict) else {name: plain}
        for key, each in parts.items():
            part: Plain = each
            is_flat = isinstance(part, list) and not any(map(_has_parts, part))
            arrays = self.arrays or ("repeat" if is_flat else "brackets")
            yield from _deep(key, each, arrays, escape)


def element_mark(arrays: Arrays, at: int) -> str:
    """Return what follows the name of a list for one of its elements."""
    return {"brackets": "[]", "indices": f"[{at}]"}.get(arrays, "")


def _has_parts(plain: Any) -> bool:
    return isinstance(plain, (dict, list))


def _deep(name: str, plain: Plain, arrays: Arrays, escape: Escape) -> Iterator[Pair]:
    match plain:
        case dict():
            for member, each in plain.items():
                key = f".{member}" if arrays == "dots" else f"[{member}]"
                yield from _deep(name + key, each, arrays, escape)
        case list():
            for at, each in enumerate(plain):
                mark = element_mark("indices" if _has_parts(each) else arrays, at)
                yield from _deep(name + mark, each, arrays, escape)
        case None:
            pass
        case _:
            yield escape(name), escape(scalar_text(name, plain))


class JsonText(Style, frozen=True):
    """A parameter that is JSON (`content`, OpenAPI 3.1, 4.8.12.1)."""

    def pairs(self, name: str, value: object, escape: Escape) -> Iterator[Pair]:
        """Write one member that holds JSON."""
        yield escape(name), self.text(name, value, escape)

    def text(self, name: str, value: object, escape: Escape) -> str:
        """Write JSON."""
        return escape(encode(value, name).decode())


class JsonHeader(JsonText, frozen=True):
    """A header that is JSON, in ASCII: a header may hold nothing else."""

    def text(self, name: str, value: object, escape: Escape) -> str:
        """Write JSON, escaped where it is not ASCII."""
        text = JsonText.text(self, name, value, escape)
        return _BEYOND_ASCII.sub(lambda found: dumps(found[0])[1:-1], text)


class SentAs(Style, frozen=True, kw_only=True):
    """A style for values that go through a function first, such as `as_dates`."""

    form: Writer
    style: Style = FORM

    def pairs(self, name: str, value: object, escape: Escape) -> Iterator[Pair]:
        """Write the value in its form."""
        return self.style.pairs(name, self.form(value, name), escape)

    def text(self, name: str, value: object, escape: Escape) -> str:
        """Write the value in its form."""
        return self.style.text(name, self.form(value, name), escape)
