"""What all tests share: the folder of real documents, a server, the switch to re-record."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from support.examples import FAST, register_profiles
from support.loopback import Loopback

ROOT = Path(__file__).parent.parent
AUTHORITIES = Path(__file__).parent / "data" / "no-authority.pem"
"""A certificate that signed nothing: a client reads it in a tenth of the time that those
of the system take, and no test may reach the network."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch that writes what is expected anew."""
    parser.addoption(
        "--update",
        action="store_true",
        help="write the expected files anew instead of comparing with them",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples are drawn, and whom clients trust."""
    # Until all is collected there is hardly any garbage, and ever more to search.
    gc.disable()
    os.environ["SSL_CERT_FILE"] = str(AUTHORITIES)
    register_profiles()
    is_fast = config.getoption("markexpr") == "not slow"
    settings.load_profile(FAST if is_fast else "project")


def pytest_collection_finish() -> None:
    """Do less that only long-lived programs profit from."""
    # Each of thousands of syntax trees would be searched for garbage many times.
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)
    gc.enable()
    # What is imported from now on are mostly clients that are made for one test.
    sys.dont_write_bytecode = True


@pytest.fixture(scope="session")
def update(request: pytest.FixtureRequest) -> bool:
    """Return whether expected files are to be written anew."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real documents that stands beside the project.

    A clone without it skips the tests that need it, by name.
    """
    folder = ROOT.parent / "shared"
    if folder.is_dir():
        return folder
    pytest.skip(f"the folder {folder.name!r} is not beside the project")


@pytest.fixture
def usual_depth() -> Iterator[None]:
    """Allow calls to nest as in a new interpreter, whatever ran here before."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(1_000)
    yield
    sys.setrecursionlimit(before)


@pytest.fixture
def server() -> Iterator[Loopback]:
    """Yield a real HTTP server on loopback."""
    with Loopback() as server:
        yield server
