"""The summary of `migrate`."""

from __future__ import annotations

from support.impacts import FIND, create_impact, create_place

from flexprice_codegen.impact.code_files import CodeFile, SkippedFile
from flexprice_codegen.impact.edits import LeftPlace
from flexprice_codegen.impact.migration import Migration
from flexprice_codegen.report.migration import iter_summary


def test_what_is_left_has_its_reason() -> None:
    place = create_place("a.py", 7, FIND)
    migration = Migration(
        files=(CodeFile("b.py", b""),),
        former=(CodeFile("b.py", b""),),
        edits=tuple(create_impact().edits.values()),
        left=(LeftPlace(place.use, "it is in a notebook"),),
        skipped=(SkippedFile("c.py", "line 1: bad"),),
    )
    assert [text for text, _ in iter_summary(migration, is_written=False)] == [
        "would rename 1 name in 1 file",
        "left: a.py:7:5: client.customers.find: it is in a notebook",
        "not read: c.py: line 1: bad",
        "Write it with --write.",
    ]
    first, *_ = iter_summary(migration, is_written=True)
    assert first[0] == "renamed 1 name in 1 file"


def test_nothing_to_rename() -> None:
    nothing = Migration(files=(), former=(), edits=(), left=(), skipped=())
    assert [*iter_summary(nothing, is_written=True)] == [
        ("there is nothing to rename", "bold")
    ]
