"""The encodings of the fields of forms and of multipart bodies.

In: the content of a request body, and the schemas. Out: a `FieldEncoding` for each
field that is not sent as usual.

Source: OpenAPI 3.1.1 §4.8.15 (Encoding Object), OpenAPI 3.0.3 §4.7.15.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from flexprice_codegen.api.model import Content, Encoding, ObjectSchema
from flexprice_codegen.api.parameter_styles import FORM_STYLE, is_exploded_by_default
from flexprice_codegen.api.types import AnyValue, Array, Bytes, Map, String, Type
from flexprice_codegen.diagnostics import DiagnosticSink, Origin
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.field_paths import NamedSchemas, resolve_aliases
from flexprice_codegen.surface.media import get_content_kind, get_media_kind
from flexprice_codegen.surface.model import FieldEncoding
from flexprice_codegen.surface.nesting import must_nest

# A media type with parameters, in printable ASCII: anything else could split a header.
_MEDIA_TYPE: Final = re.compile(r"[!-~]+/[!-~]+( *; *[ -~]+)?")


ELEMENT_PART: Final = ""
"""The name of the parts that are elements of a list."""


@frozen_value
class FieldEncodingReader:
    """A reader of the encodings of one body."""

    content: Content
    definitions: NamedSchemas
    sink: DiagnosticSink

    def read_encodings(self) -> tuple[FieldEncoding, ...]:
        """Return the encodings of all fields that are not sent as usual."""
        types = dict(self._iter_fields())
        declared = {each.property: each for each in self.content.encodings}
        names = [*types, *(name for name in declared if name not in types)]
        is_form = get_content_kind(self.content) == "form"
        read = self._read_form_field if is_form else self._read_part
        made = (
            read(declared.get(name, Encoding(property=name)), types.get(name))
            for name in names
        )
        return tuple(each for each in made if each != FieldEncoding(wire=each.wire))

    def list_file_fields(self) -> tuple[str, ...]:
        """Return the names of the fields of a multipart body that are files."""
        return tuple(
            name
            for name, type_ in self._iter_fields()
            if any(isinstance(each, Bytes) for each in self._iter_leaves(type_))
        )

    def _iter_fields(self) -> Iterator[tuple[str, Type]]:
        if self.content.type is None:
            return
        for each in resolve_aliases(self.definitions, self.content.type):
            if isinstance(each, ObjectSchema):
                for field in each.properties:
                    yield field.wire, field.type
            elif isinstance(each, Array) and can_be_elements(self.content):
                yield ELEMENT_PART, each.item

    def _read_form_field(self, encoding: Encoding, type_: Type | None) -> FieldEncoding:
        if _is_styled(encoding):
            return self._read_style(encoding, type_)
        is_json = any(map(_is_json, self._list_media_types(encoding)))
        return FieldEncoding(wire=encoding.property, is_json=is_json)

    def _read_part(self, encoding: Encoding, type_: Type | None) -> FieldEncoding:
        leaves = [] if type_ is None else [*self._iter_leaves(type_)]
        is_file = any(isinstance(each, Bytes) for each in leaves)
        if _is_styled(encoding) and not is_file:
            return self._read_style(encoding, type_)

        self._note_open_headers(encoding)
        return FieldEncoding(
            wire=encoding.property,
            media_types=self._choose_part_types(encoding, leaves),
            is_text=any(
                isinstance(each, String) and each.format == "byte" for each in leaves
            ),
            headers=tuple((name, value) for name, value in encoding.headers if value),
        )

    def _read_style(self, encoding: Encoding, type_: Type | None) -> FieldEncoding:
        style = encoding.style or FORM_STYLE
        default = is_exploded_by_default(style)
        explode = default if encoding.explode is None else encoding.explode
        is_usual = style == FORM_STYLE and explode
        can_be_sent = is_usual or style == "deepObject"
        if type_ is not None and not can_be_sent and must_nest(self.definitions, type_):
            self.sink.add_warning(
                "nested-parameter",
                f"the field {encoding.property!r} has lists or objects within another "
                f"one, which {style} cannot send",
                at=self._origin,
                hint="declare the style deepObject, or contentType: application/json",
            )
        return FieldEncoding(
            wire=encoding.property,
            style=style,
            explode=explode,
            allow_reserved=encoding.allow_reserved,
        )

    def _iter_leaves(self, type_: Type) -> Iterator[ObjectSchema | Type]:
        """Yield the types of the parts of a field: an array is several."""
        for each in resolve_aliases(self.definitions, type_):
            if isinstance(each, Array):
                yield from resolve_aliases(self.definitions, each.item)
            else:
                yield each

    def _choose_part_types(
        self, encoding: Encoding, leaves: list[ObjectSchema | Type]
    ) -> tuple[str, ...]:
        """Return the media types of a part; nothing for those that it has anyway."""
        declared = self._list_media_types(encoding)
        declared = declared or tuple(_iter_content_types(leaves))
        if any(isinstance(each, Bytes) for each in leaves):
            usual = "application/octet-stream"
        elif any(isinstance(each, ObjectSchema | Map) for each in leaves):
            usual = "application/json"
            if declared and not any(map(_is_json, declared)):
                self.sink.add_warning(
                    "part-media-type",
                    f"the part {encoding.property!r} is sent as {usual}; the document "
                    f"wants {', '.join(declared):.80}, which the client cannot write",
                    at=self._origin,
                    hint="describe the part as a string, and give it as text",
                )
        else:
            usual = "text/plain"
        return () if declared == (usual,) else declared

    def _list_media_types(self, encoding: Encoding) -> tuple[str, ...]:
        """Return the declared media types, except those that no header can hold."""
        declared = [each.strip() for each in encoding.media.split(",") if each.strip()]
        fitting = tuple(each for each in declared if _MEDIA_TYPE.fullmatch(each))
        if len(fitting) < len(declared):
            self.sink.add_warning(
                "part-media-type",
                f"the media type {encoding.media!r:.80} of the part "
                f"{encoding.property!r} cannot be sent; it is ignored",
                at=self._origin,
                hint="write one such as image/png, or several with commas",
            )
        return fitting

    def _note_open_headers(self, encoding: Encoding) -> None:
        """Add a note about headers whose value only the caller knows."""
        without = [name for name, value in encoding.headers if value is None]
        if without:
            self.sink.add_note(
                "part-header",
                f"the part {encoding.property!r} is sent without {', '.join(without)}, "
                "unless it is a file and you give it",
                at=self._origin,
                hint="give a file as a tuple: (name, content, media type, headers)",
            )

    @property
    def _origin(self) -> Origin | None:
        return None if self.content.about is None else self.content.about.origin


def _is_styled(encoding: Encoding) -> bool:
    """Return whether an encoding has a style, which replaces the media type."""
    has_style = bool(encoding.style) or encoding.explode is not None
    return has_style or encoding.allow_reserved


def has_fields(definitions: NamedSchemas, content: Content) -> bool:
    """Return whether a body can have the fields or elements that it consists of.

    Args:
        definitions: The schemas, by key.
        content: The content of a form or of a body in parts.
    """
    if content.type is None:
        return True
    accepted = ObjectSchema | Map | AnyValue
    if can_be_elements(content):
        accepted |= Array
    return any(
        isinstance(each, accepted)
        for each in resolve_aliases(definitions, content.type)
    )


def can_be_elements(content: Content) -> bool:
    """Return whether the parts of a body can be the elements of a list.

    Parts of `multipart/form-data` have names (RFC 7578 §4.2), those of others need none.
    """
    is_named = content.media == "multipart/form-data" or "*" in content.media
    return get_content_kind(content) == "multipart" and not is_named


def _is_json(media_type: str) -> bool:
    return get_media_kind(media_type.partition(";")[0].strip().lower()) == "json"


def _iter_content_types(leaves: list[ObjectSchema | Type]) -> Iterator[str]:
    """Yield the media types of the schemas: the default of contentType in 3.1."""
    for each in leaves:
        if isinstance(each, String | Bytes):
            found = dict(each.kept).get("contentMediaType")
            if found is not None:
                yield str(json.loads(found))
