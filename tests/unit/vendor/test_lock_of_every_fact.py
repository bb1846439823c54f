"""Every fact of a lock file is read as it was written, and none is another one."""

from __future__ import annotations

from dataclasses import fields, replace

from flexprice_codegen.diagnostics import Diagnostic, Level
from flexprice_codegen.emit.files import GeneratedFile
from flexprice_codegen.surface.model import AssignedName, DeprecatedAlias
from flexprice_codegen.surface.previous_names import EarlierNames
from flexprice_codegen.vendor.lock import Lock, LockedFile, LockInputs, read_lock
from flexprice_codegen.vendor.plan import build_locked_file, build_reuse_function

LOCK = Lock(
    generator="1.2.3",
    sources=("specs/a.yaml", "specs/b.yaml"),
    overlays=("specs/a.overlay.yaml",),
    source_id="f00",
    files=(LockedFile("a.py", "1", "2", "3"), LockedFile("b.py", "4", "5", "6")),
    names=(
        AssignedName(
            kind="enum",
            key="Status",
            name="Kind",
            prefix="STATUS",
            group="g",
            shape="s",
        ),
        AssignedName(kind="field", key="a", name="b", group="Status"),
    ),
    deprecated_aliases=(
        DeprecatedAlias(
            kind="class", name="Old", key="Status", old="models.Old", new="models.Kind"
        ),
        DeprecatedAlias(
            kind="method", name="get", key="GET /a", group="A", old="a.get", new="b.get"
        ),
    ),
    inputs=LockInputs(
        config_hash="c", tools_hash="t", file_ids=(("specs/a.yaml", "i"),)
    ),
    warnings=(Diagnostic(code="a", level=Level.WARNING, message="b"),),
    earlier=(
        EarlierNames(
            source_id="e00", names=(AssignedName(kind="class", key="A", name="B"),)
        ),
    ),
    writing=(LockedFile("c.py", "7", "8"),),
)
FILE = GeneratedFile("a.py", "A = 1\n", "inputs")


def test_a_lock_is_read_as_it_was_written() -> None:
    assert read_lock(LOCK.to_json(), "lock.json") == LOCK
    former = replace(LOCK, shape_format=LOCK.shape_format - 1)
    assert read_lock(former.to_json(), "lock.json") == former


def test_each_fact_is_in_the_text() -> None:
    """But for whether the text was edited."""
    empty = Lock(
        generator="", sources=(), overlays=(), source_id="", files=(), names=()
    )
    for field in fields(Lock):
        if field.name not in {"is_intact", "shape_format"}:
            changed = replace(empty, **{field.name: getattr(LOCK, field.name)})
            assert changed.to_json() != empty.to_json(), field.name
            assert read_lock(changed.to_json(), "lock.json") == changed


def test_a_file_whose_text_is_known_has_the_inputs_of_this_run() -> None:
    row = build_locked_file(FILE)
    assert row.inputs_hash == "inputs"
    known = replace(row, code_hash="reused", inputs_hash="former")
    assert build_locked_file(FILE, known) == replace(known, inputs_hash="inputs")

    other = replace(known, content_hash="other")
    assert build_locked_file(FILE, other) == row


def test_a_text_is_reused_if_neither_it_nor_its_inputs_have_changed() -> None:
    lock = replace(LOCK, files=(build_locked_file(FILE),))
    text = FILE.text.encode()
    find = build_reuse_function(lock, {"a.py": text, "b.py": text})
    assert find("a.py", "inputs") == FILE.text
    assert find("a.py", "other") is None
    assert find("b.py", "inputs") is None

    windows = {"a.py": text.replace(b"\n", b"\r\n")}
    assert build_reuse_function(lock, windows)("a.py", "inputs") == FILE.text
    for disk in ({}, {"a.py": b"A = 2\n"}):
        assert build_reuse_function(lock, disk)("a.py", "inputs") is None
    assert build_reuse_function(None, {"a.py": text})("a.py", "inputs") is None
