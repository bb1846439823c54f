"""The deprecated names of a client, as lines."""

from __future__ import annotations

from flexprice_codegen.report.deprecation_lines import iter_deprecation_lines


def test_names_are_sorted_and_the_option_is_named() -> None:
    assert list(iter_deprecation_lines([("b", "y"), ("a", "x")], "src/c")) == [
        "  a is deprecated: it is x now",
        "  b is deprecated: it is y now",
        "  `flexprice-codegen migrate src/c src/c --aliases` moves your code off them",
        "  --prune-aliases drops old names",
    ]
    assert list(iter_deprecation_lines([], "c")) == []


def test_of_many_names_the_rest_is_counted() -> None:
    names = ((f"n{i:02}", "x") for i in range(25))
    lines = list(iter_deprecation_lines(names, "c"))
    assert len(lines) == 23
    assert lines[20] == "  and 5 more, under old_names in the lock"
