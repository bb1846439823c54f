"""Dataclasses: the fields of records, as they are sent and received.

In: records with their class names, and an annotator. Out: `ModelClass` and
`UnionClass` values; the module of each is decided afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flexprice_codegen.api.model import AliasSchema, ObjectSchema, Property
from flexprice_codegen.api.types import (
    AnyValue,
    Literals,
    Map,
    NodeMetadata,
    Nullable,
    Union,
)
from flexprice_codegen.surface.model import (
    DICT_FACTORY,
    Field,
    ModelClass,
    UnionClass,
    Use,
)
from flexprice_codegen.surface.python_types import (
    NONE_TYPE,
    UNSET_TYPE,
    LiteralType,
    ModelType,
    PyType,
    format_literal,
    get_variants,
    iter_model_names,
    iter_plain_names,
    join_types,
    widen_literal,
)
from flexprice_codegen.surface.reserved import ANNOTATION_NAMES
from flexprice_codegen.surface.type_mapping import TypeMapper
from flexprice_codegen.surface.used_names import UsedNames
from flexprice_codegen.words import build_identifier, is_valid_name

EXTRA_FIELD_KEY = ""
"""What stands for a name on the wire where members without a field are kept."""


@dataclass(frozen=True, slots=True)
class _FieldDraft:
    """A field before it has a name."""

    property: Property
    type: PyType
    unset_value: str


def build_model_class(
    record: ObjectSchema,
    name: str,
    use: Use,
    annotator: TypeMapper,
    known: Mapping[str, str],
) -> ModelClass:
    """Make the dataclass of a record for one use.

    `known` are names of its fields, by those on the wire; `EXTRA` has that of `extra`.
    """
    drafts = [
        _build_draft(each, use, annotator)
        for each in record.properties
        if not (each.read_only and use == "sent")
        and not (each.write_only and use == "received")
    ]
    extra = record.extra
    extra_type = None if extra is None else annotator.map_type(Map(value=extra), use)
    names = _assign_field_names(drafts, extra_type, known)
    fields = [
        Field(
            name=names[each.property.wire],
            wire=each.property.wire,
            type=each.type,
            unset_value=each.unset_value,
            default=each.property.default,
            schema=each.property.type,
            about=each.property.about,
        )
        for each in drafts
    ]
    extra_name = ""
    if extra is not None and extra_type is not None:
        extra_name = UsedNames(names.values()).take_name(
            known.get(EXTRA_FIELD_KEY, "extra")
        )
        fields.append(_build_extra_field(record, extra_name, extra_type))
    return ModelClass(
        key=record.key,
        name=name,
        module="",
        use=use,
        fields=tuple(fields),
        extra=extra_name,
        about=record.about,
    )


def _build_extra_field(record: ObjectSchema, name: str, type_: PyType) -> Field:
    assert record.extra is not None
    return Field(
        name=name,
        wire="",
        type=type_,
        unset_value=DICT_FACTORY,
        schema=Map(value=record.extra),
        about=NodeMetadata(
            origin=record.about.origin,
            description="Members that have no field of their own.",
        ),
    )


def _build_draft(each: Property, use: Use, annotator: TypeMapper) -> _FieldDraft:
    type_ = annotator.map_type(each.type, use)
    if each.required:
        only = _get_only_value(each)
        return _FieldDraft(each, type_, only if use == "sent" else "")
    if use == "received":
        return _FieldDraft(each, join_types(type_, NONE_TYPE), "None")
    if isinstance(each.type, AnyValue):
        return _FieldDraft(each, type_, "UNSET")
    return _FieldDraft(each, join_types(type_, UNSET_TYPE), "UNSET")


def _get_only_value(each: Property) -> str:
    """Write the single value that a required property can have."""
    inner = each.type
    if isinstance(inner, Literals) and len(inner.values) == 1:
        return format_literal(inner.values[0])
    return ""


def _assign_field_names(
    drafts: list[_FieldDraft], extra: PyType | None, known: Mapping[str, str]
) -> dict[str, str]:
    """Name the fields: as on the wire, unless Python or the class needs the name.

    Those that were named before come first.
    """
    used = set(ANNOTATION_NAMES) | {"UNSET", "UnsetType", "ClassVar"}
    if extra is not None:
        used.add("field")  # makes the default of `extra`
    for type_ in (
        *(each.type for each in drafts),
        *(() if extra is None else (extra,)),
    ):
        used.update(iter_plain_names(type_))
        used.update(iter_model_names(type_))
    wires = [each.property.wire for each in drafts]
    names = {w: known[w] for w in wires if w in known and known[w] not in used}
    given = {
        *names.values(),
        *([known[EXTRA_FIELD_KEY]] if extra and EXTRA_FIELD_KEY in known else []),
    }
    plain = {
        w
        for w in wires
        if w not in names and w not in given and _keeps_wire_name(w, used)
    }
    taken = UsedNames({*given, *plain})
    for wire in wires:
        if wire in names:
            continue
        if wire in plain:
            names[wire] = wire
            continue
        wanted = (
            wire
            if is_valid_name(wire) and not wire.startswith("__")
            else build_identifier(wire, "field")
        )
        name = f"{wanted}_" if wanted in used else wanted
        names[wire] = taken.take_name(name, name.rstrip("_"))
    return names


def _keeps_wire_name(wire: str, used: set[str]) -> bool:
    return is_valid_name(wire) and not wire.startswith("__") and wire not in used


def build_union_class(
    alias: AliasSchema, name: str, use: Use, annotator: TypeMapper
) -> UnionClass:
    """Make the name of a choice between types."""
    inner = alias.type.inner if isinstance(alias.type, Nullable) else alias.type
    assert isinstance(inner, Union)
    offered = (annotator.map_type(each, use) for each in inner.variants)
    options = dict.fromkeys(flat for each in offered for flat in get_variants(each))
    options.pop(ModelType(name), None)  # a choice of itself offers nothing new
    if sum(isinstance(each, LiteralType) for each in options) > 1:
        options = dict.fromkeys(widen_literal(each) for each in options)
    tag = ""
    mapping = []
    if inner.discriminator is not None:
        tag = inner.discriminator.property
        known = {each.name for each in options if isinstance(each, ModelType)}
        names = {**annotator.names, **(annotator.sent_names if use == "sent" else {})}
        mapping = [
            (value, names[key])
            for value, key in inner.discriminator.mapping
            if names.get(key) in known
        ]
    return UnionClass(
        key=alias.key,
        name=name,
        module="",
        variants=tuple(options),
        discriminator=tag,
        mapping=tuple(mapping),
        about=alias.about,
    )
