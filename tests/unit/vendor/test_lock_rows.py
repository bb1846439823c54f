"""A lock file that somebody edited or merged: read, or one error that says what is wrong."""

from __future__ import annotations

import copy
import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.surface.model import AssignedName, DeprecatedAlias
from flexprice_codegen.vendor.lock import Lock, LockedFile, LockInputs, read_lock

NAME = "client/flexprice.lock.json"
LOCK = Lock(
    generator="1.2.3",
    sources=("specs/a.yaml",),
    overlays=("specs/a.overlay.yaml",),
    source_id="f00",
    files=(LockedFile("a.py", "1", "2", "3"), LockedFile("b.py", "4", "5", "6")),
    names=(
        AssignedName(kind="class", key="Thing", name="Thing", shape="s"),
        AssignedName(kind="field", key="a", name="b", group="Thing"),
        AssignedName(kind="field", key="a", name="c", group="Other"),
    ),
    deprecated_aliases=(
        DeprecatedAlias(
            kind="class", name="Old", key="Thing", old="models.Old", new="models.Thing"
        ),
    ),
    inputs=LockInputs(
        config_hash="c", tools_hash="t", file_ids=(("specs/a.yaml", "i"),)
    ),
)
WRONG: tuple[object, ...] = (
    *(None, 0, True, -1.5, [], {}, [[]], [1], {"a": 1}, "../../x", "\ud800"),
    [["a"]],
    ["a", "b", "c", "d", "e", "f", "g"],
)


def iter_pointers(
    value: object, above: tuple[Any, ...] = ()
) -> Iterator[tuple[Any, ...]]:
    """Yield the path to a JSON value and to every value in it."""
    yield above
    pairs: Iterator[tuple[Any, object]] = iter(())
    if isinstance(value, dict):
        pairs = iter(value.items())
    elif isinstance(value, list):
        pairs = iter(enumerate(value))
    for key, each in pairs:
        yield from iter_pointers(each, (*above, key))


def replace_value(data: object, pointer: tuple[Any, ...], value: object) -> object:
    """Return a copy of a JSON value with another value at a path."""
    whole: Any = {"": copy.deepcopy(data)}
    *above, last = ("", *pointer)
    place = whole
    for key in above:
        place = place[key]
    place[last] = value
    return whole[""]


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_a_wrong_value_anywhere_is_one_clear_error(wrong: object) -> None:
    """The message names the row, and has no word of Python's own errors."""
    data = json.loads(LOCK.to_json())
    for pointer in iter_pointers(data):
        text = json.dumps(replace_value(data, pointer, wrong))
        try:
            read_lock(text, NAME)
        except DiagnosticError as error:
            (diagnostic,) = error.diagnostics
            assert diagnostic.code in {"lock", "lock-format"}, pointer
            assert diagnostic.help
            assert "object is not" not in diagnostic.message, pointer
            assert "argument" not in diagnostic.message, pointer


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('["a.py", "1"', '["/a.py", "1"', """a row of `files` is ["/a.py", "1", "2", "3"]: \
expected a path inside of the client, got '/a.py'"""),
        ('["a.py", "1", "2", "3"]', '["a.py"]', 'a row of `files` has the wrong shape: ["a.py"]'),
        ('["b.py"', '["a.py"', 'two rows of `files` are for the same: ["a.py", "4", "5", "6"]'),
        ('"c", {"group": "Other"}', '"c", {"group": "Thing"}',
         'two rows of `names` are for the same: ["field", "a", "b", {"group": "Thing"}]'),
        ('["specs/a.overlay.yaml"]', '"x"', 'expected a list in `overlays`, got "x"'),
        ('"generator"', '"maker"', "the key `generator` is missing"),
        ('  "names": [', '<<<<<<< HEAD\n  "names": [', "it has conflict markers of a merge"),
    ],
)  # fmt: skip
def test_the_error_says_what_is_wrong(old: str, new: str, said: str) -> None:
    text = LOCK.to_json()
    assert text.count(old) == 1
    with pytest.raises(DiagnosticError) as caught:
        read_lock(text.replace(old, new), NAME)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.message == f"{NAME} is not a valid lock file: {said}"


def test_the_error_stands_at_the_row() -> None:
    text = LOCK.to_json().replace('["b.py"', '["a.py"')
    (line,) = (n for n, each in enumerate(text.splitlines(), 1) if '"4"' in each)
    with pytest.raises(DiagnosticError) as caught:
        read_lock(text, NAME)
    assert str(caught.value.diagnostics[0].location) == f"{NAME}:{line}:1"


def test_what_git_merges_is_read(tmp_path: Path) -> None:
    """Two branches add a file and a name each; whoever resolves the rest takes one side."""
    letters = "aemqsz"
    base = replace(
        LOCK,
        files=tuple(LockedFile(f"{each}.py", "1", "2", "3") for each in letters),
        names=tuple(
            AssignedName(kind="class", key=each, name=each.upper()) for each in letters
        ),
    )
    for side, letter in (("one", "b"), ("base", ""), ("other", "r")):
        lock = base
        if letter:
            name = AssignedName(kind="class", key=letter, name=letter.upper())
            lock = replace(
                base,
                source_id=side,
                files=(*base.files, LockedFile(f"{letter}.py", "7", "8", "9")),
                names=(*base.names, name),
            )
        (tmp_path / side).write_text(lock.to_json())
    line = ["git", "merge-file", "-p", "--ours", "one", "base", "other"]
    merged = subprocess.run(
        line, cwd=tmp_path, capture_output=True, check=True, text=True
    )

    found = read_lock(merged.stdout, NAME)
    assert not found.is_intact
    assert "".join(each.key for each in found.names) == "abemqrsz"
    assert [each.path for each in found.files] == [f"{each}.py" for each in "abemqrsz"]
