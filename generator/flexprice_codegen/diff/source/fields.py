"""What happened to the fields of a dataclass.

In: the class as it was and as it is. Out: findings, one for each edit of a field. Where
the class is sent and was not (or the other way round), only one finding says so, and
what follows from it for every optional field is not reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.diff.source.findings import (
    PythonLocation,
    PythonText,
    create_finding,
    format_default,
    override_level,
    show_type,
)
from flexprice_codegen.diff.source.schema_findings import create_schema_finding
from flexprice_codegen.diff.source.type_effects import (
    ClassNameMap,
    allows_none,
    strip_none_and_unset,
)
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.model import Field, ModelClass
from flexprice_codegen.surface.python_types import PyType, UnionType

_USES = {
    "sent": "is only used in requests",
    "received": "is only used in responses",
    "both": "is used in requests and responses",
}
_USE_CHANGED = RuleKey("none", "class", "use", "changed")
_ADDED = RuleKey("none", "field", "itself", "added")
_REQUIRED_ADDED = RuleKey("none", "required-field", "itself", "added")
_REMOVED = RuleKey("none", "field", "itself", "removed")
_RENAMED = RuleKey("none", "field", "itself", "renamed")
_BECAME_REQUIRED = RuleKey("none", "field", "required", "became")
_BECAME_OPTIONAL = RuleKey("none", "field", "optional", "became")
_BECAME_NULLABLE = RuleKey("none", "field", "nullable", "became")
_BECAME_NOT_NULLABLE = RuleKey("none", "field", "nullable", "became-not")
_DEFAULT_CHANGED = RuleKey("none", "field", "default", "changed")
_UNSET = "UNSET"
# A class that is only sent may take more, one that only comes back may bring less.
_LEVELS = {
    ("widened", "sent"): Severity.INFO,
    ("narrowed", "received"): Severity.INFO,
}
"""Levels of a changed type that are not those of its rule, by effect and use."""


@frozen_value
class FieldComparison:
    """Compares the fields of two classes; `names` knows which classes are the same."""

    old: ModelClass
    new: ModelClass
    location: PythonLocation
    names: ClassNameMap

    def iter_findings(self) -> Iterator[Finding]:
        """Yield what happened to all fields."""
        if self.changes_use:
            yield self._report_changed_use()
        before = {field.wire: field for field in self.old.fields}
        after = {field.wire: field for field in self.new.fields}
        for wire, field in before.items():
            if wire not in after:
                yield self._report_removed_field(field)
        for wire, field in after.items():
            if wire not in before:
                yield self._report_added_field(field)
            else:
                yield from self._compare_field(before[wire], field)

    @property
    def changes_use(self) -> bool:
        """Whether the class is sent now and was not, or the other way round."""
        return (self.old.use == "received") != (self.new.use == "received")

    def _report_changed_use(self) -> Finding:
        before = _USES[self.old.use]
        after = _USES[self.new.use]
        message = f"`{self.new.name}` {before} no longer: it now {after}"
        if self.old.use == "both":
            message = f"`{self.new.name}` now {after}"
        return create_finding(
            _USE_CHANGED, self.location, message, before=before, after=after
        )

    def _report_removed_field(self, field: Field) -> Finding:
        return create_finding(
            _REMOVED,
            self._locate_field(field.name, field, None),
            f"`{self.old.name}.{field.name}` was removed",
            before=_show_field(field),
        )

    def _report_added_field(self, field: Field) -> Finding:
        location = self._locate_field(field.name, None, field)
        message = f"`{self.new.name}.{field.name}` was added"
        shown = _show_field(field)
        # Nobody makes values of a class that only comes back.
        if self.new.use != "received" and not field.unset_value:
            message += " and is required"
            return create_finding(_REQUIRED_ADDED, location, message, after=shown)
        return create_finding(_ADDED, location, message, after=shown)

    def _compare_field(self, old: Field, new: Field) -> Iterator[Finding]:
        if old == new:
            return
        location = self._locate_field(old.name, old, new)
        if old.name != new.name:
            yield create_finding(
                _RENAMED,
                location,
                f"`{self.old.name}.{old.name}` was renamed to `{new.name}`",
                before=old.name,
                after=new.name,
            )
        yield from self._compare_presence(old, new, location)
        yield from self._compare_nullability(old, new, location)
        yield from self._compare_type(old, new, location)
        yield from self._compare_defaults(old, new, location)

    def _compare_defaults(
        self, old: Field, new: Field, location: PythonLocation
    ) -> Iterator[Finding]:
        """Compare the server's defaults, and whether a constant is sent by itself."""
        if self.new.use == "received":
            return
        if old.default != new.default:
            before = format_default(old.default)
            after = format_default(new.default)
        elif self._begins_or_ends_constant(old, new):
            before = old.unset_value
            after = new.unset_value
        else:
            return
        message = f"`{self.new.name}.{new.name}` changed default"
        yield create_finding(
            _DEFAULT_CHANGED, location, message, before=before, after=after
        )

    def _begins_or_ends_constant(self, old: Field, new: Field) -> bool:
        """Return whether an optional field has a constant instead of UNSET, or had."""
        values = {old.unset_value, new.unset_value}
        is_changed = len(values) > 1 and not self.changes_use
        return is_changed and _UNSET in values and "" not in values

    def _compare_presence(
        self, old: Field, new: Field, location: PythonLocation
    ) -> Iterator[Finding]:
        """Compare whether a field is required."""
        # While the class was or is only read, nobody gave the field.
        if "received" in (self.old.use, self.new.use):
            return
        if bool(old.unset_value) == bool(new.unset_value):
            return
        change = "optional" if new.unset_value else "required"
        yield create_finding(
            _BECAME_OPTIONAL if new.unset_value else _BECAME_REQUIRED,
            location,
            f"`{self.new.name}.{new.name}` is now {change}",
            before=_show_field(old),
            after=_show_field(new),
        )

    def _compare_nullability(
        self, old: Field, new: Field, location: PythonLocation
    ) -> Iterator[Finding]:
        """Compare whether a field can be None, which costs who reads it or who sets it."""
        is_nullable = allows_none(new.type)
        # The fields of a class that is read get None where those of one that is sent
        # have UNSET: that follows from the use, which is told.
        if self.changes_use or allows_none(old.type) == is_nullable:
            return
        before = _show_field(old)
        after = _show_field(new)
        name = f"{self.new.name}.{new.name}"
        if is_nullable:
            level = Severity.INFO if self.new.use == "sent" else None
            key = _BECAME_NULLABLE
            message = f"`{name}` can now be None"
        else:
            level = None if self.new.use == "received" else Severity.ERROR
            key = _BECAME_NOT_NULLABLE
            message = f"`{name}` can no longer be None"
        finding = create_finding(key, location, message, before=before, after=after)
        yield override_level(finding, level)

    def _compare_type(
        self, old: Field, new: Field, location: PythonLocation
    ) -> Iterator[Finding]:
        effect = self.names.compare_types(old.type, new.type)
        if effect == "same":
            return
        # None is told apart from the type, so it is no part of what the type was.
        before = _show_without_none(old.type)
        after = _show_without_none(new.type)
        of_schema = create_schema_finding(
            old.schema, new.schema, location, before=before, after=after
        )
        if of_schema is not None:
            yield of_schema
            return
        finding = create_finding(
            RuleKey("none", "field", "type", effect),
            location,
            f"`{self.new.name}.{new.name}` changed type: {before} → {after}",
            before=show_type(old.type),
            after=show_type(new.type),
        )
        yield override_level(finding, _LEVELS.get((effect, self.new.use)))

    def _locate_field(
        self, name: str, old: Field | None, new: Field | None
    ) -> PythonLocation:
        return replace(
            self.location,
            python=f"{self.location.python}.{name}",
            old=None if old is None else old.about.origin,
            new=None if new is None else new.about.origin,
        )


def _show_without_none(type_: PyType) -> PythonText:
    options = strip_none_and_unset(type_)
    return show_type(UnionType(options)) if options else PythonText("None")


def _show_field(field: Field) -> PythonText:
    return show_type(field.type, field.name, default=field.unset_value)
