"""Typed access to the nodes of a document.

In: plain JSON values with their origin. Out: the same values, checked, each with the
origin that a diagnostic needs. A value of the wrong type is a `DiagnosticError` with
its location.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Self, TypeAlias

from flexprice_codegen.diagnostics import Origin, build_error

Json: TypeAlias = (
    "Mapping[str, Json] | Sequence[Json] | str | int | float | bool | None"
)


# YAML 1.1 reads these words as Booleans; YAML 1.2 leaves them strings.
_FLAGS = {
    "true": True,
    "yes": True,
    "on": True,
    "false": False,
    "no": False,
    "off": False,
}


class WrittenFloat(float):
    """A number that keeps its spelling, so that version 1.10 stays 1.10."""

    text: str

    def __new__(cls, text: str) -> Self:
        """Create the number that `text` spells."""
        self = super().__new__(cls, text)
        self.text = text
        return self


def get_json_type(value: Json) -> str:
    """Return the JSON type of a value, for messages."""
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case str():
            return "a string"
        case int() | float():
            return "a number"
        case Mapping():
            return "an object"
        case _:
            return "an array"


class Node:
    """An immutable JSON value with its origin.

    The origin is computed on first use, because few nodes of a document need it.
    """

    __slots__ = ("_above", "_key", "_origin", "value")

    def __init__(
        self,
        value: Json,
        origin: Origin | None,
        above: Node | None = None,
        key: str | int = "",
    ) -> None:
        """Create a node at `origin`, or under `key` of the node `above`.

        Args:
            value: The JSON value.
            origin: The origin, or None to derive it from `above` and `key`.
            above: The parent node; required if `origin` is None.
            key: The key or index in the parent node.
        """
        self.value = value
        self._origin = origin
        self._above = above
        self._key = key

    def create_child(self, value: Json, key: str | int) -> Node:
        """Return a node under a key of this one."""
        return Node(value, None, self, key)

    def derive(self, value: Json) -> Node:
        """Return a node at the same origin with another value."""
        return Node(value, self.origin)

    @property
    def origin(self) -> Origin:
        """The origin of the value."""
        if self._origin is None:
            assert self._above is not None
            self._origin = self._above.origin.get_child(self._key)
        return self._origin

    @property
    def resource(self) -> str:
        """The resource of the origin, which is that of the nodes above."""
        node = self
        origin = self._origin
        # A loop, because each reference of a document asks for it.
        while origin is None:
            assert node._above is not None
            node = node._above
            origin = node._origin  # noqa: SLF001 - a node too
        return origin.resource

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Node):
            return NotImplemented
        return (self.value, self.origin) == (other.value, other.origin)

    __hash__ = None  # type: ignore[assignment]  # its value may be a list

    def __repr__(self) -> str:
        return f"Node({self.value!r}, {self.origin!r})"

    @property
    def is_object(self) -> bool:
        """Whether the value is an object."""
        return isinstance(self.value, dict)

    def has(self, key: str) -> bool:
        """Return whether the object has the property `key`."""
        return isinstance(self.value, dict) and key in self.value

    def get(self, key: str) -> Node | None:
        """Return the property `key` of an object, or None if it is missing.

        Raises:
            DiagnosticError: `wrong-type`: the value is not an object.
        """
        value = self.value
        # Called a million times for a large document: no further call in the usual case.
        if type(value) is not dict:
            value = self.read_mapping()
        return self.create_child(value[key], key) if key in value else None

    def get_required(self, key: str) -> Node:
        """Return the property `key` of an object.

        Raises:
            DiagnosticError: `missing-member`, or `wrong-type` as `get`.
        """
        found = self.get(key)
        if found is None:
            raise build_error(
                "missing-member",
                f"{key!r} is missing",
                at=self.origin,
                hint=f"add {key!r}",
            )
        return found

    def read_mapping(self) -> Mapping[str, Json]:
        """Return the value as an object.

        Raises:
            DiagnosticError: `wrong-type`.
        """
        value = self.value
        # Ten times faster than `isinstance` with the abstract class.
        if isinstance(value, dict):
            return value
        if isinstance(value, Mapping):
            return value
        # PHP writes an object without properties as `[]`.
        if value == []:
            return {}
        raise self.build_type_error("an object")

    def iter_items(self) -> Iterator[tuple[str, Node]]:
        """Yield the properties of an object, in the document's order.

        Raises:
            DiagnosticError: `wrong-type`.
        """
        for key, value in self.read_mapping().items():
            yield key, self.create_child(value, key)

    def iter_elements(self) -> Iterator[Node]:
        """Yield the elements of an array.

        Raises:
            DiagnosticError: `wrong-type`.
        """
        values = self.value
        # Ten times faster than `isinstance` with the abstract class.
        if not isinstance(values, list) and (
            isinstance(values, str) or not isinstance(values, Sequence)
        ):
            raise self.build_type_error("an array")
        for index, value in enumerate(values):
            yield self.create_child(value, index)

    def read_string(self) -> str:
        """Return the value as a string; a number is returned as it was written.

        Raises:
            DiagnosticError: `wrong-type`.
        """
        match self.value:
            case str():
                return self.value
            case WrittenFloat():
                return self.value.text
            case int() if not isinstance(self.value, bool):
                return str(self.value)
            case _:
                raise self.build_type_error("a string")

    def read_boolean(self) -> bool:
        """Return the value as a Boolean, also from a string or a YAML 1.1 word.

        Raises:
            DiagnosticError: `wrong-type`.
        """
        if isinstance(self.value, bool):
            return self.value
        if isinstance(self.value, str) and self.value.lower() in _FLAGS:
            return _FLAGS[self.value.lower()]
        raise self.build_type_error("true or false")

    def get_string(self, key: str, default: str = "") -> str:
        """Return the string property `key`, or `default` if it is missing or null.

        Raises:
            DiagnosticError: `wrong-type`.
        """
        found = self.get(key)
        return default if found is None or found.value is None else found.read_string()

    def get_boolean(self, key: str) -> bool:
        """Return the Boolean property `key`; False if it is missing or null.

        Raises:
            DiagnosticError: `wrong-type`.
        """
        found = self.get(key)
        return found is not None and found.value is not None and found.read_boolean()

    def iter_items_of(self, key: str) -> Iterator[tuple[str, Node]]:
        """Return the properties of the object `key`; none if it is missing or null.

        Raises:
            DiagnosticError: `wrong-type`.
        """
        found = self.get(key)
        return iter(()) if found is None or found.value is None else found.iter_items()

    def iter_elements_of(self, key: str) -> Iterator[Node]:
        """Return the elements of the array `key`; none if it is missing or null.

        Raises:
            DiagnosticError: `wrong-type`.
        """
        found = self.get(key)
        # PHP may write an array without elements as `{}`.
        if found is None or found.value is None or found.value == {}:
            return iter(())
        return found.iter_elements()

    def build_type_error(self, expected: str) -> Exception:
        """Build the error for a value of another type than `expected`."""
        return build_error(
            "wrong-type",
            f"expected {expected}, got {get_json_type(self.value)}",
            at=self.origin,
            hint=f"use {expected}",
        )
