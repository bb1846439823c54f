"""What happened to the keywords of a method.

In: the method as it was and as it is. Out: findings, one for each edit of a parameter.
The order of keywords does not matter: none can be given by its position.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from generator.diff.finding import Finding
from generator.diff.rules.rule_key import RuleKey
from generator.diff.source.findings import PythonLocation, create_finding
from generator.diff.source.schema_findings import create_schema_finding
from generator.diff.source.type_effects import ClassNameMap
from generator.surface.model import Argument, Method
from generator.surface.python import literal, text

_Left: TypeAlias = dict[tuple[str, str], Argument]


def compare_arguments(
    old: Method, new: Method, spot: PythonLocation, names: ClassNameMap
) -> Iterator[Finding]:
    """Give what happened to all keywords."""
    before: _Left = {(each.location, each.wire): each for each in old.arguments}
    after: _Left = {(each.location, each.wire): each for each in new.arguments}
    pairs = [(before.pop(key), after.pop(key)) for key in set(before) & set(after)]
    pairs += _pair_by_name(before, after)
    pairs += _pair_path_parameters(list(before.values()), list(after.values()))
    paired = {id(each) for pair in pairs for each in pair}
    for each in before.values():
        if id(each) not in paired:
            yield _report_removed_argument(each, spot)
    for each in after.values():
        if id(each) not in paired:
            yield _report_added_argument(each, spot)
    for one, other in sorted(pairs, key=lambda pair: pair[1].name):
        yield from _compare_argument(one, other, spot, names)


def _pair_by_name(before: _Left, after: _Left) -> list[tuple[Argument, Argument]]:
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


def _pair_path_parameters(
    removed: list[Argument], added: list[Argument]
) -> list[tuple[Argument, Argument]]:
    """Join the parameters of the path that are left, if there are as many."""
    old = [each for each in removed if each.location == "path"]
    new = [each for each in added if each.location == "path"]
    return list(zip(old, new, strict=True)) if len(old) == len(new) else []


def _report_removed_argument(each: Argument, spot: PythonLocation) -> Finding:
    said = f"{spot.python} has no keyword {each.name} any more"
    here = _locate_argument(spot, each.name, each, None)
    return create_finding(
        RuleKey("none", "argument", "itself", "removed"),
        here,
        said,
        before=_format_argument(each),
    )


def _report_added_argument(each: Argument, spot: PythonLocation) -> Finding:
    here = _locate_argument(spot, each.name, None, each)
    said = f"{spot.python} has a new keyword {each.name}"
    if each.required:
        said += ", which must be given"
        return create_finding(
            RuleKey("none", "required-argument", "itself", "added"),
            here,
            said,
            after=_format_argument(each),
        )
    return create_finding(
        RuleKey("none", "argument", "itself", "added"),
        here,
        said,
        after=_format_argument(each),
    )


def _compare_argument(
    old: Argument, new: Argument, spot: PythonLocation, names: ClassNameMap
) -> Iterator[Finding]:
    if old == new:
        return
    here = _locate_argument(spot, old.name, old, new)
    called = f"The keyword {new.name} of {spot.python}"
    if old.name != new.name:
        said = f"The keyword {old.name} of {spot.python} is called {new.name} now"
        yield create_finding(
            RuleKey("none", "argument", "itself", "renamed"),
            here,
            said,
            before=old.name,
            after=new.name,
        )
    if old.required != new.required:
        key, word = (
            (RuleKey("none", "argument", "required", "became"), "must be given")
            if new.required
            else (RuleKey("none", "argument", "optional", "became"), "may be left out")
        )
        shown = {"before": _format_argument(old), "after": _format_argument(new)}
        yield create_finding(key, here, f"{called} {word} now", **shown)
    what = names.compare_types(old.type, new.type)
    if what != "same":
        shown = {"before": text(old.type), "after": text(new.type)}
        said = f"{called} was {shown['before']} and is {shown['after']} now"
        named = create_schema_finding(old.schema, new.schema, here, **shown)
        yield named or create_finding(
            RuleKey("none", "argument", "type", what), here, said, **shown
        )
    if old.default != new.default:
        said = f"The default of the keyword {new.name} of {spot.python} is another one"
        shown = {
            "before": _format_argument_default(old),
            "after": _format_argument_default(new),
        }
        yield create_finding(
            RuleKey("none", "argument", "default", "changed"), here, said, **shown
        )


def _locate_argument(
    spot: PythonLocation, name: str, old: Argument | None, new: Argument | None
) -> PythonLocation:
    return replace(
        spot,
        python=f"{spot.python}({name})",
        old=None if old is None else old.about.origin,
        new=None if new is None else new.about.origin,
    )


def _format_argument(each: Argument) -> str:
    return f"{each.name}: {text(each.type)}{'' if each.required else ' = …'}"


def _format_argument_default(each: Argument) -> str:
    return "" if each.default is None else literal(each.default.value)
