"""Rows about finding the uses of a client in a team's code: a whole process each time.

In: nothing. Out: rows. The code has 50,000 lines that are made; the document is small, so
that comparing its two versions takes next to nothing.
"""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks import clients
from benchmarks.commands import Command, peak_memory, seconds
from benchmarks.row import AmountBar, Contender, Race, RatioBar, Row, Unit
from benchmarks.setting import Setting

_LINES = 50_000
_PACKAGE = "billing_client"
_MODULE = '''"""Customers of tenant {number}."""

from __future__ import annotations

import logging

from billing_client import Billing, models

LOG = logging.getLogger(__name__)


class Tenant{number}:
    """Bills tenant {number}."""

    def __init__(self, client: Billing) -> None:
        self.client = client

    def create(self, name: str) -> str:
        """Create a customer, and return its id."""
        request = models.NewCustomer(name=name, email="a@b.example")
        made = self.client.customers.create_customer(request)
        if made.email:
            LOG.info("made %s", made.email)
        return made.id or ""

    def total(self, amounts: list[int], limit: int = {number}) -> dict[str, int]:
        """Add amounts up, as far as a limit."""
        found: dict[str, int] = {{}}
        for index, amount in enumerate(amounts):
            key = f"{{index % 7}}"
            found[key] = found.get(key, 0) + amount
            if found[key] > limit:
                found[key] = limit
        return {{key: value for key, value in sorted(found.items()) if value}}

    def label(self, text: str) -> str:
        """Return a text that people can read."""
        words = [word.strip() for word in text.split(",")]
        shown = [word.title() for word in words if word]
        if len(shown) > 3:
            return ", ".join(shown[:3]) + " and more"
        return ", ".join(shown) or "none"
'''


def over_mypy(setting: Setting, _: ExitStack) -> Race:
    """Return the race of `impact` and a type checker over the same code."""
    ours = _prepare_impact(setting)
    program = Path(sys.executable).with_name("mypy")
    mypy = Command((str(program), "--no-incremental", "app"), ours.folder)
    return Race(
        Contender("ours", lambda: seconds(ours)),
        (Contender("mypy", lambda: seconds(mypy)),),
    )


def memory(setting: Setting, _: ExitStack) -> Race:
    """Return a race of one about the memory of `impact`."""
    ours = _prepare_impact(setting)
    return Race(Contender("ours", lambda: peak_memory(ours)), ())


def _prepare_impact(setting: Setting) -> Command:
    """Write the code and its client, and return the command that looks for uses."""
    folder = setting.work / "impact"
    folder.mkdir(exist_ok=True)
    old, new = _write_documents(folder)
    seconds(clients.command(setting, old, folder / _PACKAGE, overlay=None))
    _write_code(folder / "app")

    line = ("impact", str(old), str(new), "--code", "app", "--package", _PACKAGE)
    program = str(Path(sys.executable).with_name("flexprice-codegen"))
    return Command((program, *line, "--fail-on", "none"), folder)


ROWS = (
    Row(
        name="impact",
        what=f"find the uses of a client in {_LINES:,} lines of code, whole process",
        race=over_mypy,
        bar=RatioBar(0.35),
        rounds=3,
        quick_rounds=1,
    ),
    Row(
        name="impact-memory",
        what="memory of that at the peak",
        race=memory,
        unit=Unit.MEGABYTES,
        bar=AmountBar(150, Unit.MEGABYTES),
        rounds=1,
        quick_rounds=1,
        warm_up=False,
    ),
)


def _write_documents(folder: Path) -> tuple[Path, Path]:
    """Write two versions of a document: the second has no `email`."""
    old = folder / "old.json"
    new = folder / "new.json"
    old.write_text(json.dumps(_build_document("email")), encoding="utf-8")
    new.write_text(json.dumps(_build_document()), encoding="utf-8")
    return old, new


def _build_document(*further: str) -> dict[str, Any]:
    names = ("id", "name", *further)
    properties = {name: {"type": "string"} for name in names}
    schema = {"type": "object", "properties": properties}
    body = {"content": {"application/json": {"schema": _refer("NewCustomer")}}}
    answer = {"content": {"application/json": {"schema": _refer("Customer")}}}
    operation = {
        "operationId": "create_customer",
        "tags": ["customers"],
        "requestBody": {"required": True, **body},
        "responses": {"200": {"description": "Created.", **answer}},
    }
    return {
        "openapi": "3.0.3",
        "info": {"title": "Billing", "version": "1"},
        "paths": {"/customers": {"post": operation}},
        "components": {"schemas": {"NewCustomer": schema, "Customer": schema}},
    }


def _refer(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _write_code(folder: Path) -> None:
    """Write modules that create customers, and do other things."""
    folder.mkdir(exist_ok=True)
    (folder / "__init__.py").touch()
    for number in range(-(-_LINES // _MODULE.count("\n"))):
        text = _MODULE.format(number=number)
        (folder / f"tenant_{number}.py").write_text(text, encoding="utf-8")
