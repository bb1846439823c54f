"""Code that uses everything in a client, one thing a line.

In: the surface of a client. Out: the text of a module: each operation is called, each
class constructed, each field read, each member and constant named.
"""

from __future__ import annotations

from collections.abc import Iterator

from flexprice_codegen.surface.model import (
    EnumClass,
    Method,
    ModelClass,
    Surface,
    UnionClass,
)
from flexprice_codegen.surface.python_types import PyType, format_type


def write_exercise(surface: Surface, package: str) -> str:
    """Return a module that uses everything in a client."""
    return "".join(f"{line}\n" for line in _iter_lines(surface, package))


def _iter_lines(surface: Surface, package: str) -> Iterator[str]:
    yield '"""Everything in the client is used here."""'
    yield "from __future__ import annotations"
    yield "from datetime import date, datetime, time, timedelta"
    yield "from decimal import Decimal"
    yield "from typing import Any, Literal"
    yield "from uuid import UUID"
    yield "from msgspec import UnsetType"
    yield f"from {package} import {surface.client}, Async{surface.client}, models"
    yield f"from {package}.models import ("
    for model in surface.models:
        yield f"    {model.name},"
    yield ")"
    if surface.events.rows:
        yield f"from {package} import webhooks"
    yield "anything: Any = None"
    for resource in surface.resources:
        for method in resource.methods:
            yield from _iter_calls(surface.client, resource.name, method)
    for model in surface.models:
        match model:
            case ModelClass():
                yield from _iter_model(model)
            case EnumClass():
                yield f"def members_of_{model.name}() -> None:"
                yield f'    """Names the members of {model.name}."""'
                for member in model.members:
                    yield f"    {model.name}.{member.name}"
                    yield f"    print(models.{model.name}({member.value!r}))"
            case UnionClass():
                yield f"def union_{model.name}(one: models.{model.name}) -> None: ..."
    for row in surface.events.rows:
        yield f"print(webhooks.{row.constant})"


def _iter_calls(client: str, resource: str, method: Method) -> Iterator[str]:
    body = [] if method.body is None else ["anything"]
    required = [f"{each.name}=anything" for each in method.arguments if each.required]
    call = f"client.{resource}.{method.name}({', '.join([*body, *required])})"
    name = f"{resource}_{method.name}"
    is_plain = not method.stream and "Stream" not in _format(method.returns)
    hint = f": {_format(method.returns)}" if is_plain else ""
    yield f"def call_{name}(client: {client}) -> None:"
    if _format(method.returns) == "None":
        yield f"    {call}"
    else:
        yield f"    result{hint} = {call}"
        yield "    print(result)"
    yield f"    client.{resource}.{method.name}("
    yield from (f"        {each}," for each in body)
    for argument in method.arguments:
        yield f"        {argument.name}=anything,"
    yield "    )"
    yield f"async def acall_{name}(client: Async{client}) -> None:"
    yield f"    print(client.{resource}.with_raw_response.{method.name})"


def _iter_model(model: ModelClass) -> Iterator[str]:
    yield f"def read_{model.name}(one: models.{model.name}) -> None:"
    yield f'    """Reads and assigns the fields of {model.name}."""'
    for field in model.fields:
        if field.name != model.extra:
            yield f"    value_{field.name}: {_format(field.type)} | Any = one.{field.name}"
            yield f"    print(value_{field.name})"
            yield f"    one.{field.name} = anything"
    yield f"def build_{model.name}() -> None:"
    required = [
        f"{each.name}=anything"
        for each in model.fields
        if not each.unset_value and each.name != model.extra
    ]
    yield f"    models.{model.name}({', '.join(required)})"
    yield f"    {model.name}("
    for field in model.fields:
        if field.name != model.extra:
            yield f"        {field.name}=anything,"
    yield "    )"


def _format(type_: PyType) -> str:
    return format_type(type_, "models.")
