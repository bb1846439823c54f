"""What happened to the keywords of a method.

In: the method as it was and as it is. Out: findings, one for each edit of a parameter.
The order of keywords does not matter: none can be given by its position.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias

from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.source.findings import (
    PythonLocation,
    PythonText,
    create_finding,
    format_default,
    show_type,
)
from flexprice_codegen.diff.source.schema_findings import create_schema_finding
from flexprice_codegen.diff.source.type_effects import ClassNameMap
from flexprice_codegen.surface.model import Argument, Method

_Unpaired: TypeAlias = dict[tuple[str, str], Argument]
"""Arguments by their location in the request and their name there."""

_ADDED = RuleKey("none", "argument", "itself", "added")
_REQUIRED_ADDED = RuleKey("none", "required-argument", "itself", "added")
_REMOVED = RuleKey("none", "argument", "itself", "removed")
_RENAMED = RuleKey("none", "argument", "itself", "renamed")
_BECAME_REQUIRED = RuleKey("none", "argument", "required", "became")
_BECAME_OPTIONAL = RuleKey("none", "argument", "optional", "became")
_DEFAULT_CHANGED = RuleKey("none", "argument", "default", "changed")


def compare_arguments(
    old: Method, new: Method, location: PythonLocation, names: ClassNameMap
) -> Iterator[Finding]:
    """Yield what happened to all keywords of a method.

    Args:
        old: The method as it was.
        new: The method as it is.
        location: Where the method is in Python and in both documents.
        names: Which classes of both sides are the same.
    """
    before: _Unpaired = {(one.location, one.wire): one for one in old.arguments}
    after: _Unpaired = {(one.location, one.wire): one for one in new.arguments}
    pairs = [(before.pop(place), after.pop(place)) for place in {*before} & {*after}]
    # Callers know the name in Python, so it decides before the one in the request.
    pairs += _pair_by_name(before, after, lambda argument: argument.name)
    pairs += _pair_by_name(before, after, lambda argument: argument.wire)
    pairs += _pair_path_parameters(before, after)

    for argument in before.values():
        yield _report_removed_argument(argument, location)
    for argument in after.values():
        yield _report_added_argument(argument, location)
    for one, other in sorted(pairs, key=lambda pair: pair[1].name):
        yield from _compare_argument(one, other, location, names)
    yield from _compare_key_keywords(old, new, location)


def _compare_key_keywords(
    old: Method, new: Method, location: PythonLocation
) -> Iterator[Finding]:
    """Compare the keywords that take an idempotency key."""
    before = old.key_keyword
    after = new.key_keyword
    here = replace(location, python=f"{location.python}({before or after})")
    if before and not after:
        said = f"`{location.python}({before})` was removed"
        yield create_finding(_REMOVED, here, said, before=before)
    elif after and not before:
        said = f"`{location.python}({after})` was added"
        yield create_finding(_ADDED, here, said, after=after)
    elif before != after:
        said = f"`{location.python}({before})` was renamed to `{after}`"
        yield create_finding(_RENAMED, here, said, before=before, after=after)


def _pair_by_name(
    before: _Unpaired, after: _Unpaired, get_name: Callable[[Argument], str]
) -> list[tuple[Argument, Argument]]:
    """Return those that are called alike, wherever they travel; take them out of both."""
    places = {get_name(argument): place for place, argument in after.items()}
    return [
        (before.pop(place), after.pop(places.pop(get_name(argument))))
        for place, argument in list(before.items())
        if get_name(argument) in places
    ]


def _pair_path_parameters(
    before: _Unpaired, after: _Unpaired
) -> list[tuple[Argument, Argument]]:
    """Return the parameters of the path that are left; take them out of both.

    They are in the order of the path, so that as many on both sides are the same ones
    under other names.
    """
    old = [place for place in before if place[0] == "path"]
    new = [place for place in after if place[0] == "path"]
    if len(old) != len(new):
        return []
    return [
        (before.pop(one), after.pop(other)) for one, other in zip(old, new, strict=True)
    ]


def _report_removed_argument(argument: Argument, location: PythonLocation) -> Finding:
    return create_finding(
        _REMOVED,
        _locate_argument(location, argument.name, argument, None),
        f"`{location.python}({argument.name})` was removed",
        before=_show_argument(argument),
    )


def _report_added_argument(argument: Argument, location: PythonLocation) -> Finding:
    here = _locate_argument(location, argument.name, None, argument)
    message = f"`{location.python}({argument.name})` was added"
    shown = _show_argument(argument)
    if argument.required:
        message += " and is required"
        return create_finding(_REQUIRED_ADDED, here, message, after=shown)
    return create_finding(_ADDED, here, message, after=shown)


def _compare_argument(
    old: Argument, new: Argument, location: PythonLocation, names: ClassNameMap
) -> Iterator[Finding]:
    if old == new:
        return
    here = _locate_argument(location, old.name, old, new)
    if old.name != new.name:
        message = f"`{location.python}({old.name})` was renamed to `{new.name}`"
        yield create_finding(_RENAMED, here, message, before=old.name, after=new.name)
    subject = f"`{location.python}({new.name})`"
    if old.required != new.required:
        yield _report_changed_presence(old, new, here, subject)
    yield from _compare_type(old, new, here, subject, names)
    if old.default != new.default:
        yield create_finding(
            _DEFAULT_CHANGED,
            here,
            f"{subject} changed default",
            before=format_default(old.default),
            after=format_default(new.default),
        )


def _report_changed_presence(
    old: Argument, new: Argument, location: PythonLocation, subject: str
) -> Finding:
    change = "required" if new.required else "optional"
    return create_finding(
        _BECAME_REQUIRED if new.required else _BECAME_OPTIONAL,
        location,
        f"{subject} is now {change}",
        before=_show_argument(old),
        after=_show_argument(new),
    )


def _compare_type(
    old: Argument,
    new: Argument,
    location: PythonLocation,
    subject: str,
    names: ClassNameMap,
) -> Iterator[Finding]:
    effect = names.compare_types(old.type, new.type)
    if effect == "same":
        return
    before = show_type(old.type)
    after = show_type(new.type)
    # Where a schema has no class, its type is written out at every keyword that has it:
    # then the schema has changed, and that is said once.
    of_schema = create_schema_finding(
        old.schema, new.schema, location, before=before, after=after
    )
    yield of_schema or create_finding(
        RuleKey("none", "argument", "type", effect),
        location,
        f"{subject} changed type: {before} → {after}",
        before=before,
        after=after,
    )


def _locate_argument(
    location: PythonLocation, name: str, old: Argument | None, new: Argument | None
) -> PythonLocation:
    return replace(
        location,
        python=f"{location.python}({name})",
        old=None if old is None else old.about.origin,
        new=None if new is None else new.about.origin,
    )


def _show_argument(argument: Argument) -> PythonText:
    return show_type(
        argument.type, argument.name, default="" if argument.required else "…"
    )
