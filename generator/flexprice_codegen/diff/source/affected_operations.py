"""Which operations and events a class of the client is a part of.

In: a `Surface`. Out: a `Reach` for each class. Each operation is a bit, each class a
number of them, so that a class in a thousand operations costs no more than a number.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flexprice_codegen.diff.finding import AffectedParts
from flexprice_codegen.surface.cut import classes_of, types_of
from flexprice_codegen.surface.model import Surface
from flexprice_codegen.surface.python import classes_in


@dataclass(frozen=True, slots=True)
class AffectedIndex:
    """The roots of a surface (operations, then events) and the bits of its classes."""

    operations: tuple[str, ...]
    events: tuple[str, ...]
    bits: Mapping[str, int]

    def get_affected(self, name: str) -> AffectedParts:
        """Give what a class is a part of."""
        bits = self.bits.get(name, 0)
        there = [number for number, bit in enumerate(bin(bits)[:1:-1]) if bit == "1"]
        return AffectedParts(
            operations=tuple(
                sorted(
                    self.operations[each]
                    for each in there
                    if each < len(self.operations)
                )
            ),
            events=tuple(
                sorted(
                    self.events[each - len(self.operations)]
                    for each in there
                    if each >= len(self.operations)
                )
            ),
        )


def index_affected(surface: Surface) -> AffectedIndex:
    """Find what each class is a part of."""
    methods = [each for resource in surface.resources for each in resource.methods]
    roots = [
        *(tuple(types_of(each)) for each in methods),
        *((each.payload,) for each in surface.events.rows),
    ]
    bits: dict[str, int] = defaultdict(int)
    for number, types in enumerate(roots):
        for name in {name for each in types for name in classes_in(each)}:
            bits[name] |= 1 << number
    _propagate_bits(bits, {each.name: set(classes_of(each)) for each in surface.models})
    return AffectedIndex(
        tuple(each.key for each in methods),
        tuple(each.name for each in surface.events.rows),
        bits,
    )


def _propagate_bits(bits: dict[str, int], inside: Mapping[str, Iterable[str]]) -> None:
    """Hand the bits of each class to the classes in it, until nothing is new."""
    pending = deque(bits)
    waiting = set(pending)
    while pending:
        name = pending.popleft()
        waiting.discard(name)
        for other in inside.get(name, ()):
            if bits[name] & ~bits[other]:
                bits[other] |= bits[name]
                if other not in waiting:
                    waiting.add(other)
                    pending.append(other)
