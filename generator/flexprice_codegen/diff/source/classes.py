"""What happened to the classes of a client.

In: the `ClassPairs` of two surfaces. Out: findings about classes, enums and unions; those
about the fields of a dataclass are made by `FieldComparison`.
"""

from __future__ import annotations

from collections.abc import Iterator

from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.diff.rules.variance import NOTHING_TO_DO
from flexprice_codegen.diff.source.affected_operations import AffectedIndex
from flexprice_codegen.diff.source.class_pairs import ClassPairs
from flexprice_codegen.diff.source.fields import FieldComparison
from flexprice_codegen.diff.source.findings import (
    PythonLocation,
    PythonText,
    create_finding,
    show_class,
    show_type,
)
from flexprice_codegen.diff.source.type_effects import ClassNameMap, rename_classes
from flexprice_codegen.frozen_values import frozen_value, replace
from flexprice_codegen.surface.model import (
    EnumClass,
    ModelClass,
    ModelDefinition,
    UnionClass,
)
from flexprice_codegen.surface.python_types import format_literal

_KINDS = {ModelClass: "dataclass", EnumClass: "enum", UnionClass: "union"}
_ADDED = RuleKey("none", "class", "itself", "added")
_REMOVED = RuleKey("none", "class", "itself", "removed")
_RENAMED = RuleKey("none", "class", "itself", "renamed")
_SPLIT = RuleKey("none", "class", "itself", "split")
_JOINED = RuleKey("none", "class", "itself", "joined")
_USE_CHANGED = RuleKey("none", "class", "use", "changed")
_KIND_CHANGED = RuleKey("none", "class", "kind", "changed")
_BASE_CHANGED = RuleKey("none", "enum", "base", "changed")
_MEMBER_ADDED = RuleKey("none", "enum-member", "itself", "added")
_MEMBER_REMOVED = RuleKey("none", "enum-member", "itself", "removed")
_MEMBER_RENAMED = RuleKey("none", "enum-member", "itself", "renamed")
_OPTION_ADDED = RuleKey("none", "union-option", "itself", "added")
_ONLY_SENT = (
    "Only requests use the union, and callers choose the variant that they send."
)
_OPTION_REMOVED = RuleKey("none", "union-option", "itself", "removed")


@frozen_value
class ClassComparison:
    """Compares classes; `old` and `new` know what each is a part of."""

    pairs: ClassPairs
    names: ClassNameMap
    old: AffectedIndex
    new: AffectedIndex

    def iter_findings(self) -> Iterator[Finding]:
        """Yield what happened to all classes."""
        splits = self.pairs.find_split()
        merges = self.pairs.find_merged()
        for name, model in self.pairs.removed.items():
            if name not in merges:
                yield self._report_removed_class(name, model)
        for name, model in self.pairs.added.items():
            if name not in splits:
                yield self._report_added_class(name, model)
        for name, owner in splits.items():
            yield self._report_split_class(name, self.pairs.new[owner])
        for name, owner in merges.items():
            yield self._report_joined_class(name, self.pairs.old[owner])

        owners = {*splits.values(), *merges.values()}
        for name, partner in self.pairs.names.items():
            old = self.pairs.old[name]
            for finding in self._compare_class(old, self.pairs.new[partner]):
                # That a class is only read now follows from the split, which is told.
                if finding.key != _USE_CHANGED or name not in owners:
                    yield finding

    def _report_removed_class(self, name: str, model: ModelDefinition) -> Finding:
        location = PythonLocation(
            python=f"models.{name}",
            old=model.about.origin,
            affected=self.old.get_affected(name),
        )
        message = f"{_KINDS[type(model)]} `{name}` was removed"
        return create_finding(_REMOVED, location, message, before=show_class(name))

    def _report_added_class(self, name: str, model: ModelDefinition) -> Finding:
        location = PythonLocation(
            python=f"models.{name}",
            new=model.about.origin,
            affected=self.new.get_affected(name),
        )
        message = f"{_KINDS[type(model)]} `{name}` was added"
        return create_finding(_ADDED, location, message, after=show_class(name))

    def _report_split_class(self, name: str, owner: ModelDefinition) -> Finding:
        """Report a sending class that was added to the class it belongs to."""
        location = PythonLocation(
            python=f"models.{owner.name}",
            old=owner.about.origin,
            new=owner.about.origin,
            affected=self.new.get_affected(name),
        )
        message = f"requests now use `{name}` instead of `{owner.name}`"
        return create_finding(
            _SPLIT,
            location,
            message,
            before=show_class(owner.name),
            after=show_class(name),
        )

    def _report_joined_class(self, name: str, owner: ModelDefinition) -> Finding:
        """Report a sending class that went, and what is sent in its place."""
        location = PythonLocation(
            python=f"models.{name}",
            old=owner.about.origin,
            new=owner.about.origin,
            affected=self.old.get_affected(name),
        )
        message = f"`{name}` was removed; requests now use `{owner.name}`"
        return create_finding(
            _JOINED,
            location,
            message,
            before=show_class(name),
            after=show_class(owner.name),
        )

    def _compare_class(
        self, old: ModelDefinition, new: ModelDefinition
    ) -> Iterator[Finding]:
        if old == new:
            return
        affected = self.old.get_affected(old.name)
        location = PythonLocation(
            python=f"models.{old.name}",
            old=old.about.origin,
            new=new.about.origin,
            affected=affected.merge_with(self.new.get_affected(new.name)),
        )
        if old.name != new.name:
            yield create_finding(
                _RENAMED,
                location,
                f"`{old.name}` was renamed to `{new.name}`",
                before=PythonText(f"models.{old.name}", (old.name,)),
                after=PythonText(f"models.{new.name}", (new.name,)),
            )
        match old, new:
            case (ModelClass(), ModelClass()):
                comparison = FieldComparison(old, new, location, self.names)
                yield from comparison.iter_findings()
            case (EnumClass(), EnumClass()):
                yield from _compare_enums(old, new, location)
            case (UnionClass(), UnionClass()):
                for finding in _compare_unions(old, new, location, self.names):
                    yield self._grade_variant(finding)
            case _:
                yield _report_changed_kind(old, new, location)

    def _grade_variant(self, finding: Finding) -> Finding:
        """Return a finding about a variant, with the level of one that is only sent."""
        models = (self.pairs.new.get(name) for name in finding.classes_after)
        is_sent = any(
            isinstance(model, ModelClass) and model.use == "sent" for model in models
        )
        if finding.key != _OPTION_ADDED or not is_sent:
            return finding
        return replace(finding, level=Severity.INFO, why=_ONLY_SENT, fix=NOTHING_TO_DO)


