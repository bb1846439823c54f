"""Reports about findings whose every text is hostile: no format may fail or give way."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema
from support.examples import count_examples
from support.findings import changes_of, read_report_schema

from flexprice_codegen.diagnostics import FileLocation
from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.finding import AffectedParts, Finding
from flexprice_codegen.diff.levels.ignore_file import IgnoredFinding
from flexprice_codegen.diff.rules.rule_ids import RULE_IDS
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.report.changelog import format_changelog
from flexprice_codegen.report.changes_github import as_github
from flexprice_codegen.report.changes_html import as_html
from flexprice_codegen.report.changes_json import as_json
from flexprice_codegen.report.changes_markdown import MAX_COMMENT_LENGTH, as_markdown
from flexprice_codegen.report.changes_sarif import as_sarif
from flexprice_codegen.report.changes_text import iter_lines

SCHEMA = jsonschema.Draft202012Validator(read_report_schema())
NASTY = st.sampled_from(
    [
        "", "<script>", "</script>", "</details>", "{{ 7*7 }}", "{% x %}", "`", "```",
        "|", "\x00", "\r\n::error::", "%0A", "\x1b[31m", "\u202e", "\ud800", "😀",
        "--><!--", "&#x3c;", "'\"", "[x](y)", "@a", "#1", "\\", "%(a)s", "$(x)",
    ]
)  # fmt: skip
TEXTS = st.lists(st.one_of(NASTY, st.text(max_size=5)), max_size=3).map("".join)
NAMES = st.lists(TEXTS, max_size=5).map(tuple)
PLACES = st.none() | st.builds(
    FileLocation, TEXTS, st.integers(1, 10**9), st.integers(1, 10**9)
)
SIDES = st.sampled_from([{Side.WIRE}, {Side.SOURCE}, set(Side)]).map(frozenset)


def findings() -> st.SearchStrategy[Finding]:
    return st.builds(
        Finding,
        key=st.sampled_from(list(RULE_IDS)),
        level=st.sampled_from(Severity),
        sides=SIDES,
        path=TEXTS,
        python=TEXTS,
        detail=TEXTS,
        message=TEXTS,
        why=TEXTS,
        fix=TEXTS,
        before=TEXTS,
        after=TEXTS,
        affected=st.builds(AffectedParts, operations=NAMES, events=NAMES),
        old=PLACES,
        new=PLACES,
    )


def made(found: list[Finding], title: str) -> Changes:
    changes = changes_of(found)
    version = replace(changes.new, title=title, source=title, version=title)
    ignored = tuple(IgnoredFinding(finding=each, reason=title) for each in found[:1])
    return replace(changes, old=version, new=version, ignored=ignored)


@settings(max_examples=count_examples(25, few=8))
@given(st.lists(findings(), max_size=4), TEXTS)
def test_no_format_fails_or_gives_way(found: list[Finding], title: str) -> None:
    changes = made(found, title)
    SCHEMA.validate(json.loads(as_json(changes)))
    StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate_json(
        as_sarif(changes)
    )
    page = as_html(changes)
    assert page.lower().count("<script") == page.lower().count("</script") == 1
    markdown = as_markdown(changes)
    assert len(markdown.encode("utf-16-le")) // 2 <= MAX_COMMENT_LENGTH
    assert markdown.count("<details>") == markdown.count("</details>")
    github = as_github(changes)
    assert len(github.splitlines()) <= len(found) + 1
    assert all(each.startswith("::") for each in github.split("\n") if each)
    texts = [each for each, _ in iter_lines(changes)]
    changelog = format_changelog(changes, date(2026, 1, 1))
    for each in (page, markdown, github, changelog, *texts):
        assert "\x1b" not in each
        each.encode()


@given(findings(), findings())
def test_fingerprints_tell_findings_apart(one: Finding, other: Finding) -> None:
    same = (one.rule, one.path, one.detail) == (other.rule, other.path, other.detail)
    assert (one.fingerprint == other.fingerprint) is same
