"""The files of `models/`: a module for each class, and the lazy index of all.

In: the classes of a Surface and the texts that datamodel-code-generator wrote. Out:
files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from generator.emit.files import File
from generator.emit.imports import exports, import_lines
from generator.emit.model_imports import imports_of
from generator.emit.quoting import docstring
from generator.emit.render import render
from generator.emit.verify import verified
from generator.surface.model import ModelDefinition, UnionClass
from generator.surface.modules import needs
from generator.surface.python import classes_in, text


def by_module(
    definitions: Sequence[ModelDefinition],
) -> dict[str, tuple[ModelDefinition, ...]]:
    """Group classes by module, those first that others of the module need."""
    groups: dict[str, list[ModelDefinition]] = defaultdict(list)
    for each in definitions:
        groups[each.module].append(each)
    return {module: _ordered(group) for module, group in sorted(groups.items())}


def _ordered(group: Sequence[ModelDefinition]) -> tuple[ModelDefinition, ...]:
    """Put a class behind those it needs, as far as a circle lets."""
    waiting = {each.name: each for each in group}
    ordered: list[ModelDefinition] = []
    while waiting:
        free = [
            name
            for name, each in waiting.items()
            if not (set(needs(each)) - {name}) & waiting.keys()
        ]
        ordered += [waiting.pop(name) for name in free or [min(waiting)]]
    return tuple(ordered)


def model_file(
    module: str,
    classes: Sequence[ModelDefinition],
    modules: Mapping[str, str],
    written: Mapping[str, str],
    *,
    docstrings: bool,
) -> File:
    """Make the file of one module.

    Raises:
        SpecError: The library wrote something else than it was asked to.
    """
    texts = [
        (
            _union(each, docstrings=docstrings)
            if isinstance(each, UnionClass)
            else verified(each, written[each.name])
        )
        for each in classes
    ]
    return File(
        path=f"models/{module}.py",
        text=render(
            "models/module.py.jinja",
            imports=import_lines(_imports(classes, modules)),
            starts_with_class=not isinstance(classes[0], UnionClass),
            classes=[each.rstrip("\n") for each in texts],
        ),
    )


def _imports(
    classes: Sequence[ModelDefinition], modules: Mapping[str, str]
) -> set[tuple[str, str]]:
    found = imports_of(classes, modules)
    if any(_names_classes(each) for each in classes if isinstance(each, UnionClass)):
        found.add(("..", "models"))
    return found


def _names_classes(union: UnionClass) -> bool:
    return any(next(classes_in(each), None) for each in union.options)


def _union(union: UnionClass, *, docstrings: bool) -> str:
    words = union.about.text or union.about.title
    options = [text(each, "models.") for each in union.options]
    return render(
        "models/union.py.jinja",
        name=union.name,
        options=" | ".join(options),
        runtime_options=options,
        doc=docstring(words, 4).split("\n") if docstrings and words else [],
        tag=union.tag if union.mapping else "",
        mapping=union.mapping,
    )


def index_file(definitions: Sequence[ModelDefinition]) -> File:
    """Make `models/__init__.py`."""
    return File(
        path="models/__init__.py",
        text=render(
            "models/__init__.py.jinja",
            exports=exports(
                [(f".{each.module}", each.name) for each in definitions], 4
            ),
            homes=[(each.name, f".{each.module}") for each in definitions],
        ),
    )
