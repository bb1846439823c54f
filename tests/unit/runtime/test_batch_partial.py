"""Which items a response says were rejected."""

from __future__ import annotations

import pickle

import pytest

from flexprice_codegen.runtime.batch_partial import ItemRefusedError, RefusedItems

ITEMS = [b'{"id":"a"}', b'{"id":"b"}', b'{"n":1}', b'{"id":3}', b'{"id":1}']


@pytest.mark.parametrize(
    ("content", "positions"),
    [
        (b'{"data":{"failures":[{"id":"b","why":"late"}]}}', [1]),
        (b'{"data":{"failures":["b","a"]}}', [0, 1]),
        (b'{"data":{"failures":[{"id":3}]}}', [3]),
        (b'{"data":{"failures":[{"id":"other"},{},null,[]]}}', []),
        (b'{"data":{"failures":[]}}', []),
        (b'{"data":{"failures":null}}', []),
        (b'{"data":[]}', []),
        (b"", []),
        (b"<html>", []),
        # Whatever a server sends, the items of the request are settled.
        (b'{"data":{"failures":["\xff"]}}', []),
        (b'{"data":{"failures":["\\ud800","b"]}}', [1]),
        (b"[" * 100_000, []),
        (b'{"data":{"failures":[true]}}', []),
    ],
)
def test_a_list_of_a_response_names_items(content: bytes, positions: list[int]) -> None:
    assert [*RefusedItems("data.failures", "id")(content, ITEMS)] == positions


def test_an_error_has_what_the_response_says() -> None:
    content = b'{"failures":[{"id":"b","why":"late"}]}'
    error = RefusedItems("failures", "id")(content, ITEMS)[1]
    assert error.details == {"id": "b", "why": "late"}
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - its own
    assert isinstance(copy, ItemRefusedError)
    assert (copy.details, str(copy)) == (error.details, str(error))
