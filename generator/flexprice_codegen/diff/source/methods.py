"""What happened to the methods of a client.

In: two `Surface`s, and which classes are the same. Out: findings about namespaces,
methods, their keywords, bodies and return types.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from flexprice_codegen.diff.finding import AffectedParts, Finding
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.source.arguments import compare_arguments
from flexprice_codegen.diff.source.batches import compare_batches
from flexprice_codegen.diff.source.findings import (
    PythonLocation,
    PythonText,
    create_finding,
    show_type,
)
from flexprice_codegen.diff.source.method_pairs import (
    ResourceMethod,
    list_methods,
    pair_methods,
)
from flexprice_codegen.diff.source.type_effects import (
    ClassNameMap,
    TypeEffect,
    allows_none,
)
from flexprice_codegen.surface.model import BodyArgument, Method, Surface

_NAMESPACE_RENAMED = RuleKey("none", "namespace", "itself", "renamed")
_ADDED = RuleKey("none", "method", "itself", "added")
_REMOVED = RuleKey("none", "method", "itself", "removed")
_RENAMED = RuleKey("none", "method", "itself", "renamed")
_BODY_ADDED = RuleKey("none", "method-body", "itself", "added")
_REQUIRED_BODY_ADDED = RuleKey("none", "required-method-body", "itself", "added")
_BODY_REMOVED = RuleKey("none", "method-body", "itself", "removed")
_BODY_BECAME_REQUIRED = RuleKey("none", "method-body", "required", "became")
_BODY_BECAME_OPTIONAL = RuleKey("none", "method-body", "optional", "became")
_PAGING_ADDED = RuleKey("none", "method", "paging", "added")
_PAGING_REMOVED = RuleKey("none", "method", "paging", "removed")
_ERROR_TYPE_CHANGED = RuleKey("none", "error", "type", "changed")


def compare_methods(
    old: Surface, new: Surface, names: ClassNameMap
) -> Iterator[Finding]:
    """Yield what happened to all methods.

    Args:
        old: The client as it was.
        new: The client as it is.
        names: Which classes of both are the same.
    """
    before = list_methods(old)
    after = list_methods(new)
    pairs = pair_methods(before, after, new.renamed)
    moved = _find_moved_resources(pairs)
    for resource, other in moved.items():
        methods = [new.method for old, new in pairs if old.resource == resource]
        yield _report_renamed_namespace(resource, other, methods)

    paired = {one.python for one, _ in pairs}
    for method in before:
        if method.python not in paired:
            yield _report_removed_method(method)
    paired = {other.python for _, other in pairs}
    for method in after:
        if method.python not in paired:
            yield _report_added_method(method)
    for one, partner in pairs:
        yield from _compare_method(one, partner, names, moved)


def _find_moved_resources(
    pairs: Sequence[tuple[ResourceMethod, ResourceMethod]],
) -> dict[str, str]:
    """Return the namespaces all of whose methods, two or more, moved to one other."""
    targets: dict[str, list[str]] = defaultdict(list)
    for old, new in pairs:
        targets[old.resource].append(new.resource)
    return {
        resource: found[0]
        for resource, found in targets.items()
        # A single method that moved is a renamed method, not a renamed namespace.
        if len(found) > 1 and set(found) == {found[0]} and found[0] != resource
    }


def _report_renamed_namespace(old: str, new: str, methods: list[Method]) -> Finding:
    return create_finding(
        _NAMESPACE_RENAMED,
        PythonLocation(python=f"client.{old}", affected=_collect_affected(methods)),
        f"`client.{old}` was renamed to `client.{new}`",
        before=f"client.{old}",
        after=f"client.{new}",
    )


def _report_removed_method(method: ResourceMethod) -> Finding:
    location = PythonLocation(
        python=method.python,
        old=method.method.about.origin,
        affected=_collect_affected([method.method]),
    )
    message = f"`{method.python}` was removed"
    return create_finding(_REMOVED, location, message, before=_show_call(method))


def _report_added_method(method: ResourceMethod) -> Finding:
    location = PythonLocation(
        python=method.python,
        new=method.method.about.origin,
        affected=_collect_affected([method.method]),
    )
    message = f"`{method.python}` was added"
    return create_finding(_ADDED, location, message, after=_show_call(method))


def _collect_affected(methods: list[Method]) -> AffectedParts:
    return AffectedParts(operations=tuple(sorted({method.key for method in methods})))


def _show_call(method: ResourceMethod) -> PythonText:
    """Return how a method is called: its namespace, its arguments, what it returns."""
    returns = show_type(method.method.returns)
    classes = returns.classes
    parts = []
    if method.method.body is not None:
        body = show_type(method.method.body.type, "body")
        classes = (*body.classes, *returns.classes)
        parts.append(body.text)
    parts += [
        argument.name if argument.required else f"{argument.name}=…"
        for argument in method.method.arguments
    ]
    return PythonText(f"{method.python}({', '.join(parts)}) -> {returns}", classes)


def _compare_method(
    old: ResourceMethod, new: ResourceMethod, names: ClassNameMap, moved: dict[str, str]
) -> Iterator[Finding]:
    if old == new:
        return
    keys = sorted({old.method.key, new.method.key})
    location = PythonLocation(
        python=old.python,
        old=old.method.about.origin,
        new=new.method.about.origin,
        affected=AffectedParts(operations=tuple(keys)),
    )
    # That its namespace has another name is told once for all of its methods.
    resource = moved.get(old.resource, old.resource)
    if (resource, old.method.name) != (new.resource, new.method.name):
        message = f"`{old.python}` was renamed to `{new.python}`"
        yield create_finding(
            _RENAMED, location, message, before=old.python, after=new.python
        )
    if old.switch and new.switch:
        # All but its result it shares with the method that it is a form of.
        yield from _compare_returns(old.method, new.method, location, names)
        return
    yield from compare_arguments(old.method, new.method, location, names)
    yield from _compare_bodies(old.method.body, new.method.body, location, names)
    yield from _compare_returns(old.method, new.method, location, names)
    yield from _compare_paging(old.method, new.method, location)
    yield from compare_batches(old.method, new.method, location)
    yield from _compare_errors(old.method, new.method, location, names)


def _compare_bodies(
    old: BodyArgument | None,
    new: BodyArgument | None,
    location: PythonLocation,
    names: ClassNameMap,
) -> Iterator[Finding]:
    location = _locate_part(location, "requestBody")
    if old is None and new is not None:
        yield create_finding(
            _REQUIRED_BODY_ADDED if new.required else _BODY_ADDED,
            replace(location, old=None),
            f"`{location.python}` now accepts a body",
            after=show_type(new.type),
        )
    elif new is None and old is not None:
        yield create_finding(
            _BODY_REMOVED,
            replace(location, new=None),
            f"`{location.python}` no longer accepts a body",
            before=show_type(old.type),
        )
    elif old is not None and new is not None:
        yield from _compare_body(old, new, location, names)


def _compare_body(
    old: BodyArgument,
    new: BodyArgument,
    location: PythonLocation,
    names: ClassNameMap,
) -> Iterator[Finding]:
    if old.required != new.required:
        change = "required" if new.required else "optional"
        yield create_finding(
            _BODY_BECAME_REQUIRED if new.required else _BODY_BECAME_OPTIONAL,
            location,
            f"the body of `{location.python}` is now {change}",
        )
    effect = names.compare_types(old.type, new.type)
    if effect != "same":
        before = show_type(old.type)
        after = show_type(new.type)
        yield create_finding(
            RuleKey("none", "method-body", "type", effect),
            location,
            f"the body of `{location.python}` changed type: {before} → {after}",
            before=before,
            after=after,
        )


def _compare_returns(
    old: Method, new: Method, location: PythonLocation, names: ClassNameMap
) -> Iterator[Finding]:
    effect = _classify_returns(old, new, names)
    if effect == "same":
        return
    before = show_type(old.returns)
    after = show_type(new.returns)
    yield create_finding(
        RuleKey("none", "return", "type", effect),
        _locate_part(location, "responses"),
        f"`{location.python}` changed return type: {before} → {after}",
        before=before,
        after=after,
    )


def _classify_returns(old: Method, new: Method, names: ClassNameMap) -> TypeEffect:
    """Return what happened to what a method returns, None included.

    Elsewhere None means that a value is absent and is reported so; here a method that may
    return nothing has to be called in another way.
    """
    effect = names.compare_types(old.returns, new.returns)
    was_optional = allows_none(old.returns)
    is_optional = allows_none(new.returns)
    if effect != "same" or was_optional == is_optional:
        return effect
    return "widened" if is_optional else "narrowed"


def _compare_paging(
    old: Method, new: Method, location: PythonLocation
) -> Iterator[Finding]:
    if old.pagination is not None and new.pagination is None:
        message = f"`{location.python}` is no longer paginated"
        yield create_finding(_PAGING_REMOVED, location, message)
    elif new.pagination is not None and old.pagination is None:
        message = f"`{location.python}` is now paginated"
        yield create_finding(_PAGING_ADDED, location, message)


def _compare_errors(
    old: Method, new: Method, location: PythonLocation, names: ClassNameMap
) -> Iterator[Finding]:
    """Compare the bodies of errors; the same edit of many methods is one finding."""
    known = {error.status_code: error.type for error in old.errors}
    for error in new.errors:
        # An error that is new is no type that changed.
        former = known.get(error.status_code, error.type)
        if names.compare_types(former, error.type) == "same":
            continue
        before = show_type(former)
        after = show_type(error.type)
        # The place has no method in it, so that `merge_findings` makes one of all.
        yield create_finding(
            _ERROR_TYPE_CHANGED,
            PythonLocation(
                python=f"error.body: {before} → {after}", affected=location.affected
            ),
            f"`error.body` changed type: {before} → {after}",
            before=before,
            after=after,
        )


def _locate_part(location: PythonLocation, keyword: str) -> PythonLocation:
    """Return the same place, with the nodes of a part of the operation."""
    return replace(
        location,
        old=None if location.old is None else location.old.get_child(keyword),
        new=None if location.new is None else location.new.get_child(keyword),
    )
