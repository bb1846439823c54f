"""The files of `resources/`: the operations of a namespace, in both modes.

In: a `Resource`. Out: a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from generator.emit.digests import inputs_digest
from generator.emit.files import File, Keep
from generator.emit.imports import import_lines, imports_of_type
from generator.emit.method_view import Context, method_view
from generator.emit.quoting import docstring
from generator.emit.render import render
from generator.emit.spread import spread
from generator.emit.styles import body, imports_of, is_usual, style
from generator.surface.model import Method, OldMethod, Resource
from generator.surface.python import UNSET_TYPE, PyType, either, literal

_RAW = "WithRawResponse"


def resource_file(resource: Resource, context: Context, keep: Keep) -> File:
    """Make the module of one namespace, or keep what was made of the same."""
    path = f"resources/{resource.module}.py"
    inputs = inputs_digest(resource, context)
    text = keep(path, inputs)
    return File(path, _text(resource, context) if text is None else text, inputs)


def _text(resource: Resource, context: Context) -> str:
    views = [method_view(each, context) for each in resource.methods]
    words = resource.text if context.docstrings else ""
    words = words or f"The operations of `client.{resource.name}`."
    return render(
        "client/resource.py.jinja",
        imports=import_lines(_imports(resource)),
        typing_imports=import_lines(_typing_imports(resource), 4),
        constants=[each.constant for each in views],
        name=resource.class_name,
        opening=_opening(resource.class_name, "Resource"),
        async_opening=_opening(f"Async{resource.class_name}", "AsyncResource"),
        raw_classes=[_raw_class(resource, ""), _raw_class(resource, "Async")],
        doc=docstring(words, 4),
        methods=views,
        old_methods=[_old_method(each, resource, "") for each in resource.old_methods],
        async_old_methods=[
            _old_method(each, resource, "Async") for each in resource.old_methods
        ],
    )


def _old_method(old: OldMethod, resource: Resource, prefix: str) -> str:
    """Write the old name of a method; it may be in another module now."""
    is_here = old.module == resource.module
    owner = "" if is_here else f"{prefix}{old.class_name}."
    items = [
        f"{owner}{old.method}",
        literal(f"{resource.name}.{old.name}"),
        literal(f"{old.resource}.{old.method}"),
    ]
    return "\n".join(spread(f"{old.name} = renamed(", items, ")", 4))


def _opening(name: str, base: str) -> str:
    return "\n".join(spread(f"class {name}(", [f'{base}["{name}{_RAW}"]'], "):", 0))


@dataclass(frozen=True, slots=True)
class RawClass:
    """What type checkers see of a namespace's methods that give raw answers."""

    name: str
    lines: tuple[str, ...]


def _raw_class(resource: Resource, prefix: str) -> RawClass:
    name = f"{prefix}{resource.class_name}"
    function, owner = ("araw", "_Async") if prefix else ("raw", name)
    lines = (
        spread(f"{each.name} = {function}(", [f"{owner}.{each.name}"], ")", 8)
        for each in resource.methods
        if not each.stream
    )
    old = (
        spread(f"{each.name} = {function}(", [f"{owner}.{each.name}"], ")", 8)
        for each in resource.old_methods
        if not each.stream
    )
    made = tuple(chain.from_iterable((*lines, *old)))
    return RawClass(f"{name}{_RAW}", made or ("        pass",))


def _imports(resource: Resource) -> Iterator[tuple[str, str]]:
    yield "__future__", "annotations"
    if next(_typing_imports(resource), None) is not None:
        yield "typing", "TYPE_CHECKING"
    yield "..runtime.client", "AsyncResource"
    yield "..runtime.client", "Resource"
    if resource.methods:
        yield "..runtime.operation", "Operation"
    if resource.old_methods:
        yield "..runtime.renamed", "renamed"
    for old in resource.old_methods:
        if old.module != resource.module:
            yield f".{old.module}", old.class_name
            yield f".{old.module}", f"Async{old.class_name}"
    for method in resource.methods:
        yield from imports_of(body(method.body))
        if method.stream:
            yield "..runtime.streams", f"stream_{method.stream}"
            yield "..runtime.streams", f"astream_{method.stream}"
        if method.pages is not None:
            yield "..runtime.operation", "Paging"
        if method.idempotency is not None:
            yield "..runtime.idempotency", "KeyFields"
        for each in method.arguments:
            if not is_usual(each):
                yield from imports_of(style(each))
    if any(_may_be_absent(each) for each in resource.methods):
        yield "msgspec", "UNSET"


def _may_be_absent(method: Method) -> bool:
    return any(not each.required for each in method.arguments) or (
        method.body is not None and not method.body.required
    )


def _typing_imports(resource: Resource) -> Iterator[tuple[str, str]]:
    streams = [bool(each.stream) for each in resource.methods]
    if not all((*streams, *(each.stream for each in resource.old_methods))):
        yield "..runtime.answers", "araw"
        yield "..runtime.answers", "raw"
    for method in resource.methods:
        if method.stream:
            yield "..runtime.streams", "Streamed"
            yield "..runtime.streams", "AsyncStreamed"
        if method.stream == "events":
            yield "..runtime.streams", "ServerSentEvent"
        for type_ in _types(method):
            yield from imports_of_type(type_, "..")


def _types(method: Method) -> Iterator[PyType]:
    yield method.returns
    for each in (method.body, *method.arguments):
        if each is not None:
            yield each.type if each.required else either(each.type, UNSET_TYPE)
