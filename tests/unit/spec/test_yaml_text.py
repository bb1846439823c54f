"""YAML text to plain values, by both of PyYAML's loaders."""

from __future__ import annotations

from functools import partial

import pytest
from support.yaml_texts import Read, get_refusal, read_yaml

from flexprice_codegen.diagnostics import DiagnosticError, FileLocation
from flexprice_codegen.spec.limits import Limits
from flexprice_codegen.spec.nodes import WrittenFloat


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("False", False),
        ("TRUE", True),
        ("null", None),
        ("~", None),
        ("Null", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("+7", 7),
        ("0o17", 15),
        ("0xff", 255),
        ("text", "text"),
        ("'true'", "true"),
        ('"12"', "12"),
        ("!!str 12", "12"),
        ("!!int '12'", 12),
        ("!!bool 'true'", True),
        ("!!null ''", None),
    ],
)
def test_a_scalar_is_what_the_core_schema_of_yaml_1_2_says(
    read: Read, written: str, value: object
) -> None:
    got = read(f"a: {written}")
    assert got == {"a": value}
    assert isinstance(got, dict)
    assert type(got["a"]) is type(value)


@pytest.mark.parametrize(
    "written",
    [
        "yes",
        "no",
        "on",
        "off",
        "y",
        "Yes",
        "tRUE",
        "12:30",
        "2024-01-01",
        "2024-01-01T00:00:00Z",
        "1_000",
        "0b1",
        "1,5",
        "010",
        "-010",
        "08",
        "0o8",
        "0x",
        "-0x1",
        "+",
        "-",
        ".",
        "...a",
        "1e",
        "=",
        "1.2.3",
        "NaN",
        "inf",
        "nULL",
    ],
)
def test_what_only_yaml_1_1_takes_for_something_else_is_a_string(
    read: Read, written: str
) -> None:
    assert read(f"a: [{written}]" if "," not in written else f"a:\n- {written}") == {
        "a": [written]
    }


@pytest.mark.parametrize(
    "written",
    ["1.10", "3.0", "1e3", "-.5", "1.", "+1.5E-3", "01.5", ".5e1", "!!float 2"],
)
def test_a_float_remembers_how_it_was_written(read: Read, written: str) -> None:
    value = read(written)
    assert isinstance(value, WrittenFloat)
    assert value.text == written.removeprefix("!!float ")


@pytest.mark.parametrize("written", [".inf", "-.INF", ".nan", "1e999", "9" * 5000])
def test_a_number_that_json_cannot_write_is_refused(read: Read, written: str) -> None:
    assert get_refusal(read, f"a:\n  b: {written}") == (
        "invalid-number",
        "api.yaml:2:6",
    )


def test_keys_are_strings_as_they_are_written(read: Read) -> None:
    keys = ["200", "on", "1.10", "null", "true", "~", "010", "2024-01-01"]
    got = read("".join(f"{key}: 1\n" for key in keys))
    assert isinstance(got, dict)
    assert list(got) == keys


def test_a_key_that_stands_twice_is_named_with_both_places(read: Read) -> None:
    with pytest.raises(DiagnosticError) as caught:
        read("a:\n  x: 1\n  'x': 2\n")
    (fault,) = caught.value.diagnostics
    assert (fault.code, fault.location) == (
        "duplicate-key",
        FileLocation("api.yaml", 3, 3),
    )
    assert "api.yaml:2:3" in fault.help


def test_merge_keys_yield_to_the_keys_of_the_object_and_to_earlier_ones(
    read: Read,
) -> None:
    body = """
a: &a {x: 1, y: 1}
b: &b {<<: *a, y: 2, z: 2}
c: {z: 3, <<: [*a, *b], w: 3}
d: {"<<": quoted}
"""
    got = read(body)
    assert isinstance(got, dict)
    assert got["b"] == {"x": 1, "y": 2, "z": 2}
    assert got["c"] == {"x": 1, "y": 1, "z": 3, "w": 3}
    assert got["d"] == {"<<": "quoted"}


def test_an_alias_has_the_value_of_its_anchor(read: Read) -> None:
    assert read("a: &a [1, {b: 2}]\nc: *a\nd: &d 010\ne: *d") == {
        "a": [1, {"b": 2}],
        "c": [1, {"b": 2}],
        "d": "010",
        "e": "010",
    }


def test_aliases_that_multiply_are_refused(read: Read) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 8)}]" for n in range(1, 60)]
    assert get_refusal(read, "\n".join(lines))[0] == "too-large"


def test_merges_that_multiply_are_refused() -> None:
    limited = partial(read_yaml, limits=Limits(values=1000))
    keys = ", ".join(f"k{n}: 1" for n in range(100))
    body = f"a: &a {{{keys}}}\nb: [" + ", ".join(["{<<: *a}"] * 50) + "]"
    assert get_refusal(limited, body)[0] == "too-large"


@pytest.mark.parametrize("link", ["[*a{0}]", "{{<<: *a{0}}}"])
def test_a_long_chain_of_aliases_is_too_deep_or_read(read: Read, link: str) -> None:
    lines = ["a0: &a0 {x: 1}"]
    lines += [f"a{n + 1}: &a{n + 1} {link.format(n)}" for n in range(5000)]
    if link.startswith("["):
        assert get_refusal(read, "\n".join(lines))[0] == "too-deep"
    else:
        got = read("\n".join(lines))
        assert isinstance(got, dict)
        assert got["a5000"] == {"x": 1}


def test_values_may_stand_as_deep_as_the_limit_and_no_deeper() -> None:
    limited = partial(read_yaml, limits=Limits(depth=3))
    assert limited("[[[1]]]") == [[[1]]]
    assert get_refusal(limited, "a: [[[]]]")[0] == "too-deep"
