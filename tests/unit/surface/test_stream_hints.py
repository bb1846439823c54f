"""How streams are asked for and read: the switch in a body, the hint `stream`."""

from __future__ import annotations

import pytest
from support.documents import (
    TEXT,
    Json,
    content,
    document,
    operation,
    parameter,
    read_surface,
    record,
    ref,
)
from support.values import Value

from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.surface.model import Method, StreamingForm
from flexprice_codegen.surface.python_types import format_type

FLAG: Json = {"type": "boolean"}
EVENTS = content(TEXT, "text/event-stream")
JSON = content(ref("Answer"))


def both(**streams: Json) -> Json:
    """Return responses that are JSON or events."""
    found = streams or EVENTS
    return {"200": {"description": "Either.", "content": {**JSON, **found}}}


def read(body: Json | None = None, **members: Value) -> Method:
    """Return the method of an operation that answers in both ways."""
    members.setdefault("responses", both())
    asked = operation("chat", None, body, **members)
    given = document({"/chat": {"post": asked}}, {"Answer": record(a=TEXT)})
    (resource,) = read_surface(given).resources
    return resource.methods[0]


def form_of(method: Method) -> StreamingForm:
    """Return the form of a method that streams."""
    assert method.streaming is not None
    return method.streaming


@pytest.mark.parametrize(
    ("flag", "usual"),
    [
        (FLAG, False),
        (FLAG | {"default": False}, False),
        (FLAG | {"default": True}, True),
        ({"type": ["boolean", "null"]}, False),
    ],
)
def test_a_boolean_of_the_body_asks_for_the_stream(flag: Json, *, usual: bool) -> None:
    form = form_of(read(record(stream=flag)))
    assert (form.switch, form.usual, form.method.stream) == ("stream", usual, "events")


@pytest.mark.parametrize(
    "body",
    [
        None,
        record(q=TEXT),
        record(stream=TEXT),
        record(stream={"const": True}),
        TEXT,
        {"oneOf": [record(stream=FLAG), record(stream=FLAG, q=TEXT)]},
    ],
)
def test_else_it_is_a_second_method(body: Json | None) -> None:
    form = form_of(read(body))
    assert (form.switch, form.method.name) == ("", "chat_stream")


def test_an_argument_of_that_name_leaves_no_room_for_a_switch() -> None:
    method = read(record(stream=FLAG), parameters=[parameter("stream")])
    assert form_of(method).method.name == "chat_stream"


def test_a_body_of_several_media_types_has_no_switch() -> None:
    body = record(stream=FLAG)
    both_forms = content(body) | content(body, "application/x-www-form-urlencoded")
    method = read(requestBody={"content": both_forms})
    assert form_of(method).method.name == "chat_stream"


def test_a_second_method_takes_a_free_name() -> None:
    paths = {
        "/chat": {"post": operation("chat", responses=both())},
        "/other": {"get": operation("chat_stream", TEXT)},
    }
    (resource,) = read_surface(document(paths, {"Answer": record()})).resources
    chat = next(each for each in resource.methods if each.name == "chat")
    assert form_of(chat).method.name == "chat_stream_2"


@pytest.mark.parametrize("body", [record(stream=FLAG), record(q=TEXT)])
def test_a_form_accepts_its_stream_and_has_its_types(body: Json) -> None:
    method = read(body)
    form = form_of(method).method
    assert [each.media for each in method.responses] == ["application/json"]
    assert [each.media for each in form.responses] == ["text/event-stream"]
    assert [format_type(each.returns) for each in (method, form)] == ["Answer", "str"]
    assert (method.stream, form.streaming) == ("", None)


@pytest.mark.parametrize(
    "responses",
    [
        {"200": {"description": "One.", "content": JSON}},
        {"200": {"description": "One.", "content": EVENTS}},
        {"204": {"description": "None."}},
    ],
)
def test_one_kind_of_answer_has_no_second_form(responses: Json) -> None:
    assert read(record(stream=FLAG), responses=responses).streaming is None


def test_events_come_before_lines() -> None:
    lines = content(ref("Answer"), "application/x-ndjson")
    assert form_of(read(responses=both(**lines, **EVENTS))).method.stream == "events"
    assert form_of(read(responses=both(**lines))).method.stream == "values"


def hinted(hint: object) -> tuple[Method, DiagnosticSink]:
    """Return the method of a stream with a hint, and what was said."""
    responses = {
        "200": {
            "description": "Events.",
            "content": content(ref("Answer"), "text/event-stream"),
        }
    }
    asked = operation("chat", hint={"stream": hint}, responses=responses)
    sink = DiagnosticSink()
    given = document({"/chat": {"get": asked}}, {"Answer": record(a=TEXT)})
    (resource,) = read_surface(given, sink=sink).resources
    return resource.methods[0], sink


def test_a_hint_says_what_is_skipped_and_what_stays_text() -> None:
    method, sink = hinted({"skip": ["ping", ""], "other": "raw"})
    assert method.skip == ("ping", "")
    assert "str" in format_type(method.returns)
    assert tuple(sink.diagnostics) == ()
    method, _ = hinted({"skip": []})
    assert method.skip == ()
    method, _ = hinted({})
    assert (method.skip, "str" in format_type(method.returns)) == (None, False)


@pytest.mark.parametrize(
    "hint", [True, [], {"skip": "ping"}, {"skip": [1]}, {"other": "text"}, {"s": 1}]
)
def test_a_hint_of_another_form_is_a_warning(hint: object) -> None:
    method, sink = hinted(hint)
    assert method.skip is None
    (told,) = tuple(sink.diagnostics)
    assert (told.code, told.message) == (
        "stream-hint",
        "ignored the hint `stream` of GET /chat: it has an unknown form",
    )
