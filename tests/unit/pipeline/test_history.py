"""The changes of a document, version by version."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from support.git import commit_texts
from support.zoo import NEW_SPEC, OLD_SPEC

from flexprice_codegen.pipeline.diff import DiffRequest, compute_changes
from flexprice_codegen.pipeline.history import iter_history
from flexprice_codegen.spec.git_history import FileVersion, list_file_versions
from flexprice_codegen.spec.sources import Source, read_source

TODAY = date(2026, 9, 1)
TEXTS = [OLD_SPEC, "openapi: [", NEW_SPEC, OLD_SPEC.replace("1.2.0", "1.3.0")]


@pytest.fixture
def versions(tmp_path: Path) -> tuple[FileVersion, ...]:
    commit_texts(tmp_path, "api.yaml", TEXTS)
    return list_file_versions(tmp_path / "api.yaml")


def test_a_history_is_what_single_comparisons_find(
    tmp_path: Path, versions: tuple[FileVersion, ...]
) -> None:
    reads = []

    def read(version: FileVersion) -> Source:
        reads.append(version.subject)
        return read_source(f"git:{version.commit}:{version.path}", folder=tmp_path)

    request = DiffRequest(old=(), new=(), today=TODAY)
    steps = list(iter_history(versions, read, request))
    assert reads == [version.subject for version in versions], "each is read once"

    sources = [read(version) for version in versions]
    pairs = [(sources[0], sources[2]), (sources[2], sources[3])]
    expected = [
        compute_changes(DiffRequest(old=(old,), new=(new,), today=TODAY))
        for old, new in pairs
    ]
    assert [step.changes for step in steps[2:]] == expected
    assert all(changes.findings for changes in expected)


def test_a_version_that_cannot_be_read_is_skipped(
    tmp_path: Path, versions: tuple[FileVersion, ...]
) -> None:
    def read(version: FileVersion) -> Source:
        return read_source(f"git:{version.commit}:{version.path}", folder=tmp_path)

    request = DiffRequest(old=(), new=(), today=TODAY)
    steps = list(iter_history(versions, read, request))
    assert [bool(step.problems) for step in steps] == [False, True, False, False]
    assert steps[0].changes is None
    assert steps[0].operations > 0


def test_steps_come_one_after_another(versions: tuple[FileVersion, ...]) -> None:
    taken = []

    def take() -> Iterator[FileVersion]:
        for version in versions:
            taken.append(version)
            yield version

    request = DiffRequest(old=(), new=(), today=TODAY)
    steps = iter_history(take(), lambda _: Source("a", OLD_SPEC.encode()), request)
    next(steps)
    assert len(taken) == 1
