"""Trials of servers that publish a document of their own.

In: the command of a server, and checks of the client that its document makes. Out: the
outcome.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias
from urllib.request import urlopen

from server_trials.processes import run_server
from server_trials.trial import Outcome, generate_client, make_client, run_checks

Check: TypeAlias = Callable[[Any, Any], None]
"""A call: it gets the client and the package, and raises an exception if it fails."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server: the command that starts it, and the path of its document."""

    name: str
    command: list[str]
    path: str
    overlay: Path | None = None


def try_server(server: Server, folder: Path, checks: Mapping[str, Check]) -> Outcome:
    """Run a server, generate a client of its document, and make the calls.

    Args:
        server: The server.
        folder: The directory for the document, the client and the log.
        checks: The calls by what they show.
    """
    name = server.name
    with run_server(server.command, folder / f"{name}.server.log") as url:
        document = folder / f"{name}.json"
        with urlopen(url + server.path, timeout=30) as response:  # noqa: S310 - ours
            document.write_bytes(response.read())

        overlay = [] if server.overlay is None else ["--overlay", str(server.overlay)]
        package = generate_client(
            f"trial_{name.lower()}", folder, str(document), *overlay
        )
        with make_client(package, base_url=url) as client:
            calls = [
                (each, partial(check, client, package))
                for each, check in checks.items()
            ]
            return run_checks(name, calls)


def expect(found: object, expected: object) -> None:
    """Raise a ValueError if a call returned something else than expected."""
    if found != expected:
        raise ValueError(f"expected {expected!r}, got {found!r}")
