"""Where a piece of a stream ends, wherever the bytes are cut."""

from __future__ import annotations

import pytest

from flexprice_codegen.runtime.framing import (
    EventFraming,
    EventLines,
    Framing,
    JSONFraming,
    Line,
    Lines,
    Records,
    ValueFraming,
)


def lines(*chunks: bytes) -> list[bytes]:
    """Cut bytes that come in these pieces."""
    cutter = Lines()
    found = [line for chunk in chunks for line in cutter.feed(chunk)]
    return [*found, *cutter.end()]


TEXT = b"a\r\nb\rc\n\n\r\n\r\x0b\xe2\x80\xa8d"
WHOLE = [b"a", b"b", b"c", b"", b"", b"", b"\x0b\xe2\x80\xa8d"]


@pytest.mark.parametrize("at", range(len(TEXT) + 1))
def test_lines_end_at_feeds_and_returns_and_nowhere_else(at: int) -> None:
    assert lines(TEXT[:at], TEXT[at:]) == WHOLE


def test_lines_that_come_byte_by_byte_are_the_same() -> None:
    assert lines(*(bytes((each,)) for each in TEXT)) == WHOLE


def test_a_return_ends_a_line_before_more_comes() -> None:
    assert list(Lines().feed(b"a\r")) == [b"a"]


def test_records_begin_at_their_mark() -> None:
    cutter = Records()
    found = [
        record
        for chunk in (b"\x1e1\n\x1e[", b"2\n]\n\x1e")
        for record in cutter.feed(chunk)
    ]
    assert [*found, *cutter.end()] == [b"", b"1\n", b"[2\n]\n", b""]


def events(*texts: str) -> list[Line]:
    """Read lines as events."""
    reader = EventLines()
    found = (reader.read(each.encode()) for each in texts)
    return [each for each in found if each is not None]


def test_an_event_is_what_stands_before_an_empty_line() -> None:
    assert events(
        "\ufeffid: 1", "data", "data: a: b", "data:  c", "event: e", "", "data:", ""
    ) == [Line(b"\na: b\n c", "e", "1", None), Line(b"", "message", "1", None)]


def test_what_is_no_event_is_passed_over() -> None:
    assert events(": x", "event: e", "id: 1", "", "retry: 5", "", "Data: 1", "") == []


def test_a_name_is_of_one_event_and_an_id_stays() -> None:
    first, second = events("event: e", "id: 1", "data:", "", "id: a\0", "data:", "")
    assert (first.name, first.id) == ("e", "1")
    assert (second.name, second.id) == ("message", "1")


@pytest.mark.parametrize(
    ("text", "retry"), [("250", 250), ("2.5", None), ("-1", None), ("", None)]
)
def test_the_time_before_a_retry_is_digits(text: str, retry: int | None) -> None:
    (event,) = events(f"retry: {text}", "data:", "")
    assert event.retry == retry


@pytest.mark.parametrize(
    ("framing", "chunk"),
    [
        (EventFraming(), b"data: 1\n\n"),
        (ValueFraming(Lines()), b"1\n"),
        (ValueFraming(Records()), b"\x1e1\n\x1e"),
        (JSONFraming(splits_arrays=True), b"1\n"),
    ],
)
def test_a_piece_is_there_once_its_mark_has_come(
    framing: Framing, chunk: bytes
) -> None:
    assert list(framing.feed(chunk[:-1])) == []
    assert [each.data for each in framing.feed(chunk[-1:])] == [b"1"]
    assert list(framing.end()) == []
