"""What happened to the classes of a client.

In: the `Pairs` of two surfaces. Out: findings about classes, enums and unions; those
about the fields of a dataclass are made in `source_fields`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.diagnostics import Origin
from generator.diff.finding import AffectedParts, Finding
from generator.diff.rules.rule_key import RuleKey
from generator.diff.source.affected_operations import AffectedIndex
from generator.diff.source.class_pairs import ClassPairs
from generator.diff.source.fields import FieldComparison
from generator.diff.source.findings import PythonLocation, create_finding
from generator.diff.source.type_effects import ClassNameMap, rename_classes
from generator.surface.model import (
    EnumClass,
    ModelClass,
    ModelDefinition,
    UnionClass,
)
from generator.surface.python import literal, text

_KINDS = {ModelClass: "dataclass", EnumClass: "enum", UnionClass: "union"}


@dataclass(frozen=True, slots=True)
class ClassComparison:
    """Compares classes; `old` and `new` know what each is a part of."""

    pairs: ClassPairs
    names: ClassNameMap
    old: AffectedIndex
    new: AffectedIndex

    def iter_findings(self) -> Iterator[Finding]:
        """Give what happened to all classes."""
        splits = dict(self._iter_splits())
        split = {*self.pairs.find_split().values(), *self.pairs.find_merged().values()}
        for name, definition in self.pairs.removed.items():
            if name not in splits:
                yield self._report_removed_class(name, definition)
        for name, definition in self.pairs.added.items():
            if name not in splits:
                yield self._report_added_class(name, definition)
        yield from splits.values()
        for name, other in self.pairs.names.items():
            for each in self._compare_class(
                self.pairs.old[name], self.pairs.new[other]
            ):
                if (
                    each.key != RuleKey("none", "class", "use", "changed")
                    or name not in split
                ):
                    yield each

    def _report_removed_class(self, name: str, definition: ModelDefinition) -> Finding:
        spot = PythonLocation(
            python=f"models.{name}",
            old=definition.about.origin,
            affected=self.old.get_affected(name),
        )
        kind = _KINDS[type(definition)]
        return create_finding(
            RuleKey("none", "class", "itself", "removed"),
            spot,
            f"The {kind} {name} is gone",
            before=name,
        )

    def _report_added_class(self, name: str, definition: ModelDefinition) -> Finding:
        spot = PythonLocation(
            python=f"models.{name}",
            new=definition.about.origin,
            affected=self.new.get_affected(name),
        )
        kind = _KINDS[type(definition)]
        return create_finding(
            RuleKey("none", "class", "itself", "added"),
            spot,
            f"There is a new {kind} {name}",
            after=name,
        )

    def _iter_splits(self) -> Iterator[tuple[str, Finding]]:
        """Give the sending classes that came or went beside the class they belong to."""
        for name, owner in self.pairs.find_split().items():
            yield name, self._report_split(
                RuleKey("none", "class", "itself", "split"), name, self.pairs.new[owner]
            )
        for name, owner in self.pairs.find_merged().items():
            yield name, self._report_split(
                RuleKey("none", "class", "itself", "joined"),
                name,
                self.pairs.old[owner],
            )

    def _report_split(self, key: RuleKey, name: str, owner: ModelDefinition) -> Finding:
        origin = owner.about.origin
        if key == RuleKey("none", "class", "itself", "split"):
            spot = _locate_class(
                owner.name, origin, origin, self.new.get_affected(name)
            )
            said = f"{owner.name} is sent as {name} now"
            return create_finding(key, spot, said, before=owner.name, after=name)
        spot = _locate_class(name, origin, origin, self.old.get_affected(name))
        said = f"{name} is gone; {owner.name} is sent in its place"
        return create_finding(key, spot, said, before=name, after=owner.name)

    def _compare_class(
        self, old: ModelDefinition, new: ModelDefinition
    ) -> Iterator[Finding]:
        if old == new:
            return
        reach = self.old.get_affected(old.name).merge_with(
            self.new.get_affected(new.name)
        )
        spot = _locate_class(old.name, old.about.origin, new.about.origin, reach)
        if old.name != new.name:
            said = f"The class {old.name} is called {new.name} now"
            names = {"before": f"models.{old.name}", "after": f"models.{new.name}"}
            yield create_finding(
                RuleKey("none", "class", "itself", "renamed"), spot, said, **names
            )
        match old, new:
            case (ModelClass(), ModelClass()):
                yield from FieldComparison(old, new, spot, self.names).iter_findings()
            case (EnumClass(), EnumClass()):
                yield from _compare_enums(old, new, spot)
            case (UnionClass(), UnionClass()):
                yield from _compare_unions(old, new, spot, self.names)
            case _:
                kinds = _KINDS[type(old)], _KINDS[type(new)]
                said = f"{new.name} was a {kinds[0]} and is a {kinds[1]} now"
                yield create_finding(
                    RuleKey("none", "class", "kind", "changed"),
                    spot,
                    said,
                    before=kinds[0],
                    after=kinds[1],
                )


def _locate_class(
    name: str, old: Origin, new: Origin, reach: AffectedParts
) -> PythonLocation:
    return PythonLocation(python=f"models.{name}", old=old, new=new, affected=reach)


def _compare_enums(
    old: EnumClass, new: EnumClass, spot: PythonLocation
) -> Iterator[Finding]:
    if old.base != new.base:
        said = f"The values of {new.name} have another type"
        yield create_finding(
            RuleKey("none", "enum", "base", "changed"),
            spot,
            said,
            before=old.base[4:],
            after=new.base[4:],
        )
        return
    before = {each.value: each.name for each in old.members}
    after = {each.value: each.name for each in new.members}
    for value, name in before.items():
        here = PythonLocation(
            python=f"{spot.python}.{name}",
            old=spot.old,
            new=spot.new,
            affected=spot.affected,
        )
        if value not in after:
            said = f"{old.name} has lost the member {name}"
            yield create_finding(
                RuleKey("none", "enum-member", "itself", "removed"),
                here,
                said,
                before=literal(value),
            )
        elif after[value] != name:
            said = f"The member {name} of {old.name} is called {after[value]} now"
            yield create_finding(
                RuleKey("none", "enum-member", "itself", "renamed"),
                here,
                said,
                before=name,
                after=after[value],
            )
    for value, name in after.items():
        if value not in before:
            here = PythonLocation(
                python=f"{spot.python}.{name}",
                old=spot.old,
                new=spot.new,
                affected=spot.affected,
            )
            said = f"{new.name} has the new member {name}"
            yield create_finding(
                RuleKey("none", "enum-member", "itself", "added"),
                here,
                said,
                after=literal(value),
            )


def _compare_unions(
    old: UnionClass, new: UnionClass, spot: PythonLocation, names: ClassNameMap
) -> Iterator[Finding]:
    before = {rename_classes(each, names.old): each for each in old.options}
    after = {rename_classes(each, names.new): each for each in new.options}
    for option, former in before.items():
        if option not in after:
            here = _locate_variant(spot, text(former))
            said = f"{text(former)} is no option of {old.name} any more"
            yield create_finding(
                RuleKey("none", "union-option", "itself", "removed"),
                here,
                said,
                before=text(former),
            )
    for option, latter in after.items():
        if option not in before:
            here = _locate_variant(spot, text(latter))
            said = f"{text(latter)} is a new option of {new.name}"
            yield create_finding(
                RuleKey("none", "union-option", "itself", "added"),
                here,
                said,
                after=text(latter),
            )


def _locate_variant(spot: PythonLocation, name: str) -> PythonLocation:
    """Give the place of an option: of a class its own, else that of the union."""
    python = f"{spot.python} | {name}"
    return PythonLocation(
        python=python, old=spot.old, new=spot.new, affected=spot.affected
    )
