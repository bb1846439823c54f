"""Documents that grow when they are read: each is read in one go, or refused.

None of them is measured. One that took exponential time would ring the alarm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.documents import TEXT, document, operation, record, ref
from support.generated import Named, named
from support.values import Value

from flexprice_codegen.cli.process_limits import limit_time

pytestmark = pytest.mark.slow

PATIENCE = 60.0


def answering(schemas: Value, **members: Value) -> Value:
    """Return a document whose one operation answers with the schema `S0`."""
    paths = {"/x": {"get": operation("get", answer="S0")}}
    return document(paths, schemas, **members)


def chained(length: int, link: Callable[[int], Value]) -> Value:
    """Return a document in which each schema leads to the next one by `link`."""
    schemas = {f"S{number}": link(number + 1) for number in range(length)}
    return answering({**schemas, f"S{length}": record(end=TEXT)})


def both_ways(number: int) -> Value:
    further = [ref(f"S{number}"), {"allOf": [ref(f"S{number}")], "description": "Same"}]
    return {"allOf": [*further, record(**{f"own{number}": TEXT})]}


def one_of_two(number: int) -> Value:
    return {"oneOf": [ref(f"S{number}"), {"type": "array", "items": ref(f"S{number}")}]}


def one_of_nested(number: int) -> Value:
    below = [ref(f"S{number}"), {"type": "array", "items": ref(f"S{number}")}]
    return {"oneOf": [ref(f"S{number}"), {"anyOf": below}]}


def choice_of_choices(number: int) -> Value:
    options = [record(**{f"{side}{number}": TEXT}) for side in ("left", "right")]
    return {"allOf": [ref(f"S{number}"), {"oneOf": options}]}


def beside_a_choice(number: int) -> Value:
    further = {"allOf": [ref(f"S{number}"), record(**{f"more{number}": TEXT})]}
    return {
        "properties": {f"own{number}": TEXT},
        "oneOf": [ref(f"S{number}"), further],
    }


@pytest.fixture(autouse=True)
def watched() -> Iterator[None]:
    with limit_time(PATIENCE):
        yield


@pytest.mark.parametrize(
    ("length", "link"),
    [
        (3_000, lambda number: ref(f"S{number}")),
        (150, both_ways),
        (150, one_of_two),
        (60, one_of_nested),
        (40, choice_of_choices),
        (40, beside_a_choice),
        (300, lambda number: record(one=ref(f"S{number}"), two=ref(f"S{number}"))),
    ],
    ids=["references", "all-of", "one-of", "nested", "product", "spread", "properties"],
)
def test_what_doubles_with_each_step_is_read_once(
    tmp_path: Path, length: int, link: Callable[[int], Value]
) -> None:
    made = named(tmp_path, chained(length, link))
    assert made.methods() == {"GET /x": "things.get"}
    assert len(made.surface.models) <= 3 * length + 1


@pytest.mark.parametrize("size", [400])
def test_everything_may_refer_to_everything(tmp_path: Path, size: int) -> None:
    schemas = {
        f"S{number}": record(
            next=ref(f"S{(number + 1) % size}"), back=ref(f"S{number - 1 or size - 1}")
        )
        for number in range(size)
    }
    made = named(tmp_path, answering(schemas))
    assert len({each.module for each in made.surface.models}) == 1


def names_like_one_another(count: int) -> list[str]:
    return ["a" + "-" * (number % 40) + "_" * (number // 40) for number in range(count)]


def test_thousands_of_equal_names_are_told_apart(tmp_path: Path) -> None:
    schemas = {name: record(id=TEXT) for name in names_like_one_another(2_000)}
    properties = dict.fromkeys(names_like_one_another(2_000), TEXT)
    made = named(tmp_path, answering({**schemas, "S0": record(**properties)}))
    names = {each.name for each in made.surface.models}
    assert len(names) == len({each.casefold() for each in names}) == 2_001


@pytest.mark.parametrize("keyword", ["items", "additionalProperties", "not"])
def test_what_is_too_deep_costs_its_schema_only(tmp_path: Path, keyword: str) -> None:
    schema: Value = TEXT
    for _ in range(180):
        schema = {
            "type": "array" if keyword == "items" else "object",
            keyword: schema,
        }
    made = named(tmp_path, answering({"S0": schema}))
    assert isinstance(made, Named)
    assert made.methods() == {"GET /x": "things.get"}
    assert [each.code for each in made.diagnostics] == (
        [] if keyword == "not" else ["too-deep"]
    )


def test_a_name_is_never_longer_than_a_file_may_be_called(tmp_path: Path) -> None:
    long = "Xy" * 5_000
    spec = answering({"S0": record(a=ref(long)), long: record(b=TEXT)})
    spec["paths"]["/x"]["get"] |= {"tags": [long], "operationId": long}
    made = named(tmp_path, spec)
    (resource,) = made.surface.resources
    modules = [resource.module, *(each.module for each in made.surface.models)]
    assert max(map(len, modules)) < 250
    assert len(set(modules)) == 3


def test_modules_of_resources_have_names_of_their_own(tmp_path: Path) -> None:
    spec = answering({"S0": record(a=TEXT)})
    responses = {"responses": {"200": {"description": "Fine"}}}
    tags = ("\u6570\u636e", "u6570u636e", "con", "con_", "CON")
    spec["paths"] = {f"/{tag}": {"get": {**responses, "tags": [tag]}} for tag in tags}
    made = named(tmp_path, spec)
    modules = [each.module.casefold() for each in made.surface.resources]
    assert len(set(modules)) == len(modules) == len(made.methods())
