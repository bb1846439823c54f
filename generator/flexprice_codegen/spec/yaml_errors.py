"""Diagnostics for an invalid YAML text.

In: the exception of PyYAML or libyaml. Out: a `DiagnosticError` with its location. The
two parsers have different messages for some errors; the code and the help are the same.
"""

from __future__ import annotations

from yaml.error import MarkedYAMLError

from flexprice_codegen.diagnostics import DiagnosticError, build_error
from flexprice_codegen.spec.json_text import build_truncated_error
from flexprice_codegen.spec.source_text import SourceText

# Parts of the messages of PyYAML and libyaml; the first one that matches counts.
_HINTS = (
    ("mapping values are not allowed", "quote the text if it holds ': '"),
    ("cannot start any token", "quote text that begins with '@', '`' or '%'"),
    ("could not find expected ':'", "write 'key: value', or indent the text further"),
    ("undefined alias", "define the anchor, as '&name', before its alias"),
    ("name of an earlier one", "give each anchor its own name"),
    ("escape", "double the backslash, or use single quotes"),
    ("did not find expected key", "check the indentation of this line"),
    ("expected <block end>", "check the indentation of this line"),
    ("expected '-' indicator", "check the indentation of this line"),
    ("expected ',' or", "close the bracket that is open here, or add a comma"),
)
_OTHER_HINT = "check the indentation and the quotes here"
_TAB_HINT = "indent with spaces, not tabs"


def build_yaml_error(text: SourceText, error: MarkedYAMLError) -> DiagnosticError:
    """Build the error for an exception of the parser, at its location.

    Args:
        text: The text that was parsed.
        error: The exception, with offsets into the body of the text.
    """
    mark = error.problem_mark or error.context_mark
    offset = min(mark.index, len(text.body)) if mark else 0
    problem = error.problem or "unknown reason"

    if error.context and "duplicate anchor" in error.context:
        problem = "duplicate anchor"

    if error.context and "single document" in error.context:
        return build_error(
            "several-documents",
            "a second YAML document starts here",
            at=text.get_location(offset),
            hint="put each document in its own file",
        )

    if not text.body[offset:].strip() and error.context_mark and error.context:
        what = error.context.removeprefix("while ")
        what = what.removeprefix("parsing ").removeprefix("scanning ")
        return build_truncated_error(
            what, text.get_location(error.context_mark.index), text.get_end_location()
        )

    return build_error(
        "invalid-yaml",
        f"invalid YAML: {problem}",
        at=text.get_location(offset),
        hint=(
            _TAB_HINT if text.body[offset : offset + 1] == "\t" else _get_help(problem)
        ),
    )


def _get_help(problem: str) -> str:
    """Return the help for a message of the parser."""
    return next((hint for part, hint in _HINTS if part in problem), _OTHER_HINT)