def _report_changed_kind(
    old: ModelDefinition, new: ModelDefinition, location: PythonLocation
) -> Finding:
    before = _KINDS[type(old)]
    after = _KINDS[type(new)]
    message = f"`{new.name}` changed from {before} to {after}"
    return create_finding(_KIND_CHANGED, location, message, before=before, after=after)


def _compare_enums(
    old: EnumClass, new: EnumClass, location: PythonLocation
) -> Iterator[Finding]:
    if old.base != new.base:
        yield create_finding(
            _BASE_CHANGED,
            location,
            f"`{new.name}` changed the type of its values",
            before=old.base.removeprefix("Open"),
            after=new.base.removeprefix("Open"),
        )
        return

    before = {member.value: member.name for member in old.members}
    after = {member.value: member.name for member in new.members}
    for value, name in before.items():
        here = replace(location, python=f"{location.python}.{name}")
        if value not in after:
            message = f"`{old.name}.{name}` was removed"
            yield create_finding(
                _MEMBER_REMOVED, here, message, before=format_literal(value)
            )
        elif after[value] != name:
            yield create_finding(
                _MEMBER_RENAMED,
                here,
                f"`{old.name}.{name}` was renamed to `{after[value]}`",
                before=name,
                after=after[value],
            )
    for value, name in after.items():
        if value not in before:
            here = replace(location, python=f"{location.python}.{name}")
            message = f"`{new.name}.{name}` was added"
            yield create_finding(
                _MEMBER_ADDED, here, message, after=format_literal(value)
            )


def _compare_unions(
    old: UnionClass, new: UnionClass, location: PythonLocation, names: ClassNameMap
) -> Iterator[Finding]:
    before = {rename_classes(option, names.old): option for option in old.variants}
    after = {rename_classes(option, names.new): option for option in new.variants}
    for renamed, option in before.items():
        if renamed not in after:
            shown = show_type(option)
            message = f"`{old.name}` lost the variant `{shown}`"
            here = _locate_option(location, shown)
            yield create_finding(_OPTION_REMOVED, here, message, before=shown)
    for renamed, option in after.items():
        if renamed not in before:
            shown = show_type(option)
            message = f"`{new.name}` has a new variant `{shown}`"
            here = _locate_option(location, shown)
            yield create_finding(_OPTION_ADDED, here, message, after=shown)


def _locate_option(location: PythonLocation, option: PythonText) -> PythonLocation:
    return replace(location, python=f"{location.python} | {option}")
