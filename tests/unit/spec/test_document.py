"""Loading documents and overlays into one document."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from flexprice_codegen.diagnostics import (
    DiagnosticError,
    DiagnosticSink,
    FileLocation,
    Level,
    Origin,
)
from flexprice_codegen.hashes import compute_git_blob_id
from flexprice_codegen.spec.document import load_document

API = """\
openapi: 3.0.3
paths:
  /orders:
    parameters:
    - {name: a}
    - {name: b}
    - {name: c}
"""
OVERLAY = """\
overlay: 1.0.0
info: {title: t, version: '1'}
actions:
- target: $.paths['/orders'].parameters[?@.name == 'a']
  remove: true
- target: $.paths['/orders'].parameters
  update: {name: d}
- target: $.paths['/orders']
  update: {get: {}}
- target: $.nothing
  update: {}
  x-optional: true
"""


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write a document and an overlay into the current folder."""
    monkeypatch.chdir(tmp_path)
    Path("api.yaml").write_text(API)
    Path("overlay.yaml").write_text(OVERLAY)


def test_a_document_knows_where_it_came_from() -> None:
    document = load_document(["api.yaml"], sink=DiagnosticSink())
    assert (document.name, document.version) == ("api.yaml", "3.0.3")
    assert document.source_id == compute_git_blob_id(API.encode())
    assert document.root.origin == Origin("", "")
    assert document.overlay_matches == ()


def test_the_id_of_several_files_does_not_depend_on_their_order() -> None:
    Path("more.yaml").write_text("openapi: 3.0.3\npaths: {/items: {}}\n")
    one = load_document(["api.yaml", "more.yaml"], sink=DiagnosticSink())
    other = load_document(["more.yaml", "api.yaml"], sink=DiagnosticSink())
    ids = sorted(
        compute_git_blob_id(Path(each).read_bytes())
        for each in ("api.yaml", "more.yaml")
    )
    assert (
        one.source_id == other.source_id == compute_git_blob_id("".join(ids).encode())
    )


def test_a_version_without_quotes_is_text() -> None:
    Path("api.yaml").write_text("openapi: 3.1\n")
    assert load_document(["api.yaml"], sink=DiagnosticSink()).version == "3.1"


def test_version_3_2_is_read_with_a_warning() -> None:
    Path("api.yaml").write_text("openapi: 3.2.0\n")
    sink = DiagnosticSink()
    assert load_document(["api.yaml"], sink=sink).version == "3.2.0"
    (warning,) = sink.diagnostics
    assert (warning.code, warning.level) == ("openapi-version", Level.WARNING)
    assert warning.location == FileLocation("api.yaml", 1, 1)


@pytest.mark.parametrize(
    "version", ["3", "3.3.0", "4.0.0", "2.0", "", "[]", "3.0.x", "x"]
)
def test_any_other_version_is_refused(version: str) -> None:
    Path("api.yaml").write_text(f"openapi: {version}\n")
    with pytest.raises(DiagnosticError) as caught:
        load_document(["api.yaml"], sink=DiagnosticSink())
    assert [each.code for each in caught.value.diagnostics] == ["openapi-version"]


def test_overlays_correct_the_document_and_places_stay_those_of_the_text() -> None:
    document = load_document(["api.yaml"], ["overlay.yaml"], sink=DiagnosticSink())
    orders = document.root.get_required("paths").get_required("/orders")
    names = [each.get_string("name") for each in orders.iter_elements_of("parameters")]
    assert names == ["b", "c", "d"]
    places = [
        str(document.locate(each.get_required("name").origin))
        for each in orders.iter_elements_of("parameters")
    ]
    assert places == ["api.yaml:6:8", "api.yaml:7:8", "api.yaml:4:5"]
    assert str(document.locate(orders.get_required("get").origin)) == "api.yaml:3:3"
    assert document.locate(FileLocation("other", 1, 2)) == FileLocation("other", 1, 2)
    assert [each.matched for each in document.overlay_matches] == [True] * 3 + [False]


def test_an_action_without_a_match_is_a_fault_unless_the_caller_looks_after_it() -> (
    None
):
    Path("overlay.yaml").write_text(OVERLAY.replace("  x-optional: true\n", ""))
    with pytest.raises(DiagnosticError) as caught:
        load_document(["api.yaml"], ["overlay.yaml"], sink=DiagnosticSink())
    (fault,) = caught.value.diagnostics
    assert (fault.code, str(fault.location)) == (
        "overlay-no-match",
        "overlay.yaml:10:3",
    )
    document = load_document(
        ["api.yaml"], ["overlay.yaml"], sink=DiagnosticSink(), must_match=False
    )
    assert not document.overlay_matches[-1].matched


def test_the_faults_of_all_files_are_told_at_once() -> None:
    Path("twice.yaml").write_text("a: 1\na: 2\n")
    Path("swagger.yaml").write_text("swagger: '2.0'\n")
    wheres = ["missing.yaml", "twice.yaml", "swagger.yaml", "api.yaml"]
    with pytest.raises(DiagnosticError) as caught:
        load_document(wheres, ["api.yaml", "gone.yaml"], sink=DiagnosticSink())
    assert {each.code for each in caught.value.diagnostics} == {
        "file-not-found",
        "duplicate-key",
        "swagger-2",
        "invalid-overlay",
    }
    names = {str(each.location).partition(":")[0] for each in caught.value.diagnostics}
    assert names == {*wheres, "gone.yaml"}


def test_loading_without_a_query_does_not_import_the_library_of_queries() -> None:
    code = (
        "import sys; from flexprice_codegen.diagnostics import DiagnosticSink; "
        "from flexprice_codegen.spec.document import load_document; "
        "load_document(['api.yaml'], sink=DiagnosticSink()); print('jsonpath' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def test_the_pages_of_the_reference_make_one_document(shared: Path) -> None:
    pages = sorted((shared / "seeds").glob("*.md"))
    document = load_document([str(each) for each in pages], sink=DiagnosticSink())
    assert [path for path, _ in document.root.iter_items_of("paths")] == [
        "/customers",
        "/webhook-events/customer.created",
    ]
    event = Origin("", "/paths/~1webhook-events~1customer.created/post/summary")
    assert document.locate(event).file == pages[1].as_posix()


def test_the_whole_description_is_read(shared: Path) -> None:
    document = load_document(
        [str(shared / "specs" / "flexprice-full.json")], sink=DiagnosticSink()
    )
    schemas = document.root.get_required("components").get_required("schemas")
    assert len(schemas.read_mapping()) == 508
    lines = Path(document.name).read_text(encoding="utf-8").splitlines()
    for name, schema in schemas.iter_items():
        place = document.locate(schema.origin)
        assert lines[place.line - 1][place.column - 1 :].startswith(f'"{name}"')


@pytest.mark.slow
def test_descriptions_of_other_apis_are_read_without_a_word(shared: Path) -> None:
    for file in sorted((shared / "specs" / "world").iterdir()):
        sink = DiagnosticSink()
        document = load_document([str(file)], sink=sink)
        assert document.root.has("paths")
        assert not sink.diagnostics


@pytest.mark.slow
def test_a_description_that_was_cut_off_is_refused_as_such(shared: Path) -> None:
    refused = []
    for file in sorted((shared / "specs" / "flexprice-history").iterdir()):
        try:
            load_document([str(file)], sink=DiagnosticSink())
        except DiagnosticError as error:
            refused += [each.code for each in error.diagnostics]
    assert refused == ["truncated", "truncated"]
