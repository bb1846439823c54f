"""Unions: the option that a tag names, else the one that fits best."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, make_dataclass
from datetime import date
from decimal import Decimal
from itertools import count, permutations
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import UNSET, UnsetType
from support.examples import count_examples
from support.reading import read, read_field
from support.shapes import (
    Cat,
    Dog,
    Loose,
    Money,
    Pet,
    Simple,
)
from support.values import Value

from flexprice_codegen.runtime import one_of as module
from flexprice_codegen.runtime.decoding import Mismatch, decode
from flexprice_codegen.runtime.encoding import encode
from flexprice_codegen.runtime.one_of import one_of, weigh_option
from flexprice_codegen.runtime.open_enum import OpenStrEnum
from flexprice_codegen.runtime.shapes import Hint, get_plan


@dataclass(slots=True, kw_only=True)
class Owned:
    """A class with a member that is a union with a tag, or null."""

    id: str
    owner: Pet | None = None


@dataclass(slots=True, kw_only=True)
class GuessedOwned:
    """The same with a union without one."""

    id: str
    owner: Loose | None = None


def test_each_item_of_a_list_is_chosen_on_its_own() -> None:
    """What one item costs an option says nothing about the next one."""
    items = ['{"amount": "1"}', '{"kind": "cat", "lives": 9}', "[]", '"text"', "5"]
    alone = [read(each, Loose)[0] for each in items]

    # The union says nothing to msgspec, so that the objects of an item live only while it
    # is read, and the next one may get their places in memory.
    found, report = read(f"[{', '.join(items * 20)}]", list[Loose])

    assert found == alone * 20
    assert report == []


def test_a_union_is_read_by_its_tag() -> None:
    value, report = read(
        '{"pets": [{"kind": "cat", "lives": 9}, {"kind": "dog", "barks": true}, null]}'
    )
    assert value.pets == [Cat(kind="cat", lives=9), Dog(kind="dog", barks=True), None]
    assert report == []


def test_a_fault_within_a_union_costs_only_its_field() -> None:
    value, report = read('{"pet": {"kind": "cat", "lives": "many"}}')
    assert value.pet == Cat(kind="cat", lives="many")  # type: ignore[arg-type]
    assert [each.path for each in report] == ["$.pet.lives"]


def test_a_tag_that_is_misspelt_is_read_by_fit_if_all_fits() -> None:
    value, report = read('{"pet": {"kind": "Cat", "lives": 3}}')
    assert (value.pet, report) == (Cat(kind="Cat", lives=3), [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '{"amount": "5", "currency": "EUR"}',
            Money(amount=Decimal(5), currency="EUR"),
        ),
        ('{"kind": "x", "lives": 1}', Cat(kind="x", lives=1)),
        ('"5"', "5"),
        ("5", 5),
        ('[{"kind": "x"}]', [Cat(kind="x")]),
    ],
)
def test_a_union_without_a_tag_is_read_by_what_fits_best(
    text: str, expected: object
) -> None:
    found = read_field("loose", text)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        ('{"kind": "cat", "lives": 1}', Cat(kind="cat", lives=1)),
        ("null", None),
    ],
)
@pytest.mark.parametrize("kind", [Owned, GuessedOwned])
def test_a_member_that_is_a_union_or_null_counts_as_one_that_fits(
    kind: type, owner: str, expected: object
) -> None:
    either = one_of("Either", (Simple, kind))
    found, report = read(f'{{"id": "a", "owner": {owner}}}', either)
    assert (found, report) == (kind(id="a", owner=expected), [])


def test_a_union_may_hold_itself() -> None:
    assert read_field("tree", '{"a": ["b", {"c": "d"}]}') == {"a": ["b", {"c": "d"}]}


def test_no_body_makes_an_ambiguous_union_slow() -> None:
    text = "[" * 150 + '"x"' + "]" * 150
    found: Any = read_field("tree", text)
    while isinstance(found, list):
        (found,) = found
    assert found == "x"


NUMBERS = count()


class Warm(OpenStrEnum):
    """An enum."""

    RED = "red"
    ORANGE = "orange"


class Cold(OpenStrEnum):
    """An enum that shares no value with it."""

    BLUE = "blue"
    GREEN = "green"


@dataclass(frozen=True)
class Kind:
    """What a schema says: its hint, its valid values, and how to tell them."""

    hint: Hint
    values: st.SearchStrategy[Value] = field(repr=False)
    is_valid: Callable[[Value], bool] = field(repr=False)
    options: tuple[Kind, ...] = ()


def is_date(value: Value) -> bool:
    """Return whether a value is the text of a date."""
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def is_int(value: Value) -> bool:
    """Return whether a value is a whole number."""
    return type(value) is int or (type(value) is float and value.is_integer())


def enum_of(hint: type[OpenStrEnum]) -> Kind:
    """Return the kind of an enum."""
    values = [each.value for each in hint]
    return Kind(hint, st.sampled_from(values), lambda value: value in values)


def constant(value: str | int) -> Kind:
    """Return the kind of a constant."""
    return Kind(
        Literal[value],
        st.just(value),
        lambda other: type(other) is type(value) and other == value,
    )


TEXTS = st.sampled_from(["", "x", "red", "one", "2024-02-30", "5"])
SCALARS = [
    Kind(str, TEXTS, lambda value: isinstance(value, str)),
    Kind(int, st.integers(-5, 5), is_int),
    Kind(bool, st.booleans(), lambda value: isinstance(value, bool)),
    Kind(
        float,
        st.sampled_from([0.5, 2.0, -1.25]),
        lambda value: type(value) in (int, float),
    ),
    Kind(date, st.sampled_from(["2024-01-02", "1999-12-31"]), is_date),
    enum_of(Warm),
    enum_of(Cold),
    *(constant(each) for each in ("one", "two", 1, 2)),
]


def list_of(item: Kind) -> Kind:
    """Return the kind of a list."""
    return Kind(
        list[item.hint],  # type: ignore[name-defined]
        st.lists(item.values, min_size=1, max_size=3),
        lambda value: isinstance(value, list) and all(map(item.is_valid, value)),
    )


def map_of(item: Kind) -> Kind:
    """Return the kind of an object whose members have any name."""
    return Kind(
        dict[str, item.hint],  # type: ignore[name-defined]
        st.dictionaries(st.sampled_from("pqr"), item.values, min_size=1, max_size=2),
        lambda value: isinstance(value, dict)
        and all(map(item.is_valid, value.values())),
    )


def union_of(options: list[Kind]) -> Kind:
    """Return the kind of a union."""
    hint = one_of(f"Union{next(NUMBERS)}", tuple(each.hint for each in options))
    return Kind(
        hint,
        st.one_of([each.values for each in options]),
        lambda value: any(each.is_valid(value) for each in options),
        tuple(options),
    )


def class_of(parts: dict[str, tuple[Kind, bool]]) -> Kind:
    """Return the kind of an object; each part says whether it is required."""
    fields: list[Any] = [
        (
            (name, kind.hint)
            if is_required
            else (name, kind.hint | UnsetType, field(default=UNSET))
        )
        for name, (kind, is_required) in parts.items()
    ]
    hint = make_dataclass(f"Class{next(NUMBERS)}", fields, slots=True, kw_only=True)
    required = {name: each.values for name, (each, needed) in parts.items() if needed}
    optional = {name: each.values for name, (each, _) in parts.items()}

    def is_valid(value: Value) -> bool:
        return (
            isinstance(value, dict)
            and required.keys() <= value.keys()
            and all(
                parts[name][0].is_valid(each)
                for name, each in value.items()
                if name in parts
            )
        )

    values = st.fixed_dictionaries(
        required, optional={n: e for n, e in optional.items() if n not in required}
    )
    return Kind(hint, values, is_valid)


def classes(parts: st.SearchStrategy[Kind]) -> st.SearchStrategy[Kind]:
    """Draw classes of at least one part, which share the few names that there are."""
    return st.dictionaries(
        st.sampled_from("abcd"), st.tuples(parts, st.booleans()), min_size=1, max_size=3
    ).map(class_of)


def unions(options: st.SearchStrategy[Kind]) -> st.SearchStrategy[Kind]:
    """Draw unions."""
    return st.lists(
        options, min_size=2, max_size=3, unique_by=lambda each: str(each.hint)
    ).map(union_of)


KINDS = st.recursive(
    st.sampled_from(SCALARS),
    lambda parts: classes(parts)
    | unions(parts)
    | parts.map(list_of)
    | parts.map(map_of),
    max_leaves=8,
)
UNIONS = unions(
    classes(KINDS) | KINDS.map(list_of) | KINDS.map(map_of) | unions(KINDS) | KINDS
)


def read_value(value: Value, hint: Hint) -> tuple[Value, list[Mismatch]]:
    """Return the value and what was reported."""
    report: list[Mismatch] = []
    return decode(json.dumps(value).encode(), hint, report), report


def written(value: Value) -> Value:
    """Return the JSON that a value is written as."""
    return json.loads(encode(value))


def is_same(one: Value, other: Value) -> bool:
    """Return whether two JSON values are equal; in Python, 1 is True as well."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(
            is_same(each, other[name]) for name, each in one.items()
        )
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def flat(kind: Kind) -> list[Kind]:
    """Return the options of a union and of those within it."""
    if not kind.options:
        return [kind]
    return [found for option in kind.options for found in flat(option)]


