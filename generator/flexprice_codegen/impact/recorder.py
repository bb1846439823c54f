"""The uses that were found, each once.

In: the symbols that are asked for, and uses of any symbol. Out: the uses of those.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from flexprice_codegen.impact.symbols import (
    CONFIDENCES,
    Confidence,
    Position,
    Symbol,
    Use,
    Way,
)

# Only these are found by their name if the type of the owner is unknown.
_UNTYPED_KINDS = frozenset({"method", "field"})


@dataclass(slots=True)
class Recorder:
    """Collects uses of the symbols that are wanted."""

    wanted: Collection[Symbol]
    _names: dict[str, list[Symbol]] = field(default_factory=dict)
    _uses: dict[str, dict[tuple[Position, Symbol], Use]] = field(default_factory=dict)
    """By file, position and symbol."""
    _mixed: dict[str, set[Position]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names: dict[str, list[Symbol]] = defaultdict(list)
        for symbol in sorted(self.wanted):
            if symbol.kind in _UNTYPED_KINDS:
                names[symbol.name].append(symbol)
        self._names = dict(names)

    def clear(self, file: str) -> None:
        """Forget the uses in a file."""
        self._uses.pop(file, None)
        self._mixed.pop(file, None)

    def list_named(self, name: str) -> Iterable[Symbol]:
        """Return the wanted methods and fields of a name."""
        return self._names.get(name, ())

    def add(self, use: Use) -> None:
        """Add a use, if its symbol is wanted; the surest of several stays."""
        if use.symbol not in self.wanted:
            return
        uses = self._uses.setdefault(use.file, {})
        key = (use.position, use.symbol)
        known = uses.get(key)
        if known is None or _is_surer(use.confidence, known.confidence):
            uses[key] = use

    def add_mixed(self, file: str, position: Position) -> None:
        """Note that the value at a place can be something else as well."""
        self._mixed.setdefault(file, set()).add(position)

    def list_uses(self) -> tuple[Use, ...]:
        """Return all uses, in the order of files and lines."""
        return tuple(sorted(self._iter_uses()))

    def _iter_uses(self) -> Iterator[Use]:
        for file, uses in self._uses.items():
            mixed = self._mixed.get(file, set())
            for use in uses.values():
                yield replace(use, is_mixed=True) if use.position in mixed else use


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
