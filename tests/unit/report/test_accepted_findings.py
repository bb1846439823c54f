"""Entries of an ignore file for accepted findings."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from support.findings import a_finding

from flexprice_codegen.diff.levels.ignore_file import (
    apply_ignore_entries,
    read_ignore_file,
)
from flexprice_codegen.report.accepted_findings import format_entries

DAY = date(2030, 1, 31)


def test_an_accepted_finding_is_ignored_and_no_other(tmp_path: Path) -> None:
    accepted = [a_finding(1), a_finding(2)]
    path = tmp_path / "ignore.toml"
    path.write_text(format_entries(accepted, "v2", DAY), encoding="utf-8")
    entries = read_ignore_file(str(path))
    assert [entry.expires for entry in entries] == [DAY, DAY]
    result = apply_ignore_entries([*accepted, a_finding(3)], entries, DAY)
    assert result.kept == (a_finding(3),)
    assert [each.reason for each in result.ignored] == ["v2", "v2"]


@given(st.text(), st.text(min_size=1))
def test_any_text_is_toml(message: str, reason: str) -> None:
    table = tomllib.loads(format_entries([a_finding(message=message)], reason, None))
    (entry,) = table["ignore"]
    assert entry["fingerprint"] == a_finding().fingerprint


def test_one_fingerprint_has_one_entry() -> None:
    text = format_entries([a_finding(), a_finding()], "x", None)
    assert text.count("[[ignore]]") == 1
