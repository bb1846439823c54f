"""The formats of the report of `diff`, by name.

In: the name of a format, and changes. Out: the text of the report. The module of a
format is imported only if it is used: `diff` needs one of them, and the parser of the
arguments none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    # Only type checkers need it, and its import takes longer than parsing arguments.
    from flexprice_codegen.diff.changes import Changes

FormatFunction: TypeAlias = "Callable[[Changes], str]"


def format_report(name: str, changes: Changes, *, verbose: bool = False) -> str:
    """Return the report of changes in a format.

    Args:
        name: The name of the format.
        changes: What to report.
        verbose: Whether text has all details; the other formats always have them.
    """
    if name == "text" and verbose:
        return _load_verbose_text()(changes)
    return REPORT_FORMATS[name]()(changes)


# One function per format, and no import by a name that is built at run time, so that
# readers and type checkers can follow every import.
def _load_text() -> FormatFunction:
    from flexprice_codegen.report.changes_text import as_text

    return as_text


def _load_verbose_text() -> FormatFunction:
    from flexprice_codegen.report.changes_text import as_text

    return partial(as_text, verbose=True)


def _load_markdown() -> FormatFunction:
    from flexprice_codegen.report.changes_markdown import as_markdown

    return as_markdown


def _load_json() -> FormatFunction:
    from flexprice_codegen.report.changes_json import as_json

    return as_json


def _load_github() -> FormatFunction:
    from flexprice_codegen.report.changes_github import as_github

    return as_github


def _load_sarif() -> FormatFunction:
    from flexprice_codegen.report.changes_sarif import as_sarif

    return as_sarif


def _load_html() -> FormatFunction:
    from flexprice_codegen.report.changes_html import as_html

    return as_html


def _load_gitlab() -> FormatFunction:
    from flexprice_codegen.report.changes_platforms import as_gitlab

    return as_gitlab


def _load_junit() -> FormatFunction:
    from flexprice_codegen.report.changes_platforms import as_junit

    return as_junit


REPORT_FORMATS: Mapping[str, Callable[[], FormatFunction]] = {
    "text": _load_text,
    "markdown": _load_markdown,
    "json": _load_json,
    "github": _load_github,
    "sarif": _load_sarif,
    "html": _load_html,
    "gitlab": _load_gitlab,
    "junit": _load_junit,
}
"""The choices of `diff --format`, the default first."""
