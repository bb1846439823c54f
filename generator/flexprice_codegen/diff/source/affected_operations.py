"""Which operations and events a class of the client is a part of.

In: a `Surface`. Out: `AffectedParts` for each class. Each operation is a bit, each class a
number of them, so that a class in a thousand operations costs no more than a number.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping

from flexprice_codegen.diff.finding import AffectedParts
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.model import Surface
from flexprice_codegen.surface.python_types import list_model_names
from flexprice_codegen.surface.selection import iter_method_types, iter_needed_classes


@frozen_value
class AffectedIndex:
    """The roots of a surface (operations, then events) and the bits of its classes."""

    operations: tuple[str, ...]
    events: tuple[str, ...]
    bits: Mapping[str, int]

    def get_affected(self, name: str) -> AffectedParts:
        """Return what a class is a part of."""
        bits = self.bits.get(name, 0)
        # `bin` writes `0b` and the highest bit first: read from behind, its digits are
        # the roots in their order.
        numbers = [number for number, bit in enumerate(bin(bits)[:1:-1]) if bit == "1"]
        first_event = len(self.operations)
        operations = (self.operations[n] for n in numbers if n < first_event)
        events = (self.events[n - first_event] for n in numbers if n >= first_event)
        return AffectedParts(
            operations=tuple(sorted(operations)), events=tuple(sorted(events))
        )


def index_affected(surface: Surface) -> AffectedIndex:
    """Return what each class of a surface is a part of."""
    methods = [method for resource in surface.resources for method in resource.methods]
    roots = [
        *(tuple(iter_method_types(method)) for method in methods),
        *((row.payload,) for row in surface.events.rows),
    ]
    bits: dict[str, int] = defaultdict(int)
    for number, types in enumerate(roots):
        for name in {name for type_ in types for name in list_model_names(type_)}:
            bits[name] |= 1 << number

    _propagate_bits(
        bits, {model.name: set(iter_needed_classes(model)) for model in surface.models}
    )
    return AffectedIndex(
        tuple(method.key for method in methods),
        tuple(row.name for row in surface.events.rows),
        bits,
    )


def _propagate_bits(bits: dict[str, int], inside: Mapping[str, Iterable[str]]) -> None:
    """Add the bits of each class to the classes in it, until nothing is new."""
    pending = deque(bits)
    waiting = set(pending)
    while pending:
        name = pending.popleft()
        waiting.discard(name)
        for other in inside.get(name, ()):
            # Classes may name each other in circles; each turn adds a bit or ends.
            if bits[name] & ~bits[other]:
                bits[other] |= bits[name]
                if other not in waiting:
                    waiting.add(other)
                    pending.append(other)
