"""Expressions: the code is what was asked for, and imports are known without reading it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from flexprice_codegen.emit.expression import (
    Expression,
    ImportedName,
    call_expression,
    dict_expression,
    import_expression,
    tuple_expression,
)
from flexprice_codegen.surface.python_types import format_literal

NASTY = st.text("'\"\\ a(){}[],=é\n", max_size=12)
NAMES = st.sampled_from(["DeepObject", "Style", "partial", "form_body"])
LEAVES = st.one_of(
    NASTY.map(lambda text: Expression(format_literal(text))),
    NAMES.map(lambda name: import_expression(ImportedName("runtime", "styles", name))),
)
EXPRESSIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple_expression),
        st.lists(st.tuples(NASTY.map(format_literal), inner), max_size=3).map(
            dict_expression
        ),
        st.tuples(NAMES, st.lists(inner, max_size=3)).map(
            lambda pair: call_expression(
                import_expression(ImportedName("runtime", "styles", pair[0])), *pair[1]
            )
        ),
    ),
    max_leaves=8,
)


def names_in(code: str) -> Iterator[str]:
    """Yield the names that code needs, as Python reads it."""
    for node in ast.walk(ast.parse(code, mode="eval")):
        if isinstance(node, ast.Name):
            yield node.id


@given(EXPRESSIONS)
def test_an_expression_imports_the_names_in_it_and_no_others(
    expression: Expression,
) -> None:
    assert {name.name for name in expression.imports} == set(names_in(expression.text))


def test_keywords_come_after_arguments() -> None:
    style = import_expression(ImportedName("runtime", "parameters", "Style"))
    keywords = {"explode": Expression("False"), "safe": Expression("RESERVED")}

    made = call_expression(style, Expression("1"), keywords=keywords)

    assert made.text == "Style(1, explode=False, safe=RESERVED)"
