"""Reports about changes: what each format promises, with findings made by hand."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema
from support.comparing import a_finding, changes_of, compare, read_report_schema
from support.documents import document, operation, record

from flexprice_codegen.diagnostics import Diagnostic, FileLocation, Level
from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.finding import AffectedParts, Finding
from flexprice_codegen.diff.levels.ignore_file import IgnoredFinding
from flexprice_codegen.diff.rules.catalogue import RULES, SOURCE_RULES
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.report.changelog import format_changelog
from flexprice_codegen.report.changes_github import as_github
from flexprice_codegen.report.changes_html import as_html
from flexprice_codegen.report.changes_json import as_json
from flexprice_codegen.report.changes_markdown import MAX_COMMENT_LENGTH, as_markdown
from flexprice_codegen.report.changes_sarif import as_sarif
from flexprice_codegen.report.changes_text import iter_lines
from flexprice_codegen.report.rule_pages import format_rules_page
from flexprice_codegen.runtime.shapes import Value

ROOT = Path(__file__).parents[3]
SCHEMA = read_report_schema()
NASTY = (
    "</script><img src=x onerror=alert(1)> `a` ]]> @octocat #1 https://x.y\n::error::x"
)


def a_mixture() -> Changes:
    """Make a comparison with something of everything."""
    far = AffectedParts(
        operations=tuple(f"GET /things/{number:02}" for number in range(38)),
        events=tuple(f"thing.{number}" for number in range(12)),
    )
    both = frozenset(Side)
    at = FileLocation("specs/new.yaml", 7, 3)
    made = changes_of(
        [
            a_finding(0, sides=both, python="models.Customer.field0", affected=far),
            a_finding(1, level=Severity.WARNING, old=at, new=at, after="integer"),
            a_finding(2, level=Severity.INFO, rule="field-added", new=at),
            a_finding(3, message=NASTY, path=NASTY, before=NASTY, why=NASTY, old=at),
        ]
    )
    notice = Diagnostic(
        code="ignore-unused", level=Level.WARNING, message="m", location=at
    )
    ignored = IgnoredFinding(
        finding=a_finding(9, parts=(a_finding(8),)), reason="agreed"
    )
    return replace(made, ignored=(ignored,), notices=(notice,))


def test_json_is_what_its_schema_says() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    value = json.loads(as_json(a_mixture()))
    jsonschema.validate(value, SCHEMA)
    assert value["summary"] == {
        "error": 2, "warning": 1, "info": 1, "wire": 4, "source": 1, "total": 4, "ignored": 1,
    }  # fmt: skip
    assert value["next_version"] == "2.0.0"
    assert len(value["findings"][0]["operations"]) == 38


def test_a_real_comparison_is_what_the_schema_says() -> None:
    def of(*names: str) -> dict[str, Value]:
        schema = record(**dict.fromkeys(names, "string"))
        return document({"/a": {"get": operation(answer="A")}}, {"A": schema})

    value = json.loads(as_json(compare(of("a", "b"), of("b", "c"))))
    jsonschema.validate(value, SCHEMA)
    added, removed = value["findings"][1], value["findings"][0]
    assert removed["old"] == {"file": "old.json", "line": 39, "column": 6}
    assert {each["sides"][0] for each in added["parts"]} == {"wire", "source"}


def test_sarif_is_what_its_schema_says() -> None:
    log = as_sarif(a_mixture())
    StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate_json(log)
    run = json.loads(log)["runs"][0]
    rules = [each["id"] for each in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["locations"]
    assert [each.get("suppressions") for each in run["results"]][-1] == [
        {"kind": "external", "justification": "agreed"}
    ]


def test_text_folds_what_a_finding_reaches() -> None:
    text = [line for line, _ in iter_lines(a_mixture())]
    assert "    reaches 38 operations, 12 events" in text
    assert "    reaches POST /customers, customer.created" in text
    assert text[-1] == (
        "The next version: 2.0.0 (major; it is 1.4.0 now); 2 findings break callers"
    )


def test_github_gets_no_command_from_a_document() -> None:
    written = as_github(a_mixture()).splitlines()
    assert all(re.match(r"::(error|warning|notice) [^:]*::", line) for line in written)
    assert len(written) == 5
    assert "file=specs/new.yaml,line=7,col=3" in written[1]


def test_github_shows_the_gravest_and_counts_the_rest() -> None:
    many = [a_finding(number) for number in range(25)]
    many += [a_finding(number, level=Severity.INFO) for number in range(30, 45)]
    written = as_github(changes_of(many)).splitlines()
    assert sum(line.startswith("::error") for line in written) == 10
    assert sum(line.startswith("::notice") for line in written) == 10
    assert "21 more are not annotated" in written[-1]


def test_markdown_puts_the_summary_first_and_folds_the_rest() -> None:
    written = as_markdown(a_mixture())
    assert written.startswith("## API changes: 2 of 4 findings break callers\n")
    assert "| :x: Breaking | 2 | 1 | 2 |" in written
    assert written.count("<details>") == written.count("</details>") == 4
    assert "1 ignored by an ignore file" in written


def test_markdown_calls_nobody_and_runs_nothing() -> None:
    written = as_markdown(a_mixture())
    assert "<img" not in written
    outside = re.sub(r"<code>.*?</code>", "", written)
    assert not re.search(r"@octocat|#1\b|https://", outside)


@pytest.mark.parametrize("level", list(Severity))
def test_markdown_stays_below_the_limit_and_says_what_is_missing(
    level: Severity,
) -> None:
    many = [a_finding(n, level=level, message="é😀" * 90) for n in range(900)]
    written = as_markdown(changes_of(many))
    assert len(written.encode("utf-16-le")) // 2 <= MAX_COMMENT_LENGTH
    assert written.count("<details>") == written.count("</details>")
    missing = re.search(r"Not shown, for want of room: (\d+) of", written)
    assert missing is not None
    shown = written.count("<sub>")
    assert shown + int(missing[1]) == 900


class _Tags(HTMLParser):
    """Collects the tags of a page, and what its text is."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a tag."""
        self.tags.append(tag)
        self.attributes += attrs


