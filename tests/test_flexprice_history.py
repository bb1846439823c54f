"""A client that follows the description of Flexprice through its real versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from flexprice_codegen.config import Client
from flexprice_codegen.diagnostics import Sink, SpecError
from flexprice_codegen.pipeline.generate import Reading, read
from flexprice_codegen.surface.memory import Previous

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Step:
    """A version and the one before it, as a client sees them that knew that one."""

    name: str
    before: Reading
    after: Reading


def reading_of(document: Path, previous: Previous) -> Reading:
    client = Client(name="c", spec=(str(document),), output="c", package="c")
    return read(client, Path(), previous, Sink())


def steps(shared: Path) -> Iterator[Step]:
    """Follow the versions; two of them are truncated, and passed over."""
    before: Reading | None = None
    for each in sorted((shared / "specs" / "flexprice-history").glob("*.json")):
        known = Previous() if before is None else known_of(before)
        try:
            after = reading_of(each, known)
        except SpecError:
            continue
        if before is not None:
            yield Step(each.name[:3], before, after)
        before = after


def known_of(reading: Reading) -> Previous:
    return Previous(reading.surface.names, reading.surface.old_names)


def step(shared: Path, old: str, new: str) -> Step:
    folder = shared / "specs" / "flexprice-history"
    (one,), (other,) = folder.glob(f"{old}_*"), folder.glob(f"{new}_*")
    before = reading_of(one, Previous())
    return Step(new, before, reading_of(other, known_of(before)))


def methods(reading: Reading) -> dict[str, str]:
    return {
        method.key: f"{resource.name}.{method.name}"
        for resource in reading.surface.resources
        for method in resource.methods
    }


def classes(reading: Reading) -> dict[str, str]:
    return {each.key: each.name for each in reading.surface.models}


def test_what_lives_on_keeps_its_name_through_all_versions(shared: Path) -> None:
    seen = 0
    for each in steps(shared):
        for names in (methods, classes):
            before, after = names(each.before), names(each.after)
            lasting = before.keys() & after.keys()
            seen += len(lasting)
            assert {key: before[key] for key in lasting} == {
                key: after[key] for key in lasting
            }, each.name
        taken = {each.name for each in each.after.surface.models}
        assert not taken & set(dict(each.after.surface.old_classes)), each.name
    assert seen > 1_000


def test_renamed_operation_ids_rename_no_method(shared: Path) -> None:
    found = step(shared, "118", "119")
    before = {each.key: each.id for each in found.before.api.operations}
    after = {each.key: each.id for each in found.after.api.operations}
    renamed = {key for key in before if key in after and before[key] != after[key]}
    assert len(renamed) == 25
    assert {methods(found.before)[key] for key in renamed} == {
        methods(found.after)[key] for key in renamed
    }
    fresh = {
        f"{resource.name}.{method.name}"
        for resource in reading_of_new(shared).surface.resources
        for method in resource.methods
    }
    assert not {methods(found.after)[key] for key in renamed} & fresh


def reading_of_new(shared: Path) -> Reading:
    (path,) = (shared / "specs" / "flexprice-history").glob("119_*")
    return reading_of(path, Previous())


def test_a_path_that_moved_leaves_an_old_method(shared: Path) -> None:
    after = step(shared, "118", "119").after.surface
    assert ("POST /alerts/search", "method") in {
        (each.key, each.kind) for each in after.old_names
    }


def test_renamed_schemas_rename_no_class(shared: Path) -> None:
    found = step(shared, "133", "134")
    before, after = found.before.api.definitions, found.after.api.definitions
    assert len({key for key in before if key not in after}) >= 216
    lasting = set(classes(found.after).values())
    lasting |= set(dict(found.after.surface.old_classes))
    assert set(classes(found.before).values()) <= lasting
