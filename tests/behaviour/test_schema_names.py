"""Names of schemas: however they clash, each schema gets a class of its own.

Every schema has a property that no other has, by which its class is known again.
"""

from __future__ import annotations

import random
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.documents import document, operation, record, ref
from support.examples import count_examples
from support.generated import Generated, Generator

from flexprice_codegen.surface.renamed_keys import CLASS_KINDS

Document: TypeAlias = dict[str, Any]

CLASHES = {
    "the library's own first name": ["Model", "Model1"],
    "the library's names, numbered": [
        "Model",
        "Model1",
        "Model2",
        "Model11",
        "Model_1",
    ],
    "a number at the end": ["X", "X1", "X2", "X_1", "X_2", "X12"],
    "a name that a sending class has": ["X", "XInput", "X_input", "XInput1"],
    "a name that an inline class has": ["X", "XInner", "X1Inner", "X1"],
    "equal but for case": [
        "fooBar",
        "FooBar",
        "FOOBAR",
        "foobar",
        "foo_bar",
        "foo-bar",
    ],
    "equal but for signs": ["a.b", "a-b", "a_b", "a b", "aB", "A.B"],
    "what modules import": ["Any", "Literal", "TypeAlias", "dataclass", "Dataclass"],
    "what the library imports": [
        "Enum",
        "Decimal",
        "Field",
        "Optional",
        "Union",
        "date",
    ],
    "names of Python": ["None", "list", "type", "Type", "class", "Class", "object"],
    "names of files": ["CON", "con", "index", "Index", "__init__", "init"],
    "other letters": ["Ünï", "UNÏ", "模型", "模型1", "1", "2nd", "_", "!"],
    "what we call the bundle": ["_Bundle", "Bundle", "Bundle1", "_Bundle1"],
}


@st.composite
def name_sets(draw: st.DrawFn) -> list[str]:
    """Draw some names of one clash or two: of all names together, few clash."""
    clashes = st.lists(st.sampled_from(list(CLASHES.values())), min_size=1, max_size=2)
    names = {name for clash in draw(clashes) for name in clash}
    return draw(st.lists(st.sampled_from(sorted(names)), min_size=2, unique=True))


def marker(number: int) -> str:
    """Name the property that only the schema of this number has."""
    return f"marker{number}"


def mixed(names: list[str], mixer: random.Random) -> Document:
    """Make a document whose schemas refer to each other and are sent and received."""
    schemas = {}
    for number, name in enumerate(names):
        inner = {"type": "object", "properties": {"deep": {"type": "string"}}}
        seen = {"readOnly": True, "type": "string"}
        extra: Document = {
            "inner": inner,
            "seen": seen,
            "kind": {"type": "string", "enum": ["a", name]},
            "at": {"type": "string", "format": "date"},
            "other": ref(mixer.choice(names)),
        }
        chosen = mixer.sample(sorted(extra), mixer.randint(0, len(extra)))
        properties: Document = {marker(number): "string"} | {
            key: extra[key] for key in chosen
        }
        schemas[name] = record(**properties)
    paths = {f"/{n}": _operations(name) for n, name in enumerate(names)}
    return document(paths, schemas)


def _operations(name: str) -> Document:
    both = operation(answer=name, body=name)
    return {"get": operation("read", name), "put": both}


def check_classes(made: Generated, names: list[str]) -> None:
    """Find the class of every schema by its key, and its marker among the fields."""
    rows = {
        each.key: each.name
        for each in made.surface.names
        if each.kind in CLASS_KINDS and not each.key.endswith(" (sent)")
    }
    classes = [rows[name] for name in names]
    assert len(set(classes)) == len(names)
    for number, name in enumerate(classes):
        found = getattr(made.models, name)
        assert found.__name__ == name
        assert marker(number) in found.__dataclass_fields__
    for each in made.surface.models:
        assert getattr(made.models, each.name).__name__ == each.name


@pytest.mark.parametrize("names", CLASHES.values(), ids=CLASHES)
def test_each_of_schemas_whose_names_clash_has_a_class(
    names: list[str], generated: Generator
) -> None:
    made = generated(mixed(names, random.Random(7)))  # noqa: S311 - no secret
    check_classes(made, names)


@pytest.mark.slow
@given(
    names=name_sets(),
    seed=st.integers(0, 999),
)
@settings(max_examples=count_examples(150))
def test_each_schema_of_any_set_of_names_has_a_class(
    generated: Generator, names: list[str], seed: int
) -> None:
    made = generated(mixed(names, random.Random(seed)))  # noqa: S311 - no secret
    check_classes(made, names)