def test_the_page_holds_nothing_that_a_document_brings_in() -> None:
    page = as_html(a_mixture())
    tags = _Tags()
    tags.feed(page)
    assert tags.tags.count("script") == 1
    assert "img" not in tags.tags
    names = {name for name, _ in tags.attributes}
    assert not {name for name in names if name.startswith("on")}
    assert not names & {"src", "style", "action", "formaction"}
    policy = dict(tags.attributes)["content"] or ""
    assert "unsafe" not in page.partition("<style>")[0]
    assert policy


def test_the_page_holds_each_reach_once() -> None:
    wide = AffectedParts(operations=tuple(f"GET /{number}" for number in range(200)))
    page = as_html(changes_of(a_finding(n, affected=wide) for n in range(50)))
    assert page.count("<li>GET /17</li>") == 1
    assert "<li>0-199</li>" in page


def test_a_section_of_a_changelog() -> None:
    written = format_changelog(a_mixture(), date(2026, 1, 2))
    assert written.startswith("## [2.0.0] - 2026-01-02\n\n### Added\n\n- The property")
    assert "### Removed\n\n- **Breaking:** The property field0 was removed." in written
    assert "(38 operations, 12 events)" in written
    assert "@octocat" not in written
    assert "No change" in format_changelog(changes_of([]), date(2026, 1, 2))


def test_the_page_of_rules_is_up_to_date() -> None:
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == format_rules_page(RULES), "run `make rules`"


def test_rules_of_python_say_everything_and_name_their_opposite() -> None:
    ids = {each.id for each in RULES}
    assert len(ids) == len(RULES)
    for each in SOURCE_RULES:
        assert all((each.says, each.why, each.example, each.fix)), each.id
        assert each.mirror in ids, each.id


def test_fingerprints_depend_on_what_and_where_only() -> None:
    one = a_finding()
    same = replace(
        one, message="m", why="w", fix="f", level=Severity.INFO, before="b", after="a"
    )
    assert same.fingerprint == one.fingerprint
    others: list[Finding] = [
        a_finding(1), a_finding(detail="x"), a_finding(rule="field-removed"),
    ]  # fmt: skip
    assert one.fingerprint not in {each.fingerprint for each in others}
