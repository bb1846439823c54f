"""`flexprice-codegen rules`."""

from __future__ import annotations

import json

from support.zoo import Run


def test_one_rule_is_explained_and_all_are_listed(run: Run) -> None:
    code, out, _ = run("rules", "field-removed")
    assert (code, out.splitlines()[0]) == (0, "rule        field-removed")
    listed = json.loads(run("rules", "--format", "json")[1])
    assert len(listed) == len(run("rules")[1].splitlines())


def test_a_rule_that_there_is_not_is_an_error(run: Run) -> None:
    code, out, err = run("rules", "field-remove")
    assert (code, out) == (2, "")
    assert "field-remove" in err
