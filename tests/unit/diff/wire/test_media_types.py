"""Media types of two versions: which is which, and what became of its name."""

from __future__ import annotations

import pytest

from flexprice_codegen.api.model import Content
from flexprice_codegen.diff.wire.media_types import is_json, match_media_types


def contents(*written: str) -> list[Content]:
    return [
        Content(media=each.partition(";")[0], written=each, type=None)
        for each in written
    ]


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("application/json", "application/json", None),
        ("application/json", "application/json; v=2", "changed"),
        ("application/json", "application/vnd.x+json", "specialized"),
        ("application/vnd.x+json", "application/json", "generalized"),
        ("*/*", "text/plain", "specialized"),
        ("text/*", "text/plain; v=1", "changed"),
    ],
)
def test_a_related_name_is_the_same_content(
    old: str, new: str, change: str | None
) -> None:
    found = match_media_types(contents(old), contents(new))
    ((_, _, seen),) = found.both
    assert seen == change
    assert (found.removed, found.added) == ((), ())


def test_the_whole_name_goes_before_a_related_one() -> None:
    old = contents("application/json", "application/a+json")
    new = contents("application/a+json", "text/csv")
    found = match_media_types(old, new)
    assert [(one.written, two.written) for one, two, _ in found.both] == [
        ("application/a+json", "application/a+json")
    ]
    assert [each.written for each in found.removed] == ["application/json"]
    assert [each.written for each in found.added] == ["text/csv"]


def test_json_keeps_numbers_and_texts_apart() -> None:
    assert [is_json(each) for each in ("application/json", "a/b+json", "*/*", "text/xml")] == [True, True, True, False]  # fmt: skip
