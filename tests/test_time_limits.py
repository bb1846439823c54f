"""No limit of a test is so short that a busy machine reaches it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from support.patience import PATIENCE

TESTS = Path(__file__).parent
WAITING = {"join", "result", "wait"}
"""Methods that wait for another process, thread, or task; a limit may be positional."""
RUNNING = {*WAITING, "acquire", "check_call", "check_output", "communicate", "run"}
"""The same, and functions whose limit has a name."""
_MAY_BE_SHORT = re.compile(r"timeout=\d|\.(?:join|result|wait)\(\d")
OTHERS = {"golden", "repository"}
"""Directories with code that is no test of ours."""


def list_short_limits(code: str) -> Iterator[int]:
    """Yield the lines that end to wait sooner than tests do."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            limits = list(node.args) if name in WAITING else []
            if name in RUNNING:
                limits += [
                    each.value for each in node.keywords if each.arg == "timeout"
                ]
            if any(map(is_short, limits)):
                yield node.lineno


def is_short(limit: ast.expr) -> bool:
    """Return whether an argument is a number of seconds that may pass by chance."""
    value = limit.value if isinstance(limit, ast.Constant) else None
    return isinstance(value, int | float) and 0 < value < PATIENCE


def test_what_must_happen_has_time_enough() -> None:
    found = [
        f"{path.relative_to(TESTS)}:{line}"
        for path in sorted(TESTS.rglob("*.py"))
        if OTHERS.isdisjoint(path.relative_to(TESTS).parts)
        # Hardly a file has such a text, and to read a syntax tree takes long.
        if _MAY_BE_SHORT.search(code := path.read_text("utf-8"))
        for line in list_short_limits(code)
    ]
    assert not found, "wait for PATIENCE seconds: tests run beside other work"


def test_a_short_limit_is_found() -> None:
    code = "a.wait(1)\nb.join(timeout=2.5)\nc.wait(0)\nd.run(e, timeout=PATIENCE)\n"
    assert list(list_short_limits(code)) == [1, 2]
