"""Unique names: a name that is taken gets a number."""

from __future__ import annotations

from flexprice_codegen.surface.used_names import UsedNames


def test_a_taken_name_gets_the_first_free_number() -> None:
    used = UsedNames(["self", "a_2"])
    taken = [used.take_name(name) for name in ("a", "a", "self", "a", "b")]
    assert taken == ["a", "a_3", "self_2", "a_4", "b"]
    assert "a_3" in used
    assert "c" not in used


def test_the_number_follows_the_stem() -> None:
    used = UsedNames(["class_"])
    assert used.take_name("class_", stem="class") == "class_2"
    assert used.take_name("class_", stem="class") == "class_3"
