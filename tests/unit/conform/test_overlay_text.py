"""`conform.overlay_text`: actions of people stay, own ones are renewed."""

from __future__ import annotations

import pytest
import yaml

from flexprice_codegen.conform.corrections import Action
from flexprice_codegen.conform.overlay_text import list_foreign_actions, update_overlay
from flexprice_codegen.diagnostics import DiagnosticError

PEOPLE = """\
overlay: 1.0.0
info: {title: Corrections, version: 1.0.0}
# Why this file is here.
actions:
  # Amounts are decimals.
  - target: $.a
    update: {format: decimal}  # not a float
"""


def action(target: str, count: int = 2) -> Action:
    return {"target": target, "x-evidence": {"samples": count}, "update": {"a": count}}


def list_targets(text: str) -> list[str]:
    return [each["target"] for each in yaml.safe_load(text)["actions"]]


def test_a_new_overlay_has_a_head() -> None:
    made = update_overlay("", [action("$.b")])

    assert yaml.safe_load(made.text)["overlay"] == "1.0.0"
    assert list_targets(made.text) == ["$.b"]
    assert (made.added, made.renewed, made.ended) == (1, 0, ())


def test_actions_of_people_stay_to_the_letter() -> None:
    made = update_overlay(PEOPLE, [action("$.b")])

    assert made.text.startswith(PEOPLE)
    assert list_targets(made.text) == ["$.a", "$.b"]


def test_own_actions_are_renewed_and_those_that_ended_are_told() -> None:
    first = update_overlay(PEOPLE, [action("$.b"), action("$.c")])
    again = update_overlay(first.text, [action("$.c", 9), action("$.d")])

    assert again.text.startswith(PEOPLE)
    assert list_targets(again.text) == ["$.a", "$.c", "$.d"]
    assert (again.added, again.renewed, again.ended) == (1, 1, ("$.b",))
    assert "samples: 9" in again.text


def test_the_same_actions_give_the_same_bytes() -> None:
    first = update_overlay(PEOPLE, [action("$.b")])

    assert update_overlay(first.text, [action("$.b")]).text == first.text


def test_what_follows_the_list_stays() -> None:
    text = f"{PEOPLE}\nx-notes: at the end\n"
    made = update_overlay(text, [action("$.b")])

    assert list_targets(made.text) == ["$.a", "$.b"]
    assert made.text.endswith("\nx-notes: at the end\n")


def test_a_list_without_indentation_stays_so() -> None:
    text = "overlay: 1.0.0\ninfo: {title: a, version: b}\nactions:\n- target: $.a\n  remove: true"
    made = update_overlay(text, [action("$.b")])

    assert list_targets(made.text) == ["$.a", "$.b"]
    assert "\n- target: $.b\n" in made.text


@pytest.mark.parametrize(
    "text",
    ["a: [", "overlay: 1.0.0\n", '{"overlay": "1.0.0", "actions": [{"target": "$"}]}'],
)
def test_what_has_no_list_in_lines_is_an_error(text: str) -> None:
    with pytest.raises(DiagnosticError, match="cannot add actions"):
        update_overlay(text, [action("$.b")])


def test_only_actions_of_people_are_foreign() -> None:
    made = update_overlay(PEOPLE, [action("$.b")])

    assert [each["target"] for each in list_foreign_actions(made.text)] == ["$.a"]
    assert list_foreign_actions("") == []
