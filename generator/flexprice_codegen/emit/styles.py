"""Serialization of parameters and request bodies, as code.

In: arguments and bodies of methods. Out: expressions over `runtime.styles`,
`runtime.parameters` and the modules of bodies.
"""

from __future__ import annotations

from flexprice_codegen.api.model import ArrayNotation
from flexprice_codegen.api.parameter_styles import (
    get_default_style,
    is_exploded_by_default,
)
from flexprice_codegen.emit.expression import (
    Expression,
    Home,
    ImportedName,
    call_expression,
    dict_expression,
    import_expression,
    tuple_expression,
)
from flexprice_codegen.emit.model_imports import SENT_FORMS
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.media import get_media_kind
from flexprice_codegen.surface.model import (
    Argument,
    BodyArgument,
    BodyContent,
    FieldEncoding,
)
from flexprice_codegen.surface.python_types import ModelType, format_literal

JSON = "application/json"
_SEPARATORS = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}
"""The separators of the delimited styles (OpenAPI 3.1.1, appendix E)."""


def _import_name(module: str, name: str, home: Home = "runtime") -> Expression:
    return import_expression(ImportedName(home, module, name))


_BODY_CHOICE = _import_name("body_choice", "BodyChoice")
_DEEP_OBJECT = _import_name("styles", "DeepObject")
_JSON_HEADER = _import_name("styles", "JsonHeader")
_JSON_TEXT = _import_name("styles", "JsonText")
_LABEL = _import_name("styles", "Label")
_MATRIX = _import_name("styles", "Matrix")
_NESTED = _import_name("styles", "Nested")
_RESERVED = _import_name("styles", "Reserved")
_SENT_AS = _import_name("styles", "SentAs")
_STYLE = _import_name("parameters", "Style")
_FORM_BODY = _import_name("forms", "form_body")
_MIXED_BODY = _import_name("mixed", "mixed_body")
_MULTIPART_BODY = _import_name("multipart", "multipart_body")
_PART = _import_name("multipart", "PartEncoding")
_JSON_BODY = _import_name("operation", "json_body")
_RAW_BODY = _import_name("uploads", "raw_body")
_TYPED_BODY = _import_name("typed_uploads", "typed_body")
_PARTIAL = _import_name("functools", "partial", "library")
_TRUE = Expression("True")


def has_default_style(argument: Argument) -> bool:
    """Return whether an argument has the default style of its location."""
    return _is_plain(argument) and not argument.sent_as


def _is_plain(argument: Argument) -> bool:
    has_style = argument.style or argument.explode is not None
    return not (
        has_style
        or argument.allow_reserved
        or argument.media
        or argument.arrays
        or _is_nested(argument)
    )


def _is_nested(argument: Argument) -> bool:
    """Return whether an argument can have parts that only `Nested` can send."""
    return argument.nests and argument.location in {"query", "cookie"}


def get_style(argument: Argument) -> Expression:
    """Return the style of an argument that does not have the default style."""
    style = _get_plain_style(argument)
    if not argument.sent_as:
        return style
    keywords = {"form": import_expression(SENT_FORMS[argument.sent_as])}
    # The default of `SentAs` is that of a query.
    if not _is_plain(argument) or argument.location not in {"query", "cookie"}:
        keywords["style"] = style
    return call_expression(_SENT_AS, keywords=keywords)


def _get_plain_style(argument: Argument) -> Expression:
    if argument.media:
        is_header = argument.location == "header"
        return call_expression(_JSON_HEADER if is_header else _JSON_TEXT)
    name = argument.style or get_default_style(argument.location)
    default = is_exploded_by_default(name)
    style = _StyleFacts(
        name=name,
        explode=default if argument.explode is None else argument.explode,
        allow_reserved=argument.allow_reserved,
        nests=_is_nested(argument) or argument.arrays is not None,
        arrays=argument.arrays,
    )
    return _format_style(style)


@frozen_value(kw_only=True)
class _StyleFacts:
    """What decides about the style of a parameter or a field."""

    name: str
    explode: bool
    allow_reserved: bool
    nests: bool
    arrays: ArrayNotation | None


def _format_style(style: _StyleFacts) -> Expression:
    match style.name:
        case "deepObject":
            # The style itself says that members are in brackets.
            arrays = "repeat" if style.arrays == "dots" else style.arrays
            return call_expression(_DEEP_OBJECT, keywords=_format_arrays(arrays))
        case "label" | "matrix":
            exploded = {"explode": _TRUE} if style.explode else {}
            kind = _LABEL if style.name == "label" else _MATRIX
            return call_expression(kind, keywords=exploded)
        case "form" if style.explode and style.nests and not style.allow_reserved:
            return call_expression(_NESTED, keywords=_format_arrays(style.arrays))
        case _:
            return _format_flat_style(style)


