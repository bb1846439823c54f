"""Reading what does not fit: the work grows with the body, never with its depth.

Work is counted, not timed: parts that are looked at, options that are weighed, and bytes
that msgspec reads, in vain or not. Each family of bodies is read at several depths and
widths.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import pytest
from support.reading import read_plain
from support.shapes import Everything, Tree
from support.values import Value

from flexprice_codegen.runtime import decoding, one_of
from flexprice_codegen.runtime.decoding import (
    MOST_LEVELS,
    Mismatch,
    NotJSONError,
    decode,
)
from flexprice_codegen.runtime.shapes import Hint, Plan
from flexprice_codegen.runtime.wire_names import WireNames

DEPTHS = (1, 2, 10, 50, 199)
SOME = 40
MOST_IN_VAIN = 10
MOST_OPENED = 10
"""How many times the size of a body may be read in vain."""


@dataclass(slots=True, kw_only=True)
class Node:
    """A class that msgspec can read on its own."""

    id: str | None = None
    whole: int | None = None
    at: datetime | None = None
    child: Node | None = None
    nodes: list[Node] | None = None
    by_name: dict[str, Node] | None = None
    labels: dict[str, str] | None = None
    any: Any = None


@dataclass(slots=True, kw_only=True)
class Wired:
    """A class that it reads as its twin."""

    __wire__: ClassVar[WireNames] = WireNames({"child": "the-child"})

    whole: int | None = None
    child: Wired | None = None
    node: Node | None = None


@dataclass(slots=True, kw_only=True)
class Leaf:
    """An option of a union, which ends it."""

    kind: str
    whole: int | None = None


@dataclass(slots=True, kw_only=True)
class Fork:
    """An option of a union, which holds it."""

    kind: str
    left: Branch | None = None
    right: Branch | None = None


if TYPE_CHECKING:
    Branch: TypeAlias = Leaf | Fork
    Guess: TypeAlias = "Node | list[Guess] | dict[str, Guess] | int"
else:
    Branch = one_of.one_of(
        "Branch", lambda: (Leaf, Fork), "kind", {"leaf": Leaf, "fork": Fork}
    )
    Guess = one_of.one_of("Guess", lambda: (Node, list[Guess], dict[str, Guess], int))


Family = tuple[Hint, Callable[[int], Value]]
"""What is meant, and the body with so many levels."""


def chain(link: Callable[[Value, int], Value], end: Callable[[], Value]) -> Value:
    """Return the function that makes a body of links, one in another."""

    def made(levels: int) -> Value:
        value = end()
        for level in range(levels - 1):
            value = link(value, level)
        return value

    return made


def bulk() -> Value:
    """Return an object with many parts, one of which does not fit."""
    nodes = [{"id": str(number), "whole": number} for number in range(SOME)]
    labels = {str(number): "x" for number in range(SOME)}
    return {"labels": labels, "nodes": nodes, "at": [], "any": nodes}


FAMILIES: dict[str, Family] = {
    "objects": (Node, chain(lambda v, _: {"child": v}, bulk)),
    "misfits-before": (Node, chain(lambda v, _: {"whole": "x", "child": v}, bulk)),
    "misfits-behind": (Node, chain(lambda v, _: {"child": v, "whole": "x"}, bulk)),
    "siblings": (
        Node,
        chain(lambda v, _: {"nodes": [{"whole": 1}], "child": v, "any": [1]}, bulk),
    ),
    "lists": (Node, chain(lambda v, _: {"nodes": [{}, v, {}]}, bulk)),
    "maps": (Node, chain(lambda v, _: {"by_name": {"a": {}, "b": v, "c": {}}}, bulk)),
    "lists-and-maps": (
        Node,
        chain(lambda v, n: {"by_name": {"a": v}} if n % 2 else {"nodes": [v]}, bulk),
    ),
    "renamed": (Wired, chain(lambda v, _: {"the-child": v}, lambda: {"node": bulk()})),
    "tagged": (
        Branch,
        chain(
            lambda v, _: {"kind": "fork", "left": {"kind": "leaf"}, "right": v},
            lambda: {"kind": "leaf", "whole": "x"},
        ),
    ),
    "untagged": (
        Guess,
        chain(
            lambda v, n: {"a": v} if n % 2 else [1, v],
            lambda: {**bulk(), "text": "x"},
        ),
    ),
    "ambiguous": (
        Tree,
        chain(lambda v, n: {"a": v} if n % 2 else ["b", v], lambda: {"a": False}),
    ),
    "everything": (Everything, chain(lambda v, _: {"child": v}, lambda: {"whole": []})),
}


def size(value: Value) -> int:
    """Count the values of a body."""
    match value:
        case dict():
            return 1 + sum(map(size, value.values()))
        case list():
            return 1 + sum(map(size, value))
    return 1


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count what a reader does."""
    done: Counter[str] = Counter()

    def counted(name: str, function: Callable[..., Value]) -> Callable[..., Value]:
        def count(*given: Value, **named: Value) -> Value:
            done[name] += 1
            return function(*given, **named)

        return count

    def tried(one: Value, data: bytes, known: Plan) -> Value:
        found = read_whole(one, data, known)
        outcome = "in vain" if found is decoding.MISFIT else "as a whole"
        done[f"bytes {outcome}"] += len(data)
        return found

    def opening(name: str) -> None:
        real = getattr(decoding, name)

        def opened(data: Value) -> Value:
            done["bytes opened"] += len(data)
            return real(data)

        monkeypatch.setattr(decoding, name, opened)

    opening("_as_parts")
    opening("parse_json")
    reader = decoding.TolerantReader
    read_whole = vars(reader)["_read_whole"]
    monkeypatch.setattr(reader, "_read_whole", tried)
    monkeypatch.setattr(reader, "read", counted("read", reader.read))
    monkeypatch.setattr(one_of, "weigh_option", counted("weighed", one_of.weigh_option))
    return done


