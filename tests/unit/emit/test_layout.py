"""Breaking lines as black does."""

from __future__ import annotations

import sys

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from flexprice_codegen.emit.black_fallback import format_python
from flexprice_codegen.emit.layout import lay_out, wrap_statement
from flexprice_codegen.surface.python_types import format_literal

SHORT_NAMES = st.text("abcxyz_09", min_size=1, max_size=40).filter(
    lambda name: name.isidentifier() and name.strip("_") not in ("", "as")
)
# Names as wide as a line, and a little less or more.
NAMES = st.one_of(
    SHORT_NAMES, SHORT_NAMES, SHORT_NAMES, st.integers(40, 95).map(lambda n: "a" * n)
)
STRINGS = st.text("abc, ()[]{}'\\\"#", max_size=20).map(format_literal)
ATOMS = st.one_of(NAMES, STRINGS, st.integers(0, 10**6).map(str))


def joined(parts: list[str]) -> str:
    return ", ".join(parts)


VALUES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(NAMES, st.lists(inner, max_size=4)).map(
            lambda pair: f"{pair[0]}({joined(pair[1])})"
        ),
        st.lists(st.tuples(STRINGS, inner), min_size=1, max_size=6).map(
            lambda pairs: "{"
            + joined([f"{key}: {value}" for key, value in pairs])
            + "}"
        ),
        st.lists(st.tuples(NAMES, inner), min_size=1, max_size=4).map(
            lambda pairs: f"Call({joined([f'{key}={value}' for key, value in pairs])})"
        ),
    ),
    max_leaves=12,
)
CALLS = st.tuples(NAMES, st.lists(VALUES, min_size=1, max_size=5)).map(
    lambda pair: f"{pair[0]}({joined(pair[1])})"
)
HINTS = st.recursive(
    NAMES,
    lambda inner: st.one_of(
        inner.map(lambda hint: f"list[{hint}]"),
        inner.map(lambda hint: f"dict[str, {hint}]"),
        st.lists(inner, min_size=2, max_size=5).map(" | ".join),
    ),
    max_leaves=6,
)
PARAMETERS = st.tuples(NAMES, HINTS, st.booleans()).map(
    lambda parts: f"{parts[0]}_: {parts[1]}" + " = UNSET" * parts[2]
)
SIGNATURES = st.tuples(NAMES, st.lists(PARAMETERS, max_size=4), HINTS).map(
    lambda parts: f"def {parts[0]}({joined(['self', '*', *parts[1]][: None if parts[1] else 1])}) -> {parts[2]}: ..."
)
STATEMENTS = st.one_of(
    st.tuples(NAMES, CALLS).map(lambda pair: f"{pair[0]} = {pair[1]}"),
    st.tuples(NAMES, HINTS).map(lambda pair: f"{pair[0]}: {pair[1]}"),
    st.tuples(NAMES, ATOMS).map(lambda pair: f"{pair[0]} = {pair[1]}"),
    st.tuples(NAMES, HINTS).map(lambda pair: f"{pair[0]}: {pair[1]} = UNSET"),
    st.tuples(NAMES, HINTS).map(lambda pair: f"{pair[0]}: TypeAlias = {pair[1]}"),
    st.tuples(NAMES, HINTS, CALLS).map(
        lambda parts: f"{parts[0]}: Operation[{parts[1]}] = {parts[2]}"
    ),
    SIGNATURES,
)


@given(STATEMENTS)
def test_a_statement_is_broken_as_black_breaks_it(statement: str) -> None:
    text = f"{statement}\n"

    assert lay_out(text) == format_python(text)


@given(STATEMENTS)
def test_most_statements_need_no_black(statement: str) -> None:
    wrapped = wrap_statement(statement)
    assume(all(len(line) <= 88 for line in wrapped))

    assert "\n".join(wrapped) + "\n" == format_python(f"{statement}\n")


