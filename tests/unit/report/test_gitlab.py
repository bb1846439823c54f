"""The report for GitLab."""

from __future__ import annotations

import json

from support.findings import a_mixture

from flexprice_codegen.report.changes_platforms import as_gitlab
from flexprice_codegen.report.gitlab import format_gitlab


def test_each_finding_is_an_issue_with_all_required_keys() -> None:
    issues = json.loads(as_gitlab(a_mixture()))
    assert len(issues) == 4
    for issue in issues:
        assert issue["description"]
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["path"]
        assert issue["location"]["lines"]["begin"] >= 1
    assert len({issue["fingerprint"] for issue in issues}) == 4
    assert issues[1]["location"] == {"path": "specs/new.yaml", "lines": {"begin": 7}}


def test_no_problem_is_an_empty_list() -> None:
    assert json.loads(format_gitlab([], "api.yaml")) == []
