"""YAML text to nodes, by both of PyYAML's loaders and within limits."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from support.yaml_texts import Read, get_refusal, read_yaml

from flexprice_codegen.spec.limits import Limits
from flexprice_codegen.spec.yaml_nodes import LOADERS


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_no_depth_exhausts_the_stack(read: Read, opening: str) -> None:
    assert get_refusal(read, opening * 3000)[0] == "too-deep"


def test_more_nodes_than_the_limit_are_refused() -> None:
    limited = partial(read_yaml, limits=Limits(values=50))
    assert get_refusal(limited, "- a\n" * 60)[0] == "too-large"


@pytest.mark.parametrize(
    "body",
    [
        "a: |\n  x\n   y\n\nb: >-\n  x\n  y\n",
        "a: \"x\\ny \\u00e9\"\nb: 'it''s'\n",
        "a:\n- 1\n- - 2\n  - 3\n",
        "? a\n: b\n? c\n",
        "%YAML 1.2\n---\na: 1\n...\n",
        "{a: [1, 2,], b: {c: d}}",
        "a: 'x\u2028y'\nb: |\n  x\u2028y\n",
    ],
)
def test_both_loaders_read_the_same(body: str) -> None:
    assert len({json.dumps(read_yaml(body, each)) for each in range(len(LOADERS))}) == 1


def test_line_ends_of_word_processors_are_characters_like_others(read: Read) -> None:
    body = "a: x\u2028y\nb: |\n  x\u2029y\n  z\nc\x85c: 'x\x85y'\nd: \ue000\ufeff\n"
    assert read(body) == {
        "a": "x\u2028y",
        "b": "x\u2029y\nz\n",
        "c\x85c": "x\x85y",
        "d": "\ue000\ufeff",
    }


def test_both_loaders_read_the_same_from_the_pages_of_the_reference(
    shared: Path,
) -> None:
    for page in sorted((shared / "seeds").glob("*.md")):
        body = page.read_text(encoding="utf-8").split("````")[1].partition("\n")[2]
        read = [read_yaml(body, each) for each in range(len(LOADERS))]
        assert all(each == read[0] for each in read)
