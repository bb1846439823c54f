"""What in one version of an API is what in another.

In: two `Api`s. Out: `Matching`: definitions and operations that are the same thing under
another name. A definition is found again by its name; else by its shape and by the
shapes of all that it refers to, where that is certain: only one on each side has it, or
only one of them has a name that ends alike. An operation is found by its method and its
path, whose parameters may have other names.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass

from generator.api.model import Api, Definition, Operation
from generator.api.types import Named, Tag

_ROUNDS = 4
_PARAMETER = re.compile(r"\{[^{}]*\}")
_WORD = re.compile(r"[^0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class Matching:
    """Keys of the old version and those of the new one."""

    definitions: Mapping[str, str]
    operations: Mapping[str, str]

    def renamed(self, old: str, new: str) -> bool:
        """Tell whether two definitions are one."""
        return self.definitions.get(old) == new


def match(old: Api, new: Api) -> Matching:
    """Find what both versions have."""
    return Matching(
        definitions=_definitions(old.definitions, new.definitions),
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


def _definitions(
    old: Mapping[str, Definition], new: Mapping[str, Definition]
) -> dict[str, str]:
    found = {key: key for key in old if key in new}
    gone = [key for key in old if key not in new]
    fresh = [key for key in new if key not in old]
    if gone and fresh:
        colours_old, colours_new = colours(old), colours(new)
        candidates: dict[str, tuple[list[str], list[str]]] = defaultdict(
            lambda: ([], [])
        )
        for key in gone:
            candidates[colours_old[key]][0].append(key)
        for key in fresh:
            candidates[colours_new[key]][1].append(key)
        for before, after in candidates.values():
            found |= _certain(before, after)
        found |= _alike(
            [key for key in gone if key not in found],
            [key for key in fresh if key not in set(found.values())],
        )
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


def colours(definitions: Mapping[str, Definition]) -> dict[str, str]:
    """Give each definition a digest of its shape, and of the shapes that it refers to.

    Names take no part. The digest is made anew a few times, each time with the digests
    of what is referred to: so recursion needs no care.
    """
    texts = {key: _written(each) for key, each in definitions.items()}
    found = dict.fromkeys(definitions, "")
    for _ in range(_ROUNDS):
        found = {
            key: _digest(
                "".join(
                    part if not is_name else found.get(part, "?")
                    for is_name, part in parts
                )
            )
            for key, parts in texts.items()
        }
    return found


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def _written(value: object) -> list[tuple[bool, str]]:
    """Write what counts of a value, as pairs of whether it is a name, and a text."""
    if isinstance(value, Named):
        return [(True, value.key)]
    if isinstance(value, Tag):
        parts = [(False, value.property)]
        for wanted, key in value.mapping:
            is_own = wanted == key.rsplit("/", 1)[-1]
            parts += [(False, "" if is_own else wanted), (True, key)]
        return parts
    if is_dataclass(value):
        parts = [(False, type(value).__name__)]
        for each in fields(value):
            if each.compare:
                parts.append((False, f"|{each.name}:"))
                parts += _written(getattr(value, each.name))
        return parts
    if isinstance(value, tuple):
        parts = [(False, "(")]
        for member in value:
            parts += _written(member)
            parts.append((False, ","))
        return parts
    return [(False, repr(value))]
