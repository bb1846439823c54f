"""What all tests share: the folder of real documents, a server, the switch to re-record."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from support.loopback import Loopback

# How long an example takes says nothing about the code on a busy machine.
settings.register_profile("project", deadline=None)
# `make test-fast` draws fewer examples than `make test`, which runs all tests.
settings.register_profile("fast", deadline=None, max_examples=30)

ROOT = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch that writes what is expected anew."""
    parser.addoption(
        "--update",
        action="store_true",
        help="write the expected files anew instead of comparing with them",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples are drawn."""
    is_fast = config.getoption("markexpr") == "not slow"
    settings.load_profile("fast" if is_fast else "project")


@pytest.fixture(scope="session")
def update(request: pytest.FixtureRequest) -> bool:
    """Tell whether expected files are to be written anew."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of real documents that stands beside the project.

    A clone without it skips the tests that need it, by name.
    """
    folder = ROOT.parent / "shared"
    if folder.is_dir():
        return folder
    pytest.skip(f"the folder {folder.name!r} is not beside the project")


@pytest.fixture
def usual_depth() -> Iterator[None]:
    """Let calls nest as deeply as in a new interpreter, whatever ran here before."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(1_000)
    yield
    sys.setrecursionlimit(before)


@pytest.fixture
def server() -> Iterator[Loopback]:
    """Give a real HTTP server on loopback."""
    with Loopback() as server:
        yield server
