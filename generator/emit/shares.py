"""How many processes write the models of a client, and which writes which.

In: the classes to write. Out: shares of them, one a process. To start a process costs as
much as to write some hundreds of classes, so only a large client has more than one.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from generator.surface.model import EnumClass, ModelClass

_START = 1_800
"""The classes and types that one process writes while another one starts."""
_MOST = 4
"""The most processes; each may take 200 MB."""


def shared_out(
    classes: Sequence[ModelClass | EnumClass],
) -> list[list[ModelClass | EnumClass]]:
    """Give each process its classes; the first, which runs already, gets more."""
    weights = [_weight(each) for each in classes]
    whole = sum(weights)
    processes = min(_MOST, os.cpu_count() or 1, 1 + whole // (4 * _START))
    later = (whole - _START) // processes if processes > 1 else 0
    bounds = [whole - later * left for left in range(processes - 1, -1, -1)]
    shares: list[list[ModelClass | EnumClass]] = [[] for _ in bounds]
    done = number = 0
    for each, weight in zip(classes, weights, strict=True):
        while done >= bounds[number] and number + 1 < processes:
            number += 1
        shares[number].append(each)
        done += weight
    return shares


def _weight(each: ModelClass | EnumClass) -> int:
    """Give what a class costs: the library looks at each of its types once."""
    fields = each.fields if isinstance(each, ModelClass) else ()
    return 1 + len({field.type for field in fields})
