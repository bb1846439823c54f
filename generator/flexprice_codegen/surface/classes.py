"""Dataclasses: the fields of schemas, as they are sent and received.

In: schemas with their class names, and a `TypeMapper`. Out: `ModelClass` and
`UnionClass` values. Their modules are assigned later.
"""

from __future__ import annotations

from collections.abc import Mapping

from flexprice_codegen.api.model import AliasSchema, ObjectSchema, Property
from flexprice_codegen.api.types import (
    AnyValue,
    Map,
    NodeMetadata,
    Scalar,
)
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.constants import ConstantFinder
from flexprice_codegen.surface.discriminators import UnionDiscriminator, get_union
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
    get_variants,
    list_model_names,
    list_plain_names,
    skip_repeated_types,
    widen_literal,
)
from flexprice_codegen.surface.reserved import ANNOTATION_NAMES
from flexprice_codegen.surface.type_mapping import TypeMapper
from flexprice_codegen.surface.used_names import UsedNames
from flexprice_codegen.words import build_identifier, is_valid_name

EXTRA_FIELD_KEY = ""
"""The key of the field with additional properties, instead of a name on the wire."""


@frozen_value
class _FieldDraft:
    """A field without a name."""

    property: Property
    type: PyType
    unset_value: str


def build_model_class(
    record: ObjectSchema,
    name: str,
    use: Use,
    type_mapper: TypeMapper,
    constants: ConstantFinder,
    known: Mapping[str, str],
) -> ModelClass:
    """Build the dataclass of a schema for one direction.

    Args:
        record: The schema.
        name: The name of the class.
        use: The direction. It determines which properties are fields: `readOnly` ones
            are not sent, `writeOnly` ones are not received.
        type_mapper: Maps types.
        constants: Finds the defaults of fields.
        known: Names of fields from an earlier run, by property. `EXTRA_FIELD_KEY` has
            the name of the field for additional properties.
    """
    drafts = [
        _build_draft(record.key, each, use, type_mapper, constants)
        for each in record.properties
        if not (each.read_only and use == "sent")
        and not (each.write_only and use == "received")
    ]

    extra = record.extra
    extra_type = None if extra is None else type_mapper.map_type(Map(value=extra), use)
    names = _assign_field_names(drafts, extra_type, known)

    fields = [_build_field(each, names, use, type_mapper) for each in drafts]

    extra_name = ""
    if extra is not None and extra_type is not None:
        extra_name = UsedNames(names.values()).take_name(
            known.get(EXTRA_FIELD_KEY, "extra")
        )
        sent_as = type_mapper.find_sent_form(extra, use)
        fields.append(_build_extra_field(record, extra_name, extra_type, sent_as))

    return ModelClass(
        key=record.key,
        name=name,
        module="",
        use=use,
        fields=tuple(fields),
        extra=extra_name,
        about=record.about,
    )


def _build_field(
    draft: _FieldDraft, names: Mapping[str, str], use: Use, type_mapper: TypeMapper
) -> Field:
    """Build the field of a property; `names` are those of all fields, by property."""
    source = draft.property
    return Field(
        name=names[source.wire],
        wire=source.wire,
        type=draft.type,
        unset_value=draft.unset_value,
        default=source.default,
        sent_as=type_mapper.find_sent_form(source.type, use),
        schema=source.type,
        about=source.about,
    )


def _build_extra_field(
    record: ObjectSchema, name: str, type_: PyType, sent_as: str
) -> Field:
    """Build the field for additional properties."""
    assert record.extra is not None
    return Field(
        name=name,
        wire="",
        type=type_,
        unset_value=DICT_FACTORY,
        sent_as=sent_as,
        schema=Map(value=record.extra),
        about=NodeMetadata(
            origin=record.about.origin,
            description="Members that have no field of their own.",
        ),
    )


def _build_draft(
    owner: str,
    each: Property,
    use: Use,
    type_mapper: TypeMapper,
    constants: ConstantFinder,
) -> _FieldDraft:
    """Build a field without a name; optional fields get a type for "unset"."""
    each = constants.add_values(owner, each)
    type_ = type_mapper.map_type(each.type, use)
    # The direction does not count: an operation that returns a class does not change
    # its constructor.
    only = constants.find_default(owner, each)
    if each.required:
        return _FieldDraft(each, type_, only)

    # A missing response field is None; only requests keep unset and null apart.
    if use == "received":
        return _FieldDraft(each, type_mapper.add_absent(type_, NONE_TYPE), "None")
    # `Any` includes `UnsetType`; a union with it would add nothing.
    if isinstance(each.type, AnyValue):
        return _FieldDraft(each, type_, "UNSET")
    optional = type_mapper.add_absent(type_, UNSET_TYPE)
    return _FieldDraft(each, optional, only or "UNSET")


def _assign_field_names(
    drafts: list[_FieldDraft], extra: PyType | None, known: Mapping[str, str]
) -> dict[str, str]:
    """Return the names of fields by property.

    A property keeps its name unless Python or the class needs that name. Names of an
    earlier run come first.
    """
    # A field hides a global of the same name from the type hints after it in the class.
    used = set(ANNOTATION_NAMES) | {"UNSET", "UnsetType", "ClassVar"}
    if extra is not None:
        used.add("field")  # creates the default of `extra`
    types = [each.type for each in drafts]
    if extra is not None:
        types.append(extra)
    for type_ in skip_repeated_types(types):
        used.update(list_plain_names(type_))
        used.update(list_model_names(type_))

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
    """Return whether a property can be a field name without a change."""
    # Python mangles names in classes that start with two underscores.
    return is_valid_name(wire) and not wire.startswith("__") and wire not in used


def build_union_class(
    alias: AliasSchema,
    name: str,
    use: Use,
    type_mapper: TypeMapper,
    discriminator: UnionDiscriminator | None,
) -> UnionClass:
    """Build the named union of a `oneOf` or `anyOf`.

    Args:
        alias: The schema, a union that can be nullable.
        name: The name of the union.
        use: The direction.
        type_mapper: Maps types.
        discriminator: The property that selects a variant, if there is one.
    """
    inner = get_union(alias)
    assert inner is not None

    offered = (type_mapper.map_type(each, use) for each in inner.variants)
    options = dict.fromkeys(flat for each in offered for flat in get_variants(each))
    options.pop(ModelType(name), None)  # a union that contains itself gains nothing
    if sum(isinstance(each, LiteralType) for each in options) > 1:
        options = dict.fromkeys(widen_literal(each) for each in options)

    mapping: list[tuple[Scalar, str]] = []
    if discriminator is not None:
        known = {each.name for each in options if isinstance(each, ModelType)}
        names = {
            **type_mapper.names,
            **(type_mapper.sent_names if use == "sent" else {}),
        }
        mapping = [
            (value, names[key])
            for value, key in discriminator.mapping
            if names.get(key) in known
        ]

    return UnionClass(
        key=alias.key,
        name=name,
        module="",
        variants=tuple(options),
        discriminator="" if discriminator is None else discriminator.property,
        is_declared=discriminator is None or discriminator.is_declared,
        mapping=tuple(mapping),
        about=alias.about,
    )
