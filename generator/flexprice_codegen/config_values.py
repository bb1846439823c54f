"""Values of a configuration file: their types, and their locations in its text.

In: a TOML file, its tables and keys. Out: values of the expected type, or the error that
names the key, its location, and what was expected.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flexprice_codegen.diagnostics import DiagnosticError, FileLocation, build_error


def parse_toml(path: Path) -> Mapping[str, Any]:
    """Return the content of a TOML file.

    Raises:
        DiagnosticError: It cannot be read, or is not TOML.
    """
    # A pipe can have no writer, and a device no end.
    if path.exists() and not path.is_file():
        raise build_error(
            "config",
            f"cannot read {path.as_posix()}: it is not a file",
            hint="use a configuration file that exists and is UTF-8",
        )
    # Late: `diff` and `inspect` often have no configuration file.
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        # The exception has no fields for the position before Python 3.14.
        found = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(each) for each in found.groups()) if found else (1, 1)
        raise build_error(
            "config",
            f"{error}",
            at=FileLocation(path.as_posix(), line, column),
            hint="correct the TOML",
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise build_error(
            "config",
            f"cannot read {path.as_posix()}: {error}",
            hint="use a configuration file that exists and is UTF-8",
        ) from error
    # An integer of more than 4,300 digits, or arrays nested too deeply for the parser.
    except (ValueError, RecursionError) as error:
        raise build_error(
            "config",
            f"{path.as_posix()} contains a value that is too large or nested too deeply",
            at=FileLocation(path.as_posix(), 1, 1),
            hint="correct the TOML",
        ) from error


def check_keys(
    table: Mapping[str, Any], keys: tuple[str, ...], path: Path, what: str
) -> None:
    """Raise an error for a key that a table cannot have.

    Args:
        table: The table.
        keys: The keys that it can have.
        path: The configuration file.
        what: The name of the table in messages.
    """
    for key in table:
        if key not in keys:
            near = difflib.get_close_matches(key, keys, n=1)
            raise build_error(
                "config-key",
                f"unknown key {key!r} in {what}",
                at=find_location(path, build_key_pattern(key)),
                hint=(
                    f"did you mean {near[0]!r}?"
                    if near
                    else f"use one of {', '.join(keys)}"
                ),
            )


def read_string(
    table: Mapping[str, Any], key: str, path: Path, default: str | None = None
) -> str:
    """Return the value of a key, which is a string and not empty."""
    value = table.get(key, default)
    if not isinstance(value, str) or not value:
        raise build_value_error(path, key, "a string", value)
    return value


def read_strings(table: Mapping[str, Any], key: str, path: Path) -> tuple[str, ...]:
    """Return the value of a key, a string or a list of strings, as a tuple."""
    value = table.get(key)
    if isinstance(value, str) and value:
        return (value,)

    if (
        isinstance(value, list)
        and value
        and all(isinstance(each, str) for each in value)
    ):
        return tuple(value)

    raise build_value_error(path, key, "a string or an array of strings", value)


def read_boolean(
    table: Mapping[str, Any], key: str, path: Path, *, default: bool
) -> bool:
    """Return the value of a key, which is a Boolean."""
    value = table.get(key, default)
    if not isinstance(value, bool):
        raise build_value_error(path, key, "true or false", value)
    return value


def build_value_error(
    path: Path, key: str, expected: str, value: object
) -> DiagnosticError:
    """Return the error for a value that is not as expected."""
    found = "nothing" if value is None else repr(value)
    return build_error(
        "config-value",
        f"`{key}`: expected {expected}, got {found}",
        at=find_location(path, build_key_pattern(key)),
        hint=f"set {key} to {expected}",
    )


def find_location(path: Path, pattern: str) -> FileLocation:
    """Return the location of the last line that matches a pattern with one group.

    `tomllib` keeps no locations, so the text is searched again.
    """
    place = FileLocation(path.as_posix(), 1, 1)
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        found = re.search(pattern, line)
        if found:
            place = FileLocation(path.as_posix(), number, found.start(1) + 1)
    return place


def build_key_pattern(key: str) -> str:
    """Return a pattern for `find_location` that matches a key or a table."""
    # A key before `=`, or a table header: `[key]`, `[[key]]`.
    return rf"^\s*\[*\"?({re.escape(key)})\"?\s*[=\]]"
