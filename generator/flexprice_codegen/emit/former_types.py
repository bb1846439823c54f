"""The module of former class names whose places have types without a class.

In: names and types of a `Surface`, and its classes. Out: the draft of a file, and what
`models` exports of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from flexprice_codegen.emit.annotations import find_type_imports
from flexprice_codegen.emit.digests import inputs_digest
from flexprice_codegen.emit.expression import ImportedName
from flexprice_codegen.emit.files import Draft
from flexprice_codegen.emit.imports import ModuleLocation, format_imports
from flexprice_codegen.emit.render import render_template
from flexprice_codegen.surface.model import Surface
from flexprice_codegen.surface.modules import FORMER_TYPES_MODULE
from flexprice_codegen.surface.python_types import (
    PyType,
    format_type,
    list_model_names,
)

_PACKAGE = "models"


def draft_former_types(surface: Surface, runtime: str) -> Iterator[Draft]:
    """Yield the draft of the module, if there are such names.

    Args:
        surface: The client's classes.
        runtime: The path of a shared runtime, relative to the client's directory; empty
            if the client has its own.
    """
    types = surface.deprecated_types
    if not types:
        return
    homes = {each.name: each.module for each in surface.models}
    imports = _find_imports([type_ for _, type_ in types], homes)
    texts = [(name, format_type(type_)) for name, type_ in types]
    location = ModuleLocation(_PACKAGE, runtime)
    yield Draft(
        path=f"{_PACKAGE}/{FORMER_TYPES_MODULE}.py",
        render=partial(
            render_template,
            "models/former_types.py.jinja",
            imports=format_imports(imports, location),
            types=texts,
        ),
        inputs=inputs_digest(texts, sorted(imports)),
        imports=imports,
    )


def list_former_types(surface: Surface) -> tuple[tuple[str, str], ...]:
    """Return each former name with the text of its type, for users of `models`."""
    return tuple(
        (name, format_type(type_, "models."))
        for name, type_ in surface.deprecated_types
    )


def _find_imports(
    types: Sequence[PyType], homes: Mapping[str, str]
) -> frozenset[ImportedName]:
    found = {ImportedName("library", "typing", "TypeAlias")}
    for each in types:
        found |= find_type_imports(each)
        for name in list_model_names(each):
            found.add(ImportedName("client", f"{_PACKAGE}.{homes[name]}", name))
    return frozenset(found)
