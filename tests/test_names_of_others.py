"""Names that real documents get in a first run: none that a person would not write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from flexprice_codegen.api.build import build_api
from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.model import Api
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.spec.document import load_document
from flexprice_codegen.surface.build import build_surface
from flexprice_codegen.surface.model import Surface
from flexprice_codegen.surface.previous_names import PreviousNames

LONGEST = 60
VERSION = re.compile(r"v\d+\w*|api|\d.*")
HASH = re.compile(r"_(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{8}$", re.IGNORECASE)
NUMBER = re.compile(r"(Option|Model|_)\d+$")
# A status code has three digits.
COUNTED = re.compile(r"Option\d|(Model|Object|Union|Enum)\d+$|Response\d$")


def read_others(shared: Path) -> Iterator[tuple[str, Api, Surface]]:
    """Yield the documents of others with what they become."""
    for path in sorted((shared / "specs" / "more").iterdir()):
        sink = DiagnosticSink()
        document = load_document([str(path)], [], sink=sink, folder=path.parent)
        api = build_api(document, sink)
        yield path.name, api, build_surface(api, PreviousNames(), sink)


def list_names(surface: Surface) -> list[str]:
    """Return the names of classes, resources, and methods."""
    return [
        *(each.name for each in surface.models),
        *(each.name for each in surface.resources),
        *(each.name for resource in surface.resources for each in resource.methods),
    ]


@pytest.mark.slow
def test_no_name_is_a_version_or_too_long_or_has_a_hash(shared: Path) -> None:
    found = []
    for document, _, surface in read_others(shared):
        spaces = [each.name for each in surface.resources]
        names = list_names(surface)
        found += [(document, name) for name in spaces if VERSION.fullmatch(name)]
        found += [(document, name) for name in names if len(name) > LONGEST]
        found += [(document, name) for name in names if HASH.search(name)]
    assert found == []


@pytest.mark.slow
def test_no_class_has_a_number_beside_null(shared: Path) -> None:
    """A number tells several variants apart, of which null is none."""
    found = []
    for document, api, surface in read_others(shared):
        keys = {each.key: each.name for each in surface.models}
        variants = [key for key in keys if re.search(r" > \|\d+$", key)]
        for key in variants:
            parent = key.rpartition(" > ")[0]
            others = [each for each in api.schemas if each.startswith(f"{parent} > |")]
            if len(others) == 1 and NUMBER.search(keys[key]):
                found.append((document, keys[key]))
    assert found == []


@pytest.mark.slow
def test_no_inline_schema_has_a_number_where_a_word_is_better(shared: Path) -> None:
    found = [
        (document, each.name)
        for document, _, surface in read_others(shared)
        for each in surface.models
        if SEPARATOR in each.key and COUNTED.search(each.name)
    ]
    assert found == []
