"""The types that replace former names of classes without a class of their own.

In: a place with such a name, and its file. Out: the text that the name becomes there, or
why it has to stay: a type can be more than a name, and can need imports.
"""

from __future__ import annotations

import ast
import re

from flexprice_codegen.emit.annotations import find_type_imports
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.impact.symbols import Way
from flexprice_codegen.surface.python_types import (
    PyType,
    format_type,
    list_model_names,
)

# What a hint can have behind a type.
_AFTER_TYPE = re.compile(r"\s*(?:[])}|,:=#'\"]|$)")
# The modules in front of a name: `models.`, or `acme.models.`.
_QUALIFIER = re.compile(r"(?:\w+\.)*$")
# What follows a name that is imported under another one.
_ALIAS = re.compile(r"\s+as\s")


@frozen_value
class ReplacedText:
    """The piece of a line that a type replaces; `start` counts characters from zero."""

    start: int
    old: str
    new: str


@frozen_value
class TypePlace:
    """A place of a former name: its line, where the name is in it, and how it is used."""

    line: str
    start: int
    name: str
    way: Way


def replace_by_type(
    place: TypePlace, type_: PyType, tree: ast.Module | None
) -> ReplacedText | str:
    """Return what the type replaces at a place, or why the name is left.

    Args:
        place: The place.
        type_: The type that the name means now.
        tree: The code around it; None if it cannot be parsed.
    """
    if place.way == "import":
        return _replace_in_import(place, type_)
    after = place.line[place.start + len(place.name) :]
    if place.way not in ("name", "attribute") or not _AFTER_TYPE.match(after):
        return "only a type hint can have its type there"
    missing = _list_missing(type_, tree)
    if missing:
        return f"its type needs an import of {' and '.join(missing)}"
    if '"' in format_type(type_) and _is_in_text(place):
        return "its type has quotes, which the text there has as well"

    # `models.` in front of the name belongs in front of each class of the type.
    match = _QUALIFIER.search(place.line, 0, place.start)
    qualifier = match.group() if match and place.way == "attribute" else ""
    start = place.start - len(qualifier)
    new = format_type(type_, qualifier)
    return ReplacedText(start, f"{qualifier}{place.name}", new)


def _replace_in_import(place: TypePlace, type_: PyType) -> ReplacedText | str:
    """Return the classes of the type, which an import has in place of the name."""
    classes = sorted(set(list_model_names(type_)))
    if not classes:
        return "its type needs no import from the client: remove it"
    if _ALIAS.match(place.line, place.start + len(place.name)):
        return "an import cannot give a name to its type"
    return ReplacedText(place.start, place.name, ", ".join(classes))


def _list_missing(type_: PyType, tree: ast.Module | None) -> list[str]:
    """Return the names that the text of a type needs and the code does not import."""
    bound = {
        (str(each.module).rpartition(".")[2], name.name)
        for each in (ast.walk(tree) if tree is not None else ())
        if isinstance(each, ast.ImportFrom)
        for name in each.names
        if name.asname in (None, name.name)
    }
    return sorted(
        each.name
        for each in find_type_imports(type_)
        if (each.module, each.name) not in bound
    )


def _is_in_text(place: TypePlace) -> bool:
    """Return whether a hint is written as a text, whose quotes it cannot have itself."""
    before = place.line[: place.start]
    return any(before.count(quote) % 2 for quote in "\"'")
