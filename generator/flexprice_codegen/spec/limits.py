"""How much of an input is taken before it is refused.

In: nothing. Out: `Limits`, handed down to every reader, so that no document can
exhaust the memory, the stack or the patience of a run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flexprice_codegen.spec.public_network import Network

MAX_DEPTH = 400
"""The most that `Limits.depth` may be: what recurses once a level must have a stack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds for one document.

    Attributes:
        size: The bytes of one file.
        depth: How deep objects and arrays may stand in one another. Code that
            walks a document may recurse once a level.
        values: How many values one document may have, aliases of YAML expanded.
        hosts: The hosts that a reference may lead to, as HOST or HOST:PORT.
        network: How those hosts are reached; None for how everybody reaches them.
        seconds: The time for one file that comes from such a host.
        files: The files that references may lead to, all together.
    """

    size: int = 64 * 1024 * 1024
    depth: int = 200
    values: int = 2_000_000
    hosts: frozenset[str] = frozenset()
    network: Network | None = None
    seconds: float = 30.0
    files: int = 1_000


DEFAULT_LIMITS = Limits()
