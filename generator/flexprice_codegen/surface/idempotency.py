"""Idempotency keys for safe retries: the hint `idempotency-key`.

In: an operation with its hints, and the type of its body. Out: an `IdempotencyKey`. An
invalid hint is a warning, and the client does not retry the call.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from flexprice_codegen.api.model import ApiOperation, ObjectSchema
from flexprice_codegen.api.types import (
    AnyValue,
    Array,
    Boolean,
    Literals,
    Number,
    String,
    Type,
)
from flexprice_codegen.diagnostics import DiagnosticSink, Origin
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.field_paths import (
    NamedSchemas,
    get_type_at_path,
    resolve_aliases,
)
from flexprice_codegen.surface.model import Filling, IdempotencyKey, KeyField
from flexprice_codegen.surface.scalar_types import STRING_FORMATS

IDEMPOTENCY_HINT = "idempotency-key"
_UNKNOWN = f"the hint `{IDEMPOTENCY_HINT}` has an unknown form"
_FORMS = (
    "write `fill: FIELD` or `fill: [FIELD, {field: FIELD, with: now}]`, with or without "
    "`unless: FIELD`; or `caller: FIELD`, or `derived`"
)
_WIRE_NAMES = "name a field as it is on the wire; `events[].id` is one of each event"
_STRINGS = "name a string that takes it; `{field: FIELD, with: now}` is for a time"
# Lengths in characters: UUID4 in hexadecimal, the same with hyphens, and an RFC 3339
# timestamp in UTC with microseconds.
_LENGTHS: Final[Mapping[Filling, int]] = {"hex": 32, "uuid": 36, "now": 27}


def read_idempotency_key(
    operation: ApiOperation,
    body: Type | None,
    definitions: NamedSchemas,
    sink: DiagnosticSink,
) -> IdempotencyKey | None:
    """Return the idempotency key that the hint of an operation describes.

    Args:
        operation: The operation.
        body: The type of its request body, if there is one.
        definitions: The schemas, by key.
        sink: Receives a warning for an invalid hint.

    Returns:
        The key; None without a hint, or for an invalid one.
    """
    hint = dict(operation.hints).get(IDEMPOTENCY_HINT)
    if hint is None:
        return None

    origin = operation.about.origin.get_child("x-codegen").get_child(IDEMPOTENCY_HINT)
    try:
        return _Reader(body, definitions).key(hint, origin)
    except _HintError as error:
        sink.add_warning(
            "idempotency-key",
            f"{operation.key}: {error}; the client does not retry the call",
            at=error.at,
            hint=error.help,
        )
        return None


class _HintError(Exception):
    """An invalid hint: the reason, its origin, and help."""

    def __init__(self, message: str, at: Origin, help_: str = _FORMS) -> None:
        super().__init__(message)
        self.at = at
        self.help = help_


@frozen_value
class _Reader:
    """A parser of hints for one body type; each method raises `_HintError`."""

    body: Type | None
    definitions: NamedSchemas

    def key(self, hint: object, origin: Origin) -> IdempotencyKey:
        """Return the key that a hint describes."""
        match hint:
            case "derived":
                return IdempotencyKey()
            case {"fill": parts, **rest} if rest.keys() <= {"unless"}:
                fields = _read_fields(parts, origin.get_child("fill"), self._filled)
                unless = ""
                if "unless" in rest:
                    unless, _ = self._field(rest["unless"], origin.get_child("unless"))
                return IdempotencyKey(fields=fields, unless=unless)
            case {"caller": parts, **rest} if not rest:
                return IdempotencyKey(
                    fields=_read_fields(parts, origin.get_child("caller"), self._given)
                )
            case _:
                raise _HintError(_UNKNOWN, origin)

    def _given(self, part: object, origin: Origin) -> KeyField:
        """Return a field that only the caller sets."""
        path, _ = self._field(part, origin)
        return KeyField(path=path, filling="caller")

    def _filled(self, part: object, origin: Origin) -> KeyField:
        """Return a field that the client fills in, with its filling."""
        match part:
            case {"field": name, "with": "now", **rest} if not rest:
                path, options = self._field(name, origin.get_child("field"))
                return _create_key_field(path, options, "now", origin)
            case {"field": _, "with": other, **rest} if not rest:
                message = f"`with: {other}` is unknown; expected `now`"
                raise _HintError(message, origin.get_child("with"))
            case _:
                path, options = self._field(part, origin)
                return _create_key_field(path, options, _id_for(options), origin)

    def _field(
        self, path: object, origin: Origin
    ) -> tuple[str, Sequence[ObjectSchema | Type]]:
        """Return a path, and the types of the field at this path."""
        if not isinstance(path, str) or not path or path.endswith("[]"):
            raise _HintError(_UNKNOWN, origin)
        found = get_type_at_path(self.definitions, self.body, path, sent=True)
        if found is None:
            raise _HintError(f"the body has no field `{path}`", origin, _WIRE_NAMES)
        return path, list(resolve_aliases(self.definitions, found))


def _read_fields(
    parts: object, origin: Origin, read: Callable[[object, Origin], KeyField]
) -> tuple[KeyField, ...]:
    """Read one field or a list of fields, all different."""
    if not isinstance(parts, list):
        return (read(parts, origin),)

    fields: dict[str, KeyField] = {}
    for index, part in enumerate(parts):
        field = read(part, origin.get_child(index))
        if field.path in fields:
            message = f"the hint `{IDEMPOTENCY_HINT}` names `{field.path}` twice"
            raise _HintError(message, origin.get_child(index))
        fields[field.path] = field

    if not fields:
        raise _HintError(f"the hint `{IDEMPOTENCY_HINT}` names no field", origin)
    return tuple(fields.values())


def _id_for(options: Sequence[ObjectSchema | Type]) -> Filling:
    """Return which kind of ID a field accepts."""
    texts = (each for each in options if isinstance(each, String))
    return "uuid" if any(each.format == "uuid" for each in texts) else "hex"


def _create_key_field(
    path: str, options: Sequence[ObjectSchema | Type], filling: Filling, origin: Origin
) -> KeyField:
    """Return a field with its filling, or raise an error if no type accepts it."""
    reasons = [_describe_misfit(each, filling) for each in options] or ["an enum"]
    if "" not in reasons:
        what = "the time" if filling == "now" else "an ID"
        message = f"`{path}` cannot hold {what}: it is {reasons[0]}"
        raise _HintError(message, origin, _STRINGS)
    return KeyField(path=path, filling=filling)


def _describe_misfit(type_: ObjectSchema | Type, filling: Filling) -> str:
    """Return what a type is if it does not accept the filling, else an empty string."""
    match type_:
        case AnyValue():
            return ""
        case String():
            return _misfit_of_text(type_, filling)
        case Number():
            return "an integer" if type_.integer else "a number"
        case Boolean():
            return "a Boolean"
        case Array():
            return "a list"
        case Literals():
            return "a constant" if len(type_.values) == 1 else "an enum"
        case _:
            return "an object"


def _misfit_of_text(type_: String, filling: Filling) -> str:
    """Return why a string does not accept the filling, else an empty string."""
    length = _LENGTHS[filling]
    least = type_.min_length or 0
    most = type_.max_length

    if filling == "now" and type_.format not in ("", "date-time"):
        return f"a string of format `{type_.format}`"
    # An ID is plain text, without a Python type of its own.
    if filling != "now" and type_.format in STRING_FORMATS:
        return f"a string of format `{type_.format}`"
    if least > length:
        return f"a string of at least {least} characters"
    if most is not None and most < length:
        return f"a string of at most {most} characters"
    return ""
