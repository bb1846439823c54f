"""Styles of parameters: the default of each location, and what stands for an unknown one."""

from __future__ import annotations

from typing import Any

import pytest
from support.documents import document, read_api

from flexprice_codegen.api.model import Parameter
from flexprice_codegen.diagnostics import DiagnosticSink


def read(
    location: str,
    **members: Any,  # noqa: ANN401 - JSON
) -> tuple[Parameter, list[str]]:
    """Return a parameter, and the codes of the diagnostics."""
    parameter = {"name": "p", "in": location, "required": True, **members}
    parameter.setdefault("schema", {"type": "string"})
    path = "/things/{p}" if location == "path" else "/things"
    operation = {"parameters": [parameter], "responses": {"204": {"description": ""}}}
    sink = DiagnosticSink()
    api = read_api(document({path: {"get": operation}}), sink)
    ((found,),) = (each.parameters for each in api.operations)
    return found, [each.code for each in sink.diagnostics]


@pytest.mark.parametrize(
    ("location", "styles"),
    [
        ("path", ["simple", "label", "matrix"]),
        ("query", ["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        ("header", ["simple"]),
        ("cookie", ["form"]),
    ],
)
def test_each_location_has_styles_of_its_own(location: str, styles: list[str]) -> None:
    parameter, codes = read(location)
    assert (parameter.style, codes) == (styles[0], [])
    for style in styles:
        parameter, codes = read(location, style=style)
        assert (parameter.style, codes) == (style, [])

    parameter, codes = read(location, style="other")
    assert (parameter.style, codes) == (styles[0], ["parameter-style"])


def test_the_style_of_cookies_is_sent_as_a_form() -> None:
    parameter, codes = read("cookie", style="cookie")
    assert (parameter.style, codes) == ("form", [])


@pytest.mark.parametrize(
    ("style", "explode"), [("form", True), ("spaceDelimited", False)]
)
def test_only_a_form_is_exploded_by_default(style: str, *, explode: bool) -> None:
    assert read("query", style=style)[0].explode is explode
    assert read("query", style=style, explode=not explode)[0].explode is not explode
