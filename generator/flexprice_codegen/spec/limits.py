"""Limits for the documents that the generator reads.

In: nothing. Out: `Limits`, which every reader receives, so that no document can exhaust
the memory, the stack or the time of a run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flexprice_codegen.frozen_values import frozen_value

if TYPE_CHECKING:
    from flexprice_codegen.spec.public_network import Network

MAX_DEPTH = 400
"""The maximum of `Limits.depth`, so that code can recurse once a level."""


@frozen_value(kw_only=True)
class Limits:
    """The limits for one document.

    Attributes:
        size: The maximum size of one file, in bytes.
        depth: How many levels objects and arrays may be nested. Code that walks a
            document may recurse once a level.
        values: The maximum number of values in one document, YAML aliases expanded.
        hosts: The hosts that a reference may lead to, as HOST or HOST:PORT.
        network: How to connect to those hosts; None for the default.
        seconds: The deadline for one file of such a host.
        files: The maximum number of files that references lead to.
    """

    size: int = 64 * 1024 * 1024
    depth: int = 200
    values: int = 2_000_000
    hosts: frozenset[str] = frozenset()
    network: Network | None = None
    seconds: float = 30.0
    files: int = 1_000


DEFAULT_LIMITS = Limits()
