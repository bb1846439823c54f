"""Path templates: placeholders, fixed segments, and the form without names."""

from __future__ import annotations

from flexprice_codegen.api.path_templates import (
    find_placeholders,
    list_fixed_segments,
    normalize_path,
)


def test_placeholders_are_named_once_in_their_order() -> None:
    assert find_placeholders("/a/{b}/{c}.{b}/{}") == ("b", "c")


def test_a_path_is_the_same_whatever_its_parameters_are_called() -> None:
    assert normalize_path("/a/{id}/b") == normalize_path("/a/{other}/b") == "/a/{}/b"


def test_segments_with_a_placeholder_are_not_fixed() -> None:
    assert list_fixed_segments("//a/{b}/c.{d}/e/") == ["a", "e"]
