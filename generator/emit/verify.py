"""Checking what datamodel-code-generator wrote against what was asked for.

In: the text of a class and the class of the Surface. Out: the same text, with each
field's line as the Surface writes it (the library writes `Literal['a']`, black does
not). Anything that differs in meaning is an error: the client would lie.
"""

from __future__ import annotations

import ast
import textwrap

from generator.diagnostics import SpecError, fault
from generator.emit.bundle import split
from generator.emit.quoting import WIDTH
from generator.emit.spread import declared
from generator.surface.model import MAKES_A_DICT, EnumClass, Field, ModelClass
from generator.surface.python import literal, text


def verified(definition: ModelClass | EnumClass, written: str) -> str:
    """Give the text of a class, checked.

    Raises:
        SpecError: The library left out or changed a class, a field or an annotation.
    """
    tree = ast.parse(written)
    (class_,) = tree.body
    if not isinstance(class_, ast.ClassDef) or class_.name != definition.name:
        raise _different(definition.name, "the class")
    lines = written.split("\n")
    if isinstance(definition, EnumClass):
        _check_members(definition, class_)
        return written
    found = [
        each
        for each in class_.body
        if isinstance(each, ast.AnnAssign) and not _is_class_variable(each)
    ]
    if len(found) != len(definition.fields):
        raise _different(definition.name, "its fields")
    for each, field in zip(found, definition.fields, strict=True):
        expected = line_of(field)
        if lines[each.lineno - 1] == expected:
            continue
        if ast.dump(each) != ast.dump(ast.parse(textwrap.dedent(expected)).body[0]):
            raise _different(definition.name, f"the field {field.name!r}")
        lines[each.lineno - 1 : each.end_lineno] = [expected]
    return "\n".join(lines)


def line_of(field: Field) -> str:
    """Write the line that declares a field, or three where black would."""
    core, ending = split(field.type)
    type_ = text(core) + ending
    if not field.absent:
        return f"    {field.name}: {type_}"
    head = f"    {field.name}: {type_} ="
    is_call = field.absent == MAKES_A_DICT
    if is_call and len(f"{head} field(") <= WIDTH < len(f"{head} {field.absent}"):
        return f"{head} field(\n        default_factory=dict\n    )"
    if len(head) + 2 <= WIDTH < len(head) + 1 + len(field.absent):
        return f"{head} (\n        {field.absent}\n    )"
    return textwrap.indent(declared(field.name, type_, field.absent, 3), "    ")


def _is_class_variable(node: ast.AnnAssign) -> bool:
    return isinstance(node.target, ast.Name) and node.target.id in (
        "__wire__",
        "__extra__",
    )


def _check_members(definition: EnumClass, class_: ast.ClassDef) -> None:
    found = [each for each in class_.body if isinstance(each, ast.Assign)]
    pairs = [
        (each.targets[0].id, each.value.value)
        for each in found
        if isinstance(each.targets[0], ast.Name)
        and isinstance(each.value, ast.Constant)
    ]
    wanted = [(each.name, each.value) for each in definition.members]
    negative = any(
        isinstance(each.value, int) and each.value < 0 for each in definition.members
    )
    if not negative and pairs != wanted:
        raise _different(definition.name, "its members")
    if negative and [ast.unparse(each) for each in found] != [
        f"{each.name} = {ast.unparse(ast.parse(literal(each.value)))}"
        for each in definition.members
    ]:
        raise _different(definition.name, "its members")


def _different(name: str, part: str) -> SpecError:
    return fault(
        "models-differ",
        f"datamodel-code-generator wrote {part} of {name} otherwise than it was asked to",
        hint="this is a fault of the generator; please report it with your document",
    )
