"""Enums: the `enum` and `const` keywords.

In: a schema node with a list of values. Out: an `EnumSchema` of strings or of integers,
or `Literals` if the values mix types. Null is removed before: it makes the type
nullable.

Source: JSON Schema 2020-12 validation §6.1.2, §6.1.3; `x-enum-varnames` and
`x-enum-descriptions` as swag and OpenAPI Generator write them, `x-enumNames` as NSwag.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import partial

from flexprice_codegen.api import scalars
from flexprice_codegen.api.intersected_values import DESCRIPTION_LISTS, NAME_LISTS
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
from flexprice_codegen.diagnostics import Cause, DiagnosticError, DiagnosticSink
from flexprice_codegen.frozen_values import replace
from flexprice_codegen.spec.nodes import Json, Node, WrittenFloat
from flexprice_codegen.words import split_words

# What an enum can be next to in a union and still be read as text or number.
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
                "ignored `enum`: it is empty, so no value is valid",
                at=node.get_required("enum").origin,
                hint="add the values, or remove `enum`",
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
        if (type(value), value) in values and not _has_names(node):
            sink.add_note(
                "duplicate-enum-value",
                f"enum value {value!r} is listed twice",
                at=each.origin,
                hint="remove one of them",
                cause=Cause("listed twice; taken once", "values of enums"),
            )
        values[type(value), value] = None

    return tuple(value for _, value in values)


def _has_names(node: Node) -> bool:
    """Return whether values have names, so that a duplicate is a second name."""
    return any(node.has(keyword) for keyword in NAME_LISTS)


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
            f"enum value {text} is a number in a string enum; read as {text!r}",
            at=each.origin,
            hint="put the value in quotes",
            cause=Cause("numbers in a string enum; read as strings", "values of enums"),
        )
        return text

    if "integer" in types and isinstance(value, str) and _INTEGER.fullmatch(value):
        sink.add_note(
            "enum-value-type",
            f"enum value {value!r} is a string in an integer enum; read as a number",
            at=each.origin,
            hint="remove the quotes",
            cause=Cause(
                "strings in an integer enum; read as numbers", "values of enums"
            ),
        )
        return int(value)

    sink.add_note(
        "enum-value-type",
        f"ignored an enum value: expected {' or '.join(types)}",
        at=each.origin,
        hint="use values of the type that the schema declares",
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

    raw = _read_raw_values(node)
    names = _map_names_by_value(raw, _read_strings(node, NAME_LISTS))
    former = _map_names_by_value(raw, _read_strings(node, NAME_LISTS[:1]))
    texts = dict(zip(raw, _read_strings(node, DESCRIPTION_LISTS), strict=False))

    members = tuple(
        EnumValue(
            value=value,
            names=names.get(str(value), ()),
            former_name=_choose_former_name(str(value), former.get(str(value), ())),
            about=NodeMetadata(
                origin=node.origin, description=texts.get(str(value), "")
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


def _map_names_by_value(
    values: Sequence[str], names: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Return the names of each value, the preferred one first.

    A name that ends like the value is preferred, then the first in alphabetical order.
    The order of an enum has no meaning, so it does not decide.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for value, name in zip(values, names, strict=False):
        if name:
            found[value].append(name)
    return {
        value: _rank_names(value, set(each) if len(each) > 1 else each)
        for value, each in found.items()
    }


def _rank_names(value: str, names: Collection[str]) -> tuple[str, ...]:
    # Nearly all values have one name.
    if len(names) == 1:
        return tuple(names)
    return tuple(sorted(names, key=partial(_rank_name, value)))


def _rank_name(value: str, name: str) -> tuple[bool, str]:
    """Return the sort key of a name among the names of one value."""
    own = [word.lower() for word in split_words(value)]
    last = [word.lower() for word in split_words(name)[-len(own) :]]
    return not own or last != own, name


def _choose_former_name(value: str, names: tuple[str, ...]) -> str:
    """Return the only name of a value in earlier versions, which compared case."""
    if len(names) <= 1:
        return "".join(names)
    own = split_words(value)
    alike = [each for each in names if own and split_words(each)[-len(own) :] == own]
    return min(alike or names, default="")


def needs_name(choice: Union) -> bool:
    """Return whether a variant of a union is more than a scalar."""
    return not all(isinstance(each, _SCALARS) for each in choice.variants)


def build_merge_key(definition: EnumSchema) -> tuple[object, ...]:
    """Return the facts that inline enums must share to become one class.

    The order of values does not count. A different default, format or name of a value
    does not need a second class: users would have two classes, neither of which
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


def _read_strings(node: Node, keywords: Iterable[str]) -> tuple[str, ...]:
    """Return the strings of the first keyword that has a list."""
    for keyword in keywords:
        value = node.read_mapping().get(keyword)
        # A tuple of types: `list | tuple` would be built anew in each of many calls.
        if isinstance(value, (list, tuple)):
            return tuple(each if isinstance(each, str) else "" for each in value)
    return ()
