"""Servers that check requests against a document: Prism, stripe-mock.

In: a folder for what is installed. Out: the outcome of calls of every operation.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from functools import partial
from pathlib import Path
from typing import Any

from server_trials.arguments import Call, list_calls
from server_trials.processes import run_server, run_upstream
from server_trials.trial import (
    Outcome,
    SkippedError,
    generate_client,
    make_client,
    run_checks,
)

_STRIPE_MOCK = "github.com/stripe/stripe-mock"
_KEY = "sk_test_123"
"""A key that stripe-mock takes, as the user of a password."""


def try_prism(folder: Path, document: Path, *overlays: Path) -> Outcome:
    """Try Prism with a document: each operation with all arguments, and without any.

    Args:
        folder: The folder for what is installed.
        document: The document.
        overlays: Overlays for the client; Prism gets the document as it is.
    """
    prism = _install_prism(folder)
    given = [part for each in overlays for part in ("--overlay", str(each))]
    package = generate_client("trial_prism", folder, str(document), *given)
    # As a mock, Prism would also make up responses, which it cannot for every schema.
    # As a proxy, it passes a request on and lists its violations in a header.
    with (
        run_upstream() as upstream,
        run_server(
            [str(prism), "proxy", "--port", "{port}", str(document), upstream],
            folder / "prism.server.log",
        ) as url,
    ):
        calls = [
            *list_calls(package.__name__, with_optional=True),
            *list_calls(package.__name__, with_optional=False),
        ]
        return _call_all("Prism", package, url, calls, on_response=_find_violations)


def try_stripe_mock(folder: Path) -> Outcome:
    """Try stripe-mock: each operation of Stripe's document with all arguments."""
    mock = _install_stripe_mock(folder)
    document = _find_stripe_document(mock)
    package = generate_client("trial_stripe", folder, str(document))
    command = [str(mock), "-http-port", "{port}", "-https-port", "-1"]
    with run_server(command, folder / "stripe.server.log") as url:
        # It fails by itself where it is to expand what a response does not have.
        calls = list_calls(package.__name__, with_optional=True, without=["expand"])
        return _call_all("stripe-mock", package, url, calls)


def _find_violations(response: Any) -> None:
    """Raise a ValueError if Prism found fault with the request."""
    found = json.loads(response.headers.get("sl-violations", "[]"))
    faults = [
        f"{'.'.join(map(str, each['location']))} {each['message']}"
        for each in found
        if each["location"][:1] == ["request"] and each["severity"] == "Error"
    ]
    if faults:
        raise ValueError("; ".join(faults))


def _call_all(
    name: str,
    package: Any,
    url: str,
    calls: list[Call],
    **settings: Any,
) -> Outcome:
    settings |= _give_credentials(package)
    with make_client(package, base_url=url, **settings) as client:
        checks = [(each.method, partial(_take, each, client)) for each in calls]
        return run_checks(name, checks)


def _take(call: Call, client: Any) -> None:
    """Make a call, and read a stream to its end."""
    found = call.make(client)
    if hasattr(found, "close"):
        found.close()


def _give_credentials(package: Any) -> dict[str, Any]:
    module = __import__(f"{package.__name__}._client", fromlist=["_CONFIG"])
    schemes = vars(module)["_CONFIG"].schemes.values()
    return {
        each.keyword: (_KEY, "") if each.place == "basic" else _KEY for each in schemes
    }


def _install_prism(folder: Path) -> Path:
    prism = folder / "node" / "node_modules" / ".bin" / "prism"
    if not prism.exists():
        npm = shutil.which("npm")
        if npm is None:
            raise SkippedError("npm is missing")
        command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix"]
        _install([*command, str(folder / "node"), "@stoplight/prism-cli"])
    return prism


def _install_stripe_mock(folder: Path) -> Path:
    mock = folder / "bin" / "stripe-mock"
    if not mock.exists():
        go = _find_go()
        place = {**os.environ, "GOBIN": str(mock.parent)}
        _install([go, "install", f"{_STRIPE_MOCK}@latest"], place)
    return mock


def _find_go() -> str:
    go = shutil.which("go") or shutil.which("go", path="/usr/local/go/bin")
    if go is None:
        raise SkippedError("go is missing")
    return go


def _find_stripe_document(mock: Path) -> Path:
    """Return the document that stripe-mock was built with; its source has it."""
    go = _find_go()
    told = subprocess.run(  # noqa: S603 - ours
        [go, "version", "-m", str(mock)], check=True, capture_output=True, text=True
    ).stdout.split()
    version = told[told.index(_STRIPE_MOCK, told.index("mod")) + 1]
    cache = subprocess.run(  # noqa: S603 - ours
        [go, "env", "GOMODCACHE"], check=True, capture_output=True, text=True
    ).stdout.strip()
    source = Path(cache) / f"{_STRIPE_MOCK}@{version}"
    return source / "embedded" / "openapi" / "spec3.json"


def _install(command: list[str], environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, check=False, env=environment)  # noqa: S603 - ours
    if done.returncode:
        raise SkippedError(f"{' '.join(command)} failed")
