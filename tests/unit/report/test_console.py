"""Lines and tables for people, with color on terminals only."""

from __future__ import annotations

import io

import pytest

from flexprice_codegen.report.console import Console, show_progress_bar


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)


def test_elsewhere_a_line_is_plain_and_what_is_hidden_shows() -> None:
    text = io.StringIO()
    Console(text).print_line("a\x1b[31m\u202eb\nc", "bold red")
    assert text.getvalue() == "a\\u001b[31m\\u202eb\nc\n"


def test_a_terminal_gets_colors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    text = io.StringIO()
    Console(text).print_line("a", "bold red")
    assert "\x1b[" in text.getvalue()


def test_a_cell_of_a_table_is_one_line() -> None:
    text = io.StringIO()
    Console(text).print_table("T", ["one", "two"], [["a\nb", "c" * 300]])
    lines = text.getvalue().splitlines()
    (row,) = (line for line in lines if "c" * 300 in line)
    assert "a b" in row


def test_without_a_terminal_there_is_no_progress_bar() -> None:
    text = io.StringIO()
    with show_progress_bar(Console(text), 2) as advance:
        advance("client", "step")
    assert text.getvalue() == ""
