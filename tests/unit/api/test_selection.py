"""A selection: what is selected, with all that it reaches."""

from __future__ import annotations

import pytest
from support.documents import document, operation, read_api, record, ref

from flexprice_codegen.api.model import Api
from flexprice_codegen.api.selection import select_api
from flexprice_codegen.config import Pattern, Selection
from flexprice_codegen.diagnostics import DiagnosticError


def api() -> Api:
    paths = {
        "/pets": {"get": operation("listPets", "Pet", tag="Pets"), "post": operation("makePet", tag="Pets")},
        "/keepers": {"get": operation("listKeepers", "Keeper", tag="Keepers")},
    }  # fmt: skip
    schemas = {
        "Pet": record(kind=ref("Kind")),
        "Kind": {"enum": ["a"]},
        "Keeper": record(x="string"),
    }
    return read_api(document(paths, schemas))


def keys(**patterns: str) -> list[str]:
    selection = Selection(**{name: (Pattern(text),) for name, text in patterns.items()})
    return sorted(each.key for each in select_api(api(), selection).operations)


@pytest.mark.parametrize(
    "pattern", ["listPets", "list_pets", "GET /pets", "get /pets", "*Pets"]
)
def test_an_operation_is_named_by_id_method_or_call(pattern: str) -> None:
    assert keys(operations=pattern) == ["GET /pets"]


def test_a_tag_selects_all_of_its_operations_with_what_they_reach() -> None:
    assert keys(tags="Pets") == ["GET /pets", "POST /pets"]
    selected = select_api(api(), Selection(tags=(Pattern("Pets"),)))
    assert {"Pet", "Kind"} <= set(selected.schemas)
    assert "Keeper" not in selected.schemas


def test_a_pattern_that_matches_nothing_is_named_with_what_is_near() -> None:
    with pytest.raises(DiagnosticError) as raised:
        keys(operations="listPet")
    (said,) = raised.value.diagnostics
    assert said.code == "nothing-selected"
    assert said.help.startswith("did you mean 'listPets'")


def test_an_empty_selection_is_everything() -> None:
    assert select_api(api(), Selection()) == api()
