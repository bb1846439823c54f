"""All that lies between two versions of an API, on the wire and in Python.

In: an `Api` and its `Surface` of each version. Out: findings with origins, one for each
edit.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.api.model import Api
from generator.diff.finding import Finding
from generator.diff.source import source_findings
from generator.surface.model import Surface


@dataclass(frozen=True, slots=True)
class Seen:
    """One version: what it says of the wire, and what Python sees of it."""

    api: Api
    surface: Surface


def compare(old: Seen, new: Seen) -> tuple[Finding, ...]:
    """Give the findings of both sides."""
    return source_findings(old.surface, new.surface)
