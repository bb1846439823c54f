"""A report in the XML format of JUnit, which most CI systems show as tests.

In: problems. Out: one suite. An error is a failed test; a warning or a note is a passed
test with output. Without problems there is one passed test, because some CI systems
reject an empty suite.

Source: the schema of Jenkins' xUnit plugin; XML 1.0 §2.2 (characters).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from flexprice_codegen.diagnostics import FileLocation, Level
from flexprice_codegen.emit.python_text import join_lines
from flexprice_codegen.report.problems import ReportedProblem

# What XML 1.0 §2.2 excludes, even as a character reference.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def format_junit(problems: Sequence[ReportedProblem], suite: str) -> str:
    """Return the report as XML.

    Args:
        problems: What to report.
        suite: The name of the suite.
    """
    errors = sum(each.diagnostic.level is Level.ERROR for each in problems)
    counts = {"tests": str(max(len(problems), 1)), "failures": str(errors)}
    root = ET.Element("testsuites", counts)
    parent = ET.SubElement(root, "testsuite", {"name": suite, **counts})
    for problem in problems:
        _add_test(parent, problem, suite)
    if not problems:
        ET.SubElement(parent, "testcase", {"classname": suite, "name": "no problems"})

    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _add_test(parent: ET.Element, problem: ReportedProblem, suite: str) -> None:
    diagnostic = problem.diagnostic
    attributes = {
        "classname": f"{suite}.{diagnostic.code}",
        "name": _clean_text(f"{diagnostic.code}: {problem.name}"),
    }
    if isinstance(diagnostic.location, FileLocation):
        attributes["file"] = _clean_text(diagnostic.location.file)
        attributes["line"] = str(diagnostic.location.line)
    test = ET.SubElement(parent, "testcase", attributes)

    message = _clean_text(diagnostic.message)
    place = f"{diagnostic.location}: " if diagnostic.location is not None else ""
    details = f"{_clean_text(f'{place}{diagnostic.message}')}\n"
    details += _clean_text(diagnostic.help)
    if diagnostic.level is Level.ERROR:
        failure = {"type": diagnostic.code, "message": message}
        ET.SubElement(test, "failure", failure).text = details
    else:
        ET.SubElement(test, "system-out").text = f"{diagnostic.level}: {details}"


def _clean_text(text: str) -> str:
    """Return a text on one line, without characters that XML cannot have."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", join_lines(text))
