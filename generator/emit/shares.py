"""How many processes write the models of a client, and which writes which.

In: the modules to write, with their classes. Out: shares of them. To start a process
costs as much as to write some hundreds of classes, so only a large client has more than
one; then each gets several shares, so that one is looked at while the next is written.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from generator.surface.model import EnumClass, ModelClass

_START = 1_800
"""The classes and types that one process writes while another one starts."""
_MOST = 4
"""The most processes; each may take 200 MB."""
_EACH = 3
"""The shares of each process: what shares name in each other is written twice."""


def shared_out(
    modules: Mapping[str, Sequence[ModelClass | EnumClass]],
) -> tuple[int, list[list[str]]]:
    """Give the number of processes, and shares of modules that weigh about the same."""
    weights = {
        module: sum(map(_weight, classes)) for module, classes in modules.items()
    }
    whole = sum(weights.values())
    processes = min(_MOST, os.cpu_count() or 1, 1 + whole // (4 * _START))
    number = processes * _EACH if processes > 1 else 1
    shares: list[list[str]] = [[] for _ in range(number)]
    done = 0
    for module, weight in weights.items():
        shares[min(done * number // max(whole, 1), number - 1)].append(module)
        done += weight
    return processes, shares


def _weight(each: ModelClass | EnumClass) -> int:
    """Give what a class costs: the library looks at each of its types once."""
    fields = each.fields if isinstance(each, ModelClass) else ()
    return 1 + len({field.type for field in fields})
