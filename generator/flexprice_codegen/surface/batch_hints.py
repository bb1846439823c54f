"""Operations that take many items at once: the hint `batch`.

In: an operation with its hint, its method, and the type of its body. Out: a `Batching`.
An invalid hint is a warning, and the client has no batches of this operation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, cast

from flexprice_codegen.api.model import ApiOperation, ObjectSchema
from flexprice_codegen.api.types import Array, Type
from flexprice_codegen.diagnostics import DiagnosticSink, Origin
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.batching import Batching, PartialResponse
from flexprice_codegen.surface.field_paths import (
    NamedSchemas,
    get_type_at_path,
    resolve_aliases,
)
from flexprice_codegen.surface.media import choose_content, get_media_kind
from flexprice_codegen.surface.model import Method
from flexprice_codegen.surface.type_mapping import TypeMapper

BATCH_HINT = "batch"
_FORM = (
    "write `items: FIELD` (`''` if the body is the list), with or without `of: ID` (the "
    "operation for one item), `size: COUNT`, `max-bytes: COUNT`, `every: SECONDS`, `not-empty: [FIELD]`, `refused: [STATUS]`, "
    "`duplicate: [CODE]`, `partial: {refused: FIELD, key: FIELD}` and `spool: true`"
)
_UNKNOWN: Final = f"the hint `{BATCH_HINT}` has an unknown form"
_MEMBERS: Final = frozenset(
    {
        "items",
        "of",
        "size",
        "max-bytes",
        "every",
        "not-empty",
        "refused",
        "duplicate",
        "partial",
        "spool",
    }
)
_fits_seconds: Final = re.compile(r"[0-9]+(\.[0-9]+)?s", re.ASCII).fullmatch
_CLIENT_ERRORS: Final = range(400, 500)
# What servers with batches usually accept, and a body that proxies let through.
_USUAL_SIZE: Final = 1000
_USUAL_BYTES: Final = 1024 * 1024
# The server read the request and found an item that it does not accept.
_USUAL_REFUSED: Final = (400, 413, 422)
_KEYS_HELP: Final = (
    "add `idempotency-key` with `fill`, and name the fields of the item: `events[].id`"
)


def read_batching(
    operation: ApiOperation,
    method: Method,
    body: Type | None,
    type_mapper: TypeMapper,
    operations: Sequence[ApiOperation],
    sink: DiagnosticSink,
) -> Batching | None:
    """Return how an operation takes many items, as its hint says.

    Args:
        operation: The operation.
        method: Its method, so far.
        body: The type of its request body, if there is one.
        type_mapper: The mapper of types to Python's.
        operations: All operations, one of which can be for a single item.
        sink: Receives a warning for an invalid hint.

    Returns:
        The batches; None without a hint, or for an invalid one.
    """
    hint = dict(operation.hints).get(BATCH_HINT)
    if hint is None:
        return None

    origin = operation.about.origin.get_child("x-codegen").get_child(BATCH_HINT)
    try:
        batching = _Reader(method, body, type_mapper, operations).read(hint, origin)
    except _HintError as error:
        sink.add_warning(
            "batch",
            f"{operation.key}: {error}; the client has no batches of it",
            at=error.at,
            hint=error.help,
        )
        return None

    if not _find_keys(method, batching.items) and not _is_repeatable(method):
        sink.add_warning(
            "batch",
            f"{operation.key}: its items have no idempotency key; "
            "the server may count an item of a repeated request twice",
            at=origin,
            hint=_KEYS_HELP,
        )
    return batching


class _HintError(Exception):
    """An invalid hint: the reason, its origin, and help."""

    def __init__(self, message: str, at: Origin, help_: str = _FORM) -> None:
        super().__init__(message)
        self.at = at
        self.help = help_


@frozen_value
class _Reader:
    """A parser of hints for one method; each method raises `_HintError`."""

    method: Method
    body: Type | None
    type_mapper: TypeMapper
    operations: Sequence[ApiOperation]

    @property
    def _definitions(self) -> NamedSchemas:
        return self.type_mapper.schemas

    def read(self, hint: object, origin: Origin) -> Batching:
        """Return what a hint describes."""
        if not isinstance(hint, Mapping) or not hint.keys() <= _MEMBERS:
            raise _HintError(_UNKNOWN, origin)
        members = cast("Mapping[str, object]", hint)

        self._check_request(origin)
        items = self._find_items(members, origin)
        self._check_single_call(members, items, origin)
        size = self._read_size(members, items, origin)
        name = str(members["items"])
        keys = _find_keys(self.method, name)
        asked = tuple(field for field, filling in keys if filling == "caller")
        return Batching(
            items=name,
            size=size,
            max_bytes=_read_count(members, "max-bytes", _USUAL_BYTES, origin),
            every=_read_seconds(members, origin),
            keys=tuple(each for each in keys if each[1] != "caller"),
            not_empty=(*asked, *self._read_fields(members, items, origin)),
            refused=_read_statuses(members, origin),
            duplicate=_read_texts(members, "duplicate", origin),
            partial=self._read_partial(members, items, origin),
            spool=_read_switch(members, "spool", origin),
            item=self.type_mapper.map_type(items.item, "sent"),
        )

    def _check_request(self, origin: Origin) -> None:
        """Check that a request needs nothing but its body, in JSON."""
        body = self.method.body
        if body is None or not all(
            get_media_kind(each.media) == "json" for each in body.contents
        ):
            raise _HintError("the request has no body in JSON", origin)
        needed = [each.wire for each in self.method.arguments if each.required]
        if needed:
            raise _HintError(f"the request needs the parameter `{needed[0]}`", origin)

    def _find_items(self, hint: Mapping[str, object], origin: Origin) -> Array:
        """Return the list of items in the body."""
        name = hint.get("items")
        if not isinstance(name, str) or "." in name or name.endswith("[]"):
            raise _HintError(_UNKNOWN, origin.get_child("items"))

        found = get_type_at_path(self._definitions, self.body, name, sent=True)
        types = () if found is None else resolve_aliases(self._definitions, found)
        array = next((each for each in types if isinstance(each, Array)), None)
        if array is None:
            place = f"at `{name}`" if name else "as a whole"
            message = f"the body is not a list {place}"
            raise _HintError(message, origin.get_child("items"))

        if name:
            self._check_other_members(name, origin)
        return array

    def _check_single_call(
        self, hint: Mapping[str, object], items: Array, origin: Origin
    ) -> None:
        """Check that the operation for one item, if the hint has one, takes an item."""
        if "of" not in hint:
            return
        wanted = hint["of"]
        found = next((each for each in self.operations if each.id == wanted), None)
        if found is None or not wanted:
            message = f"no operation has the ID {wanted!r}"
            raise _HintError(message, origin.get_child("of"))

        contents = () if found.body is None else found.body.contents
        content = choose_content(contents, answer=False)
        body = None if content is None else content.type
        item = self.type_mapper.map_type(items.item, "sent")
        if body is None or self.type_mapper.map_type(body, "sent") != item:
            message = f"the body of `{found.id}` is not an item of the list"
            raise _HintError(message, origin.get_child("of"))

    def _check_other_members(self, name: str, origin: Origin) -> None:
        """Check that the body needs no other member than the list."""
        types = (
            () if self.body is None else resolve_aliases(self._definitions, self.body)
        )
        for type_ in types:
            if not isinstance(type_, ObjectSchema):
                continue
            for member in type_.properties:
                if member.required and not member.read_only and member.wire != name:
                    message = f"the body needs `{member.wire}` as well"
                    raise _HintError(message, origin)

    def _read_size(
        self, hint: Mapping[str, object], items: Array, origin: Origin
    ) -> int:
        most = items.max_items
        usual = _USUAL_SIZE if most is None else min(_USUAL_SIZE, most)
        size = _read_count(hint, "size", usual, origin)
        if most is not None and size > most:
            message = f"`size` is {size}, and the list has at most {most} items"
            raise _HintError(message, origin.get_child("size"))
        return size

    def _read_fields(
        self, hint: Mapping[str, object], items: Array, origin: Origin
    ) -> tuple[str, ...]:
        names = _read_texts(hint, "not-empty", origin)
        for name in names:
            self._check_field(name, items, origin.get_child("not-empty"))
        return names

    def _check_field(self, name: str, items: Array, origin: Origin) -> None:
        found = get_type_at_path(self._definitions, items.item, name, sent=True)
        if found is None or "." in name or name.endswith("[]"):
            raise _HintError(f"an item has no field `{name}`", origin)

    def _read_partial(
        self, hint: Mapping[str, object], items: Array, origin: Origin
    ) -> PartialResponse | None:
        given = hint.get("partial")
        if given is None:
            return None
        match given:
            case {"refused": str(path), "key": str(key), **more} if not more and path:
                self._check_field(key, items, origin.get_child("partial"))
                return PartialResponse(path, key)
            case _:
                raise _HintError(_UNKNOWN, origin.get_child("partial"))


def _read_switch(hint: Mapping[str, object], name: str, origin: Origin) -> bool:
    switch = hint.get(name, False)
    if not isinstance(switch, bool):
        message = f"`{name}` is {switch!r}; expected true or false"
        raise _HintError(message, origin.get_child(name))
    return switch


def _read_count(
    hint: Mapping[str, object], name: str, usual: int, origin: Origin
) -> int:
    count = hint.get(name, usual)
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        message = f"`{name}` is {count!r}; expected a positive integer"
        raise _HintError(message, origin.get_child(name))
    return count


def _read_seconds(hint: Mapping[str, object], origin: Origin) -> float:
    seconds = hint.get("every", 1.0)
    if isinstance(seconds, str) and _fits_seconds(seconds):
        return float(seconds.removesuffix("s"))
    is_number = isinstance(seconds, int | float) and not isinstance(seconds, bool)
    if not isinstance(seconds, int | float) or not is_number or not seconds >= 0:
        message = (
            f"`every` is {seconds!r}; expected a number of seconds, or such as `1s`"
        )
        raise _HintError(message, origin.get_child("every"))
    return float(seconds)


def _read_texts(
    hint: Mapping[str, object], name: str, origin: Origin
) -> tuple[str, ...]:
    given = hint.get(name, [])
    texts = tuple(each for each in _as_list(given) if isinstance(each, str) and each)
    if len(texts) != len(_as_list(given)) or not isinstance(given, list | tuple):
        raise _HintError(f"`{name}` is not a list of strings", origin.get_child(name))
    return texts


def _read_statuses(hint: Mapping[str, object], origin: Origin) -> tuple[int, ...]:
    given = hint.get("refused", _USUAL_REFUSED)
    statuses = tuple(
        each
        for each in _as_list(given)
        if isinstance(each, int) and each in _CLIENT_ERRORS
    )
    if len(statuses) != len(_as_list(given)) or not isinstance(given, list | tuple):
        message = "`refused` is not a list of status codes from 400 to 499"
        raise _HintError(message, origin.get_child("refused"))
    return statuses


def _as_list(given: object) -> tuple[object, ...]:
    is_list = isinstance(given, list | tuple)
    return tuple(cast("list[object]", given)) if is_list else ()


def _find_keys(method: Method, items: str) -> tuple[tuple[str, str], ...]:
    """Return the fields of an item that form its key, and what fills them in."""
    key = method.idempotency
    prefix = f"{items}[]."
    if key is None or key.unless:
        return ()
    if not all(each.path.startswith(prefix) for each in key.fields):
        return ()
    found = [(each.path.removeprefix(prefix), each.filling) for each in key.fields]
    return () if any("." in name for name, _ in found) else tuple(found)


def _is_repeatable(method: Method) -> bool:
    """Return whether the server counts an item once without a key of its own."""
    key = method.idempotency
    return method.safe if key is None else not key.fields
