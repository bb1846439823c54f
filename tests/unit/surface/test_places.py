"""The places of schemas, and the likeness of their contents."""

from __future__ import annotations

import pytest
from support.documents import document, operation, read_api, record, ref

from flexprice_codegen.surface.places import are_alike, list_places


def test_each_use_of_a_schema_is_a_place() -> None:
    paths = {"/a": {"post": operation(answer="A", body="B")}}
    schemas = {
        "A": record(b=ref("B"), c={"type": "array", "items": ref("C")}),
        "B": record(x="string"),
        "C": record(x="string"),
        "D": ref("C"),
        "E": record(x="string"),
    }
    api = read_api(document(paths, schemas))
    assert list_places(api, schemas) == {
        "A": ("POST /a > 200",),
        "B": ("A > b", "POST /a > body"),
        "C": ("A > c", "D"),
    }


@pytest.mark.parametrize(
    ("before", "after"), [("abc", "abcd"), ("ab", "abcd"), ("", "")]
)
def test_half_in_common_is_alike(before: str, after: str) -> None:
    assert are_alike(before, after)
    assert are_alike(after, before)


@pytest.mark.parametrize(("before", "after"), [("ab", "bcd"), ("a", "b"), ("", "a")])
def test_less_is_not(before: str, after: str) -> None:
    assert not are_alike(before, after)
    assert not are_alike(after, before)
