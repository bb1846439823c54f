"""What lives on under another key: by its shape.

In: the names of an earlier run, the `Api` and its shapes. Out: for keys that are gone,
the keys that took their place. A definition is recognised by its whole shape, an
operation by its outer one and a path that reads alike or the same id: an old name must
never call something else. What two could claim is claimed by none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.model import Api, Enumeration, Operation
from flexprice_codegen.api.shape import Shape, Shapes
from flexprice_codegen.surface.model import AssignedName
from flexprice_codegen.words import snake, words

SENT = " (sent)"
"""What marks the key of a sending class among remembered names."""
CLASS_KINDS = frozenset({"class", "enum"})
_NUMBERED = re.compile(rf"{SEPARATOR}\|[0-9]+(?={SEPARATOR}|$)")


@dataclass(frozen=True, slots=True)
class Moves:
    """Pairs of a key that is gone and the one that took its place."""

    definitions: Mapping[str, str] = field(default_factory=dict)
    operations: Mapping[str, str] = field(default_factory=dict)


def moves(names: Iterable[AssignedName], api: Api, found: Shapes) -> Moves:
    """Find what moved since the names were given."""
    rows = [each for each in names if each.shape]
    if not rows:
        return Moves()
    return Moves(_definitions(rows, api, found), _operations(rows, api, found))


def _definitions(
    rows: Iterable[AssignedName], api: Api, found: Shapes
) -> dict[str, str]:
    known = {each.key: each for each in rows if each.kind in CLASS_KINDS}
    homes = {
        site: key
        for key, each in api.definitions.items()
        for site in ((each.sites if isinstance(each, Enumeration) else ()) or (key,))
    }

    def is_as_it_was(key: str) -> bool:
        """An untitled option is known by its number, so also by its shape."""
        if key not in homes or not _NUMBERED.search(key):
            return key in homes
        return _shape(known[key]).whole == found.definitions[homes[key]].whole

    stays = {key for key in known if is_as_it_was(key)}
    gone = {
        each.key: _shape(each).whole
        for each in known.values()
        if each.key not in stays and SENT not in each.key
    }
    new = {
        key: found.definitions[key].whole
        for key in api.definitions
        if not stays & {key, *_sites(api, key)}
    }
    moved = _paired(gone, new, {key: known[key].name for key in gone})
    return {old: key for old, key in moved.items() if old != key}


def _sites(api: Api, key: str) -> tuple[str, ...]:
    each = api.definitions[key]
    return each.sites if isinstance(each, Enumeration) else ()


def _paired(
    gone: Mapping[str, str], new: Mapping[str, str], names: Mapping[str, str]
) -> dict[str, str]:
    """Pair keys by shape, where each side has one; else by the last word of the key."""
    old_by_shape, new_by_shape = _grouped(gone), _grouped(new)
    pairs: dict[str, str] = {}
    for shape, old_keys in old_by_shape.items():
        new_keys = new_by_shape.get(shape, [])
        if len({names[key] for key in old_keys}) == len(new_keys) == 1:
            pairs |= dict.fromkeys(old_keys, new_keys[0])
            continue
        for key in old_keys:
            alike = [each for each in new_keys if _last(each) == _last(key)]
            if len(alike) == 1:
                pairs[key] = alike[0]
    return pairs


def _grouped(shapes: Mapping[str, str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for key, shape in shapes.items():
        groups[shape].append(key)
    return groups


def _last(key: str) -> str:
    return re.split(r"[./]", key)[-1]


def _operations(
    rows: Iterable[AssignedName], api: Api, found: Shapes
) -> dict[str, str]:
    known = {each.key: each for each in rows if each.kind == "method"}
    present = {each.key for each in api.operations}
    new: dict[str, list[Operation]] = defaultdict(list)
    for each in api.operations:
        if each.key not in known:
            new[found.operations[each.key].outer].append(each)
    pairs = [
        (old.key, each.key)
        for old in known.values()
        if old.key not in present
        for each in new.get(_shape(old).outer, ())
        if snake(each.id) == old.name or _reads_alike(old.key, each.key)
    ]
    olds, news = Counter(old for old, _ in pairs), Counter(now for _, now in pairs)
    return {old: now for old, now in pairs if olds[old] == news[now] == 1}


def _reads_alike(old: str, new: str) -> bool:
    """Tell whether two paths say the same, but for words before their parameters.

    What stands behind the last parameter says what is done, and to what.
    """
    (one_head, one_tail), (other_head, other_tail) = _fixed_words(old), _fixed_words(
        new
    )
    if one_tail != other_tail:
        return False
    if not (one_head and other_head):  # of no word, all would be alike
        return one_head == other_head and bool(one_tail)
    return one_head <= other_head or other_head <= one_head


def _fixed_words(key: str) -> tuple[set[str], set[str]]:
    """Give the words of a path before its last parameter, and those behind it."""
    _, _, path = key.partition(" ")
    head, _, tail = path.rpartition("}")
    return _words(head), _words(tail)


def _words(path: str) -> set[str]:
    fixed = (each for each in path.split("/") if "{" not in each)
    return {word.lower().rstrip("s") for each in fixed for word in words(each)}


def _shape(row: AssignedName) -> Shape:
    whole, _, outer = row.shape.partition(":")
    return Shape(whole, outer)
