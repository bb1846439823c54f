"""The deprecated aliases of a client, as lines.

In: pairs of a deprecated name and its replacement. Out: lines. This module imports
nothing of ours, so that a run without work can print them without delay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

# About a screen; the lock file lists them all.
_MOST = 20


def iter_deprecation_lines(
    names: Iterable[tuple[str, str]], folder: str
) -> Iterator[str]:
    """Yield the lines that list deprecated names, and how to remove them.

    Args:
        names: Pairs of a deprecated name and its replacement.
        folder: The directory of the client.
    """
    found = sorted(names)
    for old, new in found[:_MOST]:
        yield f"  {old} is deprecated: it is {new} now"
    if len(found) > _MOST:
        yield f"  and {len(found) - _MOST} more, under old_names in the lock"
    if found:
        # Both versions are those of the lock file: only the names of the code change.
        command = f"flexprice-codegen migrate {folder} {folder} --aliases"
        yield f"  `{command}` moves your code off them"
        yield "  --prune-aliases drops old names"