@pytest.fixture
def _room() -> Iterator[None]:
    """Allow calls to nest so deeply that what counts them does not count."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(5_000)
    yield
    sys.setrecursionlimit(before)


@pytest.mark.usefixtures("_room")
@pytest.mark.parametrize("levels", DEPTHS)
@pytest.mark.parametrize("family", FAMILIES)
def test_each_part_is_read_once_however_deep_it_lies(
    family: str, levels: int, work: Counter[str]
) -> None:
    hint, body = FAMILIES[family]
    value = body(levels)
    _, report = read_plain(value, hint)
    assert report
    parts = size(value)
    assert work["read"] <= 2 * parts, "a union, and the option that is chosen"
    assert work["bytes as a whole"] <= len(json.dumps(value))
    assert work["bytes in vain"] <= MOST_IN_VAIN * len(json.dumps(value))
    assert work["bytes opened"] <= MOST_OPENED * len(json.dumps(value))
    assert work["weighed"] <= 30 * parts


def doubled(levels: int) -> Hint:
    """Return a union of two unions of the same two, and so on, of classes."""
    pair: tuple[Hint, ...] = (Leaf, Fork)
    for level in range(levels):
        pair = tuple(one_of.one_of(f"{side}{level}", pair) for side in "lr")
    return one_of.one_of("Top", pair)


def test_unions_in_unions_are_not_tried_in_all_combinations(
    work: Counter[str],
) -> None:
    value, report = read_plain({"kind": "leaf", "whole": "1"}, doubled(12))
    assert (value, report) == (Leaf(kind="leaf", whole=1), [])
    assert work["weighed"] < 1_000


@pytest.mark.parametrize("levels", range(900, 1_000))
@pytest.mark.usefixtures("usual_depth")
def test_what_is_too_deep_for_msgspec_is_not_tried_at_each_level(
    levels: int, work: Counter[str]
) -> None:
    text = '{"whole":[],"child":' + '{"child":' * levels + "{}" + "}" * levels + "}"
    with suppress(NotJSONError):
        decode(text.encode(), Node, [])
    assert work["bytes in vain"] <= MOST_IN_VAIN * len(text)


def test_numbers_within_anything_are_numbers_beside_a_misfit() -> None:
    body = {"whole": [], "child": {"any": {"a": [1.5, {"b": 2.5}], "c": 0.1}}}
    value, _ = read_plain(body, Node)
    assert value.child.any == body["child"]["any"]  # type: ignore[index]
    assert {type(each) for each in value.child.any["a"][:1]} == {float}


def test_each_mismatch_is_told_by_its_path() -> None:
    body = {
        "whole": [],
        "by_name": {"a": {}, "b.c": {"whole": "x", "nodes": [{}, {"id": True}, 5]}},
        "nodes": [{"child": {"at": 1, "labels": {"k": {}}}}, {"whole": 1}],
        "id": {},
    }
    value, report = read_plain(body, Node)
    assert [each.path for each in report] == [
        "$.whole",
        "$.by_name.b.c.whole",
        "$.by_name.b.c.nodes[1].id",
        "$.by_name.b.c.nodes[2]",
        "$.nodes[0].child.at",
        "$.nodes[0].child.labels.k",
        "$.id",
    ]
    assert value.by_name["a"] == Node()
    assert value.by_name["b.c"].nodes == [Node(), Node(id=True), 5]  # type: ignore[arg-type]
    assert value.nodes[1] == Node(whole=1)


def test_a_name_in_a_path_is_cut_where_it_is_long() -> None:
    _, report = read_plain({"labels": {"k" * 10_000: []}}, Node)
    assert report == [Mismatch(f"$.labels.{'k' * 80}", "str", "an array")]


@pytest.mark.parametrize(
    ("misfits", "listed"), [(1, 1), (999, 999), (1_000, 1_000), (1_001, 1_001)]
)
def test_a_thousand_mismatches_are_listed(misfits: int, listed: int) -> None:
    value, report = read_plain({"nodes": [5] * misfits}, Node)
    assert value.nodes == [5] * misfits
    assert len(report) == listed
    assert sum(each.count for each in report) == misfits


def test_the_last_mismatch_counts_the_others() -> None:
    body = {"nodes": [{"whole": "x", "id": 1}, 5] * 2_000, "labels": []}
    _, report = read_plain(body, Node)
    assert report[0] == Mismatch("$.nodes[0].whole", "int", "a string")
    assert report[1_000:] == [Mismatch("and 3001 more", "", "", 3_001)]


def deepest(value: Value) -> Value:
    """Return the last value of a chain of children, and how many there are."""
    levels = 1
    while (child := getattr(value, "child", None)) is not None:
        value, levels = child, levels + 1
    return value, levels


def test_what_lies_within_the_levels_is_read() -> None:
    # The last object holds a list of objects, which are two levels deeper.
    value, report = read_plain(
        chain(lambda v, _: {"child": v}, bulk)(MOST_LEVELS - 2), Node
    )
    found, levels = deepest(value)
    assert levels == MOST_LEVELS - 2
    assert found.nodes[1] == Node(id="1", whole=1)
    assert [each.expected for each in report] == ["datetime"]


def test_what_fits_is_read_however_often_msgspec_failed_around_it() -> None:
    levels = 50
    fitting = {"nodes": [{"whole": 1}], "at": "2026-01-31T12:00:00Z", "labels": {}}
    value, report = read_plain(
        chain(lambda v, _: {"child": v, **fitting}, bulk)(levels), Node
    )
    for _ in range(levels - 1):
        assert value.nodes == [Node(whole=1)]
        assert value.at == datetime(2026, 1, 31, 12, tzinfo=UTC)
        value = value.child
    assert value.nodes[0] == Node(id="0", whole=0)
    assert [each.expected for each in report] == ["datetime"]


def test_what_lies_deeper_is_kept_and_reported() -> None:
    value, report = read_plain(
        chain(lambda v, _: {"child": v}, bulk)(MOST_LEVELS + 99), Node
    )
    found, levels = deepest(value)
    assert levels == MOST_LEVELS + 1
    assert isinstance(found, dict)
    path = "$" + ".child" * MOST_LEVELS
    assert report == [Mismatch(path, "at most 200 levels", "an object")]


def test_levels_count_only_for_what_does_not_fit() -> None:
    body = chain(lambda v, _: {"child": v}, lambda: {"whole": 1})(MOST_LEVELS + 99)
    value, report = read_plain({"whole": [], "child": body, "any": [body]}, Node)
    assert deepest(value) == (Node(whole=1), MOST_LEVELS + 100)
    assert value.any == [body]
    assert [each.path for each in report] == ["$.whole"]


@pytest.mark.parametrize("levels", [250, 400, 700, 980, 3_000, 30_000])
@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.usefixtures("usual_depth")
def test_no_depth_is_a_recursion_error(family: str, levels: int) -> None:
    hint, _ = FAMILIES[family]
    opening, closing = {
        "lists": ('{"nodes":[', "]}"),
        "maps": ('{"by_name":{"a":', "}}"),
        "tagged": ('{"kind":"fork","left":', "}"),
        "renamed": ('{"the-child":', "}"),
        "untagged": ("[", "]"),
        "ambiguous": ("[", "]"),
    }.get(family, ('{"child":', "}"))
    text = opening * levels + "true" + closing * levels
    report: list[Mismatch] = []
    with suppress(NotJSONError):
        assert decode(text.encode(), hint, report)
        assert report


@pytest.mark.parametrize("frames", range(500, 900, 20))
@pytest.mark.usefixtures("usual_depth")
def test_nor_is_it_one_for_a_caller_who_is_deep_himself(frames: int) -> None:
    text = ('{"child":' * 150 + '{"whole":[]}' + "}" * 150).encode()

    def call(further: int) -> Value:
        return call(further - 1) if further else decode(text, Node, [])

    with suppress(NotJSONError):
        assert isinstance(call(frames), Node)
