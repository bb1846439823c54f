"""Values of documents, compared as JSON has them.

To Python 1 equals True and 0 equals False, and two media types with one schema are equal;
to JSON 1 and 1.0 are one number.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from support.small_documents import Json, document, findings, with_schemas

PREFIX = "request-property"
APART: list[tuple[object, object]] = [
    (0, False),
    (1, True),
    ({"a": [1]}, {"a": [True]}),
    ([0], [False]),
]
SAME: list[tuple[object, object]] = [(1, 1.0), ({"a": [2.0]}, {"a": [2]}), (0, 0.0)]
BOTH_WAYS = pytest.mark.parametrize("turned", [False, True])


def rules(old: object, new: object, folder: Path) -> list[str]:
    """Return the rules that two schemas of a property break, in order."""
    before, after = (with_schemas(PREFIX, {"x": each}) for each in (old, new))
    return sorted(each.rule for each in findings(before, after, folder))


@pytest.mark.parametrize(("old", "new"), APART)
@BOTH_WAYS
def test_a_number_is_no_boolean(
    old: object, new: object, tmp_path: Path, *, turned: bool
) -> None:
    if turned:
        old, new = new, old
    assert rules({"default": old}, {"default": new}, tmp_path) == [
        f"{PREFIX}-default-value-changed"
    ]
    before, after = {"x-extensible-enum": [old]}, {"x-extensible-enum": [new]}
    assert rules(before, after, tmp_path) == [
        f"{PREFIX}-x-extensible-enum-value-added",
        f"{PREFIX}-x-extensible-enum-value-removed",
    ]


@pytest.mark.parametrize("keyword", ["not", "propertyNames"])
@pytest.mark.parametrize(("old", "new"), [(0, False), (1, True), (False, 0), (True, 1)])
def test_a_number_is_no_boolean_further_in(
    keyword: str, old: object, new: object, tmp_path: Path
) -> None:
    before, after = {keyword: {"const": old}}, {keyword: {"const": new}}
    assert len(rules(before, after, tmp_path)) == 1


@pytest.mark.parametrize(("old", "new"), SAME)
@BOTH_WAYS
def test_a_number_is_one_however_it_is_written(
    old: object, new: object, tmp_path: Path, *, turned: bool
) -> None:
    if turned:
        old, new = new, old
    pairs: list[tuple[Json, Json]] = [
        ({"default": old}, {"default": new}),
        ({"x-extensible-enum": [old]}, {"x-extensible-enum": [new]}),
        ({"not": {"const": old}}, {"not": {"const": new}}),
        ({"propertyNames": {"const": old}}, {"propertyNames": {"const": new}}),
    ]
    for before, after in pairs:
        assert rules(before, after, tmp_path) == []


@pytest.mark.parametrize("type_", ["number", "integer"])
def test_listed_numbers_are_the_same_with_a_fraction_of_nothing(
    type_: str, tmp_path: Path
) -> None:
    def listed(*values: float) -> Json:
        return {"type": type_, "enum": list(values)}

    assert rules(listed(1, 2), listed(1.0, 2.0), tmp_path) == []
    assert rules({"const": 1}, {"const": 1.0}, tmp_path) == []
    found = rules(listed(1, 2), listed(1.0, 3.0), tmp_path)
    assert found == [f"{PREFIX}-enum-value-added", f"{PREFIX}-enum-value-removed"]


def test_one_and_true_are_two_options(tmp_path: Path) -> None:
    one, both = [{"const": 1}], [{"const": 1}, {"const": True}]
    assert rules({"oneOf": both}, {"oneOf": both}, tmp_path) == []
    assert rules({"oneOf": one}, {"oneOf": both}, tmp_path) != []


PLAIN, LATIN, UTF_8 = (
    "application/json",
    "application/json; charset=latin-1",
    "application/json; charset=utf-8",
)


def answering(*media: str) -> Json:
    """Return a document whose answer has these media types, with one schema for all."""
    content = {each: {"schema": {"type": "string"}} for each in media}
    answer = {"200": {"description": "ok", "content": content}}
    return document({"/a": {"get": {"responses": answer}}})


@pytest.mark.parametrize(
    ("old", "new", "rule", "before", "after"),
    [
        ((PLAIN,), (UTF_8, PLAIN), "response-media-type-added", "", UTF_8),
        ((PLAIN,), (PLAIN, UTF_8), "response-media-type-added", "", UTF_8),
        ((PLAIN, UTF_8), (UTF_8,), "response-media-type-removed", PLAIN, ""),
        ((UTF_8, PLAIN), (UTF_8,), "response-media-type-removed", PLAIN, ""),
        (
            (PLAIN, UTF_8),
            (UTF_8, LATIN),
            "response-media-type-name-changed",
            PLAIN,
            LATIN,
        ),
    ],
)
def test_of_media_types_with_one_schema_the_right_one_is_told(
    old: tuple[str, ...],
    new: tuple[str, ...],
    rule: str,
    before: str,
    after: str,
    tmp_path: Path,
) -> None:
    (found,) = findings(answering(*old), answering(*new), tmp_path)
    assert found.rule == rule
    told = [each.strip('"') for each in (found.before, found.after)]
    assert told == [before, after]


def test_an_option_is_found_again_whatever_only_versions_are_compared_by(
    tmp_path: Path,
) -> None:
    """Else the edits of two options would be two that went and two that came."""
    a_list: Json = {"type": "array", "items": {"type": "string"}}
    old = {"oneOf": [{"type": "object"}, {"const": "x"}, a_list]}
    closed = {"type": "object", "additionalProperties": False}
    new = {"oneOf": [closed, {"enum": ["x"]}, a_list]}
    assert rules(old, new, tmp_path) == [f"{PREFIX}-additional-properties-forbidden"]
    assert rules({"type": "object"}, {"oneOf": [closed, a_list]}, tmp_path) == [
        f"{PREFIX}-one-of-added"
    ]
    assert rules({"oneOf": [closed, a_list]}, {"type": "object"}, tmp_path) == [
        f"{PREFIX}-one-of-removed"
    ]
