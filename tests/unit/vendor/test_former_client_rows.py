"""What a lock without rows of the client leaves to find out: from the module it vouches for.

The lock and the module in `tests/data` are as version 0.1.0 wrote them.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from flexprice_codegen.surface.model import AssignedName
from flexprice_codegen.vendor.directory import LOCK_NAME
from flexprice_codegen.vendor.former_client_rows import client_rows
from flexprice_codegen.vendor.lock import Lock, read_lock

DATA = Path(__file__).parent.parent.parent / "data" / "lock-without-client"
MODULE = (DATA / "_client.py.txt").read_bytes()
ROWS = (
    AssignedName(kind="client", key="env_prefix", name="PETSHOP"),
    AssignedName(kind="client", key="class", name="Petshop"),
)


@pytest.fixture
def lock() -> Lock:
    """Return the old lock."""
    return read_lock((DATA / LOCK_NAME).read_text(encoding="utf-8"), LOCK_NAME)


def test_the_module_of_an_old_client_says_what_it_is_called(lock: Lock) -> None:
    assert not [each for each in lock.names if each.kind == "client"]
    assert set(client_rows(lock, {"_client.py": MODULE})) == set(ROWS)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"\n", b"\r\n"),
        (b'"', b"'"),
        (b"    ", b"  "),
        (b"Config(\n    package", b"Config(package"),
    ],
)
def test_line_ends_and_a_formatter_change_nothing(
    lock: Lock, before: bytes, after: bytes
) -> None:
    head, mark, tail = MODULE.partition(b'    """A client of')
    assert mark
    module = head.replace(before, after) + mark + tail
    assert module != MODULE
    assert set(client_rows(lock, {"_client.py": module})) == set(ROWS)


@pytest.mark.parametrize(
    "disk",
    [
        {},
        {"_client.py": b""},
        {"_client.py": MODULE.replace(b"Petshop(", b"Forged(")},
        {"_client.py": MODULE.replace(b'"PETSHOP"', b'"FORGED"')},
        {"_client.py": MODULE + b"# mine\n"},
        {"client.py": MODULE},
    ],
)
def test_an_edited_or_missing_module_says_nothing(
    lock: Lock, disk: dict[str, bytes]
) -> None:
    assert client_rows(lock, disk) == ()


def test_a_lock_that_names_its_client_needs_no_module(lock: Lock) -> None:
    named = replace(lock, names=(*lock.names, *ROWS))
    assert client_rows(named, {"_client.py": MODULE}) == ()
