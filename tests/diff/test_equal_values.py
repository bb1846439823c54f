"""Values of documents, compared as JSON has them.

To Python 1 equals True and 0 equals False, and two media types with one schema are equal;
to JSON 1 and 1.0 are one number.
"""

from __future__ import annotations

import pytest
from support.comparing import compare_wire
from support.documents import Json, document
from support.schema_places import Place, document_at

PREFIX = "request-property"
PLACE: Place = ("request", "property")
APART: list[tuple[object, object]] = [
    (0, False),
    (1, True),
    ({"a": [1]}, {"a": [True]}),
    ([0], [False]),
]
SAME: list[tuple[object, object]] = [(1, 1.0), ({"a": [2.0]}, {"a": [2]}), (0, 0.0)]
BOTH_WAYS = pytest.mark.parametrize("turned", [False, True])


def rules(old: object, new: object) -> list[str]:
    """Return the rules that two schemas of a property break, in order."""
    before, after = (document_at(PLACE, {"x": each}) for each in (old, new))
    return sorted(each.rule for each in compare_wire(before, after))


@pytest.mark.parametrize(("old", "new"), APART)
@BOTH_WAYS
def test_a_number_is_no_boolean(old: object, new: object, *, turned: bool) -> None:
    if turned:
        old, new = new, old
    assert rules({"default": old}, {"default": new}) == [
        f"{PREFIX}-default-value-changed"
    ]
    before, after = {"x-extensible-enum": [old]}, {"x-extensible-enum": [new]}
    assert rules(before, after) == [
        f"{PREFIX}-x-extensible-enum-value-added",
        f"{PREFIX}-x-extensible-enum-value-removed",
    ]


@pytest.mark.parametrize("keyword", ["not", "propertyNames"])
@pytest.mark.parametrize(("old", "new"), [(0, False), (1, True), (False, 0), (True, 1)])
def test_a_number_is_no_boolean_further_in(
    keyword: str, old: object, new: object
) -> None:
    before, after = {keyword: {"const": old}}, {keyword: {"const": new}}
    assert len(rules(before, after)) == 1


@pytest.mark.parametrize(("old", "new"), SAME)
@BOTH_WAYS
def test_a_number_is_one_however_it_is_written(
    old: object, new: object, *, turned: bool
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
        assert rules(before, after) == []


@pytest.mark.parametrize("type_", ["number", "integer"])
def test_listed_numbers_are_the_same_with_a_fraction_of_nothing(type_: str) -> None:
    def listed(*values: float) -> Json:
        return {"type": type_, "enum": list(values)}

    assert rules(listed(1, 2), listed(1.0, 2.0)) == []
    assert rules({"const": 1}, {"const": 1.0}) == []
    found = rules(listed(1, 2), listed(1.0, 3.0))
    assert found == [f"{PREFIX}-enum-value-added", f"{PREFIX}-enum-value-removed"]


def test_one_and_true_are_two_options() -> None:
    one, both = [{"const": 1}], [{"const": 1}, {"const": True}]
    assert rules({"oneOf": both}, {"oneOf": both}) == []
    assert rules({"oneOf": one}, {"oneOf": both}) != []


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
    old: tuple[str, ...], new: tuple[str, ...], rule: str, before: str, after: str
) -> None:
    (found,) = compare_wire(answering(*old), answering(*new))
    assert found.rule == rule
    told = [each.strip('"') for each in (found.before, found.after)]
    assert told == [before, after]


def test_an_option_is_found_again_whatever_only_versions_are_compared_by() -> None:
    """Else the edits of two options would be two that went and two that came."""
    a_list: Json = {"type": "array", "items": {"type": "string"}}
    old = {"oneOf": [{"type": "object"}, {"const": "x"}, a_list]}
    closed = {"type": "object", "additionalProperties": False}
    new = {"oneOf": [closed, {"enum": ["x"]}, a_list]}
    assert rules(old, new) == [f"{PREFIX}-additional-properties-forbidden"]
    assert rules({"type": "object"}, {"oneOf": [closed, a_list]}) == [
        f"{PREFIX}-one-of-added"
    ]
    assert rules({"oneOf": [closed, a_list]}, {"type": "object"}) == [
        f"{PREFIX}-one-of-removed"
    ]