def _format_flat_style(style: _StyleFacts) -> Expression:
    keywords: dict[str, Expression] = {}
    if not style.explode:
        keywords["explode"] = Expression("False")
    # OpenAPI defines no exploded form of the delimited styles (3.1.1 §4.8.12.4).
    if style.name in _SEPARATORS and not style.explode:
        keywords["separator"] = Expression(format_literal(_SEPARATORS[style.name]))
    kind = _RESERVED if style.allow_reserved else _STYLE
    return call_expression(kind, keywords=keywords)


def _format_arrays(arrays: ArrayNotation | None) -> dict[str, Expression]:
    return {} if arrays is None else {"arrays": Expression(format_literal(arrays))}


def get_body_writer(body: BodyArgument | None) -> Expression | None:
    """Return the function that serializes a body, or `None` for JSON, the default."""
    if body is None:
        return None
    match body.contents:
        case (content,):
            return None if content.media == JSON else _format_writer(content)
        case _:
            return _format_choice(body)


def _format_choice(body: BodyArgument) -> Expression:
    """Return the writers of a body by media type, and what decides between them."""
    writers = dict_expression(
        (format_literal(each.media), _format_writer(each)) for each in body.contents
    )
    keywords: dict[str, Expression] = {}
    with_files = [each for each in body.contents if each.files]
    if with_files:
        keywords["files"] = dict_expression(
            (
                format_literal(each.media),
                tuple_expression(Expression(format_literal(n)) for n in each.files),
            )
            for each in with_files
        )
    usual, *others = body.contents
    models = [
        (format_literal(each.media), Expression(format_literal(each.type.name)))
        for each in others
        if isinstance(each.type, ModelType) and each.type != usual.type
    ]
    if models:
        keywords["models"] = dict_expression(models)
    return call_expression(_BODY_CHOICE, writers, keywords=keywords)


def _format_writer(content: BodyContent) -> Expression:
    media_type = {"media_type": Expression(format_literal(_get_sent_media(content)))}
    match get_media_kind(content.media):
        case "json":
            return _format_partial(
                _JSON_BODY, {} if content.media == JSON else media_type
            )
        case "form":
            return _format_partial(_FORM_BODY, _format_form_keywords(content))
        case "multipart":
            parts = _format_parts(content) | _format_arrays(content.arrays)
            if content.media == "multipart/form-data":
                return _format_partial(_MULTIPART_BODY, parts)
            return _format_partial(_MIXED_BODY, media_type | parts)
        case _ if "*" in content.media:
            media_range = {"media_range": Expression(format_literal(content.media))}
            return _format_partial(_TYPED_BODY, media_range)
        case _:
            return _format_partial(_RAW_BODY, media_type)


def _get_sent_media(content: BodyContent) -> str:
    """Return the `Content-Type`; plain text would be ASCII otherwise (RFC 2046 §4.1.2)."""
    is_plain = content.media == "text/plain"
    return f"{content.media}; charset=utf-8" if is_plain else content.media


def _format_partial(
    function: Expression, keywords: dict[str, Expression]
) -> Expression:
    if not keywords:
        return function
    return call_expression(_PARTIAL, function, keywords=keywords)


def _format_form_keywords(body: BodyContent) -> dict[str, Expression]:
    keywords = _format_arrays(body.arrays)
    if body.fields:
        keywords["styles"] = dict_expression(
            (format_literal(each.wire), _format_field_style(each, body.arrays))
            for each in body.fields
        )
    return keywords


def _format_field_style(
    field: FieldEncoding, arrays: ArrayNotation | None
) -> Expression:
    if field.is_json:
        return call_expression(_JSON_TEXT)
    style = _StyleFacts(
        name=field.style,
        explode=field.explode,
        allow_reserved=field.allow_reserved,
        nests=True,
        arrays=arrays,
    )
    return _format_style(style)


def _format_parts(body: BodyContent) -> dict[str, Expression]:
    if not body.fields:
        return {}
    parts = dict_expression(
        (format_literal(each.wire), _format_part(each)) for each in body.fields
    )
    return {"parts": parts}


def _format_part(field: FieldEncoding) -> Expression:
    """Return the `PartEncoding` of a field, without arguments that equal its defaults."""
    keywords: dict[str, Expression] = {}
    if field.media_types:
        keywords["media_types"] = tuple_expression(
            Expression(format_literal(each)) for each in field.media_types
        )
    if field.is_text:
        keywords["is_text"] = _TRUE
    if field.headers:
        keywords["headers"] = dict_expression(
            (format_literal(name), Expression(format_literal(value)))
            for name, value in field.headers
        )
    if field.style:
        keywords["style"] = _format_field_style(field, None)
    return call_expression(_PART, keywords=keywords)
