"""Samples: values for tests, the same every time, that the decoder reads."""

from __future__ import annotations

import json

import pytest
from support.reading import read
from support.shapes import Cat, Color, Everything, Pet, Simple, Tree

from flexprice_codegen.runtime.samples import Samples
from flexprice_codegen.runtime.shapes import Hint


@pytest.mark.parametrize(
    "hint", [Everything, Simple, Pet, Tree, list[Pet], dict[str, Cat]]
)
def test_a_sample_fits_its_hint(hint: Hint) -> None:
    value = Samples({}).of(hint)
    made, report = read(json.dumps(value), hint)
    assert report == []
    assert made is not None
    assert Samples({}).of(hint) == value


def test_a_text_is_the_name_of_its_member_and_an_enum_its_first_value() -> None:
    found = Samples({}).of(Simple)
    assert (found["id"], found["color"]) == ("id", Color.RED.value)
    assert found["tags"] == ["tags"]
    assert found["pet"]["kind"] == "cat"


def test_what_is_known_is_taken_and_none_is_left_out() -> None:
    found = Samples({"Simple.id": "x-1", "Simple.whole": None}).of(Simple)
    assert found["id"] == "x-1"
    assert "whole" not in found


def test_an_object_within_itself_is_left_out() -> None:
    assert "child" not in Samples({}).of(Everything)
