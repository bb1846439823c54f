"""Rows about many calls against a server on loopback, and the memory of one.

In: nothing. Out: rows. Callers run in processes of their own; memory is that of a
process that imports a client, makes a call and ends, beyond that of Python alone.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

from benchmarks import bodies, child, clients, peers
from benchmarks.commands import Command, peak_memory
from benchmarks.row import (
    Contender,
    ContenderError,
    Race,
    RatioBar,
    Row,
    Unit,
    failing,
)
from benchmarks.setting import Setting

AT_ONCE = 64
_OURS = f"""\
import sys
from {clients.PACKAGE} import Flexprice, models
with Flexprice(api_key="key", base_url=sys.argv[1]) as client:
    client.customers.create_customer(
        models.CreateCustomerRequest(external_id="1", name="A")
    )
"""
_SDK = """\
import sys
from flexprice import Flexprice
with Flexprice(api_key_auth="key", server_url=sys.argv[1]) as client:
    client.customers.create_customer(external_id="1", name="A")
"""
_BARE = "import time; time.sleep(0.1)"


def sequential(setting: Setting, stack: ExitStack) -> Race:
    """A thousand calls, one after another."""
    return _many(setting, stack, 1)


def concurrent(setting: Setting, stack: ExitStack) -> Race:
    """A thousand calls, 64 at once."""
    return _many(setting, stack, AT_ONCE)


def memory(setting: Setting, stack: ExitStack) -> Race:
    """One call of a client that was just imported."""
    url = _server(setting, stack)

    def taken(python: Path, code: str, folder: Path | None = None) -> float:
        whole = peak_memory(_command(setting, python, code, url, folder))
        return whole - peak_memory(_command(setting, python, _BARE, url, None))

    def sdk() -> float:
        peers.need(setting, "flexprice")
        return taken(setting.peers_python, _SDK)

    own, client = Path(sys.executable), clients.full(setting)
    ours = Contender("ours", lambda: taken(own, _OURS, client))
    return Race(ours, (Contender("flexprice", sdk),))


ROWS = (
    Row(
        name="calls-sequential",
        what="1,000 calls against a server on loopback, one after another",
        race=sequential,
        bar=RatioBar(0.7),
        rounds=5,
        quick_rounds=3,
        needs_flexprice=True,
    ),
    Row(
        name="calls-concurrent",
        what=f"1,000 calls against a server on loopback, {AT_ONCE} at once",
        race=concurrent,
        bar=RatioBar(0.7),
        rounds=5,
        quick_rounds=3,
        needs_flexprice=True,
    ),
    Row(
        name="memory",
        what="memory that importing and using one resource takes",
        race=memory,
        bar=RatioBar(0.5),
        unit=Unit.MEGABYTES,
        rounds=5,
        quick_rounds=3,
        needs_flexprice=True,
    ),
)


def _many(setting: Setting, stack: ExitStack, at_once: int) -> Race:
    url = _server(setting, stack)
    given = (f"{at_once}", url)
    own = Path(sys.executable)
    ours = child.Subject(own, "many", ("ours", *given), clients.full(setting))
    return Race(
        child.contender("ours", setting, stack, ours),
        (_sdk(setting, stack, given),),
    )


def _sdk(setting: Setting, stack: ExitStack, given: tuple[str, ...]) -> Contender:
    try:
        peers.need(setting, "flexprice")
    except ContenderError as error:
        return failing("flexprice", error)
    subject = child.Subject(setting.peers_python, "many", ("sdk", *given))
    return child.contender("flexprice", setting, stack, subject)


def _server(setting: Setting, stack: ExitStack) -> str:
    body = str(bodies.file(setting, bodies.CUSTOMER))
    subject = child.Subject(Path(sys.executable), "server", (body,))
    return child.first_line(setting, stack, subject)


def _command(
    setting: Setting, python: Path, code: str, url: str, folder: Path | None
) -> Command:
    line = (str(python), "-P", "-c", code, url)
    return Command(line, setting.work, modules=() if folder is None else (folder,))
