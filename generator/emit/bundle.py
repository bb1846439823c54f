"""The schema that datamodel-code-generator prints the models from.

In: the classes of a Surface. Out: one flat JSON Schema, decided in advance: one opaque,
required property for each distinct type of a class, and the rows of the class in `x-`
keys for the templates. Names that a class only refers to are stubs.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, assert_never

from generator.emit.facts import field_text
from generator.emit.quoting import WIDTH, docstring
from generator.surface.model import EnumClass, Field, ModelClass
from generator.surface.python import (
    NONE,
    UNSET_TYPE,
    ClassNamed,
    Either,
    Listed,
    LiteralOf,
    Mapped,
    Plain,
    PyType,
    either,
    literal,
)

Schema: TypeAlias = dict[str, object]
_PLAIN: dict[str, Schema] = {
    "str": {"type": "string"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "bytes": {"type": "string", "format": "binary"},
    "datetime": {"type": "string", "format": "date-time"},
    "date": {"type": "string", "format": "date"},
    "time": {"type": "string", "format": "time"},
    "Decimal": {"type": "string", "format": "decimal"},
    "Any": {},
    "None": {"type": "null"},
}
_TITLE = "_Bundle"
"""The library takes a title as a class name, and numbers classes that begin like it.

Without one it says `Model`, which a document may say, too. No class has this name: ours
begin with a letter.
"""
_STUB: Schema = {
    "type": "object",
    "x-rows": [],
    "x-doc": "",
    "x-wire": [],
    "x-extra": "",
}


def bundle(classes: Iterable[ModelClass | EnumClass], *, docstrings: bool) -> Schema:
    """Make the schema for some classes, with stubs for those that they refer to."""
    definitions: dict[str, Schema] = {}
    stubs: set[str] = set()
    for each in classes:
        match each:
            case ModelClass():
                definitions[each.name] = _model(each, docstrings=docstrings)
                stubs.update(_references(each))
            case EnumClass():
                definitions[each.name] = _enum(each, docstrings=docstrings)
            case _:
                assert_never(each)
    for name in sorted(stubs - definitions.keys()):
        definitions[name] = _STUB
    return {"title": _TITLE, "$defs": definitions}


def split(type_: PyType) -> tuple[PyType, str]:
    """Part a type from the `| None | UnsetType` at its end, which the templates write."""
    if not isinstance(type_, Either):
        return type_, ""
    options = type_.options
    core = tuple(each for each in options if each not in (NONE, UNSET_TYPE))
    if not core:
        return type_, ""
    suffix = "".join(
        f" | {each.name}"
        for each in options
        if isinstance(each, Plain) and each not in core
    )
    return either(*core), suffix


def suffix(field: Field) -> str:
    """Write what stands behind the type of a field: null, absence and its default."""
    _, ending = split(field.type)
    return ending + (f" = {field.absent}" if field.absent else "")


def _model(model: ModelClass, *, docstrings: bool) -> Schema:
    types: dict[PyType, int] = {}
    rows = []
    for each in model.fields:
        core, _ = split(each.type)
        number = types.setdefault(core, len(types))
        text = docstring(field_text(each), 4) if docstrings else ""
        rows.append([each.name, number, suffix(each), text])
    schema: Schema = {
        "type": "object",
        "required": [f"f{number}" for number in types.values()],
        "properties": {f"f{number}": schema_of(each) for each, number in types.items()},
        "x-rows": rows,
        "x-doc": (
            docstring(model.about.text or model.about.title, 4) if docstrings else ""
        ),
        "x-wire": [[literal(name), literal(wire)] for name, wire in model.renamed],
        "x-extra": literal(model.extra) if model.extra else "",
    }
    return schema


def _enum(enum: EnumClass, *, docstrings: bool) -> Schema:
    lines = []
    for member in enum.members:
        line = f"{member.name} = {literal(member.value)}"
        if len(line) + 4 > WIDTH:
            line = f"{member.name} = (\n        {literal(member.value)}\n    )"
        lines.append(line)
        text = docstring(member.text, 4) if docstrings else ""
        if text:
            lines.append(text.strip())
    base = "string" if enum.base == "OpenStrEnum" else "integer"
    return {
        "type": base,
        "enum": ["a", "b"] if base == "string" else [1, 2],
        "x-base": enum.base,
        "x-members": lines,
        "x-doc": (
            docstring(enum.about.text or enum.about.title, 4) if docstrings else ""
        ),
    }


def _references(model: ModelClass) -> set[str]:
    found: set[str] = set()
    pending: list[PyType] = [each.type for each in model.fields]
    while pending:
        each = pending.pop()
        match each:
            case ClassNamed():
                found.add(each.name)
            case Plain() if each.name not in _PLAIN and each != UNSET_TYPE:
                found.add(each.name)
            case Plain() | LiteralOf():
                pass
            case Listed():
                pending.append(each.item)
            case Mapped():
                pending.append(each.value)
            case Either():
                pending += each.options
            case _:
                assert_never(each)
    return found


def schema_of(type_: PyType) -> Schema:
    """Give the JSON Schema that the library prints as this type."""
    match type_:
        case Plain():
            return (
                dict(_PLAIN[type_.name])
                if type_.name in _PLAIN
                else _reference(type_.name)
            )
        case Listed():
            return {"type": "array", "items": schema_of(type_.item)}
        case Mapped():
            return {"type": "object", "additionalProperties": schema_of(type_.value)}
        case ClassNamed():
            return _reference(type_.name)
        case LiteralOf():
            return {"const": type_.values[0]}
        case Either():
            return {"anyOf": [schema_of(each) for each in type_.options]}
        case _:
            assert_never(type_)


def _reference(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}
