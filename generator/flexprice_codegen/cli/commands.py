"""The commands by name.

In: parsed arguments. Out: an exit code. A command is imported when it runs, because
`generate` needs no module of `diff`, and `diff` few modules of `generate`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TypeAlias

from flexprice_codegen.cli import command_runner
from flexprice_codegen.cli.configs_below import list_configs

Run: TypeAlias = Callable[[argparse.Namespace], int]


def run_command(arguments: argparse.Namespace) -> int:
    """Run the command that the arguments name, and return its exit code.

    For several configuration files it runs once for each, and the worst code counts.
    """
    run = _COMMANDS[arguments.command]()
    return command_runner.run_command(_run_for_each(run), arguments)


def _run_for_each(run: Run) -> Run:
    """Return a command that runs once for each configuration file."""

    def run_all(arguments: argparse.Namespace) -> int:
        configs = list_configs(arguments)
        if configs is None:
            return run(arguments)

        codes: list[int] = []
        for path in configs:
            one = argparse.Namespace(**vars(arguments) | {"config": str(path)})
            codes.append(command_runner.run_command(run, one))
            if codes[-1] == command_runner.INTERRUPTED:
                break
        return max(codes)

    return run_all


# One function per command, and no import by a name that is built at run time, so that
# readers and type checkers can follow every import.
def _load_changelog() -> Run:
    from flexprice_codegen.cli import changelog

    return changelog.run


def _load_check() -> Run:
    from flexprice_codegen.cli import check

    return check.run


def _load_completion() -> Run:
    from flexprice_codegen.cli import completion

    return completion.run


def _load_conform() -> Run:
    from flexprice_codegen.cli import conform

    return conform.run


def _load_diff() -> Run:
    from flexprice_codegen.cli import diff

    return diff.run


def _load_generate() -> Run:
    from flexprice_codegen.cli import generate

    return generate.run


def _load_history() -> Run:
    from flexprice_codegen.cli import history

    return history.run


def _load_impact() -> Run:
    from flexprice_codegen.cli import impact

    return impact.run


def _load_init() -> Run:
    from flexprice_codegen.cli import init

    return init.run


def _load_inspect() -> Run:
    from flexprice_codegen.cli import inspect

    return inspect.run


def _load_migrate() -> Run:
    from flexprice_codegen.cli import migrate

    return migrate.run


def _load_pull() -> Run:
    from flexprice_codegen.cli import pull

    return pull.run


def _load_rules() -> Run:
    from flexprice_codegen.cli import rules

    return rules.run


_COMMANDS: dict[str, Callable[[], Run]] = {
    "changelog": _load_changelog,
    "check": _load_check,
    "completion": _load_completion,
    "conform": _load_conform,
    "diff": _load_diff,
    "generate": _load_generate,
    "history": _load_history,
    "impact": _load_impact,
    "init": _load_init,
    "inspect": _load_inspect,
    "migrate": _load_migrate,
    "pull": _load_pull,
    "rules": _load_rules,
}
