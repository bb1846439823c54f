"""The shapes of lock files that have no format number for them.

In: an `Api`. Out: its shapes as version 0.1.0 computed them, from the `repr` of its
dataclasses. A lock file without a format number holds hashes of these texts. They are
needed to find a schema that is renamed in the same run that upgrades the format.
Nothing else may use them.

So the names here are those of version 0.1.0, whatever the classes and their fields are
called now, and a field that was added later is not written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from flexprice_codegen.api import model, types
from flexprice_codegen.api.model import Api, ApiOperation, NamedSchema, WebhookEvent
from flexprice_codegen.api.reachability import iter_keys_in_schema
from flexprice_codegen.api.shape import FormWriter, Shapes, compute_shapes
from flexprice_codegen.api.types import Discriminator, Reference
from flexprice_codegen.frozen_values import frozen_value

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
"""The former name of each class, and the fields that counted, in their order."""
_RENAMED: Final[Mapping[tuple[type, str], str]] = {
    (types.Union, "options"): "variants",
    (types.Union, "tag"): "discriminator",
    (model.EnumSchema, "members"): "values",
}
"""The fields of today that had another name."""


@frozen_value
class _FormerForm:
    """The text of an object, with its references separate."""

    pieces: tuple[_Piece, ...]
    names: tuple[str, ...]

    def resolve(self, known: Mapping[str, str]) -> str:
        """Return the text with the hashes of its names."""
        return "".join(
            each if isinstance(each, str) else f"&{known.get(each.key, '')}"
            for each in self.pieces
        )


def compute_former_shapes(api: Api) -> Shapes:
    """Return the shapes of an `Api` in the former format."""
    return compute_shapes(api, FORMER)


def _write_definition(definition: NamedSchema) -> _FormerForm:
    # A definition named only by a discriminator was not part of a form.
    return _FormerForm(
        tuple(_write(definition)), tuple(iter_keys_in_schema(definition))
    )


def _write_operation(each: ApiOperation) -> _FormerForm:
    pieces = tuple(_write((each.method, each.parameters, each.body, each.responses)))
    return _FormerForm(pieces, _list_names(pieces))


def _write_event(each: WebhookEvent) -> _FormerForm:
    pieces = tuple(_write(each.payload))
    return _FormerForm(pieces, _list_names(pieces))


def _list_names(pieces: tuple[_Piece, ...]) -> tuple[str, ...]:
    return tuple(each.key for each in pieces if isinstance(each, Reference))


def _write(value: object) -> Iterator[_Piece]:
    """Yield the former `repr` of a value, with references as they are."""
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
    """Yield a discriminator, whose pairs are sorted regardless of their hashes."""
    yield f"Tag(property={tag.property!r}, mapping=("
    for number, (value, key) in enumerate(sorted(tag.mapping, key=_write_pair)):
        yield f",{value!r}:" if number else f"{value!r}:"
        yield Reference(key=key)
    yield "))"


def _write_pair(pair: tuple[str, str]) -> str:
    # Sorted before the hashes of the names are known, as in version 0.1.0.
    value, key = pair
    return f"{value!r}:\0{key}\0"


FORMER: Final = FormWriter(
    definition=_write_definition, operation=_write_operation, event=_write_event
)
