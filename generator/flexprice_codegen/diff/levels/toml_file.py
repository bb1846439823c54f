"""The TOML files that say what `diff` ignores, and at which level it reports.

In: a path. Out: the table in it; places of its keys, which TOML's parser does not keep.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from flexprice_codegen.diagnostics import DiagnosticError, FileLocation, build_error
from flexprice_codegen.frozen_values import frozen_value


@frozen_value
class TomlFile:
    """A table, and the text that it was read from."""

    name: str
    text: str
    table: Mapping[str, Any]

    def locate_key(
        self, key: str, first: int = 1, last: int | None = None
    ) -> FileLocation:
        """Return the place of a key between two lines; the first line without it."""
        # A key at the beginning of a line, with or without quotes: what people write.
        # Where the text is stranger, a message points at the first line.
        form = re.compile(rf"\s*[\"']?({re.escape(key)})[\"']?\s*=")
        for number, line in enumerate(self.text.split("\n")[first - 1 : last], first):
            found = form.match(line)
            if found:
                return FileLocation(self.name, number, found.start(1) + 1)
        return FileLocation(self.name, first, 1)

    def find_headers(self, name: str) -> list[int]:
        """Return the lines of the headers `[[name]]`."""
        # Blanks may stand between the brackets of TOML and the key, not inside of them.
        form = re.compile(rf"\s*\[\[\s*[\"']?{re.escape(name)}[\"']?\s*\]\]")
        lines = enumerate(self.text.split("\n"), 1)
        return [number for number, line in lines if form.match(line)]


def read_toml(path: str) -> TomlFile:
    """Read a file.

    Raises:
        DiagnosticError: `file-not-found`, or `invalid-toml` with the place of the fault.
    """
    name = Path(path).as_posix()
    hint = "use a file that exists and is UTF-8"
    # A pipe can have no writer, and a device no end.
    if Path(path).exists() and not Path(path).is_file():
        message = f"cannot read {name}: it is not a file"
        raise build_error("file-not-found", message, hint=hint)
    # Late: most runs have none of these files.
    import tomllib

    try:
        text = Path(path).read_text(encoding="utf-8-sig")
        return TomlFile(name, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise build_error(
            "invalid-toml",
            str(error),
            at=_locate_fault(name, error),
            hint="correct the TOML",
        ) from error
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise build_error(
            "file-not-found", f"cannot read {name}: {error}", hint=hint
        ) from error


def _locate_fault(name: str, error: Exception) -> FileLocation:
    # Only since Python 3.14 the error has `lineno` and `colno`; its text always has them.
    found = re.search(r"line (\d+), column (\d+)", str(error))
    if found is None:
        return FileLocation(name, 1, 1)
    return FileLocation(name, int(found[1]), int(found[2]))


def create_unknown_key_error(
    key: str, known: Iterable[str], owner: str, at: FileLocation
) -> DiagnosticError:
    """Create the error for a key that `owner` does not have, with the one that is meant."""
    known = tuple(known)
    near = difflib.get_close_matches(key, known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
    return build_error(
        "ignore-key", f"unknown key {key!r:.80} in {owner}", at=at, hint=hint
    )
