"""Successes whose content is not declared: None with a note, or anything by a hint."""

from __future__ import annotations

import pytest
from support.documents import TEXT, Json, content, document, operation, read_surface

from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.surface.model import Method
from flexprice_codegen.surface.python_types import format_type

NOTHING: Json = {"description": "It worked."}
SOMETHING: Json = {**NOTHING, "content": content(TEXT)}


def read(
    responses: Json, hint: Json | None = None, verb: str = "get", count: int = 1
) -> tuple[list[Method], list[str]]:
    """Return the methods of operations with these responses, and what was said."""
    paths = {
        f"/x{number}": {verb: operation(f"x{number}", hint=hint, responses=responses)}
        for number in range(count)
    }
    sink = DiagnosticSink()
    (resource,) = read_surface(document(paths), sink=sink).resources
    return list(resource.methods), [each.message for each in sink.diagnostics]


@pytest.mark.parametrize("status", ["200", "201", "202", "2XX", "default"])
def test_a_success_without_content_is_none_with_one_note(status: str) -> None:
    methods, said = read({status: NOTHING}, count=1)
    assert [format_type(each.returns) for each in methods] == ["None"]
    assert said == ["GET /x0 declares no content of a success: the client returns None"]


def test_many_have_one_note() -> None:
    _, said = read({"200": NOTHING, "204": NOTHING}, count=3)
    (found,) = said
    assert found.startswith("GET /x0 and 2 more operations declare no content of")
    _, said = read({"200": NOTHING}, count=2)
    assert "GET /x0 and 1 more operation declare" in said[0]


@pytest.mark.parametrize(
    ("responses", "verb"),
    [
        ({"204": NOTHING}, "get"),
        ({"205": NOTHING}, "post"),
        ({"200": NOTHING}, "head"),
        ({"200": SOMETHING, "202": NOTHING}, "get"),
        ({"404": NOTHING}, "get"),
    ],
)
def test_what_has_content_or_never_any_is_not_noted(responses: Json, verb: str) -> None:
    assert read(responses, verb=verb)[1] == []


def test_a_hint_returns_anything() -> None:
    (method,), said = read(
        {"200": NOTHING, "204": NOTHING, "404": NOTHING}, {"content": "any"}
    )
    assert format_type(method.returns) == "Any"
    assert [each.media for each in method.responses] == ["*/*", ""]
    assert [format_type(each.type) for each in method.errors] == ["None"]
    assert said == []


def test_a_hint_changes_nothing_that_is_declared() -> None:
    (method,), _ = read({"200": SOMETHING, "202": NOTHING}, {"content": "any"})
    types = [format_type(each.type) for each in method.responses]
    assert types == ["str", "Any"]


@pytest.mark.parametrize("hint", ["bytes", True, None, ["any"]])
def test_another_hint_is_a_warning_or_none(hint: object) -> None:
    (method,), said = read({"204": NOTHING}, {"content": hint})
    assert format_type(method.returns) == "None"
    expected = f"ignored the hint `content` of GET /x0: expected `any`, got {hint!r}"
    assert said == ([] if hint is None else [expected])
