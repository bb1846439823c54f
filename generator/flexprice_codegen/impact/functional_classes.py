"""Named tuples and typed dictionaries that a call defines, not a `class` statement.

In: a call of `NamedTuple` or `TypedDict`. Out: the class, with the hints of its fields.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flexprice_codegen.impact.frame import Frame
from flexprice_codegen.impact.values import (
    ClassValue,
    LibraryValue,
    UserInstance,
    ValueSet,
)

FUNCTIONAL_CLASSES = frozenset(
    {"typing.NamedTuple", "typing.TypedDict", "typing_extensions.TypedDict"}
)
"""What defines a class if it is called."""


def define_by_call(frame: Frame, node: ast.Call, base: LibraryValue) -> ValueSet:
    """Return the class that a call defines.

    Args:
        frame: The scope.
        node: The call.
        base: What is called.
    """
    owner = frame.project.get_class(frame.module, node)
    owner.bases = frozenset({base})
    fields = [*_iter_fields(node)]
    owner.fields = [name for name, _ in fields]
    for name, hint in fields:
        frame.project.attributes.set((owner.number, name), frame.read_hint(hint))
    return frozenset({ClassValue(UserInstance(owner.number))})


def _iter_fields(node: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    """Yield the names of the fields with their hints."""
    match node.args:
        case [_, ast.Dict(keys=keys, values=values)]:
            for key, hint in zip(keys, values, strict=True):
                if isinstance(key, ast.Constant):
                    yield str(key.value), hint
        case [_, ast.List(elts=rows) | ast.Tuple(elts=rows)]:
            for row in rows:
                match row:
                    case ast.Tuple(elts=[ast.Constant(value=name), hint]):
                        yield str(name), hint
        case _:
            pass
