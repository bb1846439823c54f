"""Type hints with their imports.

In: a `PyType`. Out: an `Expression`.
"""

from __future__ import annotations

from functools import cache

from flexprice_codegen.emit.expression import Expression, ImportedName
from flexprice_codegen.surface.python_types import (
    NEEDS_IMPORT,
    PyType,
    format_type,
    list_model_names,
    list_plain_names,
)
from flexprice_codegen.surface.scalar_types import OPTIONAL_MODULES

_BUILTINS = ImportedName("library", "builtins")
MODELS = ImportedName("client", "", "models")
_HOMES = {
    **{
        name: ImportedName("library", module, name)
        for name, module in NEEDS_IMPORT.items()
    },
    **{
        name: ImportedName("runtime", module, name)
        for name, module in OPTIONAL_MODULES.items()
    },
    "Literal": ImportedName("library", "typing", "Literal"),
    "FileContent": ImportedName("runtime", "multipart", "FileContent"),
    "Stream": ImportedName("runtime", "uploads", "Stream"),
    "MediaContent": ImportedName("runtime", "typed_uploads", "MediaContent"),
}
"""The imports of names in type hints that are not builtins."""


@cache
def annotate(type_: PyType, *, hides_list: bool = False) -> Expression:
    """Return the type hint of a type; classes of the client are `models.X`.

    Args:
        type_: The type.
        hides_list: Whether the hint is in a class that has a method `list`.
    """
    imports = find_type_imports(type_)
    if list_model_names(type_):
        imports |= {MODELS}
    if not hides_list or "list" not in list_plain_names(type_):
        return Expression(format_type(type_, "models."), imports)
    return Expression(
        format_type(type_, "models.", f"{_BUILTINS.module}.list"), imports | {_BUILTINS}
    )


@cache
def find_type_imports(type_: PyType) -> frozenset[ImportedName]:
    """Return the imports of the names in a type, except classes of the client."""
    return frozenset(_HOMES[name] for name in list_plain_names(type_) if name in _HOMES)
