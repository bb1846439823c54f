"""The old names of a client that still work, as lines.

In: pairs of an old name and what is to be written today. Out: lines. This module imports
nothing, for a run with nothing to do says them, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_MOST = 20


def iter_deprecation_lines(names: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Write what is deprecated, and how to be rid of it."""
    found = sorted(names)
    for old, new in found[:_MOST]:
        yield f"  {old} is deprecated: it is {new} now"
    if len(found) > _MOST:
        yield f"  and {len(found) - _MOST} more, under old_names in the lock"
    if found:
        yield "  --prune-aliases drops old names"
