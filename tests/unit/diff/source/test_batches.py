"""Batches of two versions of a client: whether there are any, and what they accept."""

from __future__ import annotations

import pytest
from support.comparing import compare, list_in_python
from support.documents import TEXT, Json, document, operation, record
from support.values import Value

METHOD = "client.things.add_events"
LIST: Json = {"type": "array", "items": record(id=TEXT, name=TEXT)}
KEY: Json = {"fill": ["events[].id"]}


def of(**hint: Value) -> Json:
    """Return a document whose operation takes events, with a hint or without."""
    hints = {"idempotency-key": KEY}
    if hint:
        hints["batch"] = {"items": "events", **hint}
    call = operation("addEvents", None, record(["events"], events=LIST), hint=hints)
    return document({"/events": {"post": call}})


@pytest.mark.parametrize(
    ("old", "new", "rule", "level"),
    [
        (of(size=5), of(), "method-batch-removed", "error"),
        (of(), of(size=5), "method-batch-added", "info"),
        (of(size=5), of(size=4), "method-batch-narrowed", "warning"),
        (of(size=4), of(size=5), "method-batch-widened", "info"),
        (
            of(size=5),
            of(size=5, **{"max-bytes": 9}),
            "method-batch-narrowed",
            "warning",
        ),
        (of(spool=True), of(spool=False), "method-batch-narrowed", "warning"),
        (of(spool=False), of(spool=True), "method-batch-widened", "info"),
    ],
)
def test_an_edit_is_told_once(old: Json, new: Json, rule: str, level: str) -> None:
    (found,) = list_in_python(compare(old, new))
    assert found[1:] == (rule, level)
    assert found[0].startswith(METHOD)


def test_the_limits_that_changed_are_shown() -> None:
    changes = compare(of(size=5), of(size=4, **{"max-bytes": 7}))
    (finding,) = [each for each in changes.findings if each.rule.endswith("narrowed")]
    assert "the batches of" in finding.message
    assert finding.before == "size 5, max-bytes 1048576"
    assert finding.after == "size 4, max-bytes 7"


def test_what_no_code_sees_is_no_finding() -> None:
    assert not list_in_python(compare(of(size=5), of(size=5, refused=[400])))
