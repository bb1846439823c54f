"""Diagnostics: collected once each; what must stop the work is never skipped."""

from __future__ import annotations

import pytest

from flexprice_codegen.diagnostics import (
    Diagnostic,
    DiagnosticSink,
    FileLocation,
    Level,
    Origin,
    StopError,
    build_error,
)


def test_equal_diagnostics_are_said_once() -> None:
    sink = DiagnosticSink()
    for place in ("/a", "/b", "/a"):
        sink.add_note("code", "message", at=Origin("", place))
    assert [str(each.location) for each in sink.diagnostics] == [
        str(Origin("", "/a")),
        str(Origin("", "/b")),
    ]


def test_what_is_skipped_is_a_warning_with_the_place_of_its_error() -> None:
    sink = DiagnosticSink()
    error = build_error("code", "it is wrong", at=Origin("", "/a"), hint="correct it")
    sink.add_skipped(error, "path '/a'")
    (said,) = sink.diagnostics
    assert said.level is Level.WARNING
    assert said.message == "skipped path '/a': it is wrong"
    assert (said.location, said.help) == (Origin("", "/a"), "correct it")


def test_an_error_that_stops_is_raised_again() -> None:
    stop = StopError(Diagnostic(code="c", level=Level.ERROR, message="m"))
    with pytest.raises(StopError):
        DiagnosticSink().add_skipped(stop, "a piece")


def test_places_are_written_as_editors_read_them() -> None:
    assert str(FileLocation("a.yaml", 2, 3)) == "a.yaml:2:3"
    assert Origin("r", "/a").get_child("b/c~").pointer == "/a/b~1c~0"
