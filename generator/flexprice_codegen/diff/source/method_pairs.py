"""Which method of the older client is which method of the newer one.

In: the methods of two `Surface`s, and which operations were renamed. Out: pairs of
methods: by operation, then, of those that are left on both sides, by name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeAlias

from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.model import Method, Surface
from flexprice_codegen.surface.renames import NO_RENAMES, RenamedKeys


@frozen_value
class ResourceMethod:
    """A method and the namespace that it is in.

    `is_form` marks the form of another method that streams; `switch` is the argument
    that asks for it, if it is not a method of its own.
    """

    resource: str
    method: Method
    is_form: bool = False
    switch: str = ""

    @property
    def python(self) -> str:
        """The method as its caller writes it."""
        asked = f"({self.switch}=True)" if self.switch else ""
        return f"client.{self.resource}.{self.method.name}{asked}"


_GetMark: TypeAlias = Callable[[ResourceMethod], Hashable]


def list_methods(surface: Surface) -> list[ResourceMethod]:
    """Return all methods of a client, each followed by its form that streams."""
    return [
        found
        for resource in surface.resources
        for method in resource.methods
        for found in _iter_forms(resource.name, method)
    ]


def _iter_forms(resource: str, method: Method) -> Iterator[ResourceMethod]:
    yield ResourceMethod(resource, method)
    form = method.streaming
    if form is not None:
        yield ResourceMethod(resource, form.method, is_form=True, switch=form.switch)


def pair_methods(
    before: Iterable[ResourceMethod],
    after: Iterable[ResourceMethod],
    renamed: RenamedKeys,
) -> list[tuple[ResourceMethod, ResourceMethod]]:
    """Return the pairs of methods that are one method, the surest first.

    Args:
        before: The methods of the older client.
        after: The methods of the newer one.
        renamed: The operations with another key in the newer client.
    """
    marks: tuple[tuple[_GetMark, _GetMark], ...] = (
        (lambda method: _get_key(method, renamed), _get_key),
        (_get_name, _get_name),
    )
    old = {method.python: method for method in before}
    new = {method.python: method for method in after}
    pairs: list[tuple[ResourceMethod, ResourceMethod]] = []
    for get_old_mark, get_new_mark in marks:
        left = _group_by_mark(old.values(), get_old_mark)
        right = _group_by_mark(new.values(), get_new_mark)
        for mark, found in left.items():
            others = right.get(mark, [])
            # Two methods of one mark cannot be told apart: neither is paired by it.
            if len(found) == len(others) == 1:
                pairs.append((found[0], others[0]))
                del old[found[0].python]
                del new[others[0].python]
    return pairs


def _group_by_mark(
    methods: Iterable[ResourceMethod], get_mark: _GetMark
) -> dict[Hashable, list[ResourceMethod]]:
    """Return the methods of each mark; without those that have none."""
    groups: dict[Hashable, list[ResourceMethod]] = defaultdict(list)
    for method in methods:
        mark = get_mark(method)
        if mark is not None:
            groups[mark].append(method)
    return groups


def _get_key(method: ResourceMethod, renamed: RenamedKeys = NO_RENAMES) -> Hashable:
    return renamed.get_operation(method.method.key), method.is_form


def _get_name(method: ResourceMethod) -> Hashable:
    return method.python
