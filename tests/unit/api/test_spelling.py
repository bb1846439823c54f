"""What is written in a wrong way, and what it must not cost."""

from __future__ import annotations

import pytest
from support.documents import Json, document, operation, parameter, read_api, record

from flexprice_codegen.api.model import Api
from flexprice_codegen.api.spelling import FIXED_FIELDS
from flexprice_codegen.diagnostics import DiagnosticSink

NO_STRINGS = (["a", "list"], {"an": "object"}, True, None)
ANNOTATED = (
    ("info", "description"),
    ("servers/0", "description"),
    ("tags/0", "description"),
    ("paths/~things/get", "summary"),
    ("paths/~things/get", "description"),
    ("paths/~things/get/parameters/0", "description"),
    ("paths/~things/get/responses/200", "description"),
    ("components/schemas/Thing", "title"),
    ("components/schemas/Thing", "description"),
    ("components/schemas/Thing/properties/name", "description"),
)
"""Where annotations stand: the way to an object, and the name of its member."""
_HAVE_OTHER_MEANING = {"properties", "enum", "const", "$ref", "$dynamicRef", "type"}
_ANNOTATIONS = {"title", "summary", "description"}
_MAY_BE_NULL = {"default", "const", "example", "examples"}


@pytest.mark.parametrize("value", NO_STRINGS, ids=repr)
@pytest.mark.parametrize("place", ANNOTATED, ids="/".join)
def test_an_annotation_costs_nothing(place: tuple[str, str], value: object) -> None:
    """The client is that of the document without it, whatever the annotation is."""
    way, member = place
    # Prose has no part in the equality of two APIs.
    assert _read_with(way, member, value) == _read_with(way, member, "")


@pytest.mark.parametrize(
    "keyword",
    sorted(FIXED_FIELDS["schema"] - _HAVE_OTHER_MEANING - _MAY_BE_NULL),
)
def test_a_keyword_that_is_null_is_passed_over(keyword: str) -> None:
    sink = DiagnosticSink()
    found = _read_thing({**record(name="string"), keyword: None}, sink)

    assert found == _read_thing(record(name="string"))
    told = [each.code for each in sink.diagnostics]
    assert told == ([] if keyword in _ANNOTATIONS else ["null-keyword"])


def _read_thing(schema: Json, sink: DiagnosticSink | None = None) -> Api:
    return read_api(document(_PATHS, {"Thing": schema}), sink)


_PATHS: Json = {"/things": {"get": operation(answer="Thing")}}


def _read_with(way: str, member: str, value: object) -> Api:
    listed = operation(answer="Thing", parameters=[parameter("limit")])
    whole: Json = document(
        {"/things": {"get": listed}},
        {"Thing": record(name="string")},
        tags=[{"name": "things"}],
    )

    node: object = whole
    for step in way.replace("~", "~1").split("/"):
        key = step.replace("~1", "/")
        node = node[int(key)] if isinstance(node, list) else node[key]  # type: ignore[index]

    assert isinstance(node, dict)
    node[member] = value
    return read_api(whole)
