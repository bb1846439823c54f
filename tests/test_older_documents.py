"""A document that is generated again after others gives the same client.

Documents are drawn that differ in names, places and contents. The client of the first
one, updated to each of the others and back, is what it was: only the lock file remembers
more.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support.documents import Json, read_api, source_of
from support.examples import count_examples
from support.renamings import documents

from flexprice_codegen.cli.main import main
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.spec.sources import compute_source_id
from flexprice_codegen.surface.build import build_surface
from flexprice_codegen.surface.earlier_names import (
    list_earlier_names,
    restore_earlier_names,
)
from flexprice_codegen.surface.model import Surface
from flexprice_codegen.surface.previous_names import PreviousNames

CHAINS = st.lists(documents(), min_size=1, max_size=4)


def name_all(document: Json, before: PreviousNames) -> tuple[Surface, PreviousNames]:
    """Build the surface of a document over the names of an earlier run.

    Returns:
        The surface, and the names for the next run.
    """
    source = source_of(document)
    id_ = compute_source_id([source.data])
    start = restore_earlier_names(before, id_)
    surface = build_surface(read_api(document), start, DiagnosticSink())
    names, aliases = surface.names, surface.deprecated_aliases
    earlier = list_earlier_names(before, id_, names, aliases)
    return surface, PreviousNames(names, aliases, source_id=id_, earlier=earlier)


@settings(max_examples=count_examples(200), deadline=None, derandomize=True)
@given(others=CHAINS, first=documents(), more=CHAINS)
def test_an_older_document_restores_its_names(
    others: list[Json], first: Json, more: list[Json]
) -> None:
    names = PreviousNames()
    for each in others:
        _, names = name_all(each, names)
    surface, kept = name_all(first, names)
    names = kept
    for each in more:
        _, names = name_all(each, names)
    again, names = name_all(first, names)
    assert replace(again, renamed=surface.renamed) == surface
    assert names.names == kept.names


def generate(folder: Path, made: Json) -> dict[str, bytes]:
    """Generate a client, and return its files without the lock file."""
    Path(folder, "api.json").write_text(json.dumps(made), "utf-8")
    source, output = str(folder / "api.json"), folder / "client"
    assert main(["generate", source, "--output", str(output), "--quiet"]) == 0
    files = sorted(path for path in output.rglob("*") if path.is_file())
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in files
        if not path.name.endswith(".lock.json")
    }


@pytest.mark.slow
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # an example is small, and takes half a second
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(first=documents(), others=CHAINS)
def test_an_older_document_restores_its_client(
    tmp_path_factory: pytest.TempPathFactory, first: Json, others: list[Json]
) -> None:
    folder = tmp_path_factory.mktemp("client")
    before = generate(folder, first)
    for each in others:
        generate(folder, each)
    after = generate(folder, first)
    different = {path for path in before if after.get(path) != before[path]}
    assert different | (after.keys() - before.keys()) == set()