@given(data=st.data())
@settings(max_examples=count_examples(150), deadline=None)
def test_the_option_that_validates_is_chosen_and_nothing_is_lost(
    data: st.DataObject,
) -> None:
    union = data.draw(UNIONS)
    value = data.draw(union.values)
    found, report = read_value(value, union.hint)
    assert report == []
    assert is_same(written(found), value)
    chosen = union.hint.choose(value, {})
    assert any(e.is_valid(value) for e in flat(union) if e.hint == chosen)


@given(data=st.data(), undeclared=st.integers(1, 3))
@settings(max_examples=count_examples(80), deadline=None)
def test_undeclared_members_do_not_change_that(
    data: st.DataObject, undeclared: int
) -> None:
    union = union_of(data.draw(st.lists(classes(KINDS), min_size=2, max_size=3)))
    value = data.draw(union.values)
    value |= {name: {"deep": [1, "x"]} for name in ("zx", "zy", "zz")[:undeclared]}
    chosen = union.hint.choose(value, {})
    assert any(e.is_valid(value) for e in flat(union) if e.hint is chosen)
    assert read_value(value, union.hint)[1] == []


@given(data=st.data())
@settings(max_examples=count_examples(80), deadline=None)
def test_only_options_of_equal_cost_are_chosen_by_their_order(
    data: st.DataObject,
) -> None:
    kind = data.draw(UNIONS)
    value = data.draw(kind.values | KINDS.flatmap(lambda each: each.values))
    chosen = {}
    for options in permutations(kind.options):
        found = union_of(list(options)).hint.choose(value, {})
        chosen[str(found)] = found if found is None else weigh(value, found)
    assert len(set(chosen.values())) == 1


