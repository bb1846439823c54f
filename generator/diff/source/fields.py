"""What happened to the fields of a dataclass.

In: the class as it was and as it is. Out: findings, one for each edit of a field. Where
the class is sent and was not (or the other way round), only one finding says so, and
what follows from it for every optional field is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.diff.finding import Finding, Severity
from generator.diff.source.findings import Spot, finding, judged
from generator.diff.source.schema_findings import of_schema
from generator.diff.source.type_effects import Names, admits_none, bare
from generator.surface.model import Field, ModelClass
from generator.surface.python import PyType, literal, text

_USES = {
    "sent": "is only sent",
    "received": "only comes back",
    "both": "is sent and comes back",
}


@dataclass(frozen=True, slots=True)
class Fields:
    """Compares the fields of two classes; `names` tells which classes are the same."""

    old: ModelClass
    new: ModelClass
    spot: Spot
    names: Names

    def findings(self) -> Iterator[Finding]:
        """Give what happened to all fields."""
        if self.changes_use:
            uses = _USES[self.old.use], _USES[self.new.use]
            said = f"{self.new.name} {uses[0]} no longer alone: it {uses[1]}"
            if "both" in self.old.use:
                said = f"{self.new.name} {uses[1]} now"
            yield finding(
                "class-use-changed", self.spot, said, before=uses[0], after=uses[1]
            )
        before = {each.wire: each for each in self.old.fields}
        after = {each.wire: each for each in self.new.fields}
        for wire, each in before.items():
            if wire not in after:
                yield self._removed(each)
        for wire, each in after.items():
            if wire not in before:
                yield self._added(each)
            else:
                yield from self._pair(before[wire], each)

    @property
    def changes_use(self) -> bool:
        """Tell whether the class is sent now and was not, or the other way round."""
        return (self.old.use == "received") != (self.new.use == "received")

    def _removed(self, each: Field) -> Finding:
        spot = self._spot(each.name, each, None)
        said = f"{self.old.name} has lost the field {each.name}"
        return finding("field-removed", spot, said, before=_written(each))

    def _added(self, each: Field) -> Finding:
        spot = self._spot(each.name, None, each)
        must = self.new.use != "received" and not each.absent
        if must:
            said = f"{self.new.name} has a new field {each.name}, which must be given"
            rule = "field-required-added"
        else:
            said = f"{self.new.name} has a new field {each.name}"
            rule = "field-added"
        return finding(rule, spot, said, after=_written(each))

    def _pair(self, old: Field, new: Field) -> Iterator[Finding]:
        if old == new:
            return
        spot = self._spot(old.name, old, new)
        if old.name != new.name:
            said = f"The field {old.name} of {self.old.name} is called {new.name} now"
            yield finding("field-renamed", spot, said, before=old.name, after=new.name)
        yield from self._presence(old, new, spot)
        yield from self._type(old, new, spot)
        if old.default != new.default and self.new.use != "received":
            said = f"The default of {self.new.name}.{new.name} is another one"
            yield finding(
                "field-default-changed",
                spot,
                said,
                before=_default(old),
                after=_default(new),
            )

    def _presence(self, old: Field, new: Field, spot: Spot) -> Iterator[Finding]:
        """Compare whether a field must be given, and whether it can be None."""
        shown = {"before": _written(old), "after": _written(new)}
        name = f"{self.new.name}.{new.name}"
        if "received" not in (self.old.use, self.new.use):
            if old.absent and not new.absent:
                said = f"{name} must be given now"
                yield finding("field-became-required", spot, said, **shown)
            elif new.absent and not old.absent:
                said = f"{name} may be left out now"
                yield finding("field-became-optional", spot, said, **shown)
        if self.changes_use:
            return
        if admits_none(new.type) and not admits_none(old.type):
            level = Severity.INFO if self.new.use == "sent" else None
            said = f"{name} can be None now"
            yield judged(finding("field-became-nullable", spot, said, **shown), level)
        elif admits_none(old.type) and not admits_none(new.type):
            level = None if self.new.use == "received" else Severity.ERROR
            said = f"{name} cannot be None any more"
            yield judged(
                finding("field-became-non-nullable", spot, said, **shown), level
            )

    def _type(self, old: Field, new: Field, spot: Spot) -> Iterator[Finding]:
        what = self.names.effect(old.type, new.type)
        if what == "same":
            return
        named = of_schema(
            old.schema,
            new.schema,
            spot,
            before=_bare(old.type),
            after=_bare(new.type),
        )
        if named is not None:
            yield named
            return
        rule = f"field-type-{what}"
        level = {
            ("widened", "sent"): Severity.INFO,
            ("narrowed", "received"): Severity.INFO,
        }.get((what, self.new.use))
        name = f"{self.new.name}.{new.name}"
        said = f"{name} was {_bare(old.type)} and is {_bare(new.type)} now"
        shown = {"before": text(old.type), "after": text(new.type)}
        yield judged(finding(rule, spot, said, **shown), level)

    def _spot(self, name: str, old: Field | None, new: Field | None) -> Spot:
        return replace(
            self.spot,
            python=f"{self.spot.python}.{name}",
            old=None if old is None else old.about.origin,
            new=None if new is None else new.about.origin,
        )


def _bare(type_: PyType) -> str:
    return " | ".join(text(each) for each in bare(type_)) or "None"


def _written(each: Field) -> str:
    tail = f" = {each.absent}" if each.absent else ""
    return f"{each.name}: {text(each.type)}{tail}"


def _default(each: Field) -> str:
    return "" if each.default is None else literal(each.default.value)