@pytest.mark.parametrize(
    ("line", "wrapped"),
    [
        (
            f"_X: Operation[None] = Operation('GET', '/{'a' * 40}', body=json_body, accept='a/b')",
            [
                "_X: Operation[None] = Operation(",
                f"    'GET', '/{'a' * 40}', body=json_body, accept='a/b'",
                ")",
            ],
        ),
        (
            f"    def {'a' * 50}(self) -> dict[str, {'b' * 30}]:",
            [
                f"    def {'a' * 50}(",
                "        self,",
                f"    ) -> dict[str, {'b' * 30}]:",
            ],
        ),
        (
            f"_X: Operation[list[models.{'A' * 60}]] = Operation('GET', '/{'a' * 40}')",
            [
                "_X: Operation[",
                f"    list[models.{'A' * 60}]",
                f"] = Operation('GET', '/{'a' * 40}')",
            ],
        ),
        (
            f"X: TypeAlias = {'A' * 50} | list[{'B' * 80}] | C",
            [
                "X: TypeAlias = (",
                f"    {'A' * 50}",
                "    | list[",
                f"        {'B' * 80}",
                "    ]",
                "    | C",
                ")",
            ],
        ),
        (
            f"    x: {'A' * 80} | None = None",
            ["    x: (", f"        {'A' * 80}", "        | None", "    ) = None"],
        ),
        (f"    name: {'A' * 80}", ["    name: (", f"        {'A' * 80}", "    )"]),
        (f"    name: {'A' * 81}", [f"    name: {'A' * 81}"]),
        (f"x = {'a' * 80}()", [f"x = {'a' * 80}()"]),
        (f"{'a' * 90} = 1", [f"{'a' * 90} = 1"]),
        (f"{'a' * 80} = one_of(", [f"{'a' * 80} = one_of("]),
        (f"    ) -> {'a' * 80}:", [f"    ) -> {'a' * 80}:"]),
    ],
    ids=[
        "call",
        "signature",
        "type hint",
        "union",
        "optional field",
        "field",
        "field that is too wide",
        "empty bracket",
        "no bracket",
        "first of several",
        "last of several",
    ],
)
def test_lines_of_a_statement(line: str, wrapped: list[str]) -> None:
    assert wrap_statement(line) == wrapped


@pytest.mark.parametrize(
    "line",
    [
        f"{'a' * 40} = {'b' * 45}(c, {'d' * 80})",
        f"X: Operation[A] = {'b' * 70}(c, {'d' * 80})",
        f"class {'A' * 90}:\n    pass",
        f"{'_' * 10}X: Operation[models.{'A' * 60}] = Operation('GET', '/{'a' * 70}')",
        f"X: TypeAlias = {'A' * 50} | list[{'B' * 80}]",
        f"x: {'A' * 50} | dict[str, list[{'B' * 50}]]",
    ],
    ids=["name", "hint", "class", "both", "alias", "field"],
)
def test_a_choice_of_two_breaks_is_black_s(line: str) -> None:
    assert lay_out(f"{line}\n") == format_python(f"{line}\n")


def test_lines_of_a_description_need_no_black(monkeypatch: pytest.MonkeyPatch) -> None:
    """The import of black takes longer than the client of a small document."""
    monkeypatch.setitem(sys.modules, "flexprice_codegen.emit.black_fallback", None)
    name, other = "A" * 50, "B" * 50
    for line in (
        f"_X: Operation[models.{name}] = Operation('GET', '/{'a' * 60}')",
        f"X: Operation[models.{name}{name}] = Operation('GET', '/{'a' * 60}')",
        f"X: TypeAlias = {name} | {other} | C",
        f"x: list[{name}{name}] | UnsetType = UNSET",
        f"x: {name} | {other} | None",
    ):
        assert lay_out(line.replace("'", '"')).count("\n") > 1


@pytest.mark.parametrize(
    "text",
    [
        f"class A:\n    a: {'B' * 90}\n",
        f"def f(\n    self,\n    a: {'B' * 90},\n) -> None: ...\n",
        f'A = {{\n    "a": {"b" * 90}\n}}\n',
    ],
    ids=["field", "parameter", "item"],
)
def test_a_wide_name_is_laid_out_as_black_does(text: str) -> None:
    assert lay_out(text) == format_python(text)


def test_a_statement_on_several_lines_is_left_to_black() -> None:
    name = "A" * 79
    text = f'{name} = one_of(\n    "{name}",\n    lambda: (int,),\n)\n'

    assert lay_out(text) == format_python(text)
