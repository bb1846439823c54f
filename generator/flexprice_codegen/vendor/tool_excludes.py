"""Excludes of generated directories for the tools that `pyproject.toml` configures.

In: the text of a `pyproject.toml`, and directories. Out: the same text with excludes
added, and what could not be added. Nothing else of the text changes, so comments and
layout stay. Each edit is read back, and is only taken if it adds the excludes and does
nothing else.

Sources: TOML 1.0, §§ table and array; the configuration pages of the tools.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from flexprice_codegen.frozen_values import frozen_value


@frozen_value
class ToolSetting:
    """A key of a tool that lists excludes, and the form that a directory has in it.

    The value is an array of strings, or a regular expression if `is_pattern`.
    """

    table: tuple[str, ...]
    key: str
    form: Callable[[str], str]
    is_pattern: bool = False

    @property
    def header(self) -> str:
        """The header of the table."""
        return f"[{'.'.join(self.table)}]"


@frozen_value(kw_only=True)
class ExcludeEdit:
    """A text with excludes, and lines that the user has to add by hand."""

    text: str
    by_hand: tuple[str, ...] = ()


def _match_below(folder: str) -> str:
    return f"^{re.escape(folder)}/"


SETTINGS = (
    ToolSetting(("tool", "ruff"), "extend-exclude", lambda folder: folder),
    ToolSetting(
        ("tool", "black"),
        "extend-exclude",
        lambda folder: f"^/{re.escape(folder)}/",
        is_pattern=True,
    ),
    ToolSetting(("tool", "mypy"), "exclude", _match_below),
    # `exclude` would replace the directories that pyright excludes by itself.
    ToolSetting(("tool", "pyright"), "ignore", lambda folder: folder),
    ToolSetting(("tool", "coverage", "run"), "omit", lambda folder: f"{folder}/*"),
    ToolSetting(("tool", "pylint", "main"), "ignore-paths", _match_below),
)


def add_excludes(text: str, folders: Sequence[str]) -> ExcludeEdit:
    """Return a configuration that excludes directories from all tools.

    Args:
        text: The text of a `pyproject.toml`; it can be empty.
        folders: The directories, with forward slashes.

    Raises:
        tomllib.TOMLDecodeError: The text is not TOML.
    """
    by_hand = []
    for setting in SETTINGS:
        found = _get_value(tomllib.loads(text), setting)
        missing = _list_missing(setting, found, folders)
        if not missing:
            continue
        edited = _edit(text, setting, found, missing)
        if edited is None:
            by_hand.append(_format_line(setting, missing))
        else:
            text = edited
    return ExcludeEdit(text=text, by_hand=tuple(by_hand))


def _get_value(document: Mapping[str, Any], setting: ToolSetting) -> object:
    """Return the value of a setting; None if there is none."""
    table: Any = document
    for name in setting.table:
        table = table.get(name, {}) if isinstance(table, Mapping) else {}
    return table.get(setting.key) if isinstance(table, Mapping) else None


def _list_missing(
    setting: ToolSetting, found: object, folders: Iterable[str]
) -> list[str]:
    """Return the excludes that a value lacks."""
    wanted = [setting.form(folder) for folder in folders]
    match found:
        case list():
            return [each for each in wanted if each not in found]
        case str() if setting.is_pattern:
            return [each for each in wanted if each not in found]
        case _:
            return wanted


def _edit(
    text: str, setting: ToolSetting, found: object, missing: list[str]
) -> str | None:
    """Return a text with further excludes; None if it needs a person."""
    if found is None:
        edited = _insert_key(text, setting, missing)
        value: object = "|".join(missing) if setting.is_pattern else missing
    elif isinstance(found, list) and not setting.is_pattern:
        edited = _extend_array(text, setting, missing)
        value = [*missing, *found]
    else:
        return None

    expected = _set_value(tomllib.loads(text), setting, value)
    try:
        return edited if tomllib.loads(edited) == expected else None
    except tomllib.TOMLDecodeError:
        # The edit of the text went wrong, so that the user is asked to do it.
        return None


def _set_value(
    document: dict[str, Any], setting: ToolSetting, value: object
) -> dict[str, Any] | None:
    """Return a document with another value; None if its tables do not fit."""
    whole = deepcopy(document)
    table = whole
    for name in setting.table:
        table = table.setdefault(name, {})
        if not isinstance(table, dict):
            return None
    table[setting.key] = value
    return whole


def _insert_key(text: str, setting: ToolSetting, missing: list[str]) -> str:
    """Return a text with a new key below the header of its table."""
    line = _format_line(setting, missing, with_header=False)
    header = _find_header(text, setting)
    if header is not None:
        return f"{text[: header.end()]}\n{line}{text[header.end() :]}"
    end = "" if not text or text.endswith("\n") else "\n"
    gap = "\n" if text.strip() else ""
    return f"{text}{end}{gap}{setting.header}\n{line}\n"


def _extend_array(text: str, setting: ToolSetting, missing: list[str]) -> str:
    """Return a text with further strings at the beginning of an array."""
    header = _find_header(text, setting)
    start = 0 if header is None else header.end()
    # At the beginning of a line, so that no comment and no longer key matches.
    opened = re.compile(
        rf"^[ \t]*{re.escape(setting.key)}[ \t]*=[ \t]*\[", re.MULTILINE
    )
    found = opened.search(text, start)
    if found is None:
        return text
    rest = text[found.end() :]
    strings = ", ".join(map(_quote, missing))
    if rest.lstrip().startswith("]"):
        return f"{text[: found.end()]}{strings}{rest}"
    # An array with a line for each string keeps this form.
    is_tall = rest.lstrip(" \t").startswith(("\n", "\r", "#"))
    if is_tall:
        lines = "".join(f"\n    {_quote(each)}," for each in missing)
        return f"{text[: found.end()]}{lines}{rest}"
    return f"{text[: found.end()]}{strings}, {rest}"


def _find_header(text: str, setting: ToolSetting) -> re.Match[str] | None:
    """Return the line of a table's header, with the comment behind it."""
    pattern = rf"^[ \t]*{re.escape(setting.header)}[ \t]*(?:#[^\r\n]*)?\r?$"
    return re.search(pattern, text, re.MULTILINE)


def _format_line(
    setting: ToolSetting, missing: list[str], *, with_header: bool = True
) -> str:
    """Return a setting as a line of TOML, for the file or for a message."""
    strings = [_quote(each) for each in missing]
    value = f"[{', '.join(strings)}]"
    if setting.is_pattern:
        value = _quote("|".join(missing))
    line = f"{setting.key} = {value}"
    return f"{setting.header} {line}" if with_header else line


def _quote(text: str) -> str:
    """Return a string of TOML: a literal one, which keeps backslashes, if possible."""
    if "'" in text or not text.isprintable() or "\\" not in text:
        return json.dumps(text, ensure_ascii=False)
    return f"'{text}'"
