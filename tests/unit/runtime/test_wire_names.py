"""Members with names that Python cannot have are read as all others are."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET, UnsetType, ValidationError
from support.values import Value

from flexprice_codegen.runtime.decoding import Mismatch, decode, from_dict
from flexprice_codegen.runtime.encoding import encode, to_dict
from flexprice_codegen.runtime.one_of import one_of
from flexprice_codegen.runtime.open_enum import OpenStrEnum
from flexprice_codegen.runtime.shapes import Hint, get_plan
from flexprice_codegen.runtime.wire_names import WireNames


class Colour(OpenStrEnum):
    """An enum that a server may extend."""

    RED = "red"


@dataclass(slots=True, kw_only=True)
class Votes:
    """A class with such a name."""

    __wire__: ClassVar[WireNames] = WireNames({"plus1": "+1", "at_type": "@type"})

    plus1: int
    at_type: Colour | None = None
    amount: Decimal | None = None
    more: list[int] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Plain:
    """A class without one, below one that has it."""

    at: datetime | None = None
    note: str | UnsetType | None = UNSET


@dataclass(slots=True, kw_only=True)
class Issue:
    """A class that holds all of them, and itself."""

    id: int
    votes: Votes | None = None
    all: list[Votes] | None = None
    by_name: dict[str, Votes] | None = None
    plain: Plain | None = None
    parent: Issue | None = None


@dataclass(slots=True, kw_only=True)
class Sent:
    """A class with a member that may be absent, null, or a value."""

    __wire__: ClassVar[WireNames] = WireNames({"from_": "from"})

    from_: Votes | UnsetType | None = UNSET
    all: list[Sent] | dict[str, Sent] | None = None


@dataclass(slots=True, kw_only=True)
class Kind:
    """An option of a union that a tag with such a name tells."""

    __wire__: ClassVar[WireNames] = WireNames({"at_kind": "@kind"})

    at_kind: str
    parent: Kind | None = None


@dataclass(slots=True, kw_only=True)
class Other:
    """Another option of it."""

    __wire__: ClassVar[WireNames] = WireNames({"at_kind": "@kind"})

    at_kind: str
    id: int | None = None


if TYPE_CHECKING:
    Either: TypeAlias = Kind | Other
else:
    Either = one_of("Either", (Kind, Other), "@kind", {"kind": Kind, "other": Other})

VOTES = st.fixed_dictionaries(
    {"+1": st.integers(-(2**53), 2**53)},
    optional={
        "@type": st.sampled_from(["red", None]),
        "amount": st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str),
        "more": st.lists(st.integers(0, 9), max_size=2),
    },
)
PLAIN = st.fixed_dictionaries(
    {}, optional={"at": st.just("2026-01-31T12:00:00Z"), "note": st.none() | st.text()}
)
SENT = st.recursive(
    st.fixed_dictionaries({}, optional={"from": st.none() | VOTES}),
    lambda inner: st.fixed_dictionaries(
        {},
        optional={
            "from": st.none() | VOTES,
            "all": st.lists(inner, max_size=2)
            | st.dictionaries(st.text(max_size=3), inner, max_size=2),
        },
    ),
)
ISSUE = st.recursive(
    st.fixed_dictionaries({"id": st.integers(0, 9)}),
    lambda inner: st.fixed_dictionaries(
        {"id": st.integers(0, 9)},
        optional={
            "votes": VOTES,
            "all": st.lists(VOTES, max_size=2),
            "by_name": st.dictionaries(st.text(max_size=3), VOTES, max_size=2),
            "plain": PLAIN,
            "parent": inner,
        },
    ),
)


def read_tolerantly(data: Value, hint: Hint) -> Value:
    """Read a value beside one that does not fit, so that msgspec cannot read both."""
    report: list[Mismatch] = []
    value, misfit = decode(
        json.dumps([data, {"+1": []}]).encode(), list[hint | Votes], report
    )
    assert misfit is not None
    return value


@pytest.mark.parametrize(
    ("hint", "valid"), [(Issue, ISSUE), (Sent, SENT), (list[Issue], st.lists(ISSUE))]
)
@given(data=st.data())
def test_what_fits_comes_back_as_it_was(
    hint: Hint, valid: st.SearchStrategy[Value], data: st.DataObject
) -> None:
    given_value = data.draw(valid)
    report: list[Mismatch] = []

    found = decode(json.dumps(given_value).encode(), hint, report)

    assert report == []
    again = json.loads(encode(found))
    assert decode(json.dumps(again).encode(), hint, []) == found
    assert drop_null(again) == drop_null(given_value)


def drop_null(value: Value) -> Value:
    """Leave out null and empty lists: defaults of members that were not there."""
    match value:
        case dict():
            return {k: drop_null(v) for k, v in value.items() if v not in (None, [])}
        case list():
            return [drop_null(each) for each in value]
    return value


def test_msgspec_reads_them_itself() -> None:
    known = get_plan(list[Issue])

    found = known.decode(
        b'[{"id": 1, "votes": {"+1": 3, "@type": "red", "amount": "1.50"},'
        b' "plain": {"at": "2026-01-31T12:00:00Z"}, "parent": {"id": 2}}]'
    )

    votes = Votes(plus1=3, at_type=Colour.RED, amount=Decimal("1.50"))
    plain = Plain(at=datetime(2026, 1, 31, 12, tzinfo=UTC))
    assert found == [Issue(id=1, votes=votes, plain=plain, parent=Issue(id=2))]
    assert type(found[0]) is Issue
    assert type(found[0].votes) is Votes
    assert known.trusted


def test_absent_null_and_a_value_are_three_things() -> None:
    absent, null, value = get_plan(list[Sent]).decode(
        b'[{}, {"from": null}, {"from": {"+1": 1}}]'
    )

    assert absent.from_ is UNSET
    assert null.from_ is None
    assert value.from_ == Votes(plus1=1)


def test_defaults_that_can_change_are_not_shared() -> None:
    first, second = get_plan(list[Votes]).decode(b'[{"+1": 1}, {"+1": 2}]')

    first.more.append(5)

    assert second.more == []


@pytest.mark.parametrize(
    "body",
    [b'{"+1": "x"}', b'{"plus1": 1}', b"{}", b'{"+1": 1, "@type": 5}', b"[]"],
)
def test_what_does_not_fit_is_left_to_the_tolerant_reader(body: bytes) -> None:
    with pytest.raises(ValidationError):
        get_plan(Votes).decode(body)


def test_a_value_of_an_enum_that_nobody_knew_is_kept() -> None:
    report: list[Mismatch] = []

    found = decode(b'{"+1": 1, "@type": "blue"}', Votes, report)

    assert report == []
    assert found.at_type == "blue"
    assert not found.at_type.is_known


def test_a_misfit_is_named_by_its_name_on_the_wire() -> None:
    report: list[Mismatch] = []

    found = decode(b'{"id": 1, "votes": {"+1": [], "more": [4]}}', Issue, report)

    assert [each.path for each in report] == ["$.votes.+1"]
    assert found.votes.more == [4]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            {"@kind": "kind", "parent": {"@kind": "x"}},
            Kind(at_kind="kind", parent=Kind(at_kind="x")),
        ),
        ({"@kind": "other", "id": 5}, Other(at_kind="other", id=5)),
    ],
)
def test_a_union_is_read_by_a_tag_with_such_a_name(
    body: Value, expected: Value
) -> None:
    report: list[Mismatch] = []

    assert decode(json.dumps(body).encode(), Either, report) == expected
    assert decode(json.dumps([body]).encode(), list[Either], report) == [expected]
    assert report == []
    assert get_plan(list[Either]).decode(json.dumps([body]).encode()) == [expected]


def test_both_readers_agree() -> None:
    body = {"+1": 3, "@type": "red", "amount": "1.50", "more": [1]}

    strict = get_plan(Votes).decode(json.dumps(body).encode())

    assert read_tolerantly(body, Votes) == strict
    assert from_dict(Votes, body, strict=True) == strict
    assert to_dict(strict) == body


@dataclass(slots=True, kw_only=True)
class Quoted:
    """A class with a name that msgspec does not take."""

    __wire__: ClassVar[WireNames] = WireNames({"quoted": 'a"b', "line": "a\nb"})

    quoted: int
    line: str | None = None


def test_names_that_msgspec_does_not_take_are_read_all_the_same() -> None:
    report: list[Mismatch] = []

    found = decode(json.dumps({'a"b': 3, "a\nb": "x"}).encode(), Quoted, report)

    assert found == Quoted(quoted=3, line="x")
    assert report == []
