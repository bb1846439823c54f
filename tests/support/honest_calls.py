"""Calls of a whole client with values that its document allows.

In: a client that was generated with `testing`. Out: each method is called, once with all
of its arguments and once with those that it needs.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from functools import reduce
from importlib import import_module
from operator import or_
from typing import Any, get_type_hints

import httpx2

from support.values import Value

BASE = "https://api.example.com"
_FORMER_CALL = "idempotency_key"
"""The argument that repeats another call."""
_OPTIONS = "request_options"
_COPIES = ("with_options", "with_raw_response")


def call_each_method(name: str, http_client: httpx2.Client) -> int:
    """Call all methods of a package's client; return how many calls were made."""
    kind = _find_client(name)
    if kind is None:
        return 0

    caller = _Caller(name)
    credentials = dict(_iter_credentials(kind))
    with kind(**credentials, base_url=BASE, http_client=http_client) as client:
        return sum(map(caller.call, _iter_methods(client)))


def _iter_credentials(kind: Value) -> Iterator[tuple[str, Any]]:
    for each in inspect.signature(kind).parameters.values():
        # What stands before the base URL are credentials.
        if each.name == "base_url":
            return
        is_pair = "Password" in each.annotation
        yield each.name, ("user", "passw0rd") if is_pair else "k3y-of-us"


def _find_client(name: str) -> Value:
    """Return the class of the client that blocks; None if there are only events."""
    package = import_module(name)
    found = [getattr(package, each) for each in package.__all__]
    return next(
        (
            each
            for each in found
            if hasattr(each, "with_options") and hasattr(each, "__enter__")
        ),
        None,
    )


def _iter_methods(client: Value) -> Iterator[Value]:
    for resource in _iter_public(client):
        yield from (
            each for each in _iter_public(resource) if hasattr(each, "operation")
        )


def _iter_public(owner: Value) -> Iterator[Value]:
    for name in dir(owner):
        if not name.startswith("_") and name not in _COPIES:
            yield getattr(owner, name)


class _Caller:
    """Calls methods with samples of their own annotations."""

    def __init__(self, name: str) -> None:
        self._shapes = import_module(f"{name}.runtime.shapes")
        self._decode = import_module(f"{name}.runtime.decoding").decode
        self._facts = import_module(f"{name}.testing").FakeTransport.facts
        samples = import_module(f"{name}.runtime.samples").Samples
        self._samples = samples(self._facts.samples)

    def call(self, method: Value) -> int:
        """Call a method in two ways; return how often."""
        all_arguments = dict(self._iter_arguments(method, only_required=False))
        least = dict(self._iter_arguments(method, only_required=True))
        for arguments in (all_arguments, least):
            returned = method(**arguments)
            if isinstance(returned, Iterator):
                list(returned)

        return 2

    def _iter_arguments(
        self, method: Value, *, only_required: bool
    ) -> Iterator[tuple[str, Any]]:
        hints = get_type_hints(method)
        for each in inspect.signature(method).parameters.values():
            is_required = each.default is inspect.Parameter.empty
            is_left_out = each.name.startswith((_FORMER_CALL, _OPTIONS))
            if not is_left_out and (is_required or not only_required):
                is_file = each.annotation.startswith("Stream")
                hint = bytes if is_file else hints[each.name]
                yield each.name, self._make_value(hint, each.name)

    def _make_value(self, annotation: Value, name: str) -> Value:
        if annotation is bytes:
            return b"bytes of a file"

        # What is UNSET is left out.
        hint = reduce(or_, self._shapes.list_options(annotation))
        report: list[Any] = []
        sample = json.dumps(self._samples.of(hint, name)).encode()
        made = self._decode(sample, hint, report)
        assert report == []
        return made
