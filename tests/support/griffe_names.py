"""The public names of a generated client as griffe finds them, in its source.

In: the directory of a package. Out: paths of modules, classes, fields, methods,
keywords, members, constants, and variables. Nothing is imported, so that a name that is
only there for type checkers counts, and one that is only there at run time does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import griffe

_INTERNAL = "runtime"
"""The package whose modules nobody imports; what others export of it counts there."""
_USED_BY_INDEXES = {"lazy", "lazy_with_former_names"}
"""What packages import to export names, and do not export."""


def list_names(package: Path) -> set[str]:
    """Return the paths of all public names, relative to the package.

    Args:
        package: The directory of the package.
    """
    module = griffe.load(
        package.name,
        search_paths=[package.parent],
        allow_inspection=False,
        resolve_aliases=True,
    )
    assert isinstance(module, griffe.Module)
    return set(_iter_module(module, ""))


def _iter_module(module: griffe.Module, prefix: str) -> Iterator[str]:
    for name, member in module.members.items():
        if name.startswith("_") or name in {_INTERNAL, *_USED_BY_INDEXES}:
            continue
        path = f"{prefix}{name}"
        # Only the `__init__` of a package exports what it imports.
        if isinstance(member, griffe.Alias):
            if module.is_init_module and _is_own(member, module):
                yield path
                yield from _iter_members(member, path)
        elif isinstance(member, griffe.Module):
            yield path
            yield from _iter_module(member, f"{path}.")
        else:
            yield path
            yield from _iter_members(member, path)


def _is_own(alias: griffe.Alias, module: griffe.Module) -> bool:
    """Return whether a name is imported from the client, and is not a module of it."""
    root = module.path.partition(".")[0]
    is_own = alias.target_path.partition(".")[0] == root
    return is_own and not alias.final_target.is_module


def _iter_members(item: griffe.Object | griffe.Alias, path: str) -> Iterator[str]:
    """Yield the members of a class, also inherited ones, and keywords of functions."""
    target = item.final_target if isinstance(item, griffe.Alias) else item
    match target:
        case griffe.Function() if f".{_INTERNAL}." not in target.path:
            names = {each.name for each in target.parameters} - {"self", "cls"}
            yield from (f"{path}({name}=)" for name in names)
        case griffe.Class():
            for name, member in target.all_members.items():
                if not name.startswith("_"):
                    yield f"{path}.{name}"
                    yield from _iter_members(member, f"{path}.{name}")
        # A deprecated alias of a class: `Old = New`.
        case griffe.Attribute(value=griffe.ExprName(name=name)) if target.parent:
            current = target.parent.members.get(name)
            if isinstance(current, griffe.Alias):
                yield from _iter_members(current, path)
