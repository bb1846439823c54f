"""Which hints describe batches, and what is reported of the others."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from support.documents import (
    TEXT,
    document,
    operation,
    parameter,
    read_surface,
    record,
    ref,
)
from support.snippets import iter_snippets
from support.values import Value

from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.surface.batching import Batching
from flexprice_codegen.surface.python_types import format_type

DOCS = Path(__file__).parents[3] / "docs"
LIST = {"type": "array", "items": record(id=TEXT, at=TEXT), "maxItems": 50}
BODY = record(["events"], events=LIST, note=TEXT)
KEY = {"fill": ["events[].id", {"field": "events[].at", "with": "now"}]}
HINT = {"items": "events"}


def read(
    hint: object, body: Value = BODY, key: object = KEY, **members: Value
) -> tuple[Batching | None, list[str]]:
    """Return what a hint describes, and the warnings."""
    asked = operation("add", None, body, hint={"batch": hint}, **members)
    if key is not None:
        asked["x-codegen"]["idempotency-key"] = key
    sink = DiagnosticSink()
    surface = read_surface(document({"/things": {"post": asked}}), sink=sink)
    (method,) = surface.resources[0].methods
    said = [each for each in sink.diagnostics if each.code == "batch"]
    assert all(each.help for each in said)
    return method.batching, [each.message for each in said]


def test_a_hint_describes_the_batches_of_an_operation() -> None:
    hint = {
        "items": "events",
        "size": 20,
        "max-bytes": 4096,
        "every": 0.5,
        "not-empty": ["id"],
        "refused": [400],
        "duplicate": ["known"],
        "spool": True,
    }
    batching, warnings = read(hint)
    assert warnings == []
    assert batching is not None
    assert batching.items == "events"
    assert (batching.size, batching.max_bytes, batching.every) == (20, 4096, 0.5)
    assert batching.not_empty == ("id",)
    assert batching.refused == (400,)
    assert batching.duplicate == ("known",)
    assert batching.spool
    assert format_type(batching.item)


def test_the_largest_list_is_the_usual_size() -> None:
    batching, warnings = read(HINT)
    assert warnings == []
    assert batching is not None
    assert batching.size == 50


def test_a_body_can_be_the_list() -> None:
    batching, warnings = read({"items": ""}, LIST, None)
    assert batching is not None
    (warning,) = warnings
    assert "its items have no idempotency key" in warning


@pytest.mark.parametrize(
    ("hint", "reason"),
    [
        (True, "the hint `batch` has an unknown form"),
        ({}, "the hint `batch` has an unknown form"),
        ({"items": "events", "more": 1}, "the hint `batch` has an unknown form"),
        ({"items": "events[]"}, "the hint `batch` has an unknown form"),
        ({"items": "absent"}, "the body is not a list at `absent`"),
        ({"items": "note"}, "the body is not a list at `note`"),
        ({"items": ""}, "the body is not a list as a whole"),
        ({**HINT, "size": 51}, "`size` is 51, and the list has at most 50 items"),
        ({**HINT, "size": 0}, "`size` is 0; expected a positive integer"),
        ({**HINT, "size": True}, "`size` is True; expected a positive integer"),
        ({**HINT, "max-bytes": "1 MB"}, "`max-bytes` is '1 MB'; expected a positive"),
        ({**HINT, "every": "1m"}, "`every` is '1m'; expected a number of seconds"),
        ({**HINT, "of": "addOne"}, "no operation has the ID 'addOne'"),
        ({**HINT, "of": ""}, "no operation has the ID ''"),
        ({**HINT, "of": "add"}, "the body of `add` is not an item of the list"),
        ({**HINT, "every": -1}, "`every` is -1; expected a number of seconds"),
        ({**HINT, "not-empty": ["no"]}, "an item has no field `no`"),
        ({**HINT, "not-empty": "id"}, "`not-empty` is not a list of strings"),
        (
            {**HINT, "refused": [500]},
            "`refused` is not a list of status codes from 400 to",
        ),
        ({**HINT, "duplicate": [1]}, "`duplicate` is not a list of strings"),
        ({**HINT, "spool": "events.db"}, "`spool` is 'events.db'; expected true or"),
    ],
)
def test_an_invalid_hint_is_a_warning(hint: object, reason: str) -> None:
    batching, (warning,) = read(hint)
    assert batching is None
    assert warning.startswith(f"POST /things: {reason}")
    assert warning.endswith("the client has no batches of it")


def test_a_request_needs_nothing_but_the_list() -> None:
    needs = record(["events", "note"], events=LIST, note=TEXT)
    batching, (warning,) = read(HINT, needs)
    assert batching is None
    assert "the body needs `note` as well" in warning

    header = parameter("Tenant", "header", required=True)
    batching, (warning,) = read(HINT, parameters=[header])
    assert batching is None
    assert "the request needs the parameter `Tenant`" in warning


@pytest.mark.parametrize(("every", "seconds"), [(2, 2.0), ("1s", 1.0), ("0.5s", 0.5)])
def test_an_interval_can_have_its_unit(every: object, seconds: float) -> None:
    batching, warnings = read({**HINT, "every": every})
    assert warnings == []
    assert batching is not None
    assert batching.every == seconds


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (ref("Event"), ""),
        (ref("Other"), "the body of `addOne` is not an item of the list"),
        (None, "the body of `addOne` is not an item of the list"),
    ],
)
def test_the_call_for_one_item_takes_an_item(one: Value, reason: str) -> None:
    events = {"type": "array", "items": ref("Event")}
    many = operation("add", None, record(["events"], events=events))
    many["x-codegen"] = {"batch": {**HINT, "of": "addOne"}, "idempotency-key": KEY}
    single = operation("addOne", None, one)
    event = record(id=TEXT, at=TEXT)
    sink = DiagnosticSink()
    surface = read_surface(
        document(
            {"/bulk": {"post": many}, "/one": {"post": single}},
            {"Event": event, "Other": event},
        ),
        sink=sink,
    )
    batches = [each.batching for each in surface.resources[0].methods]
    said = [each.message for each in sink.diagnostics if each.code == "batch"]
    assert len(said) == bool(reason)
    assert all(reason in message for message in said)
    assert any(batches) is not bool(reason)


@pytest.mark.parametrize("key", [None, {"fill": "note"}, "derived"])
def test_items_without_a_key_may_count_twice(key: object) -> None:
    batching, warnings = read(HINT, key=key)
    assert batching is not None
    if key == "derived":
        assert warnings == []
        return
    (warning,) = warnings
    assert "the server may count an item of a repeated request twice" in warning


@pytest.mark.parametrize("page", ["corrections.md", "guides/usage-events.md"])
def test_the_example_of_a_page_is_a_valid_hint(page: str) -> None:
    event = record(event_name=TEXT, event_id=TEXT, timestamp=TEXT)
    events = {"type": "array", "items": event, "maxItems": 1000}
    (hints,) = [
        action["update"]["x-codegen"]
        for snippet in iter_snippets(DOCS / page)
        if snippet.language == "yaml"
        for action in yaml.safe_load(snippet.text)["actions"]
        if "batch" in action["update"].get("x-codegen", {})
    ]
    body = record(["events"], events=events)
    hints["batch"].pop("of", None)  # this document has no such operation
    batching, warnings = read(hints["batch"], body, hints["idempotency-key"])
    assert batching is not None
    assert warnings == []
