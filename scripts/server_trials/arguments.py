"""Calls of every method of a client, with made-up arguments.

In: a client that was generated with `testing.py`. Out: each call with all arguments,
and each with the required ones alone.
"""

from __future__ import annotations

import inspect
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

_FILE = ("note.txt", b"content", "text/plain")


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a method."""

    method: str
    arguments: tuple[Any, ...]
    named: dict[str, Any]

    def make(self, client: Any) -> Any:
        """Call the method of a client."""
        resource, _, name = self.method.partition(".")
        return getattr(getattr(client, resource), name)(*self.arguments, **self.named)


def find_client_class(package: str) -> type:
    """Return the class of the client that awaits nothing.

    Args:
        package: The name of the client's package, which can be imported.
    """
    found: type = next(
        each
        for each in vars(import_module(f"{package}._client")).values()
        if isinstance(each, type)
        and any(base.__name__ == "SyncClient" for base in each.__mro__[1:])
    )
    return found


def list_calls(
    package: str, *, with_optional: bool, without: Collection[str] = ()
) -> list[Call]:
    """Return a call of each method.

    Args:
        package: The name of the client's package, which can be imported.
        with_optional: Whether to give what may be left out.
        without: Names that are left out, of arguments and of what bodies hold.
    """
    arguments = _Arguments(package, without)
    kind = find_client_class(package)
    return [
        arguments.fill(f"{resource}.{name}", method, with_optional=with_optional)
        for resource, attribute in vars(kind).items()
        if type(attribute).__name__ == "Lazy"
        for name, method in _iter_methods(getattr(kind, resource))
    ]


def _iter_methods(resource: type) -> Iterator[tuple[str, Any]]:
    """Yield the public methods of the class of a resource."""
    for name, method in vars(resource).items():
        if inspect.isfunction(method) and not name.startswith("_"):
            yield name, method


class _Known(dict[str, Any]):
    """Samples by `Class.member`; None, which leaves a member out, for some names."""

    def __init__(self, samples: Mapping[str, Any], without: Collection[str]) -> None:
        super().__init__(samples)
        self._without = without

    def get(self, key: str, default: Any = None) -> Any:
        """Return the sample of a member."""
        is_left_out = key.rpartition(".")[2] in self._without
        return None if is_left_out else super().get(key, default)


def _prefer_numbers(samples: Any, members: Any) -> Any:
    """Return a class of samples that takes the number of a union.

    A string beside it is most often one of a few that the type does not tell.
    """

    class Preferring(samples):  # type: ignore[misc]  # a class of the client
        def of(self, hint: Any, name: str = "text", above: Any = ()) -> Any:
            """Return a sample for a hint."""
            numbers = [each for each in members(hint) if each in (int, float)]
            return super().of(numbers[0] if numbers else hint, name, above)

    return Preferring


class _Arguments:
    """Makes arguments out of type hints, as `FakeTransport` makes responses."""

    def __init__(self, package: str, without: Collection[str]) -> None:
        self._package = package
        self._without = without
        self._shapes = import_module(f"{package}.runtime.shapes")
        self._decoding = import_module(f"{package}.runtime.decoding")
        facts = import_module(f"{package}.testing").FakeTransport.facts
        samples = import_module(f"{package}.runtime.samples").Samples
        known = _Known(facts.samples, without)
        self._samples = _prefer_numbers(samples, self._shapes.list_options)(known)

    def fill(self, method: str, function: Any, *, with_optional: bool) -> Call:
        """Return a call of a method."""
        given: list[Any] = []
        named: dict[str, Any] = {}
        for parameter in list(inspect.signature(function).parameters.values())[1:]:
            is_optional = parameter.default is not inspect.Parameter.empty
            if is_optional and not with_optional:
                continue
            if parameter.default is None or parameter.name == "stream":
                continue  # a key of an earlier call; the switch of a stream
            if parameter.name in self._without:
                continue
            value = self._make(parameter.annotation, parameter.name)
            if parameter.kind is inspect.Parameter.KEYWORD_ONLY:
                named[parameter.name] = value
            else:
                given.append(value)
        return Call(method, tuple(given), named)

    def _make(self, annotation: str, name: str) -> Any:
        text = annotation.replace("models.", "").removesuffix(" | UnsetType")
        if text.split("[")[0] in ("Stream", "bytes", "FileContent"):
            return b"content"
        hint = self._shapes.resolve_hint(text, ".models", self._package)
        value = self._samples.of(hint, name)
        return self._decoding.from_dict(hint, value)
