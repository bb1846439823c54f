"""The part of two versions that a client uses: a pattern must match in one of them."""

from __future__ import annotations

import pytest
from support.documents import document, operation, read_api

from flexprice_codegen.api.model import Api
from flexprice_codegen.config import Pattern, Selection
from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.pipeline.version_selection import select_versions


def api(*names: str) -> Api:
    return read_api(document({f"/{name}": {"get": operation(name)} for name in names}))


def selected(old: Api, new: Api, *patterns: str) -> tuple[list[str], list[str]]:
    selection = Selection(operations=tuple(map(Pattern, patterns)))
    before, after = select_versions(selection, old, new)
    return [each.id for each in before.operations], [
        each.id for each in after.operations
    ]


def test_what_is_gone_and_what_is_new_may_be_selected() -> None:
    found = selected(api("kept", "gone"), api("kept", "new"), "gone", "new")
    assert found == (["gone"], ["new"])


def test_of_a_version_without_a_match_nothing_is_selected() -> None:
    assert selected(api("gone", "other"), api("other"), "gone") == (["gone"], [])


def test_a_pattern_that_matches_in_neither_is_an_error() -> None:
    with pytest.raises(DiagnosticError) as raised:
        selected(api("kept"), api("kept"), "kept", "none")
    assert [each.code for each in raised.value.diagnostics] == ["nothing-selected"]
