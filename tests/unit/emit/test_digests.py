"""Digests of what a text is made from: nothing in them depends on the process."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, fields, is_dataclass
from itertools import combinations
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from flexprice_codegen.api.model import Api
from flexprice_codegen.config import Client, Pattern, Selection
from flexprice_codegen.diagnostics import FileLocation, Origin
from flexprice_codegen.emit.digests import inputs_digest
from flexprice_codegen.emit.emit import EmitOptions
from flexprice_codegen.emit.method_view import MethodContext
from flexprice_codegen.emit.package import PackageInfo
from flexprice_codegen.surface.model import Surface
from flexprice_codegen.vendor.inputs import hash_client_config


@dataclass(frozen=True, slots=True)
class Part:
    """Something with a place, which does not count, and a field that no `repr` shows."""

    value: object
    at: FileLocation | Origin | None = None
    note: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Whole:
    """The same under another name."""

    value: object


DIFFERENT: list[object] = [
    None,
    "",
    "None",
    "1",
    1,
    1.0,
    True,
    0,
    False,
    -0.0,
    (),
    ((),),
    ("a", "b"),
    ("a,b",),
    ("a", ("b",)),
    (("a",), "b"),
    'a","b',
    {},
    {"a": "b"},
    {"a": None, "b": None},
    {"b": None, "a": None},
    "\ud800",
    "é",
    "\\u00e9",
    Part("a"),
    Part("a", note="b"),
    Whole("a"),
    Part(("a",)),
    Part(Part("a")),
]


def test_values_that_differ_have_digests_that_differ() -> None:
    for one, other in combinations(DIFFERENT, 2):
        assert inputs_digest(one) != inputs_digest(other), (one, other)


def test_several_values_are_no_single_one() -> None:
    assert inputs_digest("a", "b") != inputs_digest("ab")
    assert inputs_digest("a", "b") != inputs_digest(("a", "b"))


def test_only_places_do_not_count() -> None:
    places = (None, FileLocation("a", 1, 1), FileLocation("b", 2, 2), Origin("", "/a"))
    assert len({inputs_digest(Part("a", at=each)) for each in places}) == 1


@pytest.mark.parametrize(
    "value",
    [
        {"a"},
        frozenset({"a"}),
        frozenset(),
        {"a": 1}.keys(),
        object(),
        str,
        len,
        iter(()),
        b"a",
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_has_no_order_or_no_written_form_has_no_digest(value: object) -> None:
    for whole in (value, ("a", value), {"a": value}, Part(Part(value))):
        with pytest.raises(TypeError, match="no digest that is the same everywhere"):
            inputs_digest(whole)


def test_the_place_of_a_setting_does_not_count() -> None:
    def client(line: int) -> Client:
        pattern = Pattern("a", FileLocation("flexprice-codegen.toml", line, 1))
        selection = Selection(tags=(pattern,))
        return Client(
            name="c", spec=("a",), output="c", package="c", selection=selection
        )

    assert hash_client_config(client(1)) == hash_client_config(client(2))


def kinds(hint: Any) -> Iterator[Any]:  # noqa: ANN401 - a type hint is anything
    """Walk a type hint, and those of the fields of a dataclass."""
    seen: set[object] = set()
    pending = [hint]
    while pending:
        each = pending.pop()
        if each in seen:
            continue
        seen.add(each)
        yield get_origin(each) or each
        pending += [e for e in get_args(each) if not isinstance(e, str)]
        if is_dataclass(each):
            hints = get_type_hints(each)
            pending += [hints[e.name] for e in fields(each)]


@pytest.mark.parametrize(
    "root", [Api, Surface, MethodContext, PackageInfo, EmitOptions, Client]
)
def test_nothing_that_is_digested_may_hold_a_set(root: type) -> None:
    """The shapes in a lock are digests, too, and come from the types of an `Api`."""
    found = list(kinds(root))

    assert str in found
    for each in found:
        assert not (isinstance(each, type) and issubclass(each, AbstractSet)), each
