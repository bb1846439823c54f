"""Diagnostics with locations in files.

In: diagnostics about nodes of a document. Out: the same with file, line, and column.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flexprice_codegen.diagnostics import Diagnostic
from flexprice_codegen.spec.document import Document


def locate_diagnostics(
    diagnostics: Iterable[Diagnostic], document: Document
) -> tuple[Diagnostic, ...]:
    """Return diagnostics with file, line, and column instead of origins in a document."""
    return tuple(
        (
            each
            if each.location is None
            else replace(each, location=document.locate(each.location))
        )
        for each in diagnostics
    )
