"""Rows about reading responses and writing requests, and about one whole call.

In: nothing. Out: rows. The subjects run in processes of their own, each in turn.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TypeAlias

from benchmarks import bodies, child, clients, peers
from benchmarks.row import Contender, ContenderError, Race, RatioBar, Row, failing
from benchmarks.setting import Setting

Prepare: TypeAlias = Callable[[Setting, ExitStack], Race]


def decoding(wanted: bodies.Wanted, peer: str, reader: str) -> Prepare:
    """Ours against a reader of the same body."""

    def race(setting: Setting, stack: ExitStack) -> Race:
        body = str(bodies.file(setting, wanted))
        ours = _own("decode", "ours", wanted.schema, body, client=clients.full(setting))
        arguments = (reader, wanted.schema, body)
        return Race(
            child.contender("ours", setting, stack, ours),
            (_sdk(peer, setting, stack, "decode", *arguments),),
        )

    return race


def tolerant(wanted: bodies.Wanted) -> Prepare:
    """Ours of a body with a misfit, over ours of the same body without."""

    def race(setting: Setting, stack: ExitStack) -> Race:
        body, client = str(bodies.file(setting, wanted)), clients.full(setting)

        def reader(name: str, how: str) -> Contender:
            subject = _own("decode", how, wanted.schema, body, client=client)
            return child.contender(name, setting, stack, subject)

        return Race(reader("ours", "tolerant"), (reader("ours, all fits", "ours"),))

    return race


def over_msgspec(wanted: bodies.Wanted) -> Prepare:
    """Ours against a decoder of msgspec for the same class."""

    def race(setting: Setting, stack: ExitStack) -> Race:
        body, client = str(bodies.file(setting, wanted)), clients.full(setting)

        def reader(name: str) -> Contender:
            subject = _own("decode", name, wanted.schema, body, client=client)
            return child.contender(name, setting, stack, subject)

        return Race(reader("ours"), (reader("msgspec"),))

    return race


def encoding(peer: str, writer: str) -> Prepare:
    """Ours against a writer of the same request."""

    def race(setting: Setting, stack: ExitStack) -> Race:
        ours = _own("encode", "ours", client=clients.full(setting))
        return Race(
            child.contender("ours", setting, stack, ours),
            (_sdk(peer, setting, stack, "encode", writer),),
        )

    return race


def call(setting: Setting, stack: ExitStack) -> Race:
    """One call of ours, and httpx2 alone with the same bytes."""
    body, client = str(bodies.file(setting, bodies.CUSTOMER)), clients.full(setting)
    url = child.first_line(setting, stack, _own("server", body))

    def caller(name: str, how: str) -> Contender:
        subject = _own("call", how, url, client=client)
        return child.contender(name, setting, stack, subject)

    return Race(caller("ours", "ours"), (caller("httpx2 alone", "bare"),))


def _own(module: str, *arguments: str, client: Path | None = None) -> child.Subject:
    return child.Subject(Path(sys.executable), module, arguments, client)


def _sdk(
    name: str, setting: Setting, stack: ExitStack, module: str, *arguments: str
) -> Contender:
    try:
        peers.need(setting, "flexprice")
    except ContenderError as error:
        return failing(name, error)
    subject = child.Subject(setting.peers_python, module, arguments)
    return child.contender(name, setting, stack, subject)


def _row(
    name: str,
    what: str,
    race: Prepare,
    limit: float | None = None,
    *,
    needs_sdk: bool = False,
) -> Row:
    return Row(
        name=name,
        what=what,
        race=race,
        bar=None if limit is None else RatioBar(limit),
        rounds=25,
        quick_rounds=9,
        # The classes of the SDK fit only the documents that it was made from.
        needs_flexprice=needs_sdk,
    )


def _decode(wanted: bodies.Wanted, short: str) -> tuple[Row, ...]:
    what = f"decode {wanted.schema}"
    sdk = "flexprice (model_validate_json)"
    return (
        _row(
            f"decode-{short}",
            what,
            decoding(wanted, sdk, "pydantic"),
            0.7,
            needs_sdk=True,
        ),
        _row(
            f"decode-{short}-msgspec",
            f"{what}, over msgspec alone",
            over_msgspec(wanted),
        ),
        _row(
            f"decode-{short}-sdk",
            f"{what}, over what the SDK calls",
            decoding(wanted, "flexprice (unmarshal_json)", "sdk"),
            needs_sdk=True,
        ),
    )


ROWS = (
    *_decode(bodies.CUSTOMER, "customer"),
    *_decode(bodies.SUBSCRIPTION, "subscription"),
    *_decode(bodies.INVOICE, "invoice"),
    _row(
        "decode-sparse",
        "decode SubscriptionResponse without a third of its plain members",
        decoding(
            bodies.SPARSE_SUBSCRIPTION, "flexprice (model_validate_json)", "pydantic"
        ),
        needs_sdk=True,
    ),
    _row(
        "decode-tolerant",
        "decode SubscriptionResponse with an empty time at its deepest place",
        tolerant(bodies.SUBSCRIPTION),
        4,
    ),
    _row(
        "encode-customer",
        "encode CreateCustomerRequest with three fields",
        encoding("flexprice (marshal_json)", "sdk"),
        0.3,
        needs_sdk=True,
    ),
    _row(
        "encode-customer-pydantic",
        "the same, over pydantic alone",
        encoding("flexprice (model_dump_json)", "pydantic"),
        needs_sdk=True,
    ),
    _row("call", "one call against a server on loopback", call, 1.15),
)
