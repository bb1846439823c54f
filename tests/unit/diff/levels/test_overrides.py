"""Levels that people set: for single rules and for patterns of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.findings import a_finding

from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.diff.levels.overrides import (
    apply_overrides,
    parse_override,
    read_levels_file,
)
from flexprice_codegen.diff.rules.severity import Severity

RULES = ["request-property-removed", "request-property-added", "field-removed"]


def test_later_levels_count_more(tmp_path: Path) -> None:
    path = tmp_path / "levels.toml"
    path.write_text('"request-*" = "info"\nrequest-property-removed = "warning"\n')
    overrides = [*read_levels_file(str(path), RULES)]
    (found,) = apply_overrides([a_finding()], overrides)
    assert found.level is Severity.WARNING
    overrides.append(parse_override("*=none", RULES))
    assert apply_overrides([a_finding()], overrides) == ()


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("request-property-remove=info", "unknown rule 'request-property-remove'",
         "did you mean 'request-property-removed'?"),
        ("field-removed=warn", "invalid level 'warn'", "did you mean 'warning'?"),
        ("field-removed", "invalid level ''", "use one of info, warning, error, none"),
        ("zzz=info", "unknown rule 'zzz'", "run `flexprice-codegen rules` to list all"),
    ],
)  # fmt: skip
def test_a_level_that_is_none_is_refused(text: str, said: str, hint: str) -> None:
    with pytest.raises(DiagnosticError) as raised:
        parse_override(text, RULES)
    (told,) = raised.value.diagnostics
    assert (told.message, told.help) == (said, hint)


def test_a_misspelt_rule_in_a_file_has_its_place(tmp_path: Path) -> None:
    path = tmp_path / "levels.toml"
    path.write_text('field-removed = "info"\n"field-remove" = "info"\n')
    with pytest.raises(DiagnosticError) as raised:
        read_levels_file(str(path), RULES)
    assert str(raised.value.diagnostics[0].location).endswith("levels.toml:2:2")
