"""Enum classes: the names of members, without what all have in common."""

from __future__ import annotations

from flexprice_codegen.api.model import EnumSchema, EnumValue
from flexprice_codegen.api.types import NodeMetadata
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.surface.enums import (
    NO_KNOWN_MEMBERS,
    KnownMembers,
    build_enum_class,
)
from flexprice_codegen.surface.model import EnumClass

ORIGIN = Origin("", "/components/schemas/Size")


def build(
    rows: dict[str, list[str]], known: KnownMembers = NO_KNOWN_MEMBERS
) -> EnumClass:
    """Build an enum whose values have these names in the document."""
    values = tuple(
        EnumValue(
            value=value,
            names=tuple(names),
            former_name=min(names, default=""),
            about=NodeMetadata(origin=ORIGIN),
        )
        for value, names in rows.items()
    )
    definition = EnumSchema(
        key="Size", values=values, about=NodeMetadata(origin=ORIGIN)
    )
    return build_enum_class(definition, "Size", "_size", known)


def list_names(enum: EnumClass) -> tuple[list[str], list[str], list[str]]:
    """Return the names of members, aliases, and deprecated aliases."""
    return (
        [each.name for each in enum.members],
        [each.name for each in enum.aliases],
        [each.name for each in enum.deprecated],
    )


def list_members(
    rows: dict[str, list[str]], known: KnownMembers = NO_KNOWN_MEMBERS
) -> list[str]:
    """Return the names of the members alone."""
    return list_names(build(rows, known))[0]


def test_a_member_is_called_by_its_name_or_else_by_its_value() -> None:
    assert list_members({"o": ["SizeOpen"], "s": ["SizeShut"]}) == ["OPEN", "SHUT"]
    assert list_members({"in-progress": [], "<": []}) == ["IN_PROGRESS", "LESS"]


def test_a_prefix_of_an_earlier_run_stays() -> None:
    with_prefix = KnownMembers(prefix="Size")
    found = list_members({"o": ["SizeOpen"], "x": ["Other"]}, with_prefix)
    assert found == ["OPEN", "OTHER"]

    without = KnownMembers(prefix="")
    found = list_members({"o": ["SizeOpen"], "s": ["SizeShut"]}, without)
    assert found == ["SIZE_OPEN", "SIZE_SHUT"]


def test_names_that_clash_are_numbered() -> None:
    assert list_members({"a b": [], "a-b": []}) == ["A_B", "A_B_2"]


def test_a_new_value_does_not_take_the_name_of_a_known_one() -> None:
    known = KnownMembers(prefix="", names={"a-b": ("A_B",)})
    assert list_members({"a b": [], "a-b": []}, known) == ["A_B_2", "A_B"]


def test_several_names_of_one_value_are_a_member_and_its_aliases() -> None:
    made = build({"MONTH": ["SizeMonth", "DefaultSize"]})
    assert list_names(made) == (["SIZE_MONTH"], ["DEFAULT_SIZE"], [])
    assert {each.value for each in made.all_members} == {"MONTH"}


def test_a_renamed_member_leaves_its_old_name() -> None:
    known = KnownMembers(prefix="", names={"MONTH": ("DEFAULT_SIZE",)})
    first = build({"MONTH": ["SizeMonth"]}, known)
    assert list_names(first) == (["SIZE_MONTH"], [], ["DEFAULT_SIZE"])

    known = KnownMembers(
        prefix="",
        names={"MONTH": ("SIZE_MONTH",)},
        deprecated={"MONTH": ("DEFAULT_SIZE",)},
    )
    second = build({"MONTH": ["Month"]}, known)
    assert list_names(second) == (["MONTH"], [], ["DEFAULT_SIZE", "SIZE_MONTH"])


def test_two_values_that_swap_their_names_keep_them() -> None:
    known = KnownMembers(prefix="", names={"a": ("LOW",), "b": ("HIGH",)})
    assert list_members({"a": ["High"], "b": ["Low"]}, known) == ["LOW", "HIGH"]


def test_a_name_that_is_no_longer_in_the_document_is_deprecated() -> None:
    known = KnownMembers(prefix="", names={"MONTH": ("SIZE_MONTH", "DEFAULT_SIZE")})
    made = build({"MONTH": ["SizeMonth"]}, known)
    assert list_names(made) == (["SIZE_MONTH"], [], ["DEFAULT_SIZE"])


def test_a_client_without_rows_for_its_members_keeps_the_names_of_then() -> None:
    """Further names that the document has become aliases, and nothing is deprecated."""
    made = build(
        {"MONTH": ["SizeMonth", "DefaultSize"]}, KnownMembers(prefix="", is_former=True)
    )
    assert list_names(made) == (["DEFAULT_SIZE"], ["SIZE_MONTH"], [])

    known = KnownMembers(prefix="", names={"MONTH": ("DEFAULT_SIZE", "SIZE_MONTH")})
    again = build({"MONTH": ["SizeMonth", "DefaultSize"]}, known)
    assert list_names(again) == list_names(made)
