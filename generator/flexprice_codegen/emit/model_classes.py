"""The text of a model class, printed by datamodel-code-generator.

In: a class of the `Surface`. Out: its text. Each field becomes a `DataModelField` of
the library, and each class its `DataClass` or `Enum`, which our templates print. `render`
compiles them like all others, since the library would compile its own in every process.
Nothing is parsed or renamed on the way, so that the names are those of the `Surface`.

The import of this module takes as long as printing a hundred classes. So the one
function that prints classes imports it, if there is a class to print.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, cached_property
from typing import ClassVar, assert_never

from jinja2 import Template

from flexprice_codegen.emit.doc_facts import format_field_doc
from flexprice_codegen.emit.model_imports import SENT_FORMS
from flexprice_codegen.emit.python_text import format_docstring
from flexprice_codegen.emit.render import get_template
from flexprice_codegen.emit.templates import get_templates_directory
from flexprice_codegen.surface.model import EnumClass, EnumMember, Field, ModelClass
from flexprice_codegen.surface.python_types import (
    UNSET_TYPE,
    DictType,
    ListType,
    LiteralType,
    ModelType,
    PlainType,
    PyType,
    UnionType,
    format_literal,
    format_type,
    join_types,
)

# pydantic, which the library uses, loads every installed plugin (such as logfire's).
# None of them is needed to print a class. It has to be set before the import.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from datamodel_code_generator.model import DataModelFieldBase
from datamodel_code_generator.model.dataclass import (
    DataClass,
    DataModelField,
)
from datamodel_code_generator.model.enum import Enum
from datamodel_code_generator.reference import Reference
from datamodel_code_generator.types import DataType

_TEMPLATES = get_templates_directory()
_MEMBER_TYPE = DataType(type="str")  # required by the library; no member shows it


class _PrintedDataclass(DataClass):
    """A `DataClass` of the library with our template."""

    # An absolute path: the library looks for no template of its own.
    TEMPLATE_FILE_PATH: ClassVar[str] = str(_TEMPLATES / "models/dataclass.jinja2")

    @cached_property
    def template(self) -> Template:
        """Return our template."""
        return get_template("models/dataclass.jinja2")


class _PrintedEnum(Enum):
    """An `Enum` of the library with our template."""

    TEMPLATE_FILE_PATH: ClassVar[str] = str(_TEMPLATES / "models/Enum.jinja2")

    @cached_property
    def template(self) -> Template:
        """Return our template."""
        return get_template("models/Enum.jinja2")


def print_class(definition: ModelClass | EnumClass, *, docstrings: bool) -> str:
    """Return the Python code of a class, which ends in one line break.

    Args:
        definition: The class of the `Surface`.
        docstrings: Whether descriptions of the document become docstrings.
    """
    text = definition.about.description or definition.about.title
    own: dict[str, object] = {"doc": format_docstring(text, 4) if docstrings else ""}
    match definition:
        case ModelClass():
            fields = [
                _build_field(each, docstrings=docstrings) for each in definition.fields
            ]
            own["wire"] = [
                (format_literal(name), format_literal(wire))
                for name, wire in definition.renamed_fields
            ]
            own["sent_as"] = [
                (format_literal(name), SENT_FORMS[form].name)
                for name, form in definition.sent_forms
            ]
            own["extra"] = definition.extra
            return _render_class(_PrintedDataclass, definition.name, fields, own)
        case EnumClass():
            members = [
                _build_member(each, docstrings=docstrings)
                for each in definition.all_members
            ]
            own["base"] = definition.base
            return _render_class(_PrintedEnum, definition.name, members, own)
        case _:
            assert_never(definition)


def _render_class(
    kind: type[_PrintedDataclass | _PrintedEnum],
    name: str,
    fields: Sequence[DataModelFieldBase],
    own: dict[str, object],
) -> str:
    """Return the rendered class; `own` has the values that the library lacks."""
    model = kind(
        reference=Reference(path=name, name=name),
        fields=[],
        extra_template_data=defaultdict(dict, {name: {"own": own}}),
    )
    # The constructor would move fields with a default to the end, which takes as long as
    # all of the printing. The fields of our classes are keyword-only and stay in order.
    model.fields = list(fields)
    return model.render()


def _build_field(field: Field, *, docstrings: bool) -> DataModelField:
    """Return a field for the template, with its default as code.

    The library sees every field as required: it would add `| None` to an optional
    field.
    """
    core = _without_unset(field.type)
    return DataModelField(
        name=field.name,
        data_type=_build_data_type(core),
        required=True,
        default=field.unset_value,
        extras={
            "hint": _print_hint(core),
            "is_unset": core != field.type,
            "doc": format_docstring(format_field_doc(field), 4) if docstrings else "",
        },
    )


def _build_member(member: EnumMember, *, docstrings: bool) -> DataModelField:
    return DataModelField(
        name=member.name,
        data_type=_MEMBER_TYPE,
        required=True,
        default=format_literal(member.value),
        extras={
            "doc": format_docstring(member.about.description, 4) if docstrings else ""
        },
    )


@cache
def _print_hint(type_: PyType) -> str:
    """Return the type hint that the library prints for a type.

    It takes as long as all other work on a field. A large document has a tenth as many
    types as fields, so each type is printed once.
    """
    data_type = _build_data_type(type_)
    return DataModelField(name="x", data_type=data_type, required=True).type_hint


def _without_unset(type_: PyType) -> PyType:
    """Return a type without `UnsetType`, which the library would put before `None`."""
    if not isinstance(type_, UnionType) or UNSET_TYPE not in type_.variants:
        return type_
    rest = [each for each in type_.variants if each != UNSET_TYPE]
    return join_types(*rest)


@cache
def _build_data_type(type_: PyType) -> DataType:
    """Return a type as a `DataType` of the library."""
    match type_:
        case PlainType() | ModelType() | LiteralType():
            return DataType(type=format_type(type_))
        case ListType():
            return _build_container(type_.item, is_list=True)
        case DictType():
            return _build_container(type_.value, is_dict=True)
        case UnionType():
            return _build_container(*type_.variants)
        case _:
            assert_never(type_)


def _build_container(
    *inner: PyType, is_list: bool = False, is_dict: bool = False
) -> DataType:
    return DataType(
        data_types=[_build_data_type(each) for each in inner],
        is_list=is_list,
        is_dict=is_dict,
        use_standard_collections=True,
        use_union_operator=True,
    )
