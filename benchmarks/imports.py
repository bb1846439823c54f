"""Rows about importing a client and reaching one of its methods.

In: nothing. Out: rows. Every measurement is a fresh interpreter, from its start to its
end; what it compiled once stays compiled.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

from benchmarks import clients, peers
from benchmarks.commands import Command, seconds
from benchmarks.row import Contender, ContenderError, Race, RatioBar, Row, failing
from benchmarks.setting import Setting

FEW = 200
MANY = 2_000
_OURS = f"""\
from {clients.PACKAGE} import Flexprice
Flexprice(api_key="key").customers.create_customer
"""
_SDK = """\
from flexprice import Flexprice
Flexprice(api_key_auth="key").customers.create_customer
"""
_PEER = f"""\
from {clients.PEER_PACKAGE}.client import Client
Client(api_key_auth="key").customers.create_customer
"""


def full(setting: Setting, _: ExitStack) -> Race:
    """Our client of the full description, and those that others make of it.

    All are imported by one interpreter: httpx2 asks for its own version, which takes
    the longer the more packages are installed.
    """
    python = setting.peers_python
    peers.need(setting, "msgspec")
    return Race(
        _contender("ours", setting, python, _OURS, clients.full(setting)),
        (_sdk(setting, python), _peer(setting, python)),
    )


def ten_times(setting: Setting, _: ExitStack) -> Race:
    """Two of our clients: one of a document ten times as large as the other's."""
    own = Path(sys.executable)
    many, few = clients.made(setting, MANY), clients.made(setting, FEW)
    return Race(
        _contender("ours", setting, own, _OURS, many),
        (_contender(f"ours, {FEW} operations", setting, own, _OURS, few),),
    )


ROWS = (
    Row(
        name="import-full",
        what="import the full client, reach client.customers.create_customer",
        race=full,
        bar=RatioBar(0.3),
        rounds=15,
        quick_rounds=5,
    ),
    Row(
        name="import-ten-times",
        what=f"the same with {MANY:,} operations, over {FEW}",
        race=ten_times,
        bar=RatioBar(1.1),
        rounds=31,
        quick_rounds=15,
    ),
)


def _sdk(setting: Setting, python: Path) -> Contender:
    def measure() -> float:
        peers.need(setting, "flexprice")
        return seconds(_command(setting, python, _SDK, None))

    return Contender("flexprice", measure)


def _peer(setting: Setting, python: Path) -> Contender:
    """The client of datamodel-code-generator; one that cannot be made has failed."""
    try:
        folder = clients.full_of_peer(setting)
    except ContenderError as error:
        return failing("datamodel-code-generator", error)
    return _contender("datamodel-code-generator", setting, python, _PEER, folder)


def _contender(
    name: str, setting: Setting, python: Path, code: str, folder: Path
) -> Contender:
    command = _command(setting, python, code, folder)
    return Contender(name, lambda: seconds(command))


def _command(setting: Setting, python: Path, code: str, folder: Path | None) -> Command:
    line = (str(python), "-P", "-c", code)
    return Command(line, setting.work, modules=() if folder is None else (folder,))
