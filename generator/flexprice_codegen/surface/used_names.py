"""Unique names: a name that is taken gets a number.

In: names, one after the other. Out: each, or its first free numbered form. The highest
number of each stem is stored, so that a thousand equal names are counted only once.
"""

from __future__ import annotations

from collections.abc import Iterable


class UsedNames:
    """A set of used names."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        """Start with names that cannot be taken."""
        self._names = set(names)
        self._counted: dict[str, int] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def take_name(self, name: str, stem: str = "") -> str:
        """Take a name, or the first free one of `stem_2`, `stem_3`, and so on.

        Args:
            name: The preferred name.
            stem: The part before the number; by default, the name.
        """
        unique = name
        stem = stem or name
        number = self._counted.get(stem, 2)

        while unique in self._names:
            unique = f"{stem}_{number}"
            number = number + 1
            self._counted[stem] = number

        self._names.add(unique)
        return unique
