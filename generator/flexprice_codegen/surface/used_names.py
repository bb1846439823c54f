"""Names that must differ: who comes later gets a number.

In: names, one after the other. Out: each, or the first numbered form of it that is free.
How far a name was counted is remembered, so that a thousand equal names are counted once.
"""

from __future__ import annotations

from collections.abc import Iterable


class UsedNames:
    """The names that are taken."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        """Begin with names that nobody may have."""
        self._names = set(names)
        self._counted: dict[str, int] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def take_name(self, name: str, stem: str = "") -> str:
        """Take a name, or `stem_2`, `stem_3` and so on; the stem is the name itself."""
        unique = name
        stem = stem or name
        number = self._counted.get(stem, 2)
        while unique in self._names:
            unique = f"{stem}_{number}"
            number = number + 1
            self._counted[stem] = number
        self._names.add(unique)
        return unique
