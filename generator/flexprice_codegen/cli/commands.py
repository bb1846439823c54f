"""The commands by name.

In: parsed arguments. Out: an exit code. A command is imported when it runs, because
`generate` needs no module of `diff`, and `diff` few modules of `generate`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TypeAlias

from flexprice_codegen.cli import command_runner

Run: TypeAlias = Callable[[argparse.Namespace], int]


def run_command(arguments: argparse.Namespace) -> int:
    """Run the command that the arguments name, and return its exit code."""
    return command_runner.run_command(_COMMANDS[arguments.command](), arguments)


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


def _load_init() -> Run:
    from flexprice_codegen.cli import init

    return init.run


def _load_inspect() -> Run:
    from flexprice_codegen.cli import inspect

    return inspect.run


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
    "init": _load_init,
    "inspect": _load_inspect,
    "pull": _load_pull,
    "rules": _load_rules,
}
