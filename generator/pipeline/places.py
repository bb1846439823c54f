"""Diagnostics with places in files.

In: diagnostics about nodes of a document. Out: the same with file, line and column.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.diagnostics import Diagnostic
from generator.spec.document import Document


def located(
    diagnostics: Iterable[Diagnostic], document: Document
) -> tuple[Diagnostic, ...]:
    """Replace origins by places in files."""
    return tuple(
        each if each.at is None else replace(each, at=document.locate(each.at))
        for each in diagnostics
    )
