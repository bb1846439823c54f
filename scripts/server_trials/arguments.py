"""Calls of every method of a client, with made-up arguments.

In: a client that was generated with `testing.py`. Out: each call with all arguments,
and each with the required ones alone.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from flexprice_codegen.runtime.shapes import Value

_FILE = ("note.txt", b"content", "text/plain")


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a method."""

    method: str
    arguments: tuple[Value, ...]
    named: dict[str, Value]

    def make(self, client: Value) -> Value:
        """Call the method of a client."""
        resource, _, name = self.method.partition(".")
        return getattr(getattr(client, resource), name)(*self.arguments, **self.named)


def list_calls(package: str, *, with_optional: bool) -> list[Call]:
    """Return a call of each method.

    Args:
        package: The name of the client's package, which can be imported.
        with_optional: Whether to give what may be left out.
    """
    arguments = _Arguments(package)
    client_class = import_module(f"{package}._client")
    kind = next(
        each
        for each in vars(client_class).values()
        if isinstance(each, type) and each.__bases__[0].__name__ == "SyncClient"
    )
    return [
        arguments.fill(f"{resource}.{name}", method, with_optional=with_optional)
        for resource in vars(kind)
        if not resource.startswith("_")
        for name, method in _iter_methods(package, vars(kind)[resource])
    ]


def _iter_methods(package: str, lazy: Value) -> Iterator[tuple[str, Value]]:
    """Yield the public methods of a resource; `lazy` is the attribute of the client."""
    details = vars(lazy)
    module = import_module(details["_module"], package)
    for name, method in vars(getattr(module, details["_name"])).items():
        if inspect.isfunction(method) and not name.startswith("_"):
            yield name, method


class _Arguments:
    """Makes arguments out of type hints, as `FakeTransport` makes responses."""

    def __init__(self, package: str) -> None:
        self._package = package
        self._shapes = import_module(f"{package}.runtime.shapes")
        self._decoding = import_module(f"{package}.runtime.decoding")
        facts = import_module(f"{package}.testing").FakeTransport.facts
        samples = import_module(f"{package}.runtime.samples")
        self._samples = samples.Samples(facts.samples)

    def fill(self, method: str, function: Value, *, with_optional: bool) -> Call:
        """Return a call of a method."""
        given: list[Value] = []
        named: dict[str, Value] = {}
        for parameter in list(inspect.signature(function).parameters.values())[1:]:
            is_optional = parameter.default is not inspect.Parameter.empty
            if is_optional and not with_optional:
                continue
            if parameter.default is None or parameter.name == "stream":
                continue  # a key of an earlier call; the switch of a stream
            value = self._make(parameter.annotation, parameter.name)
            if parameter.kind is inspect.Parameter.KEYWORD_ONLY:
                named[parameter.name] = value
            else:
                given.append(value)
        return Call(method, tuple(given), named)

    def _make(self, annotation: str, name: str) -> Value:
        text = annotation.replace("models.", "").removesuffix(" | UnsetType")
        if text.split("[")[0] in ("Stream", "bytes", "FileContent"):
            return b"content"
        hint = self._shapes.resolve(text, ".models", self._package)
        value = self._samples.of(hint, name)
        return self._decoding.from_dict(hint, value)
