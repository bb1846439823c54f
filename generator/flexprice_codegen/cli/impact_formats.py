"""The formats of the report of `impact`, by name.

In: the name of a format, and the impact. Out: the text of the report. The module of a
format is imported only if it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from flexprice_codegen.impact.impacts import CodeImpact

FormatImpact: TypeAlias = Callable[[CodeImpact], str]


def format_impact(name: str, impact: CodeImpact) -> str:
    """Return the report of an impact in a format."""
    return _FORMATS[name]()(impact)


# One function per format, and no import by a name that is built at run time, so that
# readers and type checkers can follow every import.
def _load_text() -> FormatImpact:
    from flexprice_codegen.report.impact_text import as_text

    return as_text


def _load_markdown() -> FormatImpact:
    from flexprice_codegen.report.impact_markdown import as_markdown

    return as_markdown


def _load_json() -> FormatImpact:
    from flexprice_codegen.report.impact_json import as_json

    return as_json


def _load_github() -> FormatImpact:
    from flexprice_codegen.report.impact_github import as_github

    return as_github


def _load_sarif() -> FormatImpact:
    from flexprice_codegen.report.impact_sarif import as_sarif

    return as_sarif


_FORMATS: Mapping[str, Callable[[], FormatImpact]] = {
    "text": _load_text,
    "markdown": _load_markdown,
    "json": _load_json,
    "github": _load_github,
    "sarif": _load_sarif,
}
