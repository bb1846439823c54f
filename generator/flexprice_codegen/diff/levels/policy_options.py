"""What a team has agreed on about deprecation: the table `[diff]` of its configuration.

In: the path of the configuration, and what the command line says. Out: the
`DeprecationPolicy` of a comparison. The command line counts before the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from flexprice_codegen.config import CONFIG_FILE_NAME, TOOL_TABLE
from flexprice_codegen.diagnostics import DiagnosticError, build_error
from flexprice_codegen.diff.levels.toml_file import (
    TomlFile,
    create_unknown_key_error,
    read_toml,
)
from flexprice_codegen.diff.wire.deprecation_policy import (
    STABILITY_LEVELS,
    DeprecationPolicy,
)
from flexprice_codegen.frozen_values import frozen_value

_DAYS = ("sunset_days", "beta_sunset_days")
_KEYS = (*_DAYS, "stability")


@frozen_value(kw_only=True)
class PolicyOptions:
    """What is said of deprecation and stability; None where nothing is."""

    sunset_days: int | None = None
    beta_sunset_days: int | None = None
    stability: str | None = None


def read_policy_options(path: Path | None) -> PolicyOptions:
    """Read the table `[diff]` of a configuration file.

    Args:
        path: The file, None where there is none.

    Raises:
        DiagnosticError: The file cannot be read, or a key or a value is not known.
    """
    if path is None:
        return PolicyOptions()
    file = read_toml(str(path))
    table = _get_diff_table(file, is_project=path.name != CONFIG_FILE_NAME)
    for key, value in table.items():
        if key not in _KEYS:
            raise create_unknown_key_error(
                key, _KEYS, "the table [diff]", file.locate_key(key)
            )
        _check_value(key, value, file)
    return PolicyOptions(**table)


def _get_diff_table(file: TomlFile, *, is_project: bool) -> Mapping[str, Any]:
    table: object = file.table
    for key in ("tool", TOOL_TABLE, "diff") if is_project else ("diff",):
        table = table.get(key, {}) if isinstance(table, Mapping) else {}
    if not isinstance(table, Mapping):
        raise _create_value_error("diff", table, "a table", file)
    return table


def _check_value(key: str, value: object, file: TomlFile) -> None:
    if key in _DAYS:
        # To Python `true` is a number as well.
        is_days = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        if not is_days:
            raise _create_value_error(key, value, "a number of days", file)
    elif value not in STABILITY_LEVELS:
        expected = f"one of {', '.join(STABILITY_LEVELS)}"
        raise _create_value_error(key, value, expected, file)


def _create_value_error(
    key: str, value: object, expected: str, file: TomlFile
) -> DiagnosticError:
    return build_error(
        "config-value",
        f"{key!r} is {value!r:.80}, expected {expected}",
        at=file.locate_key(key),
        hint=f"set {key} to {expected}",
    )


def create_policy(
    asked: PolicyOptions, configured: PolicyOptions, today: date
) -> DeprecationPolicy:
    """Return the policy of a comparison.

    Args:
        asked: What the command line says.
        configured: What the configuration says.
        today: The day that sunset dates are compared with.
    """
    default = DeprecationPolicy(today=today)
    return DeprecationPolicy(
        today=today,
        stable_days=_choose(
            asked.sunset_days, configured.sunset_days, default.stable_days
        ),
        beta_days=_choose(
            asked.beta_sunset_days, configured.beta_sunset_days, default.beta_days
        ),
        stability=asked.stability or configured.stability or default.stability,
    )


def _choose(asked: int | None, configured: int | None, default: int) -> int:
    """Return the first number that is given; 0 is one."""
    if asked is not None:
        return asked
    return default if configured is None else configured
