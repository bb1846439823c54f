"""The names of a document that comes back, of what each run after it has lost."""

from __future__ import annotations

from dataclasses import replace

from flexprice_codegen.surface.earlier_names import (
    get_identity,
    iter_single_names,
    list_earlier_names,
    restore_earlier_names,
)
from flexprice_codegen.surface.model import AssignedName, DeprecatedAlias
from flexprice_codegen.surface.previous_names import PreviousNames


def name_class(key: str, name: str) -> AssignedName:
    return AssignedName(kind="class", key=key, name=name)


def alias(name: str, key: str) -> DeprecatedAlias:
    return DeprecatedAlias(kind="class", name=name, key=key)


def run(
    before: PreviousNames,
    source_id: str,
    *names: AssignedName,
    aliases: tuple[DeprecatedAlias, ...] = (),
) -> PreviousNames:
    """Return the names after a run with a document."""
    earlier = list_earlier_names(before, source_id, names, aliases)
    return PreviousNames(names, aliases, source_id=source_id, earlier=earlier)


ONE, TWO, THREE = name_class("A", "A"), name_class("B", "B"), name_class("C", "C")
FIRST = run(PreviousNames(), "1", ONE)
SECOND = run(FIRST, "2", TWO, aliases=(alias("A", "B"),))
THIRD = run(SECOND, "3", THREE, aliases=(alias("A", "C"), alias("B", "C")))


def test_a_first_run_has_no_earlier_document() -> None:
    assert FIRST.earlier == ()
    assert [each.source_id for each in THIRD.earlier] == ["1", "2"]


def test_each_earlier_document_gets_its_names_and_aliases_back() -> None:
    first = restore_earlier_names(THIRD, "1")
    assert ONE in first.names
    assert first.deprecated_aliases == ()

    second = restore_earlier_names(THIRD, "2")
    assert TWO in second.names
    assert second.deprecated_aliases == SECOND.deprecated_aliases


def test_a_new_document_and_the_last_one_get_the_names_of_the_last_run() -> None:
    for source_id in ("3", "4"):
        assert restore_earlier_names(THIRD, source_id) is THIRD


def test_a_document_is_listed_once_however_often_it_comes_back() -> None:
    names = THIRD
    for source_id, each in (("1", ONE), ("2", TWO), ("1", ONE), ("2", TWO)):
        names = run(names, source_id, each)
    assert [each.source_id for each in names.earlier] == ["3", "2", "1"]
    third = restore_earlier_names(names, "3")
    assert THREE in third.names
    assert third.deprecated_aliases == THIRD.deprecated_aliases


def test_other_options_for_one_document_lose_no_name_of_the_one_before() -> None:
    both = run(FIRST, "2", ONE, TWO)
    less = run(both, "2", TWO)
    assert less.earlier == (replace(both.earlier[0], names=(ONE,)),)
    assert ONE in restore_earlier_names(less, "1").names


def test_only_the_last_documents_are_kept() -> None:
    names = FIRST
    for number in range(2, 40):
        names = run(names, str(number), ONE)
    assert [each.source_id for each in names.earlier] == [str(n) for n in range(19, 39)]


def test_regular_names_have_rows_of_their_own() -> None:
    row = replace(ONE, shape="s:o", places=("B > a",), regular=("id",))
    method = AssignedName(
        kind="method", key="GET /a", name="get", group="A", regular=("query limit",)
    )
    found = [*iter_single_names([row, method])]
    assert [(*get_identity(each), each.name) for each in found] == [
        ("class", "", "A", "A"),
        ("field", "A", "id", "id"),
        ("method", "", "GET /a", "get"),
        ("keyword", "GET /a", "query limit", "limit"),
    ]
