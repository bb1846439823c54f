"""Diagnostics as lines for people."""

from __future__ import annotations

import io

from flexprice_codegen.diagnostics import Cause, Diagnostic, FileLocation, Level
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
    assert lines[:2] == ["note: n0 [a]", "    help: h"]
    assert lines[-1] == "3 more notes; --notes shows all of them"
    assert len(lines) == 41
    assert len(printed(*map(note, range(23)), all_notes=True)) == 46


def of_operation(name: str, line: int, level: Level = Level.NOTE) -> Diagnostic:
    """Return a diagnostic about a header of one operation."""
    return Diagnostic(
        code="header",
        level=level,
        message=f"the header Accept of {name} is ignored",
        help="h",
        location=FileLocation("f.yaml", line, 1),
        cause=Cause("the header Accept is ignored", "operations"),
    )


def test_diagnostics_with_one_cause_are_one_line_with_the_first_location() -> None:
    found = [of_operation(f"GET /{n}", n) for n in range(1, 31)]
    assert printed(*found, note(1)) == [
        "f.yaml:1:1: note: 30 operations: the header Accept is ignored [header]",
        "    help: h",
        "note: n1 [a]",
        "    help: h",
    ]
    assert len(printed(*found, all_notes=True)) == 60


def test_one_alone_says_what_it_is_about() -> None:
    assert printed(of_operation("GET /a", 1))[0] == (
        "f.yaml:1:1: note: the header Accept of GET /a is ignored [header]"
    )


def test_equal_messages_have_one_cause() -> None:
    assert printed(note(1), note(1)) == ["note: 2 places: n1 [a]", "    help: h"]


def test_each_error_is_printed() -> None:
    found = [of_operation("GET /a", n, Level.ERROR) for n in (1, 2)]
    assert len(printed(*found)) == 4
