"""Dataclasses: the fields of records, as they are sent and received.

In: records with their class names, and an annotator. Out: `ModelClass` and
`UnionClass` values; the module of each is decided afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flexprice_codegen.api.model import Alias, Property, Record
from flexprice_codegen.api.types import (
    About,
    Anything,
    Choice,
    Literals,
    MapOf,
    Nullable,
)
from flexprice_codegen.surface.annotate import Annotator
from flexprice_codegen.surface.model import (
    MAKES_A_DICT,
    Field,
    ModelClass,
    UnionClass,
    Use,
)
from flexprice_codegen.surface.numbering import Taken
from flexprice_codegen.surface.python import (
    NONE,
    UNSET_TYPE,
    ClassNamed,
    LiteralOf,
    PyType,
    classes_in,
    each_of,
    either,
    literal,
    plain_names,
    widened,
)
from flexprice_codegen.surface.reserved import ANNOTATION_NAMES
from flexprice_codegen.words import identifier, is_plain

EXTRA = ""
"""What stands for a name on the wire where members without a field are kept."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A field before it has a name."""

    property: Property
    type: PyType
    absent: str


def model_class(
    record: Record,
    name: str,
    use: Use,
    annotator: Annotator,
    known: Mapping[str, str],
) -> ModelClass:
    """Make the dataclass of a record for one use.

    `known` are names of its fields, by those on the wire; `EXTRA` has that of `extra`.
    """
    drafts = [
        _draft(each, use, annotator)
        for each in record.properties
        if not (each.read_only and use == "sent")
        and not (each.write_only and use == "received")
    ]
    extra = record.extra
    extra_type = None if extra is None else annotator.annotate(MapOf(value=extra), use)
    names = _field_names(drafts, extra_type, known)
    fields = [
        Field(
            name=names[each.property.wire],
            wire=each.property.wire,
            type=each.type,
            absent=each.absent,
            default=each.property.default,
            schema=each.property.type,
            about=each.property.about,
        )
        for each in drafts
    ]
    extra_name = ""
    if extra is not None and extra_type is not None:
        extra_name = Taken(names.values()).take(known.get(EXTRA, "extra"))
        fields.append(_extra_field(record, extra_name, extra_type))
    return ModelClass(
        key=record.key,
        name=name,
        module="",
        use=use,
        fields=tuple(fields),
        extra=extra_name,
        about=record.about,
    )


def _extra_field(record: Record, name: str, type_: PyType) -> Field:
    assert record.extra is not None
    return Field(
        name=name,
        wire="",
        type=type_,
        absent=MAKES_A_DICT,
        schema=MapOf(value=record.extra),
        about=About(
            origin=record.about.origin, text="Members that have no field of their own."
        ),
    )


def _draft(each: Property, use: Use, annotator: Annotator) -> _Draft:
    type_ = annotator.annotate(each.type, use)
    if each.required:
        only = _only_value(each)
        return _Draft(each, type_, only if use == "sent" else "")
    if use == "received":
        return _Draft(each, either(type_, NONE), "None")
    if isinstance(each.type, Anything):
        return _Draft(each, type_, "UNSET")
    return _Draft(each, either(type_, UNSET_TYPE), "UNSET")


def _only_value(each: Property) -> str:
    """Write the single value that a required property can have."""
    inner = each.type
    if isinstance(inner, Literals) and len(inner.values) == 1:
        return literal(inner.values[0])
    return ""


def _field_names(
    drafts: list[_Draft], extra: PyType | None, known: Mapping[str, str]
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
        used.update(plain_names(type_))
        used.update(classes_in(type_))
    wires = [each.property.wire for each in drafts]
    names = {w: known[w] for w in wires if w in known and known[w] not in used}
    given = {*names.values(), *([known[EXTRA]] if extra and EXTRA in known else [])}
    plain = {w for w in wires if w not in names and w not in given and _stays(w, used)}
    taken = Taken({*given, *plain})
    for wire in wires:
        if wire in names:
            continue
        if wire in plain:
            names[wire] = wire
            continue
        wanted = (
            wire
            if is_plain(wire) and not wire.startswith("__")
            else identifier(wire, "field")
        )
        name = f"{wanted}_" if wanted in used else wanted
        names[wire] = taken.take(name, name.rstrip("_"))
    return names


def _stays(wire: str, used: set[str]) -> bool:
    return is_plain(wire) and not wire.startswith("__") and wire not in used


def union_class(alias: Alias, name: str, use: Use, annotator: Annotator) -> UnionClass:
    """Make the name of a choice between types."""
    inner = alias.type.inner if isinstance(alias.type, Nullable) else alias.type
    assert isinstance(inner, Choice)
    offered = (annotator.annotate(each, use) for each in inner.options)
    options = dict.fromkeys(flat for each in offered for flat in each_of(each))
    options.pop(ClassNamed(name), None)  # a choice of itself offers nothing new
    if sum(isinstance(each, LiteralOf) for each in options) > 1:
        options = dict.fromkeys(widened(each) for each in options)
    tag, mapping = "", []
    if inner.tag is not None:
        tag = inner.tag.property
        known = {each.name for each in options if isinstance(each, ClassNamed)}
        names = {**annotator.names, **(annotator.sent_names if use == "sent" else {})}
        mapping = [
            (value, names[key])
            for value, key in inner.tag.mapping
            if names.get(key) in known
        ]
    return UnionClass(
        key=alias.key,
        name=name,
        module="",
        options=tuple(options),
        tag=tag,
        mapping=tuple(mapping),
        about=alias.about,
    )
