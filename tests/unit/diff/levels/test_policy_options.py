"""What a team has agreed on about deprecation, in its configuration."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.comparing import TODAY

from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.diff.levels.policy_options import (
    PolicyOptions,
    create_policy,
    read_policy_options,
)

TABLE = 'sunset_days = 180\nbeta_sunset_days = 30\nstability = "alpha"\n'
WHOLE = PolicyOptions(sunset_days=180, beta_sunset_days=30, stability="alpha")


@pytest.mark.parametrize(
    ("name", "text", "options"),
    [
        ("flexprice-codegen.toml", f"[diff]\n{TABLE}", WHOLE),
        ("pyproject.toml", f"[tool.flexprice-codegen.diff]\n{TABLE}", WHOLE),
        ("flexprice-codegen.toml", "[[client]]\n", PolicyOptions()),
        ("pyproject.toml", "[tool.other]\n", PolicyOptions()),
    ],
)
def test_the_table_is_read(
    tmp_path: Path, name: str, text: str, options: PolicyOptions
) -> None:
    (tmp_path / name).write_text(text)
    assert read_policy_options(tmp_path / name) == options


def test_without_a_file_nothing_is_agreed_on() -> None:
    assert read_policy_options(None) == PolicyOptions()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("sunset_day = 1", "unknown key 'sunset_day' in the table [diff]"),
        ("sunset_days = -1", "'sunset_days' is -1, expected a number of days"),
        ("sunset_days = true", "'sunset_days' is True, expected a number of days"),
        ('stability = "solid"', "expected one of draft, alpha, beta, stable"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(
    tmp_path: Path, line: str, said: str
) -> None:
    path = tmp_path / "flexprice-codegen.toml"
    path.write_text(f"[diff]\n{line}\n")
    with pytest.raises(DiagnosticError) as raised:
        read_policy_options(path)
    (fault,) = raised.value.diagnostics
    assert said in fault.message
    assert str(fault.location).endswith("flexprice-codegen.toml:2:1")


def test_the_command_line_counts_before_the_file() -> None:
    policy = create_policy(PolicyOptions(sunset_days=0), WHOLE, TODAY)
    assert (policy.stable_days, policy.beta_days) == (0, 30)
    assert policy.stability == "alpha"
    assert create_policy(PolicyOptions(), PolicyOptions(), TODAY).stability == "beta"
