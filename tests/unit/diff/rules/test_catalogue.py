"""The catalogue of rules."""

from __future__ import annotations

from flexprice_codegen.diff.rules.catalogue import RULES, SOURCE_RULES


def test_rules_of_python_say_everything_and_name_their_opposite() -> None:
    ids = {each.id for each in RULES}
    assert len(ids) == len(RULES)
    for each in SOURCE_RULES:
        assert all((each.says, each.why, each.example, each.fix)), each.id
        assert each.mirror in ids, each.id
