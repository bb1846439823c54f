"""Which actions of overlays are reported, because they match nothing."""

from __future__ import annotations

from flexprice_codegen.diagnostics import FileLocation
from flexprice_codegen.spec.overlay_result import ActionMatch, list_unmatched_actions


def note_matches(*matched: bool, optional: int = -1) -> list[ActionMatch]:
    """Return a row for each action; its target is its number."""
    return [
        ActionMatch(
            FileLocation("overlay.json", line, 1), f"${line}", each, line == optional
        )
        for line, each in enumerate(matched)
    ]


def test_a_required_action_without_a_match_is_an_error_at_its_place() -> None:
    matches = note_matches(False, True, False, False, optional=2)
    found = list_unmatched_actions(matches)
    assert [each.location for each in found] == [matches[0].at, matches[3].at]
    assert [each.message for each in found] == [
        "target $0 matches nothing",
        "target $3 matches nothing",
    ]


def test_an_action_must_match_in_one_of_two_documents() -> None:
    old = note_matches(True, False, False)
    new = note_matches(False, True, False)
    (fault,) = list_unmatched_actions(old, new)
    assert fault.message == "target $2 matches nothing"
