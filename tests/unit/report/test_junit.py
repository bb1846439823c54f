"""The report as JUnit XML."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st
from support.findings import a_finding, a_mixture, changes_of

from flexprice_codegen.report.changes_platforms import as_junit
from flexprice_codegen.report.junit import format_junit


def parse(text: str) -> ET.Element:
    """Return the only suite of a report of ours."""
    (suite,) = ET.fromstring(text)  # noqa: S314 - it is ours
    return suite


def test_errors_fail_and_the_rest_passes() -> None:
    suite = parse(as_junit(a_mixture()))
    assert (suite.get("tests"), suite.get("failures")) == ("4", "2")
    assert len(suite.findall("testcase/failure")) == 2
    assert len(suite.findall("testcase/system-out")) == 2
    assert suite[1].get("file") == "specs/new.yaml"
    assert suite[1].get("line") == "7"


def test_a_report_without_problems_has_one_passed_test() -> None:
    suite = parse(format_junit([], "flexprice-codegen"))
    assert (suite.get("tests"), suite.get("failures")) == ("1", "0")
    assert len(suite) == 1


@given(st.text())
def test_any_text_is_xml(text: str) -> None:
    suite = parse(as_junit(changes_of([a_finding(message=text, path=text, why=text)])))
    assert len(suite) == 1
