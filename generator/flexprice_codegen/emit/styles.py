"""Serialization of parameters and request bodies, as code.

In: arguments and bodies of methods. Out: expressions over `runtime.styles`,
`runtime.parameters` and the modules of bodies.
"""

from __future__ import annotations

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
)
from flexprice_codegen.surface.media import get_media_kind
from flexprice_codegen.surface.model import Argument, BodyArgument
from flexprice_codegen.surface.python_types import format_literal

JSON = "application/json"
_SEPARATORS = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}
"""The separators of the delimited styles (OpenAPI 3.1.1, appendix E)."""


def _import_name(module: str, name: str, home: Home = "runtime") -> Expression:
    return import_expression(ImportedName(home, module, name))


_DEEP_OBJECT = _import_name("styles", "DeepObject")
_JSON_TEXT = _import_name("styles", "JsonText")
_LABEL = _import_name("styles", "Label")
_MATRIX = _import_name("styles", "Matrix")
_RESERVED = _import_name("styles", "RESERVED")
_STYLE = _import_name("parameters", "Style")
_FORM_BODY = _import_name("forms", "form_body")
_MULTIPART_BODY = _import_name("forms", "multipart_body")
_JSON_BODY = _import_name("operation", "json_body")
_RAW_BODY = _import_name("uploads", "raw_body")
_PARTIAL = _import_name("functools", "partial", "library")


def has_default_style(argument: Argument) -> bool:
    """Return whether an argument has the default style of its location."""
    return (
        not argument.style
        and argument.explode is None
        and not argument.allow_reserved
        and not argument.media
    )


def get_style(argument: Argument) -> Expression:
    """Return the style of an argument that does not have the default style."""
    if argument.media:
        return call_expression(_JSON_TEXT)
    name = argument.style or get_default_style(argument.location)
    default = is_exploded_by_default(name)
    explode = default if argument.explode is None else argument.explode
    return _format_style(name, explode=explode, allow_reserved=argument.allow_reserved)


def _format_style(name: str, *, explode: bool, allow_reserved: bool) -> Expression:
    match name:
        case "deepObject":
            return call_expression(_DEEP_OBJECT)
        case "label" | "matrix":
            exploded = {"explode": Expression("True")} if explode else {}
            kind = _LABEL if name == "label" else _MATRIX
            return call_expression(kind, keywords=exploded)
        case _:
            keywords: dict[str, Expression] = {}
            if not explode:
                keywords["explode"] = Expression("False")
            # OpenAPI defines no exploded form of the delimited styles (3.1.1 §4.8.12.4).
            if name in _SEPARATORS and not explode:
                keywords["separator"] = Expression(format_literal(_SEPARATORS[name]))
            if allow_reserved:
                keywords["safe"] = _RESERVED
            return call_expression(_STYLE, keywords=keywords)


def get_body_writer(body: BodyArgument | None) -> Expression | None:
    """Return the function that serializes a body, or `None` for JSON, the default."""
    if body is None or body.media == JSON:
        return None

    media_type = {"media_type": Expression(format_literal(body.media))}
    match get_media_kind(body.media):
        case "json":
            return call_expression(_PARTIAL, _JSON_BODY, keywords=media_type)
        # An Encoding Object sets the style of a property (OpenAPI 3.1.1 §4.8.15).
        case "form" if body.styles:
            styles = dict_expression(
                (
                    format_literal(f"body:{name}"),
                    _format_style(style, explode=explode, allow_reserved=False),
                )
                for name, style, explode in body.styles
            )
            return call_expression(_PARTIAL, _FORM_BODY, keywords={"styles": styles})
        case "form":
            return _FORM_BODY
        case "multipart":
            return _MULTIPART_BODY
        case _:
            return call_expression(_PARTIAL, _RAW_BODY, keywords=media_type)
