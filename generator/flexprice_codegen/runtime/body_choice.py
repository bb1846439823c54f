# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Bodies of several media types; a client has this module only if it sends one.

In: a body, and the media type that a caller asks for, if any. Out: the body as it is
sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from functools import partial
from itertools import chain
from typing import Any, TypeVar, cast

from msgspec import UNSET, Struct, UnsetType, field
from msgspec.structs import replace

from .encoding import wire_members
from .operation import Body, MakeBody, Operation

T = TypeVar("T")


class BodyChoice(Struct, frozen=True):
    """The writers of a body by media type, the usual one first.

    What has a value for one of the `files` of a media type, or is of its class in
    `models`, is sent as that type.
    """

    writers: Mapping[str, MakeBody]
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, Any])
    models: Mapping[str, str] = field(default_factory=dict[str, str])

    def __call__(self, value: Any) -> Body:
        """Write a body in the media type that fits it."""
        return self.writers[self._find_fitting(value)](value)

    def choose(self, media_type: str) -> MakeBody:
        """Return what writes a body in one media type."""
        if media_type in self.writers:
            return partial(self._write_body, media_type)
        known = ", ".join(self.writers)
        raise ValueError(f"content_type: {media_type!r} is not one of {known}")

    def _find_fitting(self, value: Any) -> str:
        for media_type, model in self.models.items():
            if type(value).__name__ == model:
                return media_type
        given = _list_members(value)
        for media_type, names in self.files.items():
            if any(_is_given(given.get(name)) for name in names):
                return media_type
        return next(iter(self.writers))

    def _write_body(self, media_type: str, value: Any) -> Body:
        if media_type not in self.files:
            self._refuse_files(media_type, _list_members(value))
        return self.writers[media_type](value)

    def _refuse_files(self, media_type: str, given: Mapping[str, Any]) -> None:
        for name in chain.from_iterable(self.files.values()):
            each = given.get(name)
            if isinstance(each, tuple) or hasattr(each, "read"):
                raise TypeError(f"body.{name}: a file cannot be sent as {media_type}")


def _is_given(value: Any) -> bool:
    return value is not None and value is not UNSET and value != []


def _list_members(value: Any) -> Mapping[str, Any]:
    """Return the fields of a body by wire name; none of what has no fields."""
    if isinstance(value, Mapping):
        return cast("Mapping[str, Any]", value)
    is_model = is_dataclass(value) and not isinstance(value, type)
    return wire_members(value, "body") if is_model else {}


def with_content_type(
    operation: Operation[T], content_type: str | UnsetType
) -> Operation[T]:
    """Return an operation whose body is sent in one media type, if one is asked for."""
    if content_type is UNSET:
        return operation
    choice: Any = operation.body
    return replace(operation, body=choice.choose(content_type))
