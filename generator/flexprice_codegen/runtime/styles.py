# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""The rarer styles of parameters; a client has this module only if it uses one.

In: a value. Out: its text as OpenAPI 3.1, 4.8.12.2 and RFC 6570, 3.2 write it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .encoding import encode, to_plain
from .parameters import Escape, Style, is_object, scalar_text
from .shapes import Value

SPACES: Final = Style(explode=False, separator="%20")
PIPES: Final = Style(explode=False, separator="%7C")
RESERVED: Final = ":/?@!$'()*,;"
"""For `Style(safe=…)`; what would end a member of the query stays encoded."""


@dataclass(frozen=True, slots=True)
class Label(Style):
    """A path parameter such as `.red.green`."""

    explode: bool = False

    def text(self, name: str, value: object, escape: Escape) -> str:
        """Write the value with a dot before it, exploded before each part."""
        joined = Style(explode=self.explode).text(name, value, escape)
        return "." + (joined.replace(",", ".") if self.explode else joined)


@dataclass(frozen=True, slots=True)
class Matrix(Style):
    """A path parameter such as `;color=red,green`."""

    explode: bool = False

    def text(self, name: str, value: object, escape: Escape) -> str:
        """Write the value behind a semicolon, exploded each part."""
        parts = Style(explode=self.explode).text(name, value, escape)
        if not self.explode:
            return f";{name}={parts}"
        before = ";" if is_object(value) else f";{name}="
        return "".join(f"{before}{part}" for part in parts.split(","))


@dataclass(frozen=True, slots=True)
class DeepObject(Style):
    """A query member for each part of an object, such as `color[R]=100`."""

    def pairs(self, name: str, value: object, escape: Escape) -> Iterator[str]:
        """Write the object's members, and theirs."""
        yield from _deep(name, to_plain(value, name), escape)


def _deep(name: str, plain: Value, escape: Escape) -> Iterator[str]:
    match plain:
        case dict():
            for member, each in plain.items():
                yield from _deep(f"{name}[{member}]", each, escape)
        case list():
            for each in plain:
                yield from _deep(name, each, escape)
        case _ if plain is not None:
            yield f"{escape(name)}={escape(scalar_text(name, plain))}"


@dataclass(frozen=True, slots=True)
class JsonText(Style):
    """A parameter that is JSON (`content`, OpenAPI 3.1, 4.8.12.1)."""

    def pairs(self, name: str, value: object, escape: Escape) -> Iterator[str]:
        """Write one member that holds JSON."""
        yield f"{escape(name)}={self.text(name, value, escape)}"

    def text(self, name: str, value: object, escape: Escape) -> str:
        """Write JSON."""
        return escape(encode(value, name).decode())
