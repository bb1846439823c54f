"""Rows about webhook deliveries: verified, read, given to a handler; and the import.

In: nothing. Out: rows. The subjects of a delivery run in processes of their own; every
import is a fresh interpreter.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

from benchmarks import child, clients, peers
from benchmarks.row import (
    AmountBar,
    Contender,
    ContenderError,
    Race,
    RatioBar,
    Row,
    Unit,
    failing,
)
from benchmarks.setting import Setting

FEW = 57
MANY = 570
_SDK = "svix, json.loads, flexprice (model_validate)"


def delivery(setting: Setting, stack: ExitStack) -> Race:
    """Our router against the program that the SDK's README shows."""
    ours = _receiver("ours", setting, stack, clients.full(setting))
    return Race(ours, (_sdk(setting, stack),))


def ten_times(setting: Setting, stack: ExitStack) -> Race:
    """Two of our routers: one with ten times as many events as the other."""
    few, many = clients.with_events(setting, FEW), clients.with_events(setting, MANY)
    return Race(
        _receiver("ours", setting, stack, many),
        (_receiver(f"ours, {FEW} events", setting, stack, few),),
    )


def importing(setting: Setting, _: ExitStack) -> Race:
    """The module of webhooks, after msgspec, in a fresh interpreter each time."""
    modules = ("msgspec.json", f"{clients.PACKAGE}.webhooks")
    folder = clients.full(setting)
    subject = child.Subject(Path(sys.executable), "load", modules, folder)

    def measure() -> float:
        with ExitStack() as stack:
            return float(child.first_line(setting, stack, subject))

    return Race(Contender("ours", measure), ())


ROWS = (
    Row(
        name="delivery",
        what="verify, read and dispatch customer.created",
        race=delivery,
        bar=RatioBar(0.5),
        rounds=25,
        quick_rounds=9,
        needs_flexprice=True,
    ),
    Row(
        name="delivery-ten-times",
        what=f"the same with {MANY} events, over {FEW}",
        race=ten_times,
        bar=RatioBar(1.1),
        rounds=31,
        quick_rounds=15,
    ),
    Row(
        name="import-webhooks",
        what="import the webhooks of the full client, beyond msgspec",
        race=importing,
        bar=AmountBar(0.04, Unit.SECONDS),
        rounds=15,
        quick_rounds=5,
    ),
)


def _receiver(name: str, setting: Setting, stack: ExitStack, client: Path) -> Contender:
    subject = child.Subject(Path(sys.executable), "deliver", ("ours",), client)
    return child.contender(name, setting, stack, subject)


def _sdk(setting: Setting, stack: ExitStack) -> Contender:
    try:
        for each in ("flexprice", "svix"):
            peers.need(setting, each)
    except ContenderError as error:
        return failing(_SDK, error)
    subject = child.Subject(setting.peers_python, "deliver", ("sdk",))
    return child.contender(_SDK, setting, stack, subject)
