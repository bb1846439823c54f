"""The shapes of locks that were written before these had a format number of their own.

In: an `Api`. Out: its shapes as version 0.1.0 made them, from what `repr` said of its
dataclasses then. A lock that says no format of shapes holds digests of these texts; only
with them is a schema found again that is renamed in the very run that brings the new
format. Nothing else may use them.

So the names here are those of that day, whatever the classes and their members are called
now, and a member that was added since is not written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from flexprice_codegen.api import model, types
from flexprice_codegen.api.model import Api, ApiOperation, NamedSchema, WebhookEvent
from flexprice_codegen.api.reachability import iter_keys_in_schema
from flexprice_codegen.api.shape import Shapes, Writer, compute_shapes
from flexprice_codegen.api.types import Discriminator, Reference

_Piece: TypeAlias = str | Reference
SHOWN: Final[Mapping[type, tuple[str, str]]] = {
    types.String: ("Text", "format pattern min_length max_length content kept"),
    types.Number: (
        "Number",
        (
            "integer format minimum maximum exclusive_minimum exclusive_maximum "
            "multiple_of kept"
        ),
    ),
    types.Boolean: ("Flag", "kept"),
    types.Bytes: ("Blob", "max_length kept"),
    types.AnyValue: ("Anything", "kept"),
    types.Array: ("ListOf", "item min_items max_items unique kept"),
    types.Map: ("MapOf", "value min_properties max_properties kept"),
    types.Union: ("Choice", "options tag exclusive kept"),
    types.Nullable: ("Nullable", "inner"),
    types.Literals: ("Literals", "values kept"),
    types.Default: ("Default", "value"),
    model.Property: ("Property", "wire type required default read_only write_only"),
    model.ObjectSchema: (
        "Record",
        "properties extra closed min_properties max_properties kept",
    ),
    model.EnumValue: ("Member", "value"),
    model.EnumSchema: ("Enumeration", "members kept"),
    model.AliasSchema: ("Alias", "type"),
    model.Parameter: (
        "Parameter",
        "wire location type required style explode allow_reserved media default",
    ),
    model.Encoding: ("Encoding", "property media style explode"),
    model.Content: ("Content", "media type items encodings"),
    model.RequestBody: ("Body", "required contents"),
    model.Header: ("Header", "wire type required"),
    model.Response: ("Response", "status contents headers"),
}
"""The former name of each class and the members that counted, in their order."""
_RENAMED: Final[Mapping[tuple[type, str], str]] = {
    (types.Union, "options"): "variants",
    (types.Union, "tag"): "discriminator",
    (model.EnumSchema, "members"): "values",
}
"""The fields of today that had another name."""


@dataclass(frozen=True, slots=True)
class _Form:
    """The text of a thing, with the names in it apart."""

    pieces: tuple[_Piece, ...]
    names: tuple[str, ...]

    def resolve(self, known: Mapping[str, str]) -> str:
        """Return the text with the digests of its names."""
        return "".join(
            each if isinstance(each, str) else f"&{known.get(each.key, '')}"
            for each in self.pieces
        )


def compute_former_shapes(api: Api) -> Shapes:
    """Return the shapes of all that an `Api` holds, in the former format."""
    return compute_shapes(api, FORMER)


def _write_definition(definition: NamedSchema) -> _Form:
    # What only a tag names was no part of a definition.
    return _Form(tuple(_write(definition)), tuple(iter_keys_in_schema(definition)))


def _write_operation(each: ApiOperation) -> _Form:
    pieces = tuple(_write((each.method, each.parameters, each.body, each.responses)))
    return _Form(pieces, _list_names(pieces))


def _write_event(each: WebhookEvent) -> _Form:
    pieces = tuple(_write(each.payload))
    return _Form(pieces, _list_names(pieces))


def _list_names(pieces: tuple[_Piece, ...]) -> tuple[str, ...]:
    return tuple(each.key for each in pieces if isinstance(each, Reference))


def _write(value: object) -> Iterator[_Piece]:
    """Yield what `repr` said of a value, names of definitions as they are."""
    match value:
        case Reference():
            yield value
        case Discriminator():
            yield from _write_tag(value)
        case tuple():
            yield from _write_list(value)
        case _ if type(value) in SHOWN:
            name, members = SHOWN[type(value)]
            yield f"{name}("
            for number, member in enumerate(members.split()):
                yield f", {member}=" if number else f"{member}="
                today = _RENAMED.get((type(value), member), member)
                yield from _write(getattr(value, today))
            yield ")"
        case _:
            yield repr(value)  # a JSON value


def _write_list(values: tuple[object, ...]) -> Iterator[_Piece]:
    yield "("
    for number, each in enumerate(values):
        if number:
            yield ", "
        yield from _write(each)
    yield ",)" if len(values) == 1 else ")"


def _write_tag(tag: Discriminator) -> Iterator[_Piece]:
    """Yield a tag, whose pairs were put in an order without looking at their names."""
    yield f"Tag(property={tag.property!r}, mapping=("
    for number, (value, key) in enumerate(sorted(tag.mapping, key=_write_pair)):
        yield f",{value!r}:" if number else f"{value!r}:"
        yield Reference(key=key)
    yield "))"


def _write_pair(pair: tuple[str, str]) -> str:
    value, key = pair
    return f"{value!r}:\0{key}\0"


FORMER: Final = Writer(
    definition=_write_definition, operation=_write_operation, event=_write_event
)
