"""What happened to the fields of a dataclass.

In: the class as it was and as it is. Out: findings, one for each edit of a field. Where
the class is sent and was not (or the other way round), only one finding says so, and
what follows from it for every optional field is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.diff.finding import Finding
from generator.diff.rules.rule_key import RuleKey
from generator.diff.rules.severity import Severity
from generator.diff.source.findings import (
    PythonLocation,
    create_finding,
    override_level,
)
from generator.diff.source.schema_findings import create_schema_finding
from generator.diff.source.type_effects import (
    ClassNameMap,
    allows_none,
    strip_none_and_unset,
)
from generator.surface.model import Field, ModelClass
from generator.surface.python import PyType, literal, text

_USES = {
    "sent": "is only sent",
    "received": "only comes back",
    "both": "is sent and comes back",
}


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """Compares the fields of two classes; `names` tells which classes are the same."""

    old: ModelClass
    new: ModelClass
    location: PythonLocation
    names: ClassNameMap

    def iter_findings(self) -> Iterator[Finding]:
        """Give what happened to all fields."""
        if self.changes_use:
            uses = _USES[self.old.use], _USES[self.new.use]
            said = f"{self.new.name} {uses[0]} no longer alone: it {uses[1]}"
            if "both" in self.old.use:
                said = f"{self.new.name} {uses[1]} now"
            yield create_finding(
                RuleKey("none", "class", "use", "changed"),
                self.location,
                said,
                before=uses[0],
                after=uses[1],
            )
        before = {each.wire: each for each in self.old.fields}
        after = {each.wire: each for each in self.new.fields}
        for wire, each in before.items():
            if wire not in after:
                yield self._report_removed_field(each)
        for wire, each in after.items():
            if wire not in before:
                yield self._report_added_field(each)
            else:
                yield from self._compare_field(before[wire], each)

    @property
    def changes_use(self) -> bool:
        """Tell whether the class is sent now and was not, or the other way round."""
        return (self.old.use == "received") != (self.new.use == "received")

    def _report_removed_field(self, each: Field) -> Finding:
        spot = self._locate_field(each.name, each, None)
        said = f"{self.old.name} has lost the field {each.name}"
        return create_finding(
            RuleKey("none", "field", "itself", "removed"),
            spot,
            said,
            before=_format_field(each),
        )

    def _report_added_field(self, each: Field) -> Finding:
        spot = self._locate_field(each.name, None, each)
        must = self.new.use != "received" and not each.absent
        if must:
            said = f"{self.new.name} has a new field {each.name}, which must be given"
            key = RuleKey("none", "required-field", "itself", "added")
        else:
            said = f"{self.new.name} has a new field {each.name}"
            key = RuleKey("none", "field", "itself", "added")
        return create_finding(key, spot, said, after=_format_field(each))

    def _compare_field(self, old: Field, new: Field) -> Iterator[Finding]:
        if old == new:
            return
        spot = self._locate_field(old.name, old, new)
        if old.name != new.name:
            said = f"The field {old.name} of {self.old.name} is called {new.name} now"
            yield create_finding(
                RuleKey("none", "field", "itself", "renamed"),
                spot,
                said,
                before=old.name,
                after=new.name,
            )
        yield from self._compare_presence(old, new, spot)
        yield from self._compare_type(old, new, spot)
        if old.default != new.default and self.new.use != "received":
            said = f"The default of {self.new.name}.{new.name} is another one"
            yield create_finding(
                RuleKey("none", "field", "default", "changed"),
                spot,
                said,
                before=_format_field_default(old),
                after=_format_field_default(new),
            )

    def _compare_presence(
        self, old: Field, new: Field, spot: PythonLocation
    ) -> Iterator[Finding]:
        """Compare whether a field must be given, and whether it can be None."""
        shown = {"before": _format_field(old), "after": _format_field(new)}
        name = f"{self.new.name}.{new.name}"
        if "received" not in (self.old.use, self.new.use):
            if old.absent and not new.absent:
                said = f"{name} must be given now"
                yield create_finding(
                    RuleKey("none", "field", "required", "became"), spot, said, **shown
                )
            elif new.absent and not old.absent:
                said = f"{name} may be left out now"
                yield create_finding(
                    RuleKey("none", "field", "optional", "became"), spot, said, **shown
                )
        if self.changes_use:
            return
        if allows_none(new.type) and not allows_none(old.type):
            level = Severity.INFO if self.new.use == "sent" else None
            said = f"{name} can be None now"
            yield override_level(
                create_finding(
                    RuleKey("none", "field", "nullable", "became"), spot, said, **shown
                ),
                level,
            )
        elif allows_none(old.type) and not allows_none(new.type):
            level = None if self.new.use == "received" else Severity.ERROR
            said = f"{name} cannot be None any more"
            yield override_level(
                create_finding(
                    RuleKey("none", "field", "nullable", "became-not"),
                    spot,
                    said,
                    **shown,
                ),
                level,
            )

    def _compare_type(
        self, old: Field, new: Field, spot: PythonLocation
    ) -> Iterator[Finding]:
        what = self.names.compare_types(old.type, new.type)
        if what == "same":
            return
        named = create_schema_finding(
            old.schema,
            new.schema,
            spot,
            before=_format_bare(old.type),
            after=_format_bare(new.type),
        )
        if named is not None:
            yield named
            return
        key = RuleKey("none", "field", "type", what)
        level = {
            ("widened", "sent"): Severity.INFO,
            ("narrowed", "received"): Severity.INFO,
        }.get((what, self.new.use))
        name = f"{self.new.name}.{new.name}"
        said = (
            f"{name} was {_format_bare(old.type)} and is {_format_bare(new.type)} now"
        )
        shown = {"before": text(old.type), "after": text(new.type)}
        yield override_level(create_finding(key, spot, said, **shown), level)

    def _locate_field(
        self, name: str, old: Field | None, new: Field | None
    ) -> PythonLocation:
        return replace(
            self.location,
            python=f"{self.location.python}.{name}",
            old=None if old is None else old.about.origin,
            new=None if new is None else new.about.origin,
        )


def _format_bare(type_: PyType) -> str:
    return " | ".join(text(each) for each in strip_none_and_unset(type_)) or "None"


def _format_field(each: Field) -> str:
    tail = f" = {each.absent}" if each.absent else ""
    return f"{each.name}: {text(each.type)}{tail}"


def _format_field_default(each: Field) -> str:
    return "" if each.default is None else literal(each.default.value)
