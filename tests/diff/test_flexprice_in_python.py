"""What versions of Flexprice's description do to the Python of its client.

The golden text is what a team is told that uses `create_customer` and
`customer.created`, as the small description in `specs/` has them.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

import pytest
from support.comparing import compare
from support.values import Value

from flexprice_codegen.config import FULL_SELECTION, Pattern, Selection
from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.grouping.sides import get_parts_on_side
from flexprice_codegen.diff.rules.severity import Side
from flexprice_codegen.pipeline.diff import (
    DiffRequest,
    add_version_advice,
    compute_changes,
)
from flexprice_codegen.report.changes_text import iter_lines

pytestmark = pytest.mark.slow
GOLDEN = Path(__file__).with_name("customers-148-178.txt")
OURS = Selection(
    operations=(Pattern("createCustomer"),), events=(Pattern("customer.created"),)
)


def between(
    shared: Path, old: str, new: str, selection: Selection = FULL_SELECTION
) -> Changes:
    (before,) = (shared / "specs" / "flexprice-history").glob(f"{old}_*.json")
    (after,) = (shared / "specs" / "flexprice-history").glob(f"{new}_*.json")
    comparison = DiffRequest(
        old=(str(before),),
        new=(str(after),),
        today=date(2026, 9, 1),
        selection=selection,
    )
    return add_version_advice(compute_changes(comparison))


def rules(found: Changes, side: Side) -> Counter[str]:
    return Counter(
        part.rule for each in found.findings for part in get_parts_on_side(each, side)
    )


def test_operation_ids_rename_methods_and_classes_that_are_named_after_them(
    shared: Path,
) -> None:
    """Three of the 211 ids give the name that the path had given before.

    Without a lock file, inline schemas of the newer client are named after the new ids.
    """
    found = between(shared, "117", "118")
    assert rules(found, Side.WIRE) == {}
    assert rules(found, Side.SOURCE) == {
        "method-renamed": 208,
        "class-renamed": 19,
        "api-operation-id-added": 3,
    }


def test_a_prefix_of_all_schemas_is_no_difference(shared: Path) -> None:
    assert between(shared, "133", "134").findings == ()


def test_numbers_that_become_strings(shared: Path) -> None:
    found = between(shared, "106", "107")
    assert rules(found, Side.SOURCE) == {"field-type-changed": 31}
    assert all("type-changed" in each for each in rules(found, Side.WIRE))


def test_truncated_documents_are_refused_where_they_end(shared: Path) -> None:
    with pytest.raises(DiagnosticError) as raised:
        between(shared, "032", "168")
    told = [(each.code, str(each.location)) for each in raised.value.diagnostics]
    assert [code for code, _ in told] == ["truncated", "truncated"]
    assert told[0][1].endswith(":1:45057")
    assert told[1][1].endswith(":1:401395")


def test_what_the_users_of_the_small_description_are_told(
    shared: Path, *, update: bool
) -> None:
    found = between(shared, "148", "178", OURS)
    folder = f"{(shared / 'specs' / 'flexprice-history').as_posix()}/"
    written = "".join(f"{line.replace(folder, '')}\n" for line, _ in iter_lines(found))
    if update:
        GOLDEN.write_text(written, encoding="utf-8")
    assert written == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("number", ["118", "148", "178"])
def test_an_order_that_means_nothing_is_no_difference(
    shared: Path, number: str
) -> None:
    (path,) = (shared / "specs" / "flexprice-history").glob(f"{number}_*.json")
    document = json.loads(path.read_text(encoding="utf-8"))
    again = shuffled(document, Random(7))  # noqa: S311 - no secret
    assert compare(document, again).findings == ()


def shuffled(value: Value, random: Random, key: str = "") -> Value:
    """Put in another order what OpenAPI leaves unordered, at every depth."""
    if isinstance(value, dict):
        members = list(value.items())
        random.shuffle(members)
        made = {name: shuffled(each, random, name) for name, each in members}
        return made | _enum_shuffled(value, random)
    if isinstance(value, list):
        made_list = [shuffled(each, random) for each in value]
        if key in {"parameters", "required"}:
            random.shuffle(made_list)
        return made_list
    return value


def _enum_shuffled(value: dict[str, Value], random: Random) -> dict[str, Value]:
    """Shuffle the values of an enum, their names and texts alike."""
    columns = {
        name: value[name]
        for name in ("enum", "x-enum-varnames", "x-enum-descriptions")
        if isinstance(value.get(name), list)
    }
    if len({len(each) for each in columns.values()}) != 1:
        return {}
    order = list(range(len(next(iter(columns.values())))))
    random.shuffle(order)
    return {name: [each[n] for n in order] for name, each in columns.items()}
