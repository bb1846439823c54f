"""The pipeline from two documents to their changes."""

from __future__ import annotations

import io
import sys
from datetime import date
from pathlib import Path

import pytest
from support.zoo import NEW_SPEC, OLD_SPEC

from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.pipeline.diff import DiffRequest, compute_changes

REFERENCE = """openapi: 3.0.3
info: {title: T, version: "1"}
paths:
  /a:
    get:
      operationId: getA
      responses:
        "200":
          description: ok
          content: {application/json: {schema: {$ref: "./a.yaml#/A"}}}
"""


def changes(old: Path, new: Path) -> Changes:
    request = DiffRequest(old=(str(old),), new=(str(new),), today=date(2026, 9, 1))
    return compute_changes(request)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_copy_of_a_document_changes_nothing(tmp_path: Path) -> None:
    old = write(tmp_path, "old.yaml", OLD_SPEC)
    copy = write(tmp_path, "copy.yaml", OLD_SPEC)
    # The same without the shortcut for equal bytes.
    commented = write(tmp_path, "commented.yaml", f"{OLD_SPEC}# the same\n")
    found = changes(old, copy)
    expected = changes(old, commented)
    assert found.findings == expected.findings == ()
    assert found.new.source == str(copy)
    assert (found.new.operations, found.new.events) == (
        expected.new.operations,
        expected.new.events,
    )


def test_the_newer_version_can_be_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = write(tmp_path, "old.yaml", OLD_SPEC)
    new = write(tmp_path, "new.yaml", NEW_SPEC)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(new.read_bytes())))
    found = changes(old, Path("-"))
    assert [each.fingerprint for each in found.findings] == [
        each.fingerprint for each in changes(old, new).findings
    ]
    assert found.new.source == "-"


def test_equal_bytes_can_refer_to_different_files(tmp_path: Path) -> None:
    paths = []
    for name, type_ in (("one", "string"), ("two", "integer")):
        write(tmp_path, f"{name}/a.yaml", f"A: {{type: {type_}}}\n")
        paths.append(write(tmp_path, f"{name}/api.yaml", REFERENCE))
    assert changes(*paths).findings


def test_the_errors_of_both_versions_are_reported_together(tmp_path: Path) -> None:
    with pytest.raises(DiagnosticError) as raised:
        changes(tmp_path / "none.yaml", tmp_path / "no.yaml")
    assert len(raised.value.diagnostics) == 2


def test_another_document_is_compared(tmp_path: Path) -> None:
    old = write(tmp_path, "old.yaml", OLD_SPEC)
    assert changes(old, write(tmp_path, "new.yaml", NEW_SPEC)).findings
