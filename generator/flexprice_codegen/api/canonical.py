"""The canonical form of definitions, operations and events, for their hashes.

In: parts of an `Api`. Out: a `Form` of each: canonical JSON, and the keys that it
names.

The lock file holds hashes of these forms, by which a later run detects renames. So
every fact is written here under a name of its own, and a fact with its default value is
omitted: a fact that a later version adds changes only the forms that have it. Any other
change of a form needs a new `FORMAT`.

Not part of a form: locations and prose; keys, IDs and paths; and facts that only `diff`
compares, such as the default of an entire schema, or applicators. So a schema that gets
another default in the version that renames it is still found. `kept` is part of a form
as it is written, including its references.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias, assert_never

from flexprice_codegen.api.json_values import encode_json, normalize_numbers
from flexprice_codegen.api.model import (
    AliasSchema,
    ApiOperation,
    Content,
    Encoding,
    EnumSchema,
    Header,
    NamedSchema,
    ObjectSchema,
    Parameter,
    Property,
    RequestBody,
    Response,
    WebhookEvent,
)
from flexprice_codegen.api.types import (
    AnyValue,
    Array,
    Boolean,
    Bytes,
    Default,
    Discriminator,
    KeptKeywords,
    Literals,
    Map,
    Nullable,
    Number,
    Reference,
    String,
    Type,
    Union,
)
from flexprice_codegen.frozen_values import frozen_value

FORMAT: Final = 2
"""The number of this format in lock files."""
FORMER_FORMAT: Final = 1
"""The number of the previous format, which lock files omit: see `shape_format_1`."""

_Json: TypeAlias = dict[str, object]
_Names: TypeAlias = list[str]
"""The keys that a form names, in reading order."""


@frozen_value
class CanonicalForm:
    """A canonical text, in which `{"name": 0}` refers to the first of `names`."""

    text: str
    names: tuple[str, ...]

    def resolve(self, known: Mapping[str, str]) -> str:
        """Return the text with the hashes of its names, empty for unknown names."""
        digests = ",".join(f'"{known.get(each, "")}"' for each in self.names)
        return f"[{self.text},[{digests}]]"


def write_definition(definition: NamedSchema) -> CanonicalForm:
    """Return the form of a definition."""
    names: _Names = []
    return _create_form(_describe_definition(definition, names), names)


def write_operation(operation: ApiOperation) -> CanonicalForm:
    """Return the form of an operation: its request and responses, without its path."""
    names: _Names = []
    body = operation.body
    facts = _list_facts(
        "operation",
        method=operation.method,
        parameters=[_describe_parameter(each, names) for each in operation.parameters],
        body=None if body is None else _describe_body(body, names),
        responses=[_describe_response(each, names) for each in operation.responses],
    )
    return _create_form(facts, names)


def write_event(event: WebhookEvent) -> CanonicalForm:
    """Return the form of an event: the payload of its deliveries."""
    names: _Names = []
    payload = Array(item=event.payload) if event.is_list else event.payload
    return _create_form(
        _list_facts("event", payload=_describe_type(payload, names)), names
    )


def _create_form(facts: _Json, names: _Names) -> CanonicalForm:
    return CanonicalForm(encode_json(facts), tuple(names))


def _list_facts(kind: str, **facts: object) -> _Json:
    """Return the facts that differ from their default, and their kind."""
    # A limit of 0 is a fact and False is none, although Python considers them equal.
    stated = {name: each for name, each in facts.items() if each or type(each) is int}
    stated["is"] = kind
    return stated


def _describe_kept(kept: KeptKeywords) -> _Json | None:
    """Return the kept keywords of a type as JSON values."""
    if not kept:
        return None
    return {keyword: normalize_numbers(json.loads(text)) for keyword, text in kept}


def _describe_definition(definition: NamedSchema, names: _Names) -> _Json:
    match definition:
        case ObjectSchema():
            return _describe_record(definition, names)
        case EnumSchema():
            return _list_facts(
                "enumeration",
                values=[each.value for each in definition.values],
                kept=_describe_kept(definition.kept),
            )
        case AliasSchema():
            return _list_facts("alias", type=_describe_type(definition.type, names))
        case _:
            assert_never(definition)


def _describe_record(record: ObjectSchema, names: _Names) -> _Json:
    return _list_facts(
        "record",
        properties=[_describe_property(each, names) for each in record.properties],
        extra=None if record.extra is None else _describe_type(record.extra, names),
        closed=record.closed,
        min=record.min_properties,
        max=record.max_properties,
        kept=_describe_kept(record.kept),
    )


def _describe_property(each: Property, names: _Names) -> _Json:
    return _list_facts(
        "property",
        wire=each.wire,
        type=_describe_type(each.type, names),
        required=each.required,
        default=_describe_default(each.default),
        read_only=each.read_only,
        write_only=each.write_only,
    )


def _describe_union(union: Union, names: _Names) -> _Json:
    tag = union.discriminator
    return _list_facts(
        "choice",
        options=[_describe_type(each, names) for each in union.variants],
        tag=None if tag is None else _describe_discriminator(tag, names),
        exclusive=union.exclusive,
        kept=_describe_kept(union.kept),
    )


def _describe_type(type_: Type, names: _Names) -> _Json:
    match type_:
        case Reference():
            names.append(type_.key)
            return {"name": len(names) - 1}
        case String():
            return _list_facts(
                "text",
                format=type_.format,
                pattern=type_.pattern,
                further_patterns=list(type_.further_patterns),
                min=type_.min_length,
                max=type_.max_length,
                content=(
                    None
                    if type_.content is None
                    else _describe_type(type_.content, names)
                ),
                kept=_describe_kept(type_.kept),
            )
        case Nullable():
            return _list_facts("nullable", type=_describe_type(type_.inner, names))
        case Array():
            return _list_facts(
                "list",
                item=_describe_type(type_.item, names),
                min=type_.min_items,
                max=type_.max_items,
                unique=type_.unique,
                kept=_describe_kept(type_.kept),
            )
        case Number():
            return _describe_number(type_)
        case Boolean():
            return _list_facts("flag", kept=_describe_kept(type_.kept))
        case Literals():
            values = [normalize_numbers(each) for each in type_.values]
            return _list_facts(
                "literals", values=values, kept=_describe_kept(type_.kept)
            )
        case Map():
            return _list_facts(
                "map",
                value=_describe_type(type_.value, names),
                min=type_.min_properties,
                max=type_.max_properties,
                kept=_describe_kept(type_.kept),
            )
        case Union():
            return _describe_union(type_, names)
        case AnyValue():
            return _list_facts("anything", kept=_describe_kept(type_.kept))
        case Bytes():
            return _list_facts(
                "blob", max=type_.max_length, kept=_describe_kept(type_.kept)
            )
        case _:
            assert_never(type_)


def _describe_number(type_: Number) -> _Json:
    bounds = {
        "min": type_.minimum,
        "max": type_.maximum,
        "above": type_.exclusive_minimum,
        "below": type_.exclusive_maximum,
        "multiple_of": type_.multiple_of,
    }
    return _list_facts(
        "number",
        integer=type_.integer,
        format=type_.format,
        kept=_describe_kept(type_.kept),
        **{name: normalize_numbers(each) for name, each in bounds.items()},
    )


def _describe_discriminator(tag: Discriminator, names: _Names) -> _Json:
    """Return the form of a discriminator; the order of its values does not count."""
    mapping = []
    for value, key in sorted(tag.mapping):
        mapping.append([value, _describe_type(Reference(key=key), names)])
    other = _describe_type(Reference(key=tag.default), names) if tag.default else None
    return _list_facts("tag", property=tag.property, mapping=mapping, other=other)


def _describe_default(default: Default | None) -> object:
    """Return a default in a list, because null, zero and false are defaults as well."""
    return None if default is None else [normalize_numbers(default.value)]


def _describe_parameter(each: Parameter, names: _Names) -> _Json:
    return _list_facts(
        "parameter",
        wire=each.wire,
        location=each.location,
        type=_describe_type(each.type, names),
        required=each.required,
        style=each.style,
        explode=each.explode,
        allow_reserved=each.allow_reserved,
        media=each.media,
        default=_describe_default(each.default),
    )


def _describe_body(body: RequestBody, names: _Names) -> _Json:
    contents = _describe_contents(body.contents, names)
    return _list_facts("body", required=body.required, contents=contents)


def _describe_response(response: Response, names: _Names) -> _Json:
    return _list_facts(
        "response",
        status=response.status,
        contents=_describe_contents(response.contents, names),
        headers=[_describe_header(each, names) for each in response.headers],
    )


def _describe_header(header: Header, names: _Names) -> _Json:
    return _list_facts(
        "header",
        wire=header.wire,
        type=_describe_type(header.type, names),
        required=header.required,
    )


def _describe_contents(contents: Iterable[Content], names: _Names) -> list[_Json]:
    return [
        _list_facts(
            "content",
            media=each.media,
            type=None if each.type is None else _describe_type(each.type, names),
            items=None if each.items is None else _describe_type(each.items, names),
            encodings=[_describe_encoding(part) for part in each.encodings],
        )
        for each in contents
    ]


def _describe_encoding(encoding: Encoding) -> _Json:
    return _list_facts(
        "encoding",
        property=encoding.property,
        media=encoding.media,
        style=encoding.style,
        explode=None if encoding.explode is None else [encoding.explode],
    )
