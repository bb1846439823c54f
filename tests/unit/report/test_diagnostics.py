"""Diagnostics as lines for people."""

from __future__ import annotations

import io

from flexprice_codegen.diagnostics import Diagnostic, FileLocation, Level
from flexprice_codegen.report.console import Console
from flexprice_codegen.report.diagnostics import format_diagnostic, print_diagnostics


def note(number: int) -> Diagnostic:
    return Diagnostic(code="a", level=Level.NOTE, message=f"n{number}", help="h")


def printed(*diagnostics: Diagnostic, all_notes: bool = False) -> list[str]:
    text = io.StringIO()
    print_diagnostics(Console(text), diagnostics, all_notes=all_notes)
    return text.getvalue().splitlines()


def test_a_message_begins_no_line_of_its_own() -> None:
    said = Diagnostic(
        code="a",
        level=Level.ERROR,
        message="bad\nerror: fake",
        location=FileLocation("f.yaml", 2, 3),
    )
    assert format_diagnostic(said) == "f.yaml:2:3: error: bad error: fake [a]"


def test_help_is_below_and_of_many_notes_the_rest_is_counted() -> None:
    lines = printed(*map(note, range(23)))
    assert lines[:2] == ["note: n0 [a]", "    h"]
    assert lines[-1] == "3 more notes; --notes shows all of them"
    assert len(lines) == 41
    assert len(printed(*map(note, range(23)), all_notes=True)) == 46
