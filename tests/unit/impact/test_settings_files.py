"""Environment variables are found as whole words."""

from __future__ import annotations

from flexprice_codegen.impact.code_files import CodeFile
from flexprice_codegen.impact.settings_files import find_settings_uses
from flexprice_codegen.impact.symbols import Symbol

KEY = Symbol("variable", "", "LEDGER_KEY")
URL = Symbol("variable", "", "LEDGER_BASE_URL")


def test_whole_words_are_found() -> None:
    text = "LEDGER_KEY=1\nX_LEDGER_KEY=2\né: $LEDGER_KEY,LEDGER_BASE_URL\n"
    uses = find_settings_uses([CodeFile(".env", text.encode())], {KEY, URL})
    assert [
        (each.position.line, each.position.column, each.symbol) for each in uses
    ] == [
        (1, 0, KEY),
        (3, 5, KEY),
        (3, 16, URL),
    ]
    assert {(each.way, each.confidence) for each in uses} == {("file", "likely")}


def test_other_symbols_are_no_variables() -> None:
    file = CodeFile(".env", b"LEDGER_KEY=1\n")
    assert find_settings_uses([file], {Symbol("class", "", "LEDGER_KEY")}) == ()
