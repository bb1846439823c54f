"""The uses that were found, each once.

In: the symbols that are asked for, and uses of any symbol. Out: the uses of those.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from flexprice_codegen.impact.symbols import (
    CONFIDENCES,
    Confidence,
    Position,
    Symbol,
    Use,
    Way,
)

_UNTYPED_KINDS = frozenset({"method", "field"})


@dataclass(slots=True)
class Recorder:
    """Collects uses of the symbols that are wanted."""

    wanted: Collection[Symbol]
    _names: dict[str, list[Symbol]] = field(default_factory=dict)
    _uses: dict[tuple[str, Position, Symbol], Use] = field(default_factory=dict)
    _mixed: set[tuple[str, Position]] = field(default_factory=set)

    def __post_init__(self) -> None:
        names: dict[str, list[Symbol]] = defaultdict(list)
        for symbol in sorted(self.wanted):
            if symbol.kind in _UNTYPED_KINDS:
                names[symbol.name].append(symbol)
        self._names = dict(names)

    def clear(self) -> None:
        """Forget all uses."""
        self._uses.clear()
        self._mixed.clear()

    def list_named(self, name: str) -> Iterable[Symbol]:
        """Return the wanted methods and fields of a name."""
        return self._names.get(name, ())

    def add(self, use: Use) -> None:
        """Add a use, if its symbol is wanted; the surest of several stays."""
        if use.symbol not in self.wanted:
            return
        key = (use.file, use.position, use.symbol)
        known = self._uses.get(key)
        if known is None or _is_surer(use.confidence, known.confidence):
            self._uses[key] = use

    def add_mixed(self, file: str, position: Position) -> None:
        """Note that the value at a place can be something else as well."""
        self._mixed.add((file, position))

    def list_uses(self) -> tuple[Use, ...]:
        """Return all uses, in the order of files and lines."""
        found = (
            Use(
                use.file,
                use.position,
                use.symbol,
                use.way,
                use.confidence,
                use.given,
                (use.file, use.position) in self._mixed,
            )
            for use in self._uses.values()
        )
        return tuple(sorted(found))


def create_use(
    file: str,
    position: Position,
    symbol: Symbol,
    way: Way,
    confidence: Confidence = "sure",
) -> Use:
    """Return a use of a symbol."""
    return Use(file, position, symbol, way, confidence)


def _is_surer(one: Confidence, other: Confidence) -> bool:
    return CONFIDENCES.index(one) < CONFIDENCES.index(other)
