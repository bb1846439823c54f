"""Which method is which, and what happened to the methods of a client.

In: two `Surface`s, and which classes are the same. Out: findings about namespaces,
methods, their keywords, bodies and return types.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace

from generator.diff.finding import AffectedParts, Finding
from generator.diff.rules.rule_key import Concept, RuleKey
from generator.diff.source.arguments import compare_arguments
from generator.diff.source.findings import PythonLocation, create_finding
from generator.diff.source.type_effects import (
    ClassNameMap,
    allows_none,
    rename_classes,
)
from generator.surface.model import BodyArgument, Method, Surface
from generator.surface.python import NONE, text

_PLACEHOLDER = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class ResourceMethod:
    """A method and the namespace that it is in."""

    resource: str
    method: Method

    @property
    def python(self) -> str:
        """Name the method as its caller does."""
        return f"client.{self.resource}.{self.method.name}"


def list_methods(surface: Surface) -> list[ResourceMethod]:
    """Give all methods of a client."""
    return [
        ResourceMethod(resource.name, method)
        for resource in surface.resources
        for method in resource.methods
    ]


def compare_methods(
    old: Surface, new: Surface, names: ClassNameMap
) -> Iterator[Finding]:
    """Give what happened to all methods."""
    before, after = list_methods(old), list_methods(new)
    pairs = _pair_methods(before, after, names)
    moved = _find_moved_resources(pairs)
    for namespace, other in moved.items():
        reach = _collect_affected(
            [new.method for old, new in pairs if old.resource == namespace]
        )
        said = f"The methods of client.{namespace} are under client.{other} now"
        spot = PythonLocation(python=f"client.{namespace}", affected=reach)
        yield create_finding(
            RuleKey("none", "namespace", "itself", "renamed"),
            spot,
            said,
            before=f"client.{namespace}",
            after=f"client.{other}",
        )
    there = {each.python for each, _ in pairs}
    for each in before:
        if each.python not in there:
            yield _report_removed_method(each)
    there = {each.python for _, each in pairs}
    for each in after:
        if each.python not in there:
            yield _report_added_method(each)
    for one, other_one in pairs:
        yield from _compare_method(one, other_one, names, moved)


def _report_removed_method(each: ResourceMethod) -> Finding:
    spot = PythonLocation(
        python=each.python,
        old=each.method.about.origin,
        affected=_collect_affected([each.method]),
    )
    said = f"The method {each.python} is gone"
    return create_finding(
        RuleKey("none", "method", "itself", "removed"),
        spot,
        said,
        before=format_signature(each),
    )


def _report_added_method(each: ResourceMethod) -> Finding:
    spot = PythonLocation(
        python=each.python,
        new=each.method.about.origin,
        affected=_collect_affected([each.method]),
    )
    said = f"There is a new method {each.python}"
    return create_finding(
        RuleKey("none", "method", "itself", "added"),
        spot,
        said,
        after=format_signature(each),
    )


def _collect_affected(found: list[Method]) -> AffectedParts:
    return AffectedParts(operations=tuple(sorted({each.key for each in found})))


def format_signature(each: ResourceMethod) -> str:
    """Write how a method is called: its namespace, its arguments, what it returns."""
    parts = []
    if each.method.body is not None:
        parts.append(f"body: {text(each.method.body.type)}")
    parts += [
        f"{argument.name}{'' if argument.required else '=…'}"
        for argument in each.method.arguments
    ]
    return f"{each.python}({', '.join(parts)}) -> {text(each.method.returns)}"


def _pair_methods(
    before: list[ResourceMethod], after: list[ResourceMethod], names: ClassNameMap
) -> list[tuple[ResourceMethod, ResourceMethod]]:
    """Join methods by operation, then by path without names, by name, by signature."""
    pairs: list[tuple[ResourceMethod, ResourceMethod]] = []
    old = {each.python: each for each in before}
    new = {each.python: each for each in after}
    for mark_old, mark_new in (
        (_get_key, _get_key),
        (_get_route, _get_route),
        (_get_name, _get_name),
        (
            lambda each: _get_signature(each, names.old),
            lambda each: _get_signature(each, names.new),
        ),
    ):
        left = defaultdict(list)
        for each in old.values():
            left[mark_old(each)].append(each)
        right = defaultdict(list)
        for each in new.values():
            right[mark_new(each)].append(each)
        for mark, found in left.items():
            if mark is not None and len(found) == len(right.get(mark, ())) == 1:
                pairs.append((found[0], right[mark][0]))
                del old[found[0].python], new[right[mark][0].python]
    return pairs


def _get_key(each: ResourceMethod) -> Hashable:
    return each.method.key


def _get_route(each: ResourceMethod) -> Hashable:
    return _PLACEHOLDER.sub("{}", each.method.key)


def _get_name(each: ResourceMethod) -> Hashable:
    return each.python


def _get_signature(each: ResourceMethod, names: object) -> Hashable:
    """Give the signature of a method, None where it is too plain to tell methods apart."""
    method = each.method
    assert isinstance(names, dict)
    returns = rename_classes(method.returns, names)
    body = None if method.body is None else rename_classes(method.body.type, names)
    if body is None and returns == NONE:
        return None
    keywords = ((one.location, one.wire, one.required) for one in method.arguments)
    return method.http_method, frozenset(keywords), body, returns


def _find_moved_resources(
    pairs: list[tuple[ResourceMethod, ResourceMethod]],
) -> dict[str, str]:
    """Give the namespaces all of whose methods, two or more, moved to one other."""
    targets: dict[str, list[str]] = defaultdict(list)
    for old, new in pairs:
        targets[old.resource].append(new.resource)
    return {
        namespace: found[0]
        for namespace, found in targets.items()
        if len(found) > 1 and set(found) == {found[0]} and found[0] != namespace
    }


def _compare_method(
    old: ResourceMethod, new: ResourceMethod, names: ClassNameMap, moved: dict[str, str]
) -> Iterator[Finding]:
    if old == new:
        return
    both = sorted({old.method.key, new.method.key})
    spot = PythonLocation(
        python=old.python,
        old=old.method.about.origin,
        new=new.method.about.origin,
        affected=AffectedParts(operations=tuple(both)),
    )
    place = moved.get(old.resource, old.resource)
    if (place, old.method.name) != (new.resource, new.method.name):
        said = f"{old.python} is called {new.python} now"
        yield create_finding(
            RuleKey("none", "method", "itself", "renamed"),
            spot,
            said,
            before=old.python,
            after=new.python,
        )
    yield from compare_arguments(old.method, new.method, spot, names)
    yield from _compare_body(old.method.body, new.method.body, spot, names)
    yield from _compare_returns(old.method, new.method, spot, names)
    yield from _compare_paging(old.method, new.method, spot)
    yield from _compare_errors(old.method, new.method, spot, names)


def _compare_body(
    old: BodyArgument | None,
    new: BodyArgument | None,
    spot: PythonLocation,
    names: ClassNameMap,
) -> Iterator[Finding]:
    spot = _locate_part(spot, "requestBody")
    if old is None and new is not None:
        key = (
            RuleKey("none", "required-method-body", "itself", "added")
            if new.required
            else RuleKey("none", "method-body", "itself", "added")
        )
        said = f"{spot.python} takes a body now"
        yield create_finding(key, replace(spot, old=None), said, after=text(new.type))
    elif new is None and old is not None:
        said = f"{spot.python} takes no body any more"
        here = replace(spot, new=None)
        yield create_finding(
            RuleKey("none", "method-body", "itself", "removed"),
            here,
            said,
            before=text(old.type),
        )
    elif old is not None and new is not None:
        if old.required != new.required:
            word = "must be given" if new.required else "may be left out"
            concept: Concept = "required" if new.required else "optional"
            key = RuleKey("none", "method-body", concept, "became")
            said = f"The body of {spot.python} {word} now"
            yield create_finding(key, spot, said)
        what = names.compare_types(old.type, new.type)
        if what != "same":
            shown = {"before": text(old.type), "after": text(new.type)}
            said = (
                f"The body of {spot.python} was {shown['before']} and is "
                f"{shown['after']} now"
            )
            yield create_finding(
                RuleKey("none", "method-body", "type", what), spot, said, **shown
            )


def _compare_returns(
    old: Method, new: Method, spot: PythonLocation, names: ClassNameMap
) -> Iterator[Finding]:
    what = names.compare_types(old.returns, new.returns)
    if what == "same":
        # None is a type here: a method that may return nothing is handled otherwise.
        if allows_none(old.returns) == allows_none(new.returns):
            return
        what = "widened" if allows_none(new.returns) else "narrowed"
    shown = {"before": text(old.returns), "after": text(new.returns)}
    said = f"{spot.python} returned {shown['before']} and returns {shown['after']} now"
    yield create_finding(
        RuleKey("none", "return", "type", what),
        _locate_part(spot, "responses"),
        said,
        **shown,
    )


def _compare_paging(
    old: Method, new: Method, spot: PythonLocation
) -> Iterator[Finding]:
    if old.pages is not None and new.pages is None:
        said = f"{spot.python} has no pages any more"
        yield create_finding(RuleKey("none", "method", "paging", "removed"), spot, said)
    elif new.pages is not None and old.pages is None:
        yield create_finding(
            RuleKey("none", "method", "paging", "added"),
            spot,
            f"{spot.python} has pages now",
        )


def _compare_errors(
    old: Method, new: Method, spot: PythonLocation, names: ClassNameMap
) -> Iterator[Finding]:
    """Compare what errors bring; the same for many methods is one finding."""
    before = {each.status: each.type for each in old.errors}
    for each in new.errors:
        known = before.get(each.status, each.type)
        if names.compare_types(known, each.type) != "same":
            was, now = text(known), text(each.type)
            here = PythonLocation(
                python=f"error.body: {was} → {now}", affected=spot.affected
            )
            said = f"The body of errors was {was} and is {now} now"
            yield create_finding(
                RuleKey("none", "error", "type", "changed"),
                here,
                said,
                before=was,
                after=now,
            )


def _locate_part(spot: PythonLocation, key: str) -> PythonLocation:
    """Give the place of a part of the operation."""
    return PythonLocation(
        python=spot.python,
        old=None if spot.old is None else spot.old.child(key),
        new=None if spot.new is None else spot.new.child(key),
        affected=spot.affected,
    )