def weigh(value: Value, hint: Hint) -> Value:
    """Return the cost of an option."""
    return weigh_option(value, get_plan(hint), {})


@dataclass(slots=True, kw_only=True)
class Plain:
    """An option that says little."""

    id: str


@dataclass(slots=True, kw_only=True)
class Rich:
    """One that says more."""

    id: str
    color: Warm | None = None
    total: int | None = None
    parts: list[Rich] | None = None


@dataclass(slots=True, kw_only=True)
class Shade:
    """One that differs by its enum."""

    id: str
    color: Cold | None = None


@dataclass(slots=True, kw_only=True)
class Free:
    """One that nothing contradicts."""

    note: str | None = None


@dataclass(slots=True, kw_only=True)
class Truth:
    """One of a constant that is no text."""

    kind: bool
    id: str | None = None


@dataclass(slots=True, kw_only=True)
class Number:
    """Another one."""

    kind: int
    id: str | None = None


PLAIN = {"id": "1"}
MANY = {"id": "1", "color": "red", "total": 5, "parts": [PLAIN] * 3}


@pytest.mark.parametrize(
    ("options", "value", "chosen"),
    [
        ((Plain, Rich), PLAIN, Rich),
        ((Rich, Shade), {"id": "1", "color": "green"}, Shade),
        ((Rich, Shade), {"id": "1", "color": "orange"}, Rich),
        ((Rich, Shade), {"id": "1", "color": "pink"}, Rich),
        ((Rich, Free), {"note": "n", "x": 1}, Free),
        ((Rich, Free), {"note": "n", "color": "red"}, Free),
        ((Rich, Free), {"zzz": 1}, Free),
        ((Rich, Free), {}, Free),
        # Slips of a server do not empty an object.
        ((Rich, Free), MANY | {"total": "many"}, Rich),
        ((Rich, Free), MANY | {"color": "pink"}, Rich),
        ((Rich, Free), {"id": "1", "total": "5"}, Rich),
        ((Rich, str), {"zzz": 1}, Rich),
        ((dict[str, int], Rich), {"id": "1"}, Rich),
        ((dict[str, int], Rich), {"id": 1}, dict[str, int]),
        ((list[date], list[str]), ["x", "2024-01-02"], list[str]),
        ((list[str], list[date]), ["2024-01-02"], list[date]),
        ((list[Plain], list[Shade]), [{"id": "1", "color": "blue"}], list[Shade]),
        ((Rich, Shade), [], None),
        ((Warm, Cold), "green", Cold),
        ((Warm, str), "pink", str),
        ((Warm, int), "pink", Warm),
        ((Warm, int), "5", Warm),
        ((Warm, int), 5, int),
        ((date, str, int), 5, int),
        ((date, str, int), "2024-01-02", date),
        ((date, str, int), "20240102", str),
        ((date, int), "5", int),
        ((float, int), 5, int),
        ((float, Literal[5]), 5, Literal[5]),
        ((float, str), 5, float),
        ((Decimal, str), "1.10", Decimal),
        ((Decimal, str), "1_0", str),
        ((Decimal, date), "NaN", None),
        ((Rich, str), 5, str),
        ((Rich, list[Rich]), 5, None),
    ],
)
def test_what_is_chosen(options: tuple[Hint, ...], value: Value, chosen: Hint) -> None:
    for order in permutations(options):
        assert one_of("Union", order).choose(value, {}) == chosen


