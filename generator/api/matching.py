"""What in one version of an API is what in another.

In: two `Api`s. Out: `Matching`: definitions and operations that are the same thing under
another name. A definition is found again by its name; else by its shape and by the
shapes of all that it refers to, where that is certain: only one on each side has it, or
only one of them has a name that ends alike. An operation is found by its method and its
path, whose parameters may have other names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.api.model import Api, Operation
from generator.api.shape import whole_shapes

_PARAMETER = re.compile(r"\{[^{}]*\}")
_WORD = re.compile(r"[^0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class Matching:
    """Keys of the old version and those of the new one."""

    definitions: Mapping[str, str]
    operations: Mapping[str, str]

    def renamed(self, old: str, new: str) -> bool:
        """Tell whether two definitions are one."""
        return self.definitions.get(old, old) == new


def match(old: Api, new: Api) -> Matching:
    """Find what both versions have."""
    return Matching(
        definitions=_definitions(old, new),
        operations=_operations(old.operations, new.operations),
    )


def template(path: str) -> str:
    """Give a path without the names of its parameters: `/customers/{}`."""
    return _PARAMETER.sub("{}", path)


def _operations(old: Iterable[Operation], new: Iterable[Operation]) -> dict[str, str]:
    left = {each.key: each for each in new}
    found = {each.key: each.key for each in old if each.key in left}
    by_shape = defaultdict(list)
    for each in new:
        if each.key not in found:
            by_shape[each.method, template(each.path)].append(each.key)
    for each in old:
        if each.key not in found:
            candidates = by_shape[each.method, template(each.path)]
            if candidates:
                found[each.key] = candidates.pop(0)
    return found


def _definitions(old: Api, new: Api) -> dict[str, str]:
    found = {key: key for key in old.definitions if key in new.definitions}
    gone = [key for key in old.definitions if key not in new.definitions]
    fresh = [key for key in new.definitions if key not in old.definitions]
    if gone and fresh:
        found |= _by_shape(whole_shapes(old, gone), whole_shapes(new, fresh))
        taken = set(found.values())
        found |= _alike(
            [key for key in gone if key not in found],
            [key for key in fresh if key not in taken],
        )
    return found


def _by_shape(gone: Mapping[str, str], fresh: Mapping[str, str]) -> dict[str, str]:
    """Pair keys of equal shapes, as far as that is certain."""
    candidates: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for key, shape in gone.items():
        candidates[shape][0].append(key)
    for key, shape in fresh.items():
        candidates[shape][1].append(key)
    found: dict[str, str] = {}
    for before, after in candidates.values():
        found |= _certain(before, after)
    return found


def _certain(before: list[str], after: list[str]) -> dict[str, str]:
    """Pair what has one shape: the only ones, else those whose names end alike."""
    if len(before) == 1 and len(after) == 1:
        return {before[0]: after[0]}
    return _alike(before, after)


def _alike(before: list[str], after: list[str]) -> dict[str, str]:
    """Pair what has the same last name, where each is the only one that has it."""
    named: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for key in before:
        named[_last(key)][0].append(key)
    for key in after:
        named[_last(key)][1].append(key)
    return {
        first[0]: second[0]
        for first, second in named.values()
        if len(first) == 1 and len(second) == 1
    }


def _last(key: str) -> str:
    """Give the name of a key without the package before it: `dto.Plan > x` is `plan > x`."""
    owner, *rest = key.split(" > ")
    return " > ".join((_WORD.sub("", owner.rsplit(".", 1)[-1]).lower(), *rest))
