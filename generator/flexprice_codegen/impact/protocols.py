"""Loops, `with` and brackets over instances of the user's classes.

In: what an expression can be. Out: what its special methods return. Values of the client
and of the standard library need none.
"""

from __future__ import annotations

from collections.abc import Iterable

from flexprice_codegen.impact.frame import Frame, PassedArguments
from flexprice_codegen.impact.members import as_row, get_attribute, iter_family
from flexprice_codegen.impact.symbols import Position
from flexprice_codegen.impact.values import (
    OTHER,
    UNKNOWN,
    AliasValue,
    CollectionValue,
    RowValue,
    TableValue,
    UserInstance,
    Value,
    ValueSet,
    iterate_values,
    join_values,
)

_NOWHERE = Position(0, 0, 0)
_ITERATING = ("__iter__", "__aiter__")
_ADVANCING = ("__next__", "__anext__")
_ENTERING = ("__enter__", "__aenter__")


def iterate(frame: Frame, values: ValueSet) -> ValueSet:
    """Return what a loop over an expression yields.

    Args:
        frame: The scope.
        values: What the expression can be.
    """
    found = iterate_values(values)
    for each in values:
        if isinstance(each, UserInstance):
            found |= _iterate_instance(frame, each)
    return found


def _iterate_instance(frame: Frame, instance: UserInstance) -> ValueSet:
    row = as_row(frame, instance)
    if isinstance(row, RowValue):
        return join_values(*row.items)
    iterators = _call_special(frame, instance, _ITERATING)
    found = iterate_values(iterators)
    for each in iterators:
        if isinstance(each, UserInstance):
            found |= _call_special(frame, each, _ADVANCING)
    # A class can be a list: `class Customers(list[Customer])`.
    return found | iterate_values(_list_containers(frame, instance))


def get_item(frame: Frame, instance: UserInstance) -> ValueSet:
    """Return what brackets behind an instance of a class of the user return.

    That is any field of a typed dictionary, if the key is not written there.
    """
    found = _call_special(frame, instance, ("__getitem__",))
    if not found:
        attributes = frame.project.attributes
        fields = frame.project.classes[instance.number].fields
        found = join_values(
            *(attributes.get((instance.number, each)) or OTHER for each in fields)
        )
    for each in _list_containers(frame, instance):
        found |= each.items if isinstance(each, CollectionValue) else OTHER
        found |= each.values if isinstance(each, TableValue) else OTHER
    return found


def _list_containers(frame: Frame, instance: UserInstance) -> ValueSet:
    """Return the containers of the standard library that a class derives from."""
    owner = frame.project.classes[instance.number]
    return join_values(
        *(
            base.of
            for each in iter_family(frame, owner)
            for base in each.bases
            if isinstance(base, AliasValue)
        )
    )


def enter(frame: Frame, values: ValueSet) -> ValueSet:
    """Return what `with` binds: what `__enter__` returns, if that is known."""
    found: set[Value] = set()
    for each in values:
        if isinstance(each, UserInstance):
            found |= _call_special(frame, each, _ENTERING) or {each}
        else:
            found.add(each)
    return frozenset(found)


def _call_special(
    frame: Frame, instance: UserInstance, names: Iterable[str]
) -> ValueSet:
    """Return what methods of an instance return, as far as that is known."""
    one = frozenset({instance})
    return join_values(
        *(
            frame.reader.call(frame, method, PassedArguments()) - UNKNOWN
            for name in names
            for method in get_attribute(frame, one, name, _NOWHERE, "attribute")
        )
    )
