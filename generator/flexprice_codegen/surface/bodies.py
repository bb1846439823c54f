"""Request bodies: the positional argument of a method.

In: a `RequestBody`, a `TypeMapper`. Out: a `BodyArgument`: the media types that the
client can send, the usual one first, and what each carries.

Source: OpenAPI 3.0.3 §4.7.13 (Request Body), §4.7.14 (Media Type).
"""

from __future__ import annotations

from typing import Final

from flexprice_codegen.api.model import Content, RequestBody
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.frozen_values import frozen_value, replace
from flexprice_codegen.surface.field_encodings import FieldEncodingReader, has_fields
from flexprice_codegen.surface.media import (
    MediaKind,
    choose_content,
    get_content_kind,
)
from flexprice_codegen.surface.model import BodyArgument, BodyContent
from flexprice_codegen.surface.python_types import (
    ANY_TYPE,
    MEDIA_CONTENT_TYPE,
    STR_TYPE,
    STREAM_TYPE,
    DictType,
    PyType,
    join_types,
    widen_for_argument,
)
from flexprice_codegen.surface.type_mapping import TypeMapper
from flexprice_codegen.surface.used_names import UsedNames

CONTENT_TYPE_ARGUMENT: Final = "content_type"
_CONCRETE_MEDIA: Final = {
    "json": "application/json",
    "multipart": "multipart/form-data",
    "text": "text/plain",
}
"""The media types that are sent for ranges; for others, the content decides."""
_WITH_FIELDS: Final[tuple[MediaKind, ...]] = ("json", "multipart", "form")
"""The kinds of bodies among which a call can choose: they carry the same values."""


@frozen_value
class BodyBuilder:
    """A builder of the argument for a request body."""

    body: RequestBody
    type_mapper: TypeMapper
    sink: DiagnosticSink

    def build_body(self, taken: UsedNames) -> BodyArgument | None:
        """Build the argument; None if the body has no content.

        Args:
            taken: The names of the other arguments.
        """
        chosen = self._choose_contents()
        if not chosen:
            return None
        self._note_other_media_types(chosen)

        contents = tuple(map(self._build_content, chosen))
        has_choice = len(contents) > 1
        return BodyArgument(
            type=join_types(*(each.type for each in contents)),
            required=self.body.required,
            contents=contents,
            keyword=taken.take_name(CONTENT_TYPE_ARGUMENT) if has_choice else "",
            about=self.body.about,
        )

    def _choose_contents(self) -> list[Content]:
        """Return the usual content, and one of each further kind that has fields."""
        usual = choose_content(self.body.contents, answer=False)
        if usual is None:
            return []
        if get_content_kind(usual) not in _WITH_FIELDS:
            return [usual]

        chosen = [usual]
        for kind in _WITH_FIELDS:
            alike = [e for e in self.body.contents if get_content_kind(e) == kind]
            is_other = kind != get_content_kind(usual)
            if is_other and alike and not self._lacks_fields(alike[0]):
                chosen.append(alike[0])
        return chosen

    def _build_content(self, content: Content) -> BodyContent:
        kind = get_content_kind(content)
        media = content.media
        # A media type range cannot be sent as `Content-Type` (RFC 9110, section 8.3).
        if "*" in media:
            media = _CONCRETE_MEDIA.get(kind, media)

        reader = FieldEncodingReader(content, self.type_mapper.schemas, self.sink)
        return BodyContent(
            type=widen_for_argument(self._map_type(content)),
            media=media,
            fields=reader.read_encodings() if kind in {"form", "multipart"} else (),
            arrays=self.body.arrays if kind in {"form", "multipart"} else None,
            files=reader.list_file_fields() if kind == "multipart" else (),
        )

    def _map_type(self, content: Content) -> PyType:
        """Return the type of a body by its media type."""
        match get_content_kind(content):
            case "form" | "multipart" if self._lacks_fields(content):
                self.sink.add_warning(
                    "form-without-fields",
                    f"the body of type {content.media} is not an object; read as "
                    "`dict[str, Any]`",
                    at=self.body.about.origin,
                    hint="declare the fields as properties of an object",
                )
                return DictType(ANY_TYPE)
            case "json" | "form" | "multipart":
                if content.type is None:
                    return ANY_TYPE
                sends_files = get_content_kind(content) == "multipart"
                mapper = replace(self.type_mapper, sends_files=sends_files)
                return mapper.map_type(content.type, "sent")
            case "text" | "values" | "events":
                return STR_TYPE
            case _:
                return MEDIA_CONTENT_TYPE if "*" in content.media else STREAM_TYPE

    def _lacks_fields(self, content: Content) -> bool:
        return not has_fields(self.type_mapper.schemas, content)

    def _note_other_media_types(self, chosen: list[Content]) -> None:
        """Add a note if the document allows further media types for the body."""
        sent = [each.media for each in chosen]
        others = [e.media for e in self.body.contents if e.media not in sent]
        if others:
            self.sink.add_note(
                "media-type-chosen",
                f"the body is sent as {' or '.join(sent)}; the document also allows "
                f"{', '.join(others)}",
                at=self.body.about.origin,
                hint="an overlay may remove the media types that you do not want",
            )
