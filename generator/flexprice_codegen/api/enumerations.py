"""Enums: the `enum` and `const` keywords.

In: a schema node with a list of values. Out: an `EnumSchema` of strings or of integers,
or `Literals` if the values mix types. Null is removed before: it makes the type
nullable.

Source: JSON Schema 2020-12 validation §6.1.2, §6.1.3; `x-enum-varnames` and
`x-enum-descriptions` as swag and OpenAPI Generator write them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from flexprice_codegen.api import scalars
from flexprice_codegen.api.keywords import (
    get_declared_types,
    get_default,
    get_kept_keywords,
    read_metadata,
)
from flexprice_codegen.api.model import EnumSchema, EnumValue
from flexprice_codegen.api.types import (
    Boolean,
    Bytes,
    Literals,
    NodeMetadata,
    Number,
    Scalar,
    String,
    Type,
    Union,
)
from flexprice_codegen.diagnostics import DiagnosticError, DiagnosticSink
from flexprice_codegen.spec.nodes import Json, Node, WrittenFloat
from flexprice_codegen.words import split_words

_SCALARS = (String, Number, Boolean, Literals)
# The integers of JSON (RFC 8259 §6), no longer than any format of integers needs.
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,38})")


def read_enum_values(node: Node, sink: DiagnosticSink) -> tuple[Scalar, ...]:
    """Return the values of `const` or `enum`, each once and without null.

    Args:
        node: The schema; its type decides how a value is converted.
        sink: Receives a note for each value that is converted, ignored or a duplicate.
    """
    constant = node.get("const")
    if constant is not None:
        raw: Iterable[Node] = (constant,)
    else:
        raw = tuple(node.iter_elements_of("enum"))
        if not raw:
            sink.add_warning(
                "empty-enum",
                "the list of values is empty, so that no value fits; it is passed over",
                at=node.get_required("enum").origin,
                hint="list the values, or remove `enum`",
            )

    types = get_declared_types(node)
    # The type is part of the key, because Python considers 1, 1.0 and True equal.
    values: dict[tuple[type, Scalar], None] = {}
    for each in raw:
        if each.value is None:
            continue
        value = _convert_value(each, types, sink)
        if value is _UNFIT:
            continue
        if (type(value), value) in values:
            sink.add_note(
                "duplicate-enum-value",
                f"the value {value!r} is listed twice; it is taken once",
                at=each.origin,
                hint="remove one of the two",
            )
        values[type(value), value] = None

    return tuple(value for _, value in values)


# A marker; its NUL sets it apart from every real enum value.
_UNFIT = "\0unfit"


def _convert_value(each: Node, types: tuple[str, ...], sink: DiagnosticSink) -> Scalar:
    value: Json = each.value
    if isinstance(value, str):
        fits = not types or "string" in types
    elif isinstance(value, bool):
        fits = not types or "boolean" in types
    elif isinstance(value, int | float):
        fits = not types or bool({"integer", "number"} & set(types))
    else:
        fits = False

    if fits and not isinstance(value, dict | list | tuple):
        return float(value) if isinstance(value, WrittenFloat) else value  # type: ignore[return-value]

    if (
        "string" in types
        and isinstance(value, int | float)
        and not isinstance(value, bool)
    ):
        text = each.read_string()
        sink.add_note(
            "enum-value-type",
            f"the value {text} of a string enum is a number; it is read as {text!r}",
            at=each.origin,
            hint="put it in quotes",
        )
        return text

    if "integer" in types and isinstance(value, str) and _INTEGER.fullmatch(value):
        sink.add_note(
            "enum-value-type",
            f"the value {value!r} of an integer enum is a string; it is read as a number",
            at=each.origin,
            hint="remove the quotes",
        )
        return int(value)

    sink.add_note(
        "enum-value-type",
        f"a value of the enum is no {' or '.join(types)}; it is passed over",
        at=each.origin,
        hint="write values of the type that the schema declares",
    )
    return _UNFIT


def build_enum(
    node: Node, key: str, values: tuple[Scalar, ...]
) -> EnumSchema | Literals:
    """Build the enum of `values`, or literals if they are not of one type.

    Args:
        node: The schema.
        key: The key of the enum.
        values: Its values, at least one.
    """
    kept = get_kept_keywords(node)
    # Integers are not tested by `isinstance`, because True is an `int`.
    if not all(isinstance(v, str) for v in values) and not all(
        type(v) is int for v in values
    ):
        return Literals(values=values, kept=kept, constant=node.has("const"))

    names = _read_strings(node, "x-enum-varnames")
    texts = _read_strings(node, "x-enum-descriptions")
    by_value = _map_names_by_value(_read_raw_values(node), names)
    text_by_value = dict(zip(_read_raw_values(node), texts, strict=False))

    members = tuple(
        EnumValue(
            value=value,
            about=NodeMetadata(
                origin=node.origin,
                name=by_value.get(str(value), ""),
                description=text_by_value.get(str(value), ""),
            ),
        )
        for value in values
        if isinstance(value, str | int)
    )

    return EnumSchema(
        key=key,
        values=members,
        sites=(key,),
        kept=kept,
        constant=node.has("const"),
        base=_read_base_type(node, is_text=isinstance(values[0], str)),
        default=get_default(node),
        about=read_metadata(node),
    )


def _read_base_type(node: Node, *, is_text: bool) -> String | Number | None:
    """Return the type of the values according to the keywords next to the list."""
    try:
        made = (
            scalars.read_string(node)
            if is_text
            else scalars.read_number(node, integer=True)
        )
    except DiagnosticError:
        return None
    return None if isinstance(made, Bytes) else replace(made, kept=())


def _map_names_by_value(values: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """Return the name of each value.

    If a value has several names, the one that ends like the value counts, else the
    first in alphabetical order. The order of an enum has no meaning, so it does not
    decide.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for value, name in zip(values, names, strict=False):
        found[value].append(name)

    def rank(name: str, value: str) -> tuple[bool, str]:
        own = split_words(value)
        return not own or split_words(name)[-len(own) :] != own, name

    return {
        value: min(each, key=partial(rank, value=value)) if len(each) > 1 else each[0]
        for value, each in found.items()
    }


def needs_name(choice: Union) -> bool:
    """Return whether a variant of a union is more than a scalar."""
    return not all(isinstance(each, _SCALARS) for each in choice.variants)


def build_merge_key(definition: EnumSchema) -> tuple[object, ...]:
    """Return the facts that inline enums must share to become one class.

    The order of values does not count. A different default, format or name of a value
    is no reason for a second class: users would have two classes, neither of which
    accepts the other.
    """
    values = sorted((each.value for each in definition.values), key=str)
    return (*values, definition.kept)


def get_literal_values(options: Sequence[Type]) -> tuple[Scalar, ...]:
    """Return the values of variants that are all literals; else nothing."""
    if not all(isinstance(each, Literals) for each in options):
        return ()
    return tuple(
        value for each in options if isinstance(each, Literals) for value in each.values
    )


def _read_raw_values(node: Node) -> tuple[str, ...]:
    return tuple(
        str(each.value) if not isinstance(each.value, WrittenFloat) else each.value.text
        for each in node.iter_elements_of("enum")
    )


def _read_strings(node: Node, keyword: str) -> tuple[str, ...]:
    value = node.read_mapping().get(keyword)
    if not isinstance(value, list | tuple):
        return ()
    return tuple(each if isinstance(each, str) else "" for each in value)
