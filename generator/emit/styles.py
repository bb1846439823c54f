"""How the runtime writes parameters and bodies, as text of Python.

In: arguments and bodies of methods. Out: expressions over `runtime.styles`,
`runtime.parameters` and the modules of bodies, and what they import.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.surface.media import kind_of
from generator.surface.model import Argument, BodyArgument
from generator.surface.python import literal

_SEPARATORS = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}
_HOMES = {
    "Style": "..runtime.parameters",
    "DeepObject": "..runtime.styles",
    "JsonText": "..runtime.styles",
    "Label": "..runtime.styles",
    "Matrix": "..runtime.styles",
    "RESERVED": "..runtime.styles",
    "form_body": "..runtime.forms",
    "multipart_body": "..runtime.forms",
    "json_body": "..runtime.operation",
    "raw_body": "..runtime.uploads",
    "partial": "functools",
}
_NAMES = re.compile(rf"\b({'|'.join(_HOMES)})\b")
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
JSON = "application/json"


def imports_of(text: str) -> Iterator[tuple[str, str]]:
    """Give the imports that expressions of this module need."""
    code = _STRING.sub("", text)
    for name in sorted(set(_NAMES.findall(code))):
        yield _HOMES[name], name


def is_usual(argument: Argument) -> bool:
    """Tell whether an argument is written in the default style of its location."""
    return (
        not argument.style
        and argument.explode is None
        and not argument.allow_reserved
        and not argument.media
    )


def style(argument: Argument) -> str:
    """Write the style of an argument that is not the default of its location."""
    if argument.media:
        return "JsonText()"
    is_form = argument.location in ("query", "cookie")
    name = argument.style or ("form" if is_form else "simple")
    explode = name == "form" if argument.explode is None else argument.explode
    return _written(name, explode=explode, allow_reserved=argument.allow_reserved)


def _written(name: str, *, explode: bool, allow_reserved: bool) -> str:
    match name:
        case "deepObject":
            return "DeepObject()"
        case "label" | "matrix":
            return f"{name.capitalize()}({'explode=True' if explode else ''})"
        case _:
            parts = [] if explode else ["explode=False"]
            if name in _SEPARATORS and not explode:
                parts.append(f'separator="{_SEPARATORS[name]}"')
            if allow_reserved:
                parts.append("safe=RESERVED")
            return f"Style({', '.join(parts)})"


def body(argument: BodyArgument | None) -> str:
    """Write how a body is written; nothing for JSON, which is the default."""
    if argument is None or argument.media == JSON:
        return ""
    match kind_of(argument.media):
        case "json":
            return f"partial(json_body, media_type={literal(argument.media)})"
        case "form" if argument.styles:
            styles = ", ".join(
                f"{literal(f'body:{name}')}: "
                + _written(style, explode=explode, allow_reserved=False)
                for name, style, explode in argument.styles
            )
            return f"partial(form_body, styles={{{styles}}})"
        case "form":
            return "form_body"
        case "multipart":
            return "multipart_body"
        case _:
            return f"partial(raw_body, media_type={literal(argument.media)})"
