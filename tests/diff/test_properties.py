"""What must hold of any two documents, whatever they say."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from support.comparing import compare_wire
from support.documents import Json, document

from flexprice_codegen.diff.rules.catalogue import RULES_BY_ID
from flexprice_codegen.diff.rules.schema_rows import SCHEMA_ROWS, SchemaRow

pytestmark = pytest.mark.slow
NAMES = st.sampled_from(["a", "b", "c", "d"])
REFERENCES = st.sampled_from(["Cat", "Dog"]).map(
    lambda name: {"$ref": f"#/components/schemas/{name}"}
)
SCALARS = st.one_of(
    st.fixed_dictionaries(
        {"type": st.just("string")},
        optional={
            "minLength": st.integers(0, 3),
            "maxLength": st.integers(4, 9),
            "pattern": st.sampled_from(["^a", "^b"]),
            "format": st.sampled_from(["date", "uuid"]),
            "nullable": st.booleans(),
        },
    ),
    st.fixed_dictionaries(
        {"type": st.sampled_from(["integer", "number"])},
        optional={
            "minimum": st.integers(0, 3),
            "exclusiveMaximum": st.integers(4, 9),
            "multipleOf": st.sampled_from([2, 3]),
        },
    ),
    st.fixed_dictionaries(
        {
            "type": st.just("string"),
            "enum": st.lists(st.sampled_from("xyz"), min_size=1, unique=True),
        }
    ),
    st.just({"type": "boolean"}),
)


def containers(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    """Return lists, objects and choices of simpler schemas."""
    return st.one_of(
        st.fixed_dictionaries(
            {"type": st.just("array"), "items": inner},
            optional={"uniqueItems": st.booleans(), "maxItems": st.integers(1, 3)},
        ),
        st.fixed_dictionaries(
            {
                "type": st.just("object"),
                "properties": st.dictionaries(NAMES, inner, min_size=1),
            },
            optional={
                "required": st.lists(NAMES, unique=True),
                "additionalProperties": st.booleans(),
            },
        ),
        st.fixed_dictionaries({"oneOf": st.lists(inner, min_size=2, max_size=3)}),
    )


SCHEMAS: st.SearchStrategy[Json] = st.recursive(
    SCALARS | REFERENCES, containers, max_leaves=6
)
GENEROUS = settings(
    max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None
)


def of(schema: Json) -> Json:
    """Return a document in which a schema is sent, received, and a component."""
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Whole"}}}
    cat = {
        "type": "object",
        "properties": {"whole": content["application/json"]["schema"]},
    }
    return document(
        {
            "/a": {
                "post": {
                    "requestBody": {"content": content},
                    "responses": {"200": {"description": "", "content": content}},
                }
            }
        },
        components={
            "schemas": {"Whole": schema, "Cat": cat, "Dog": {"type": "object"}}
        },
    )


def shuffled(value: Any, chance: random.Random) -> Any:  # noqa: ANN401  # JSON
    """Put everything whose order OpenAPI leaves open into another order."""
    if isinstance(value, dict):
        members = [(key, shuffled(each, chance)) for key, each in value.items()]
        chance.shuffle(members)
        made = dict(members)
        for name in ("enum", "required", "oneOf"):
            if isinstance(made.get(name), list):
                chance.shuffle(made[name])
        return made
    return value


@GENEROUS
@given(SCHEMAS)
def test_nothing_lies_between_a_version_and_itself(schema: Json) -> None:
    assert compare_wire(of(schema), copy.deepcopy(of(schema))) == ()


@GENEROUS
@given(SCHEMAS, st.randoms(use_true_random=False))
def test_the_order_of_things_means_nothing(schema: Json, chance: random.Random) -> None:
    assert compare_wire(of(schema), shuffled(of(schema), chance)) == ()


@GENEROUS
@given(SCHEMAS, SCHEMAS)
def test_the_way_back_is_told_by_the_mirrors(old: Json, new: Json) -> None:
    there = {each.rule for each in compare_wire(of(old), of(new))}
    back = {each.rule for each in compare_wire(of(new), of(old))}
    assert bool(there) == bool(back)
    assert {family(rule) for rule in there} == {family(rule) for rule in back}


def family(rule: str) -> str:
    """Name what a rule and its mirrors are about."""
    stem = rule.removeprefix("new-required-").removeprefix("new-optional-")
    mirror = RULES_BY_ID[rule].mirror
    words = {*stem.split("-")} | {*mirror.split("-")}
    about = [
        "enum", "types", "type", "nullable", "length", "pattern", "multiple", "items",
        "max", "min", "one-of", "additional", "unique", "property", "body",
    ]  # fmt: skip
    return next(each for each in about if each in words or each in rule)


ROWS = [
    row
    for row in SCHEMA_ROWS
    if row.concept not in {"default-value", "xml"}
    and not row.old.startswith("{type: [string, int")
]
"""A default counts where a property, a parameter or a body has it.

What is written beside values of several types and about none of them may be left out.
"""

WRAPPERS: tuple[Callable[[Json], Json], ...] = (
    lambda inner: {"type": "array", "items": inner},
    lambda inner: {"type": "object", "properties": {"a": inner, "b": {}}},
    lambda inner: {"type": "object", "additionalProperties": inner},
    lambda inner: {"oneOf": [inner, {"type": "object", "properties": {"z": {}}}]},
    lambda inner: {"allOf": [inner, {"description": "Words."}]},
    lambda inner: {"anyOf": [inner, {"type": "null"}]},
)


NULLABLE = next(row for row in ROWS if row.pair == ("nullable", "became"))


@GENEROUS
@given(st.sampled_from(ROWS), st.lists(st.sampled_from(WRAPPERS), max_size=3))
@example(NULLABLE, [WRAPPERS[4]])
@example(NULLABLE, [WRAPPERS[4], WRAPPERS[4]])
def test_every_edit_of_a_keyword_is_told_wherever_it_is(
    row: SchemaRow, wrappers: list[Callable[[Json], Json]]
) -> None:
    old, new = yaml.safe_load(row.old), yaml.safe_load(row.new)
    for wrap in wrappers:
        old, new = wrap(old), wrap(new)
    is_null_anyhow = row.concept == "nullable" and WRAPPERS[-1] in wrappers
    assert is_null_anyhow or compare_wire(of(old), of(new))
