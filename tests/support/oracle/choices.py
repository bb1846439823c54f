"""Whether the option of a union that validates is the one that was chosen.

In: translated schemas, a valid value, and what a client read it as. Out: the places where
the class is that of an option which does not accept the value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from typing import Any

from support.oracle.dialect import Json, component_of
from support.oracle.judge import Judge
from support.oracle.views import iter_views, list_elements, list_members


def find_wrong_choices(
    judge: Judge, schema: Json, value: Json, read: object, keys: Mapping[str, str]
) -> list[str]:
    """Return the places of a value that have the class of another option.

    Args:
        judge: The judge of the document.
        schema: The translated schema.
        value: A valid value.
        read: What a client read it as.
        keys: The components of the client's classes, by their names.
    """
    return list(_look(judge, [schema], value, read, keys, "$"))


def _look(
    judge: Judge,
    schemas: Sequence[Json],
    value: Json,
    read: Any,  # noqa: ANN401  # generated
    keys: Mapping[str, str],
    path: str,
) -> Iterator[str]:
    if isinstance(value, list) and isinstance(read, list):
        view = next(iter_views(judge, schemas, value), ())
        for index, pair in enumerate(zip(value, read, strict=False)):
            inner = list_elements(view, index)
            yield from _look(judge, inner, *pair, keys, f"{path}[{index}]")
        return
    if not isinstance(value, dict):
        return
    key = keys.get(type(read).__name__, "")
    refused = _list_refused(judge, schemas, value)
    if key in refused:
        yield f"{path} is a {type(read).__name__}, which does not accept it"
        return
    view = next(iter_views(judge, schemas, value), ())
    for name, each in value.items():
        part = _get_part(read, name)
        if part is not None:
            inner = list_members(view, name)
            yield from _look(judge, inner, each, part, keys, f"{path}.{name}")


def _list_refused(judge: Judge, schemas: Sequence[Json], value: Json) -> set[str]:
    """Return the components that are options of a choice and do not accept a value.

    A component that is also an option which does is not one of them, and neither is one
    that refuses it only by keywords which choose no option, such as a pattern.
    """
    accepted: set[str] = set()
    refused: set[str] = set()
    waiting = list(schemas)
    seen: set[int] = set()
    while waiting:
        schema = waiting.pop()
        if not isinstance(schema, dict) or id(schema) in seen:
            continue
        seen.add(id(schema))
        waiting += [judge.resolve(schema)] if "$ref" in schema else []
        waiting += schema.get("allOf", ())
        for option in (*schema.get("oneOf", ()), *schema.get("anyOf", ())):
            is_valid = judge.is_valid(option, value)
            is_fitting = is_valid or judge.bare.is_valid(option, value)
            (accepted if is_fitting else refused).update(_name(option))
            waiting += [option] if is_valid else []
    return refused - accepted


def _name(option: Json) -> list[str]:
    parts = [option, *option.get("allOf", ())] if isinstance(option, dict) else []
    return [name for each in parts if (name := component_of(each))]


def _get_part(read: Any, name: str) -> Any:  # noqa: ANN401  # generated
    """Return the part of a value that has a wire name; None if there is none."""
    if isinstance(read, dict):
        return read.get(name)
    if not is_dataclass(read):
        return None
    wire: dict[str, str] = getattr(type(read), "__wire__", {})
    names = {other: own for own, other in wire.items()}
    found = getattr(read, names.get(name, name), None)
    if found is None and (extra := getattr(type(read), "__extra__", None)):
        return (getattr(read, extra) or {}).get(name)
    return found
