"""What happened to the keywords of a method.

In: the method as it was and as it is. Out: findings, one for each edit of a parameter.
The order of keywords does not matter: none can be given by its position.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from generator.diff.finding import Finding
from generator.diff.source_rules import Spot, finding
from generator.diff.source_schemas import of_schema
from generator.diff.source_types import Names
from generator.surface.model import Argument, Method
from generator.surface.python import literal, text

_Left: TypeAlias = dict[tuple[str, str], Argument]


def arguments(old: Method, new: Method, spot: Spot, names: Names) -> Iterator[Finding]:
    """Give what happened to all keywords."""
    before: _Left = {(each.location, each.wire): each for each in old.arguments}
    after: _Left = {(each.location, each.wire): each for each in new.arguments}
    pairs = [(before.pop(key), after.pop(key)) for key in set(before) & set(after)]
    pairs += _named_pairs(before, after)
    pairs += _path_pairs(list(before.values()), list(after.values()))
    paired = {id(each) for pair in pairs for each in pair}
    for each in before.values():
        if id(each) not in paired:
            yield _removed(each, spot)
    for each in after.values():
        if id(each) not in paired:
            yield _added(each, spot)
    for one, other in sorted(pairs, key=lambda pair: pair[1].name):
        yield from _pair(one, other, spot, names)
    yield from _key(old, new, spot)


def _key(old: Method, new: Method, spot: Spot) -> Iterator[Finding]:
    """Compare the keywords that take an idempotency key."""
    before, after = old.key_keyword, new.key_keyword
    here = replace(spot, python=f"{spot.python}({before or after})")
    if before and not after:
        said = f"{spot.python} has no keyword {before} any more"
        yield finding("argument-removed", here, said, before=before)
    elif after and not before:
        said = f"{spot.python} has a new keyword {after}"
        yield finding("argument-added", here, said, after=after)
    elif before != after:
        said = f"The keyword {before} of {spot.python} is called {after} now"
        yield finding("argument-renamed", here, said, before=before, after=after)


def _named_pairs(before: _Left, after: _Left) -> list[tuple[Argument, Argument]]:
    """Join those that are called alike and travel in another place; take them out."""
    pairs = []
    for is_wire in (False, True):
        names = {each.wire if is_wire else each.name: each for each in after.values()}
        for key, each in list(before.items()):
            other = names.pop(each.wire if is_wire else each.name, None)
            if other is not None:
                del after[other.location, other.wire]
                pairs.append((before.pop(key), other))
    return pairs


def _path_pairs(
    removed: list[Argument], added: list[Argument]
) -> list[tuple[Argument, Argument]]:
    """Join the parameters of the path that are left, if there are as many."""
    old = [each for each in removed if each.location == "path"]
    new = [each for each in added if each.location == "path"]
    return list(zip(old, new, strict=True)) if len(old) == len(new) else []


def _removed(each: Argument, spot: Spot) -> Finding:
    said = f"{spot.python} has no keyword {each.name} any more"
    here = _spot(spot, each.name, each, None)
    return finding("argument-removed", here, said, before=_written(each))


def _added(each: Argument, spot: Spot) -> Finding:
    here = _spot(spot, each.name, None, each)
    said = f"{spot.python} has a new keyword {each.name}"
    if each.required:
        said += ", which must be given"
        return finding("argument-required-added", here, said, after=_written(each))
    return finding("argument-added", here, said, after=_written(each))


def _pair(old: Argument, new: Argument, spot: Spot, names: Names) -> Iterator[Finding]:
    if old == new:
        return
    here = _spot(spot, old.name, old, new)
    called = f"The keyword {new.name} of {spot.python}"
    if old.name != new.name:
        said = f"The keyword {old.name} of {spot.python} is called {new.name} now"
        yield finding("argument-renamed", here, said, before=old.name, after=new.name)
    if old.required != new.required:
        rule, word = (
            ("argument-became-required", "must be given")
            if new.required
            else ("argument-became-optional", "may be left out")
        )
        shown = {"before": _written(old), "after": _written(new)}
        yield finding(rule, here, f"{called} {word} now", **shown)
    what = names.effect(old.type, new.type)
    if what != "same":
        shown = {"before": text(old.type), "after": text(new.type)}
        said = f"{called} was {shown['before']} and is {shown['after']} now"
        named = of_schema(old.schema, new.schema, here, **shown)
        yield named or finding(f"argument-type-{what}", here, said, **shown)
    if old.default != new.default:
        said = f"The default of the keyword {new.name} of {spot.python} is another one"
        shown = {"before": _default(old), "after": _default(new)}
        yield finding("argument-default-changed", here, said, **shown)


def _spot(spot: Spot, name: str, old: Argument | None, new: Argument | None) -> Spot:
    return replace(
        spot,
        python=f"{spot.python}({name})",
        old=None if old is None else old.about.origin,
        new=None if new is None else new.about.origin,
    )


def _written(each: Argument) -> str:
    return f"{each.name}: {text(each.type)}{'' if each.required else ' = …'}"


def _default(each: Argument) -> str:
    return "" if each.default is None else literal(each.default.value)
