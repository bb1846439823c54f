"""How much of an input is taken before it is refused.

In: nothing. Out: `Limits`, handed down to every reader, so that no document can
exhaust the memory, the stack or the patience of a run.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds for one document.

    Attributes:
        size: The bytes of one file.
        depth: How deep objects and arrays may stand in one another. Code that
            walks a document may recurse once a level.
        values: How many values one document may have, aliases of YAML expanded.
    """

    size: int = 64 * 1024 * 1024
    depth: int = 200
    values: int = 2_000_000


DEFAULT_LIMITS = Limits()
