"""A client that follows the description of Flexprice through its real versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from flexprice_codegen.config import Client
from flexprice_codegen.diagnostics import DiagnosticError, DiagnosticSink
from flexprice_codegen.pipeline.generate import LoadedApi, load_api
from flexprice_codegen.surface.previous_names import PreviousNames

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Step:
    """A version and the one before it, as a client sees them that knew that one."""

    name: str
    before: LoadedApi
    after: LoadedApi


def reading_of(document: Path, previous: PreviousNames) -> LoadedApi:
    client = Client(name="c", spec=(str(document),), output="c", package="c")
    return load_api(client, Path(), previous, DiagnosticSink())


def steps(shared: Path) -> Iterator[Step]:
    """Follow the versions; two of them are truncated, and passed over."""
    before: LoadedApi | None = None
    for each in sorted((shared / "specs" / "flexprice-history").glob("*.json")):
        known = PreviousNames() if before is None else known_of(before)
        try:
            after = reading_of(each, known)
        except DiagnosticError:
            continue
        if before is not None:
            yield Step(each.name[:3], before, after)
        before = after


def known_of(reading: LoadedApi) -> PreviousNames:
    return PreviousNames(reading.surface.names, reading.surface.deprecated_aliases)


def step(shared: Path, old: str, new: str) -> Step:
    folder = shared / "specs" / "flexprice-history"
    (one,), (other,) = folder.glob(f"{old}_*"), folder.glob(f"{new}_*")
    before = reading_of(one, PreviousNames())
    return Step(new, before, reading_of(other, known_of(before)))


def methods(reading: LoadedApi) -> dict[str, str]:
    return {
        method.key: f"{resource.name}.{method.name}"
        for resource in reading.surface.resources
        for method in resource.methods
    }


def classes(reading: LoadedApi) -> dict[str, str]:
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
        assert not taken & set(dict(each.after.surface.deprecated_classes)), each.name
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


def reading_of_new(shared: Path) -> LoadedApi:
    (path,) = (shared / "specs" / "flexprice-history").glob("119_*")
    return reading_of(path, PreviousNames())


def test_a_path_that_moved_leaves_an_old_method(shared: Path) -> None:
    after = step(shared, "118", "119").after.surface
    assert ("POST /alerts/search", "method") in {
        (each.key, each.kind) for each in after.deprecated_aliases
    }


def test_renamed_schemas_rename_no_class(shared: Path) -> None:
    found = step(shared, "133", "134")
    before, after = found.before.api.schemas, found.after.api.schemas
    assert len({key for key in before if key not in after}) >= 216
    lasting = set(classes(found.after).values())
    lasting |= set(dict(found.after.surface.deprecated_classes))
    assert set(classes(found.before).values()) <= lasting
