"""The TOML files that tell `diff` what to ignore and how grave things are.

In: a path. Out: the table in it; places of its keys, which TOML's parser does not keep.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flexprice_codegen.diagnostics import Place, SpecError, fault


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A table, and the text that it was read from."""

    name: str
    text: str
    table: Mapping[str, Any]

    def locate_key(self, key: str, first: int = 1, last: int | None = None) -> Place:
        """Give the place of a key between two lines; the first line without it."""
        form = re.compile(rf"\s*[\"']?({re.escape(key)})[\"']?\s*=")
        for number, line in enumerate(self.text.split("\n")[first - 1 : last], first):
            found = form.match(line)
            if found:
                return Place(self.name, number, found.start(1) + 1)
        return Place(self.name, first, 1)

    def find_headers(self, name: str) -> list[int]:
        """Give the lines of the headers `[[name]]`."""
        form = re.compile(rf"\s*\[\[\s*[\"']?{re.escape(name)}[\"']?\s*\]\]")
        lines = enumerate(self.text.split("\n"), 1)
        return [number for number, line in lines if form.match(line)]


def read_toml(where: str) -> TomlFile:
    """Read a file.

    Raises:
        SpecError: `file-not-found`, or `invalid-toml` with the place of the fault.
    """
    name = Path(where).as_posix()
    try:
        text = Path(where).read_text(encoding="utf-8-sig")
        return TomlFile(name, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(each) for each in found.groups()) if found else (1, 1)
        at = Place(name, line, column)
        raise fault(
            "invalid-toml", str(error), at=at, hint="correct the TOML"
        ) from error
    except (OSError, UnicodeDecodeError, ValueError) as error:
        hint = "name a file that exists and is UTF-8"
        raise fault(
            "file-not-found", f"{name} cannot be read: {error}", hint=hint
        ) from error


def create_unknown_key_error(
    key: str, known: Iterable[str], what: str, at: Place
) -> SpecError:
    """Say that a key is none that is known, and which one may be meant."""
    known = tuple(known)
    near = difflib.get_close_matches(key, known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
    return fault("ignore-key", f"{what} has no key {key!r:.80}", at=at, hint=hint)
