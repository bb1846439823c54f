"""The repository is code whose uses are found, and has tests of its own."""

from __future__ import annotations

collect_ignore = ["repository"]
