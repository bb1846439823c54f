"""Ignore files: what a team has accepted, until which day, and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from support.comparing import TODAY, compare
from support.documents import document, operation, record
from support.findings import a_finding

from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.levels.ignore_file import (
    IgnoreResult,
    apply_ignore_entries,
    read_ignore_file,
)
from flexprice_codegen.diff.rules.severity import Side


def sorted_out(folder: Path, text: str, *found: Finding) -> IgnoreResult:
    path = folder / "accepted.toml"
    path.write_text(text, encoding="utf-8")
    return apply_ignore_entries(found, read_ignore_file(str(path)), TODAY)


@pytest.mark.parametrize(
    "line",
    [
        'rule = "request-property-*"',
        'path = "components/schemas/Customer/*"',
        'path = "models.Customer.field?"',
        'fingerprint = "{fingerprint}"',
        'rule = "*-removed"\npath = "*/properties/field0"',
    ],
)
def test_an_entry_takes_a_finding_out(tmp_path: Path, line: str) -> None:
    found = a_finding(python="models.Customer.field0")
    text = (
        f'[[ignore]]\n{line.format(fingerprint=found.fingerprint)}\nreason = "agreed"'
    )
    result = sorted_out(tmp_path, text, found)
    assert result.kept == ()
    assert [each.reason for each in result.ignored] == ["agreed"]
    assert result.notices == ()


def test_all_that_an_entry_says_must_fit(tmp_path: Path) -> None:
    text = '[[ignore]]\nrule = "request-*"\npath = "nothing"\nreason = "agreed"'
    found = a_finding()
    result = sorted_out(tmp_path, text, found)
    assert result.kept == (found,)
    (notice,) = result.notices
    assert notice.code == "ignore-unused"
    assert str(notice.location).endswith("accepted.toml:1:1")


@pytest.mark.parametrize(
    ("expires", "is_kept"), [("2026-08-07", True), ("2026-08-08", False)]
)
def test_an_entry_counts_up_to_its_day(
    tmp_path: Path, expires: str, *, is_kept: bool
) -> None:
    text = f'[[ignore]]\nrule = "*"\nreason = "for now"\nexpires = {expires}'
    result = sorted_out(tmp_path, text, a_finding())
    assert bool(result.kept) is is_kept
    assert [each.code for each in result.notices] == ["ignore-expired"] * is_kept


@pytest.mark.parametrize(
    ("text", "place", "said", "hint"),
    [
        ('[[ignore]]\nrule = "a"\nreasons = "b"', "3:1", "unknown key 'reasons' in an entry",
         "did you mean 'reason'?"),
        ('[[ignored]]\nrule = "a"', "1:1", "unknown key 'ignored' in an ignore file",
         "did you mean 'ignore'?"),
        ('\n[[ignore]]\nrule = "a"', "2:1", "the entry has no reason",
         "add reason: an entry says what it is about, and why"),
        ('[[ignore]]\nreason = "a"', "1:1", "the entry has no rule, path or fingerprint",
         "add rule, path or fingerprint: an entry says what it is about, and why"),
        ('[[ignore]]\nrule = "a"\nreason = "a"\n[[ignore]]\nrule = 1\nreason = "b"', "5:1",
         "'rule' is not a text", "write a text"),
        ('[[ignore]]\nrule = "a"\nreason = "b"\nexpires = "soon"', "4:1",
         "'expires' is not a date, such as 2030-01-31",
         "write a date, such as 2030-01-31"),
        ("[ignore]", "1:1", "'ignore' is not a list of tables",
         "write each entry as a table: [[ignore]], and its keys below"),
        ("[[ignore]", "1:9", "Expected ']]' at the end of an array declaration (at line 1, column 9)",
         "correct the TOML"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_with_its_place(
    tmp_path: Path, text: str, place: str, said: str, hint: str
) -> None:
    with pytest.raises(DiagnosticError) as raised:
        sorted_out(tmp_path, text)
    (told,) = raised.value.diagnostics
    assert (told.message, told.help) == (said, hint)
    assert str(told.location).endswith(f"accepted.toml:{place}")


def test_a_joined_finding_is_out_if_all_of_its_parts_are(tmp_path: Path) -> None:
    def of(*names: str) -> dict[str, object]:
        schema = record(**dict.fromkeys(names, "string"))
        return document({"/a": {"get": operation(answer="A")}}, {"A": schema})

    (found,) = compare(of("a", "b"), of("a")).findings
    assert found.sides == set(Side)
    one = '[[ignore]]\nrule = "field-removed"\nreason = "agreed"\n'
    assert sorted_out(tmp_path, one, found).kept == (found,)
    both = one + '[[ignore]]\nrule = "response-*-removed"\nreason = "agreed"\n'
    result = sorted_out(tmp_path, both, found)
    assert (result.kept, result.notices) == ((), ())


def test_a_date_on_which_nothing_expires_is_no_matter(tmp_path: Path) -> None:
    text = '[[ignore]]\nrule = "*"\nreason = "r"\nexpires = 2030-01-01'
    path = tmp_path / "accepted.toml"
    path.write_text(text)
    (entry,) = read_ignore_file(str(path))
    assert entry.expires == date(2030, 1, 1)


def test_a_rule_that_does_not_exist_is_named(tmp_path: Path) -> None:
    text = '[[ignore]]\nrule = "%s"\nreason = "agreed"'
    (notice,) = sorted_out(tmp_path, text % "nonsense-rule", a_finding()).notices
    assert notice.code == "ignore-rule-unknown"
    assert "unknown rule 'nonsense-rule'" in notice.message
    (notice,) = sorted_out(tmp_path, text % "server-remove", a_finding()).notices
    assert notice.help == "did you mean 'server-removed'?"


def test_an_entry_for_one_place_hides_no_other(tmp_path: Path) -> None:
    def of(schema: str) -> dict[str, object]:
        schemas = {
            "A": record(["gone"], id="string", gone="string"),
            "B": record(id="string", fresh="string"),
        }
        listed = {"type": "array", "items": {"$ref": f"#/components/schemas/{schema}"}}
        paths = {
            "/a": {"get": operation("get_a", answer=schema)},
            "/b": {"get": operation("get_b", answer=listed)},
            "/keep": {"get": operation("keep_a", answer="A")},
            "/too": {"get": operation("keep_b", answer="B")},
        }
        return document(paths, schemas)

    found = compare(of("A"), of("B")).findings
    places = {each.path for each in found if Side.WIRE in each.sides}
    assert places == {"client.things.get_a", "client.things.get_b"}
    shown = apply_ignore_entries(found, (), TODAY, only=Side.WIRE).kept
    assert len({each.fingerprint for each in shown}) == len(shown)
    path = tmp_path / "accepted.toml"
    path.write_text('[[ignore]]\npath = "client.things.get_a"\nreason = "unused"')
    entries = read_ignore_file(str(path))
    result = apply_ignore_entries(found, entries, TODAY, only=Side.WIRE)
    assert result.kept
