"""What happened to the classes of a client.

In: the `Pairs` of two surfaces. Out: findings about classes, enums and unions; those
about the fields of a dataclass are made in `source_fields`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.diagnostics import Origin
from generator.diff.finding import Finding, Reach
from generator.diff.source.affected_operations import Reached
from generator.diff.source.class_pairs import Pairs
from generator.diff.source.fields import Fields
from generator.diff.source.findings import Spot, finding
from generator.diff.source.type_effects import Names, renamed
from generator.surface.model import (
    EnumClass,
    ModelClass,
    ModelDefinition,
    UnionClass,
)
from generator.surface.python import literal, text

_KINDS = {ModelClass: "dataclass", EnumClass: "enum", UnionClass: "union"}


@dataclass(frozen=True, slots=True)
class Models:
    """Compares classes; `old` and `new` know what each is a part of."""

    pairs: Pairs
    names: Names
    old: Reached
    new: Reached

    def findings(self) -> Iterator[Finding]:
        """Give what happened to all classes."""
        splits = dict(self._splits())
        split = {*self.pairs.split().values(), *self.pairs.joined().values()}
        for name, definition in self.pairs.removed.items():
            if name not in splits:
                yield self._gone(name, definition)
        for name, definition in self.pairs.added.items():
            if name not in splits:
                yield self._come(name, definition)
        yield from splits.values()
        for name, other in self.pairs.names.items():
            for each in self._pair(self.pairs.old[name], self.pairs.new[other]):
                if each.rule != "class-use-changed" or name not in split:
                    yield each

    def _gone(self, name: str, definition: ModelDefinition) -> Finding:
        spot = Spot(
            python=f"models.{name}",
            old=definition.about.origin,
            reach=self.old.of(name),
        )
        kind = _KINDS[type(definition)]
        return finding("class-removed", spot, f"The {kind} {name} is gone", before=name)

    def _come(self, name: str, definition: ModelDefinition) -> Finding:
        spot = Spot(
            python=f"models.{name}",
            new=definition.about.origin,
            reach=self.new.of(name),
        )
        kind = _KINDS[type(definition)]
        return finding("class-added", spot, f"There is a new {kind} {name}", after=name)

    def _splits(self) -> Iterator[tuple[str, Finding]]:
        """Give the sending classes that came or went beside the class they belong to."""
        for name, owner in self.pairs.split().items():
            yield name, self._split("class-split", name, self.pairs.new[owner])
        for name, owner in self.pairs.joined().items():
            yield name, self._split("class-joined", name, self.pairs.old[owner])

    def _split(self, rule: str, name: str, owner: ModelDefinition) -> Finding:
        origin = owner.about.origin
        if rule == "class-split":
            spot = _spot(owner.name, origin, origin, self.new.of(name))
            said = f"{owner.name} is sent as {name} now"
            return finding(rule, spot, said, before=owner.name, after=name)
        spot = _spot(name, origin, origin, self.old.of(name))
        said = f"{name} is gone; {owner.name} is sent in its place"
        return finding(rule, spot, said, before=name, after=owner.name)

    def _pair(self, old: ModelDefinition, new: ModelDefinition) -> Iterator[Finding]:
        if old == new:
            return
        reach = _joined(self.old.of(old.name), self.new.of(new.name))
        spot = _spot(old.name, old.about.origin, new.about.origin, reach)
        if old.name != new.name:
            said = f"The class {old.name} is called {new.name} now"
            names = {"before": f"models.{old.name}", "after": f"models.{new.name}"}
            yield finding("class-renamed", spot, said, **names)
        match old, new:
            case (ModelClass(), ModelClass()):
                yield from Fields(old, new, spot, self.names).findings()
            case (EnumClass(), EnumClass()):
                yield from _enum(old, new, spot)
            case (UnionClass(), UnionClass()):
                yield from _union(old, new, spot, self.names)
            case _:
                kinds = _KINDS[type(old)], _KINDS[type(new)]
                said = f"{new.name} was a {kinds[0]} and is a {kinds[1]} now"
                yield finding(
                    "class-kind-changed", spot, said, before=kinds[0], after=kinds[1]
                )


def _spot(name: str, old: Origin, new: Origin, reach: Reach) -> Spot:
    return Spot(python=f"models.{name}", old=old, new=new, reach=reach)


def _joined(old: Reach, new: Reach) -> Reach:
    if old == new:
        return old
    return Reach(
        operations=tuple(sorted({*old.operations, *new.operations})),
        events=tuple(sorted({*old.events, *new.events})),
    )


def _enum(old: EnumClass, new: EnumClass, spot: Spot) -> Iterator[Finding]:
    if old.base != new.base:
        said = f"The values of {new.name} have another type"
        yield finding(
            "enum-base-changed", spot, said, before=old.base[4:], after=new.base[4:]
        )
        return
    before = {each.value: each.name for each in old.members}
    after = {each.value: each.name for each in new.members}
    for value, name in before.items():
        here = Spot(
            python=f"{spot.python}.{name}", old=spot.old, new=spot.new, reach=spot.reach
        )
        if value not in after:
            said = f"{old.name} has lost the member {name}"
            yield finding("enum-member-removed", here, said, before=literal(value))
        elif after[value] != name:
            said = f"The member {name} of {old.name} is called {after[value]} now"
            yield finding(
                "enum-member-renamed", here, said, before=name, after=after[value]
            )
    for value, name in after.items():
        if value not in before:
            here = Spot(
                python=f"{spot.python}.{name}",
                old=spot.old,
                new=spot.new,
                reach=spot.reach,
            )
            said = f"{new.name} has the new member {name}"
            yield finding("enum-member-added", here, said, after=literal(value))


def _union(
    old: UnionClass, new: UnionClass, spot: Spot, names: Names
) -> Iterator[Finding]:
    before = {renamed(each, names.old): each for each in old.options}
    after = {renamed(each, names.new): each for each in new.options}
    for option, former in before.items():
        if option not in after:
            here = _option(spot, text(former))
            said = f"{text(former)} is no option of {old.name} any more"
            yield finding("union-option-removed", here, said, before=text(former))
    for option, latter in after.items():
        if option not in before:
            here = _option(spot, text(latter))
            said = f"{text(latter)} is a new option of {new.name}"
            yield finding("union-option-added", here, said, after=text(latter))


def _option(spot: Spot, name: str) -> Spot:
    """Give the place of an option: of a class its own, else that of the union."""
    python = f"{spot.python} | {name}"
    return Spot(python=python, old=spot.old, new=spot.new, reach=spot.reach)
