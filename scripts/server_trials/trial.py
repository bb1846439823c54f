"""What a trial is: a server, its document, and calls of the client made of it.

In: a document and the URL of a server. Out: which calls did what they must.
"""

from __future__ import annotations

import contextlib
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from flexprice_codegen.cli.main import main
from server_trials.arguments import find_client_class

Check = Callable[[Any, Any], object]
"""A call: it gets the client and the package, and fails by an exception."""


_CALL = re.compile(r" \([A-Z]+ /[^()]*\)$")
_ADDRESS = re.compile(r"0x[0-9a-f]+")
_LONGEST = 160


class SkippedError(Exception):
    """A server cannot be run here; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many calls there were, and what the others raised."""

    server: str
    calls: int
    failures: tuple[tuple[str, str], ...]

    @property
    def passed(self) -> int:
        """The number of calls that did what they must."""
        return self.calls - len(self.failures)

    def list_reasons(self) -> list[str]:
        """Return the reasons of failures, the most frequent first."""
        often = Counter(reason for _, reason in self.failures)
        return [f"{count} x {reason}" for reason, count in often.most_common()]


def generate_client(name: str, folder: Path, *arguments: str) -> Any:
    """Generate a client with `testing.py`, and return its package."""
    output = folder / name
    command = ["generate", *arguments, "--output", str(output), "--testing"]
    with (
        (folder / f"{name}.log").open("w") as log,
        contextlib.redirect_stderr(log),
        contextlib.redirect_stdout(log),
    ):
        code = main(command)
    if code:
        raise RuntimeError(f"{name}: no client: see {folder / name}.log")
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    return import_module(name)


def make_client(package: Any, **settings: Any) -> Any:
    """Return a client of a package that does not retry."""
    kind = find_client_class(package.__name__)
    return kind(retry=package.Retry(max_retries=0), **settings)


def _shorten(reason: str) -> str:
    """Return a reason without what differs from call to call."""
    plain = _ADDRESS.sub("0x…", _CALL.sub("", reason))
    return plain[:_LONGEST]


def run_checks(
    server: str, checks: Iterable[tuple[str, Callable[[], object]]]
) -> Outcome:
    """Make calls, and return what came of them."""
    failures = []
    count = 0
    for name, check in checks:
        count += 1
        try:
            check()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is reported
            failures.append((name, _shorten(f"{type(error).__name__}: {error}")))
    return Outcome(server, count, tuple(failures))
