"""Imports of a generated module: where they lead, and in which order they stand."""

from __future__ import annotations

from collections import defaultdict
from itertools import permutations

import pytest

from flexprice_codegen.emit.expression import Home, ImportedName
from flexprice_codegen.emit.imports import (
    ModuleLocation,
    format_exports,
    format_imports,
)

RESOURCE = ModuleLocation("resources")
SHARED = ModuleLocation("resources", "../../common/_runtime")
ROOT = ModuleLocation()


@pytest.mark.parametrize(
    ("location", "home", "module", "found"),
    [
        (RESOURCE, "library", "typing", "typing"),
        (RESOURCE, "client", "", ".."),
        (RESOURCE, "client", "_version", ".._version"),
        (RESOURCE, "client", "resources.customers", ".customers"),
        (RESOURCE, "runtime", "operation", "..runtime.operation"),
        (RESOURCE, "runtime", "", "..runtime"),
        (SHARED, "runtime", "operation", "....common._runtime.operation"),
        (SHARED, "client", "", ".."),
        (ROOT, "client", "resources.customers", ".resources.customers"),
        (ROOT, "runtime", "errors", ".runtime.errors"),
        (
            ModuleLocation("", "../_runtime"),
            "runtime",
            "errors",
            ".._runtime.errors",
        ),
    ],
)
def test_a_module_is_named_as_it_is_reached(
    location: ModuleLocation, home: Home, module: str, found: str
) -> None:
    assert location.get_module(ImportedName(home, module, "x")) == found


def test_imports_are_grouped_and_sorted_as_ruff_has_them() -> None:
    names = [
        ImportedName("runtime", "operation", "Operation"),
        ImportedName("client", "resources.item10", "Item10"),
        ImportedName("client", "resources.item2", "Item2"),
        ImportedName("library", "msgspec", "UNSET"),
        ImportedName("library", "httpx2"),
        ImportedName("library", "typing", "TYPE_CHECKING"),
        ImportedName("library", "typing", "Literal"),
        ImportedName("library", "__future__", "annotations"),
    ]

    assert format_imports(names, RESOURCE).split("\n") == [
        "from __future__ import annotations",
        "",
        "from typing import TYPE_CHECKING, Literal",
        "",
        "import httpx2",
        "from msgspec import UNSET",
        "",
        "from ..runtime.operation import Operation",
        "from .item2 import Item2",
        "from .item10 import Item10",
    ]


def test_exports_say_the_name_twice() -> None:
    names = [ImportedName("runtime", "errors", name) for name in ("B", "A")]

    assert format_exports(names, ROOT, indent=4).split("\n") == [
        "    from .runtime.errors import A as A",
        "    from .runtime.errors import B as B",
    ]


def test_the_order_of_imports_depends_on_their_names_alone() -> None:
    words = ("item1", "item01", "item001", "Item1", "ITEM1")
    names = [ImportedName("client", module, each) for module in words for each in words]
    orders = [*permutations(names[:5]), names, names[::-1]]
    for format_names in (format_imports, format_exports):
        texts: dict[frozenset[ImportedName], set[str]] = defaultdict(set)
        for order in orders:
            texts[frozenset(order)].add(format_names(order, ROOT, indent=0))
        assert [len(found) for found in texts.values()] == [1, 1]


def test_a_name_with_an_alias_comes_before_names_that_it_precedes() -> None:
    names = [
        ImportedName("runtime", "answers", each)
        for each in ("raw", "araw", "RawResponse as _RawResponse", "zip as _zip")
    ]
    assert format_imports(names, ROOT).splitlines() == [
        "from .runtime.answers import RawResponse as _RawResponse",
        "from .runtime.answers import araw, raw",
        "from .runtime.answers import zip as _zip",
    ]
