"""The summary of a run, as GitHub shows it."""

from __future__ import annotations

from flexprice_codegen.diagnostics import Diagnostic, FileLocation, Level
from flexprice_codegen.report.drift import Drift
from flexprice_codegen.report.job_summary import format_run_summary
from flexprice_codegen.report.run_json import ClientReport

SUMMARY = """### flexprice-codegen: differs

**zoo_client**: 1 file to report

| file | what |
|---|---|
| models/_pet.py | edited \\<b\\>by\\</b\\> \\| \\`hand\\` |

<details><summary>the differences</summary>

`````diff
+x = '````'
+y
`````

</details>

| level | place | what |
|---|---|---|
| warning | z.yaml:1:2 | no \\| \\*b\\* \\[a\\] |

"""


def test_a_summary_is_markdown_in_which_no_text_is_markup() -> None:
    drift = Drift("models/_pet.py", "edited", "edited <b>by</b> | `hand`")
    report = ClientReport("zoo", "zoo_client", (drift,), ("+x = '````'", "+y"))
    said = Diagnostic(
        code="a",
        level=Level.WARNING,
        message="no\n| *b*",
        location=FileLocation("z.yaml", 1, 2),
    )
    assert format_run_summary("differs", [report], [said]) == SUMMARY
