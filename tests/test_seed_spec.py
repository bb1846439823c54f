"""specs/flexprice.yaml says what the two pages of the reference say, in other words.

The pages are read by PyYAML alone, so that these tests do not lean on the reader
that they would find at fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce
from pathlib import Path

import yaml

SPEC = Path(__file__).parent.parent / "specs" / "flexprice.yaml"
FENCED = re.compile(r"^(`{3,})yaml[^\n]*\n(.*?)^\1", re.DOTALL | re.MULTILINE)
TEXTS = {"description", "summary"}
NAMED = {"properties", "schemas"}
"""Objects whose keys are names, so that `description` is no text in them."""


def _spec() -> object:
    return yaml.safe_load(SPEC.read_text(encoding="utf-8"))


def _pages(shared: Path) -> list[object]:
    pages = sorted((shared / "seeds").glob("*.md"))
    blocks = [FENCED.search(page.read_text(encoding="utf-8")) for page in pages]
    return [yaml.safe_load(block[2]) for block in blocks if block is not None]


def _facts(value: object, *, named: bool = False) -> object:
    """Return `value` without its texts."""
    match value:
        case dict():
            return {
                key: _facts(member, named=key in NAMED)
                for key, member in value.items()
                if named or key not in TEXTS
            }
        case list():
            return [_facts(item) for item in value]
        case _:
            return value


def _texts(value: object, *, named: bool = False) -> Iterator[str]:
    match value:
        case dict():
            for key, member in value.items():
                if isinstance(member, str) and key in TEXTS and not named:
                    yield " ".join(member.split())
                else:
                    yield from _texts(member, named=key in NAMED)
        case list():
            for item in value:
                yield from _texts(item)
        case _:
            pass


def _merged(one: object, other: object) -> object:
    if isinstance(one, dict) and isinstance(other, dict):
        shared_keys = one.keys() & other.keys()
        both = {key: _merged(one[key], other[key]) for key in shared_keys}
        return {**one, **other, **both}
    assert one == other, "the pages contradict each other"
    return one


def _undescribed(value: object, place: str = "") -> Iterator[str]:
    """Yield the places of schemas, properties and answers without a description."""
    if not isinstance(value, dict):
        return
    for key, member in value.items():
        here = f"{place}/{key}"
        inside = place.rpartition("/")[2] in {*NAMED, "responses"}
        if inside and "$ref" not in member and "description" not in member:
            yield here
        yield from _undescribed(member, here)


def test_its_facts_are_those_of_the_two_pages(shared: Path) -> None:
    pages = _pages(shared)

    assert len(pages) == 2
    assert _facts(_spec()) == reduce(_merged, map(_facts, pages))


def test_no_text_is_that_of_a_page(shared: Path) -> None:
    theirs = {text for page in _pages(shared) for text in _texts(page)}

    assert len(theirs) > 30
    assert theirs.isdisjoint(_texts(_spec()))


def test_every_schema_property_and_answer_is_described() -> None:
    assert list(_undescribed(_spec())) == []
