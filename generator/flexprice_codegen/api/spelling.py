"""Keys and values of OpenAPI that are written in a wrong way.

In: the document. Out: a warning for each key of an object with fixed fields that is not
one of them but looks like one, and a note for each annotation that is not a string, and
for keywords of schemas that are null: their values are ignored.

Source: OpenAPI 3.0.3 §4.7, 3.1.0 §4.8, 3.2.0 §4; JSON Schema 2020-12 (schemas).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal, TypeAlias

from flexprice_codegen.api.keywords import find_null_keywords
from flexprice_codegen.diagnostics import DiagnosticSink, Origin
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.spec.nodes import Json, Node, get_json_type

ObjectKind: TypeAlias = str
_How: TypeAlias = Literal["one", "each", "members"]
_Child: TypeAlias = tuple[_How, ObjectKind]
_Path: TypeAlias = "tuple[_Path, str | int] | None"
_Place: TypeAlias = tuple[ObjectKind, Json, _Path]
# Short keys are similar to too many words.
_SHORTEST = 4
_TEXTS = ("title", "summary", "description")
# `difflib` ratio: one wrong letter in five is a misspelling, more is another word.
_ALIKE = 0.8

_DESCRIBED = {"description", "summary", "externalDocs"}
_SCHEMA_CHILDREN: dict[str, _Child] = {
    **dict.fromkeys(
        ("properties", "patternProperties", "dependentSchemas", "$defs", "definitions"),
        ("members", "schema"),
    ),
    **dict.fromkeys(("allOf", "oneOf", "anyOf", "prefixItems"), ("each", "schema")),
    **dict.fromkeys(
        ("items", "additionalProperties", "not", "if", "then", "else", "contains",
         "propertyNames", "unevaluatedItems", "unevaluatedProperties", "contentSchema"),
        ("one", "schema"),
    ),
    "discriminator": ("one", "discriminator"),
    "xml": ("one", "xml"),
}  # fmt: skip
_CONTENT: dict[str, _Child] = {"content": ("members", "media type")}
_HEADER: dict[str, _Child] = {**_CONTENT, "schema": ("one", "schema")}
_OPERATION: _Child = ("one", "operation")
CHILD_KINDS: Final[Mapping[ObjectKind, Mapping[str, _Child]]] = {
    "document": {
        "info": ("one", "info"),
        "servers": ("each", "server"),
        "paths": ("members", "path"),
        "webhooks": ("members", "path"),
        "components": ("one", "components"),
        "tags": ("each", "tag"),
    },
    "components": {
        "schemas": ("members", "schema"),
        "responses": ("members", "response"),
        "parameters": ("members", "parameter"),
        "requestBodies": ("members", "request body"),
        "headers": ("members", "header"),
        "securitySchemes": ("members", "security scheme"),
        "pathItems": ("members", "path"),
        "mediaTypes": ("members", "media type"),
    },
    "path": {
        **dict.fromkeys(
            ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query"),
            _OPERATION,
        ),
        "additionalOperations": ("members", "operation"),
        "servers": ("each", "server"),
        "parameters": ("each", "parameter"),
    },
    "operation": {
        "parameters": ("each", "parameter"),
        "requestBody": ("one", "request body"),
        "responses": ("members", "response"),
        "servers": ("each", "server"),
    },
    "parameter": _HEADER,
    "header": _HEADER,
    "request body": _CONTENT,
    "response": {**_CONTENT, "headers": ("members", "header")},
    "media type": {
        "schema": ("one", "schema"),
        "itemSchema": ("one", "schema"),
        "encoding": ("members", "encoding"),
    },
    "encoding": {"headers": ("members", "header")},
    "server": {"variables": ("members", "server variable")},
    "schema": _SCHEMA_CHILDREN,
}  # fmt: skip
_PARAMETER = {
    "description", "required", "deprecated", "allowEmptyValue", "style", "explode",
    "allowReserved", "schema", "example", "examples", "content", "$ref", "summary",
}  # fmt: skip
FIXED_FIELDS: Final[Mapping[ObjectKind, frozenset[str]]] = {
    kind: frozenset({*fields, *CHILD_KINDS.get(kind, {})})
    for kind, fields in {
        "document": {
            "openapi", "jsonSchemaDialect", "security", "externalDocs", "$self",
        },
        "info": {
            *_DESCRIBED, "title", "termsOfService", "contact", "license", "version",
        },
        "server": {"url", "description", "name"},
        "server variable": {"enum", "default", "description"},
        "tag": {*_DESCRIBED, "name", "parent", "kind"},
        "components": {"examples", "links", "callbacks"},
        "path": {"$ref", "summary", "description"},
        "operation": {
            *_DESCRIBED, "tags", "operationId", "callbacks", "deprecated", "security",
        },
        "parameter": {*_PARAMETER, "name", "in"},
        "header": _PARAMETER,
        "request body": {"$ref", "summary", "description", "required"},
        "response": {"$ref", "summary", "description", "links"},
        "media type": {
            "$ref", "example", "examples", "prefixEncoding", "itemEncoding",
        },
        "encoding": {
            "contentType", "style", "explode", "allowReserved", "encoding",
            "prefixEncoding", "itemEncoding",
        },
        "security scheme": {
            "$ref", "type", "description", "name", "in", "scheme", "bearerFormat",
            "flows", "openIdConnectUrl", "oauth2MetadataUrl", "deprecated", "summary",
        },
        "discriminator": {"propertyName", "mapping", "defaultMapping"},
        "xml": {"name", "namespace", "prefix", "attribute", "wrapped", "nodeType"},
        "schema": {
            "$ref", "$id", "$anchor", "$schema", "$comment", "$vocabulary",
            "$dynamicRef", "$dynamicAnchor", "title", "description", "type", "format",
            "enum", "const", "default", "example", "examples", "nullable", "readOnly",
            "writeOnly", "deprecated", "externalDocs", "multipleOf", "maximum",
            "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength",
            "pattern", "maxItems", "minItems", "uniqueItems", "maxContains",
            "minContains", "maxProperties", "minProperties", "required",
            "dependentRequired", "dependencies", "additionalItems", "contentEncoding",
            "contentMediaType", "id", "name", "summary", "optional", "extends",
        },
    }.items()
}  # fmt: skip

# Prose that is null is no surprise.
_NULL_IS_TOLD = FIXED_FIELDS["schema"] - {*_TEXTS}


@frozen_value
class _Form:
    """What the keys of an object ask for, which thousands of objects have in common.

    Attributes:
        misspelled: The unknown keys that may be misspelled ones.
        texts: The annotations whose values are strings.
        children: The keys of what has fixed fields again, the last one first.
    """

    misspelled: tuple[str, ...]
    texts: tuple[str, ...]
    children: tuple[tuple[str, _How, ObjectKind], ...]


def check_spelling(root: Node, sink: DiagnosticSink) -> None:
    """Add diagnostics for keys and values that are written in a wrong way.

    Args:
        root: The root of the document.
        sink: Receives the diagnostics.
    """
    # Serializers that write every key write null thousands of times, so each keyword is
    # told of once.
    null_keywords: dict[str, Origin] = {}
    # Plain values instead of nodes, because a large document has millions and few of
    # them need a location.
    pending: list[_Place] = [("document", root.value, None)]
    forms: dict[tuple[str, ...], _Form] = {}
    while pending:
        kind, value, path = pending.pop()
        if isinstance(value, dict):
            form = _get_form(forms, kind, value)
            if form.misspelled:
                node = Node(value, _build_origin(root, path))
                _check_object(kind, node, form.misspelled, sink)
            for name in _iter_wrong_texts(form, value):
                origin = _build_origin(root, (path, name))
                _note_wrong_text(Node(value[name], origin), name, sink)
            if kind == "schema" and None in value.values():
                for name in sorted(find_null_keywords(value) & _NULL_IS_TOLD):
                    null_keywords.setdefault(name, _build_origin(root, (path, name)))
            if form.children:
                pending += _iter_objects(forms, form, value, path)

    for name, origin in null_keywords.items():
        sink.add_note(
            "null-keyword",
            f"ignored {name!r}: it is null",
            at=origin,
            hint="remove the keyword",
        )


def _get_form(
    forms: dict[tuple[str, ...], _Form], kind: ObjectKind, value: Mapping[str, Json]
) -> _Form:
    """Return the form of an object; `forms` has those that were seen."""
    keys = (kind, *value)
    found = forms.get(keys)
    if found is None:
        found = forms[keys] = _build_form(kind, value)
    return found


def _build_form(kind: ObjectKind, value: Mapping[str, Json]) -> _Form:
    fields = FIXED_FIELDS[kind]
    children = CHILD_KINDS.get(kind, {})
    return _Form(
        misspelled=tuple(
            name
            for name in sorted(value.keys() - fields)
            if not name.startswith(("x-", "X-", "$")) and len(name) >= _SHORTEST
        ),
        texts=tuple(name for name in _TEXTS if name in value and name in fields),
        children=tuple(
            (name, how, child)
            for name in reversed(tuple(value))
            if name in children
            for how, child in (children[name],)
        ),
    )


def _iter_wrong_texts(form: _Form, value: Mapping[str, Json]) -> Iterator[str]:
    """Yield the annotations of an object that are not strings; null does not count."""
    for name in form.texts:
        found = value[name]
        if found is not None and not isinstance(found, str):
            yield name


def _note_wrong_text(node: Node, name: str, sink: DiagnosticSink) -> None:
    sink.add_note(
        "wrong-text",
        f"ignored {name!r}: expected a string, got {get_json_type(node.value)}",
        at=node.origin,
        hint="use a string",
    )


def _iter_objects(
    forms: dict[tuple[str, ...], _Form],
    form: _Form,
    value: Mapping[str, Json],
    path: _Path,
) -> Iterator[_Place]:
    """Yield the children with fixed fields of an object, the last one first.

    Most of them are schemas with which nothing is wrong: they are not looked at.
    """
    for name, how, kind in form.children:
        each = value[name]
        here = (path, name)
        if how == "one":
            if not _is_clean(forms, kind, each):
                yield kind, each, here
        elif how == "members" and isinstance(each, dict):
            for member in reversed(each):
                inner = each[member]
                if not _is_clean(forms, kind, inner) and not member.startswith("x-"):
                    yield kind, inner, (here, member)
        elif how == "each" and isinstance(each, list):
            for index in reversed(range(len(each))):
                yield kind, each[index], (here, index)


def _is_clean(
    forms: dict[tuple[str, ...], _Form], kind: ObjectKind, value: Json
) -> bool:
    """Return whether nothing is wrong with an object, and there is none inside."""
    if not isinstance(value, dict):
        return True
    form = _get_form(forms, kind, value)
    if form.misspelled or form.children or None in value.values():
        return False
    # A loop, because each schema of a document is asked, and a generator takes longer.
    for name in form.texts:  # noqa: SIM110
        if not isinstance(value[name], str):
            return False
    return True


def _build_origin(root: Node, path: _Path) -> Origin:
    keys: list[str | int] = []
    while path is not None:
        path, key = path
        keys.append(key)

    origin = root.origin
    for each in reversed(keys):
        origin = origin.get_child(each)
    return origin


def _check_object(
    kind: ObjectKind, node: Node, named: Iterable[str], sink: DiagnosticSink
) -> None:
    fields = FIXED_FIELDS[kind]
    known = sorted(
        each for each in fields - node.read_mapping().keys() if each[0] != "$"
    )
    # A longer key cannot reach the ratio, so the slow comparison is skipped.
    longest = 2 * max(map(len, known), default=0)

    for key in named:
        if len(key) > longest:
            continue

        near = difflib.get_close_matches(key, known, 1, _ALIKE)
        if near and len(near[0]) >= _SHORTEST:
            article = "an" if kind[0] in "eio" else "a"
            sink.add_warning(
                "unknown-key",
                f"ignored {key!r}: unknown key of {article} {kind}",
                at=node.origin.get_child(key),
                hint=f"did you mean {near[0]!r}?",
            )