@pytest.mark.parametrize(
    ("kind", "expected"), [(True, Truth), (False, Truth), (1, Number), (2, Number)]
)
def test_a_tag_may_be_a_number_or_a_truth(kind: int, expected: type) -> None:
    tags = {True: Truth, False: Truth} if expected is Truth else {1: Number, 2: Number}
    union = one_of("Union", (Truth, Number), "kind", tags)
    found, report = read_value({"kind": kind, "id": "a"}, union)
    assert (found, report) == (expected(kind=kind, id="a"), [])


NEW_COLOR = {"id": "1", "color": "pink", "total": 1}
TAGS = {"red": Rich, "orange": Rich, "blue": Shade, "green": Shade}


def test_a_new_value_of_an_enum_as_tag_leaves_an_option_that_knows_the_rest() -> None:
    union = one_of("Union", (Shade, Rich), "color", TAGS)
    found, report = read_value(NEW_COLOR, union)
    assert (found, report) == (Rich(id="1", color=Warm("pink"), total=1), [])
    found, report = read_value(NEW_COLOR | {"length": 1}, union)
    assert found == NEW_COLOR | {"length": 1}
    assert [each.path for each in report] == ["$"]


def test_a_tag_that_no_document_declares_may_have_new_values() -> None:
    union = one_of("Union", (Shade, Rich), "color", TAGS, declared=False)
    found, report = read_value(NEW_COLOR | {"length": 1}, union)
    assert (found, report) == (Rich(id="1", color=Warm("pink"), total=1), [])


def test_an_option_may_take_all_other_tags() -> None:
    union = one_of("Union", (Shade, Rich), "color", {"blue": Shade, None: Rich})
    for color, expected in (("blue", Shade), ("green", Rich), ("pink", Rich)):
        found, report = read_value({"id": "1", "color": color}, union)
        assert (type(found), report) == (expected, [])
    assert read_value({"id": "1"}, union) == (Rich(id="1"), [])


if TYPE_CHECKING:
    Guess: TypeAlias = Any
    Pairs: TypeAlias = Any
else:
    Guess = one_of(
        "Guess", lambda: (Rich, Shade, list[Guess], dict[str, Guess], Pairs, int)
    )
    Pairs = one_of("Pairs", lambda: (list[Pairs], list[Guess], dict[str, Pairs]))
Hostile: TypeAlias = Callable[[int], Value]


def nested(link: Callable[[Value], Value], end: Value) -> Hostile:
    """Return the function that makes so many levels."""

    def make(levels: int) -> Value:
        value = end
        for _ in range(levels):
            value = link(value)
        return value

    return make


HOSTILE: dict[str, Hostile] = {
    "lists": nested(lambda value: [value], "x"),
    "maps": nested(lambda value: {"a": value}, "x"),
    "both": nested(lambda value: [{"a": value}, 1], "x"),
    "lost": nested(lambda value: {"id": "1", "color": value}, "x"),
    "declared": nested(lambda value: {"id": "1", "parts": [value]}, "x"),
    "wide": lambda size: ["x", {}, []] * size * 10,
}


@pytest.mark.parametrize(
    "levels", [10, 100, 401, pytest.param(2_000, marks=pytest.mark.slow)]
)
@pytest.mark.parametrize("shape", HOSTILE)
def test_work_grows_with_the_body_and_not_with_its_depth(
    shape: str, levels: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: Counter[str] = Counter()

    def count_calls(name: str) -> None:
        real = getattr(module, name)

        def counted(*given: Value) -> Value:
            done[name] += 1
            return real(*given)

        monkeypatch.setattr(module, name, counted)

    count_calls("weigh_option")
    count_calls("_weigh_parts")
    value = HOSTILE[shape](levels)
    costs: dict[tuple[int, int], Any] = {}
    waiting, parts = [value], 0
    for each in waiting:
        parts += 1
        Guess.choose(each, costs)
        waiting += each.values() if isinstance(each, dict) else []
        waiting += each if isinstance(each, list) else []
    options = 9
    assert done["_weigh_parts"] <= options * parts
    assert done["weigh_option"] <= options**2 * parts
