"""Which method is which, and what happened to the methods of a client.

In: two `Surface`s, and which classes are the same. Out: findings about namespaces,
methods, their keywords, bodies and return types.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace

from generator.diff.finding import Finding, Reach
from generator.diff.source.arguments import arguments
from generator.diff.source.findings import Spot, finding
from generator.diff.source.type_effects import Names, renamed
from generator.surface.model import BodyArgument, Method, Surface
from generator.surface.python import NONE, text

_PLACEHOLDER = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Placed:
    """A method and the namespace that it is in."""

    namespace: str
    method: Method

    @property
    def python(self) -> str:
        """Name the method as its caller does."""
        return f"client.{self.namespace}.{self.method.name}"


def placed(surface: Surface) -> list[Placed]:
    """Give all methods of a client."""
    return [
        Placed(resource.name, method)
        for resource in surface.resources
        for method in resource.methods
    ]


def methods(old: Surface, new: Surface, names: Names) -> Iterator[Finding]:
    """Give what happened to all methods."""
    before, after = placed(old), placed(new)
    pairs = _pairs(before, after, names)
    moved = _moved_namespaces(pairs)
    for namespace, other in moved.items():
        reach = _reach([new.method for old, new in pairs if old.namespace == namespace])
        said = f"The methods of client.{namespace} are under client.{other} now"
        spot = Spot(python=f"client.{namespace}", reach=reach)
        yield finding(
            "namespace-renamed",
            spot,
            said,
            before=f"client.{namespace}",
            after=f"client.{other}",
        )
    there = {each.python for each, _ in pairs}
    for each in before:
        if each.python not in there:
            yield _gone(each)
    there = {each.python for _, each in pairs}
    for each in after:
        if each.python not in there:
            yield _come(each)
    for one, other_one in pairs:
        yield from _pair(one, other_one, names, moved)


def _gone(each: Placed) -> Finding:
    spot = Spot(
        python=each.python, old=each.method.about.origin, reach=_reach([each.method])
    )
    said = f"The method {each.python} is gone"
    return finding("method-removed", spot, said, before=signature(each))


def _come(each: Placed) -> Finding:
    spot = Spot(
        python=each.python, new=each.method.about.origin, reach=_reach([each.method])
    )
    said = f"There is a new method {each.python}"
    return finding("method-added", spot, said, after=signature(each))


def _reach(found: list[Method]) -> Reach:
    return Reach(operations=tuple(sorted({each.key for each in found})))


def signature(each: Placed) -> str:
    """Write how a method is called: its namespace, its arguments, what it returns."""
    parts = []
    if each.method.body is not None:
        parts.append(f"body: {text(each.method.body.type)}")
    parts += [
        f"{argument.name}{'' if argument.required else '=…'}"
        for argument in each.method.arguments
    ]
    return f"{each.python}({', '.join(parts)}) -> {text(each.method.returns)}"


def _pairs(
    before: list[Placed], after: list[Placed], names: Names
) -> list[tuple[Placed, Placed]]:
    """Join methods by operation, then by path without names, by name, by signature."""
    pairs: list[tuple[Placed, Placed]] = []
    old = {each.python: each for each in before}
    new = {each.python: each for each in after}
    for mark_old, mark_new in (
        (_key, _key),
        (_route, _route),
        (_name, _name),
        (
            lambda each: _call(each, names.old),
            lambda each: _call(each, names.new),
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


def _key(each: Placed) -> Hashable:
    return each.method.key


def _route(each: Placed) -> Hashable:
    return _PLACEHOLDER.sub("{}", each.method.key)


def _name(each: Placed) -> Hashable:
    return each.python


def _call(each: Placed, names: object) -> Hashable:
    """Give the signature of a method, None where it is too plain to tell methods apart."""
    method = each.method
    assert isinstance(names, dict)
    returns = renamed(method.returns, names)
    body = None if method.body is None else renamed(method.body.type, names)
    if body is None and returns == NONE:
        return None
    keywords = ((one.location, one.wire, one.required) for one in method.arguments)
    return method.http_method, frozenset(keywords), body, returns


def _moved_namespaces(pairs: list[tuple[Placed, Placed]]) -> dict[str, str]:
    """Give the namespaces all of whose methods, two or more, moved to one other."""
    targets: dict[str, list[str]] = defaultdict(list)
    for old, new in pairs:
        targets[old.namespace].append(new.namespace)
    return {
        namespace: found[0]
        for namespace, found in targets.items()
        if len(found) > 1 and set(found) == {found[0]} and found[0] != namespace
    }


def _pair(
    old: Placed, new: Placed, names: Names, moved: dict[str, str]
) -> Iterator[Finding]:
    if old == new:
        return
    both = sorted({old.method.key, new.method.key})
    spot = Spot(
        python=old.python,
        old=old.method.about.origin,
        new=new.method.about.origin,
        reach=Reach(operations=tuple(both)),
    )
    place = moved.get(old.namespace, old.namespace)
    if (place, old.method.name) != (new.namespace, new.method.name):
        said = f"{old.python} is called {new.python} now"
        yield finding("method-renamed", spot, said, before=old.python, after=new.python)
    yield from arguments(old.method, new.method, spot, names)
    yield from _body(old.method.body, new.method.body, spot, names)
    yield from _returns(old.method, new.method, spot, names)
    yield from _paging(old.method, new.method, spot)
    yield from _errors(old.method, new.method, spot, names)


def _body(
    old: BodyArgument | None, new: BodyArgument | None, spot: Spot, names: Names
) -> Iterator[Finding]:
    spot = _part(spot, "requestBody")
    if old is None and new is not None:
        rule = "method-required-body-added" if new.required else "method-body-added"
        said = f"{spot.python} takes a body now"
        yield finding(rule, replace(spot, old=None), said, after=text(new.type))
    elif new is None and old is not None:
        said = f"{spot.python} takes no body any more"
        here = replace(spot, new=None)
        yield finding("method-body-removed", here, said, before=text(old.type))
    elif old is not None and new is not None:
        if old.required != new.required:
            word = "must be given" if new.required else "may be left out"
            rule = "required" if new.required else "optional"
            said = f"The body of {spot.python} {word} now"
            yield finding(f"method-body-became-{rule}", spot, said)
        what = names.effect(old.type, new.type)
        if what != "same":
            shown = {"before": text(old.type), "after": text(new.type)}
            said = (
                f"The body of {spot.python} was {shown['before']} and is "
                f"{shown['after']} now"
            )
            yield finding(f"method-body-type-{what}", spot, said, **shown)


def _returns(old: Method, new: Method, spot: Spot, names: Names) -> Iterator[Finding]:
    what = names.effect(old.returns, new.returns)
    if what == "same":
        before, after = ("None" in text(one.returns).split(" | ") for one in (old, new))
        what = "widened" if after and not before else "narrowed"
        if before == after:
            return
    shown = {"before": text(old.returns), "after": text(new.returns)}
    said = f"{spot.python} returned {shown['before']} and returns {shown['after']} now"
    yield finding(f"return-type-{what}", _part(spot, "responses"), said, **shown)


def _paging(old: Method, new: Method, spot: Spot) -> Iterator[Finding]:
    if old.pages is not None and new.pages is None:
        said = f"{spot.python} has no pages any more"
        yield finding("method-paging-removed", spot, said)
    elif new.pages is not None and old.pages is None:
        yield finding("method-paging-added", spot, f"{spot.python} has pages now")


def _errors(old: Method, new: Method, spot: Spot, names: Names) -> Iterator[Finding]:
    """Compare what errors bring; the same for many methods is one finding."""
    before = {each.status: each.type for each in old.errors}
    for each in new.errors:
        known = before.get(each.status, each.type)
        if names.effect(known, each.type) != "same":
            was, now = text(known), text(each.type)
            here = Spot(python=f"error.body: {was} → {now}", reach=spot.reach)
            said = f"The body of errors was {was} and is {now} now"
            yield finding("error-type-changed", here, said, before=was, after=now)


def _part(spot: Spot, key: str) -> Spot:
    """Give the place of a part of the operation."""
    return Spot(
        python=spot.python,
        old=None if spot.old is None else spot.old.child(key),
        new=None if spot.new is None else spot.new.child(key),
        reach=spot.reach,
    )
