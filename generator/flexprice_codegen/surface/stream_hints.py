"""How streams are read and asked for: the hint `stream`, and the switch in a body.

In: an operation with its hints, the type of its body. Out: what a stream skips, and the
property of the body that asks for a stream. An invalid hint is a warning.
"""

from __future__ import annotations

from collections.abc import Mapping

from flexprice_codegen.api.model import ApiOperation, ObjectSchema
from flexprice_codegen.api.types import Boolean, Type
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.field_paths import NamedSchemas, resolve_aliases

STREAM_HINT = "stream"
_HELP = (
    'write `skip: ["", "[DONE]"]`, the data of chunks that carry nothing, '
    "and `other: raw` for chunks that are strings where they are not JSON"
)
_SWITCH = "stream"


@frozen_value
class StreamHint:
    """What a stream does with chunks that are not JSON.

    `skip` is the data that is skipped, None for the usual one. Other data is a string
    if it `keeps_text`, else it is logged.
    """

    skip: tuple[str, ...] | None = None
    keeps_text: bool = False


def read_stream_hint(operation: ApiOperation, sink: DiagnosticSink) -> StreamHint:
    """Return the hint `stream` of an operation, or what holds without one.

    Args:
        operation: The operation with its hints.
        sink: Receives a warning for an invalid hint.
    """
    hint = dict(operation.hints).get(STREAM_HINT)
    if hint is None:
        return StreamHint()
    if isinstance(hint, Mapping) and hint.keys() <= {"skip", "other"}:
        skip = hint.get("skip")
        other = hint.get("other")
        if _is_text_list(skip) and other in (None, "raw"):
            texts = None if skip is None else tuple(skip)
            return StreamHint(texts, keeps_text=other == "raw")

    sink.add_warning(
        "stream-hint",
        f"ignored the hint `{STREAM_HINT}` of {operation.key}: it has an unknown form",
        at=operation.about.origin.get_child("x-codegen").get_child(STREAM_HINT),
        hint=_HELP,
    )
    return StreamHint()


def _is_text_list(value: object) -> bool:
    return value is None or (
        isinstance(value, list) and all(isinstance(each, str) for each in value)
    )


@frozen_value
class StreamSwitch:
    """The Boolean property of a body that asks for a stream.

    `usual` is what the server does if it is omitted.
    """

    property: str
    usual: bool


def find_stream_switch(
    body: Type | None, definitions: NamedSchemas
) -> StreamSwitch | None:
    """Return the switch of a body, if it is an object with a Boolean `stream`.

    Args:
        body: The type of the body, if there is one.
        definitions: The schemas, by key.
    """
    options = () if body is None else tuple(resolve_aliases(definitions, body))
    if len(options) != 1 or not isinstance(options[0], ObjectSchema):
        return None
    for each in options[0].properties:
        types = tuple(resolve_aliases(definitions, each.type))
        if each.wire == _SWITCH and types == (Boolean(),):
            default = each.default
            return StreamSwitch(_SWITCH, default is not None and default.value is True)
    return None
