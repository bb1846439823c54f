"""The lock: text with an entry a line, and back."""

from __future__ import annotations

import json

import pytest

from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.emit.files import GeneratedFile
from flexprice_codegen.surface.model import AssignedName
from flexprice_codegen.vendor.lock import Lock, read_lock
from flexprice_codegen.vendor.plan import build_locked_file

LOCK = Lock(
    generator="1.2.3",
    sources=("specs/a.yaml",),
    overlays=("specs/a.overlay.yaml",),
    source_id="f00",
    files=(
        build_locked_file(GeneratedFile("b.py", "B = 1\n")),
        build_locked_file(GeneratedFile("a.py", "A = 1\n")),
    ),
    names=(
        AssignedName(kind="method", key="GET /b", name="get_b"),
        AssignedName(kind="enum", key="types.Status", name="Status", prefix="Status"),
    ),
)


def test_a_lock_is_read_as_it_was_written() -> None:
    back = read_lock(LOCK.to_json(), "flexprice.lock.json")
    assert back.to_json() == LOCK.to_json()
    assert set(back.names) == set(LOCK.names)
    assert set(back.files) == set(LOCK.files)


def test_every_entry_has_its_line_and_they_are_sorted() -> None:
    lines = LOCK.to_json().splitlines()
    files = [line for line in lines if ".py" in line]
    assert [json.loads(line.rstrip(","))[0] for line in files] == ["a.py", "b.py"]
    assert sum("types.Status" in line for line in lines) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "lock"),
        ("[]", "lock"),
        ("{}", "lock"),
        ('{"format": 2}', "lock-format"),
        ("[" * 100_000, "lock"),
        (LOCK.to_json().replace('"get_b"', "7"), "lock"),
        (LOCK.to_json().replace('"get_b"', '"import os"'), "lock"),
        (LOCK.to_json().replace('"get_b"', '"class"'), "lock"),
        (LOCK.to_json().replace('"get_b"', '"__init__"'), "lock"),
        (LOCK.to_json().replace('"format": 1', f'"format": {"9" * 5000}'), "lock"),
        (LOCK.to_json().replace('"sources"', '"quelle"'), "lock"),
        ("<<<<<<< ours\n" + LOCK.to_json(), "lock"),
    ],
)
def test_what_is_no_lock_is_refused_with_its_place(text: str, code: str) -> None:
    with pytest.raises(DiagnosticError) as caught:
        read_lock(text, "flexprice.lock.json")
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == code
    assert str(diagnostic.location).startswith("flexprice.lock.json:")
    assert diagnostic.help
