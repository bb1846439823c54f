"""Rows about runs that have little to do.

In: nothing. Out: rows. The peer makes everything each time: it remembers no earlier run,
and has no selection.
"""

from __future__ import annotations

import json
import shutil
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path

from benchmarks import clients, peers
from benchmarks.commands import Command, seconds
from benchmarks.row import (
    AmountBar,
    Contender,
    ContenderError,
    Race,
    RatioBar,
    Row,
    Unit,
)
from benchmarks.setting import Setting

_FIELD = {"type": "string", "description": "What was agreed."}
_SCHEMA = "CreateCustomerRequest"
_SELECTION = ("--operation", "create_customer", "--event", "customer.created")


def unchanged(setting: Setting, _: ExitStack) -> Race:
    """Nothing moved since the client was made."""
    document = setting.full
    again = clients.command(setting, document, setting.work / "unchanged")
    seconds(again)
    return Race(Contender("ours", lambda: seconds(again)), ())


def one_field(setting: Setting, _: ExitStack) -> Race:
    """One schema gets a field, and loses it in the next round."""
    document = setting.full
    here = setting.work / "moving.json"
    texts = cycle([_with_a_field(document), document.read_text(encoding="utf-8")])
    shutil.copyfile(document, here)
    again = clients.command(setting, here, setting.work / "one_field")
    seconds(again)

    def ours() -> float:
        here.write_text(next(texts), encoding="utf-8")
        return seconds(again)

    return Race(Contender("ours", ours), (_peer(setting, here),))


def selection(setting: Setting, _: ExitStack) -> Race:
    """A client of `create_customer` and `customer.created`, made anew each time."""
    document = setting.full
    whole = clients.command(setting, document, setting.work / "selected")
    ours = Command((*whole.line, *_SELECTION), whole.folder)
    return Race(
        Contender("ours", lambda: _anew(ours, setting.work / "selected")),
        (_peer(setting, document),),
    )


def _peer(setting: Setting, document: Path) -> Contender:
    """The fastest peer, which makes a client of all of a document."""
    name = "openapi-python-client"

    def theirs() -> float:
        peers.need(setting, name)
        output = setting.work / "peer_of_all"
        return _anew(peers.openapi_python_client(setting, document, output), output)

    return Contender(name, theirs)


def _anew(command: Command, output: Path) -> float:
    shutil.rmtree(output, ignore_errors=True)
    return seconds(command)


def _with_a_field(document: Path) -> str:
    content = json.loads(document.read_text(encoding="utf-8"))
    schemas = content["components"]["schemas"]
    if _SCHEMA not in schemas:
        raise ContenderError(f"the description has no schema {_SCHEMA}")
    schemas[_SCHEMA]["properties"]["agreement"] = _FIELD
    return json.dumps(content, indent=2, ensure_ascii=False)


ROWS = (
    Row(
        name="generate-unchanged",
        what="generate where nothing moved, whole process",
        race=unchanged,
        bar=AmountBar(0.15, Unit.SECONDS),
        rounds=9,
        quick_rounds=3,
    ),
    Row(
        name="generate-one-field",
        what="generate where one schema got a field, whole process",
        race=one_field,
        bar=RatioBar(0.15),
        rounds=9,
        quick_rounds=3,
    ),
    Row(
        name="generate-selection",
        what="generate one call and one event of the full description",
        race=selection,
        bar=RatioBar(0.2),
        rounds=5,
        quick_rounds=1,
    ),
)
