"""The advice about the number of the next version."""

from __future__ import annotations

import pytest
from support.findings import a_finding

from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.levels.next_version import advise_version
from flexprice_codegen.diff.rules.severity import Severity

ERROR = a_finding()


WARNING = a_finding(1, level=Severity.WARNING)


ADDED = a_finding(2, level=Severity.INFO, rule="field-added")


INFO = a_finding(3, level=Severity.INFO, rule="endpoint-deprecated")


@pytest.mark.parametrize(
    ("findings", "base", "bump", "version", "deciding"),
    [
        ([INFO, ADDED, WARNING, ERROR], "1.4.2", "major", "2.0.0", [ERROR]),
        ([INFO, ADDED, WARNING], "1.4.2", "minor", "1.5.0", [ADDED, WARNING]),
        ([INFO, ADDED], "v1.4", "minor", "v1.5.0", [ADDED]),
        ([INFO], "1", "patch", "1.0.1", [INFO]),
        ([], "1.4.2-beta+7", "none", "1.4.2", []),
        ([ERROR], "0.3.1", "major", "0.4.0", [ERROR]),
        ([ADDED], "0.3.1", "minor", "0.3.2", [ADDED]),
        ([ERROR], "2024-06-01", "major", "", [ERROR]),
        ([ERROR], "", "major", "", [ERROR]),
        ([ERROR], "9" * 500, "major", "", [ERROR]),
    ],
)
def test_the_next_version(
    findings: list[Finding], base: str, bump: str, version: str, deciding: list[Finding]
) -> None:
    given = advise_version(findings, base)
    assert (given.bump, given.version) == (bump, version)
    assert given.because == tuple(each.fingerprint for each in deciding)
