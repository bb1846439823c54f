"""Methods of two versions that are one, whatever they are called."""

from __future__ import annotations

import pytest
from support.comparing import compare, list_in_python
from support.customers import called, query
from support.documents import Json, content, document, operation, record
from support.values import Value

from flexprice_codegen.diff.rules.severity import Severity


def test_a_renamed_tag_is_one_finding() -> None:
    def of(tag: str) -> dict[str, Value]:
        return document(
            {"/a": {"get": operation("a", tag=tag), "post": operation("b", tag=tag)}},
            {},
        )

    found = list_in_python(compare(of("Customers"), of("Accounts")))
    assert found == [("client.customers", "namespace-renamed", "error")]


def test_a_method_that_goes_takes_its_keywords_along_and_not_its_classes() -> None:
    old = called(query("limit"), body="A", answer="B")
    found = list_in_python(compare(old, document()))
    assert found == [
        ("client.things.call", "method-removed", "error"),
        ("models.A", "class-removed", "error"),
        ("models.B", "class-removed", "error"),
    ]  # fmt: skip


def test_a_lock_keeps_the_name_of_a_method() -> None:
    from_lock = compare(called(), called(name="addCustomer"), names=())
    (told,) = from_lock.findings
    assert (told.rule, told.level) == ("api-operation-id-removed", Severity.INFO)


def answering_twice(*media: str, body: Json) -> Json:
    """Return a document whose one operation answers by these media types."""
    contents = [content(record(a={"type": "string"}), each) for each in media]
    both = {name: each for one in contents for name, each in one.items()}
    asked = operation(
        "chat",
        None,
        body,
        responses={"200": {"description": "Either.", "content": both}},
    )
    return document({"/chat": {"post": asked}})


SWITCH: Json = record(stream={"type": "boolean"})
PLAIN: Json = record(q={"type": "string"})
ONE, EVENTS = "application/json", "text/event-stream"


@pytest.mark.parametrize(
    ("body", "form"), [(SWITCH, "chat(stream=True)"), (PLAIN, "chat_stream")]
)
def test_the_form_that_streams_comes_and_goes(body: Json, form: str) -> None:
    old = answering_twice(ONE, body=body)
    new = answering_twice(ONE, EVENTS, body=body)
    added = (f"client.things.{form}", "method-added", "info")
    assert added in list_in_python(compare(old, new))
    removed = (f"client.things.{form}", "method-removed", "error")
    assert removed in list_in_python(compare(new, old))


def test_a_form_that_is_another_method_now_is_renamed() -> None:
    old = answering_twice(ONE, EVENTS, body=PLAIN)
    new = answering_twice(ONE, EVENTS, body=SWITCH)
    found = ("client.things.chat_stream", "method-renamed", "error")
    assert found in list_in_python(compare(old, new))


def test_what_both_forms_take_is_told_of_one() -> None:
    old = answering_twice(ONE, EVENTS, body=SWITCH)
    new = answering_twice(ONE, EVENTS, body=SWITCH)
    new["paths"]["/chat"]["post"]["parameters"] = [query("limit")]
    places = [place for place, _, _ in list_in_python(compare(old, new))]
    assert places == ["client.things.chat(limit)"]
