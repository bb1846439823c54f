"""The result of judging traffic, for reports.

In: nothing. Out: `ConformResult`.
"""

from __future__ import annotations

from flexprice_codegen.conform.corrections import Correction
from flexprice_codegen.conform.coverage import Coverage
from flexprice_codegen.conform.findings import ConformFinding
from flexprice_codegen.diagnostics import Diagnostic
from flexprice_codegen.frozen_values import frozen_value


@frozen_value(kw_only=True)
class ConformResult:
    """What the traffic says about the document.

    `remaining` are the findings that are left with all corrections applied. `withdrawn`
    counts the corrections that failed their proof.
    """

    findings: tuple[ConformFinding, ...]
    corrections: tuple[Correction, ...]
    remaining: tuple[ConformFinding, ...]
    withdrawn: int
    coverage: Coverage
    exchanges: int
    notices: tuple[Diagnostic, ...]
