"""Clients of version 0.1.0 of many documents keep every public name.

The clients are made by commit e2db54c itself, and are never committed. What else no
longer works is in a table, each row with its reason.
"""

from __future__ import annotations

import importlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from support.griffe_names import list_names
from support.public_names import Losses, find_losses

from flexprice_codegen.cli.main import main

ROOT = Path(__file__).parents[2]
FORMER = "e2db54c"
FORMER_VERSION = "0.1.0"
DOCUMENTS = (
    "flexprice-full.json",
    "lago.yaml",
    "mistral.yaml",
    "polar.json",
    "qdrant.json",
    "resend.yaml",
    "served-django-spectacular.json",
    "served-fastapi.json",
    "served-nest.json",
    "speakeasy-bar.yaml",
)


class Change(NamedTuple):
    """Uses of names that no longer work: their pattern, their number, and why."""

    pattern: str
    matches: int
    reason: str


UNDECLARED = (
    "the schema requires a property that it does not declare: without it, what was "
    "built did not fit the schema"
)
DELIVERED = (
    "the former constant had the name of the webhook in the document; deliveries have "
    "the other one in `webhook_type`, and so no delivery ever had that event"
)
COINCIDENT = (
    "the former name was read from `object_type`, which three events share with the name "
    "of the webhook; the constant is there, and is what `webhook_type` says"
)
CHANGES = {
    "lago.yaml": (
        Change(
            r"models\.(CreditNoteProviderRefundFailurePayload requires organization_id"
            r"|CustomerProjectedChargeUsageObject requires groups"
            r"|OrganizationObject requires email_settings"
            r"|WalletObject requires balance"
            r"|WalletTransactionPaymentUrl requires (lago_wallet_transaction_id"
            r"|lago_customer_id|external_customer_id|payment_provider))",
            8,
            UNDECLARED,
        ),
        Change(
            r"webhooks\.(?:[A-Z_]+ == |EVENT_PAYLOADS\[)"
            r"'(?!event_error'|events_errors'|payment_provider_error')[a-z_]+'\]?",
            2 * 55,
            DELIVERED,
        ),
        Change(
            r"webhooks\.(?:[A-Z_]+ == |EVENT_PAYLOADS\[)"
            r"'(?:event_error|events_errors|payment_provider_error)'\]?",
            2 * 3,
            COINCIDENT,
        ),
    ),
    "mistral.yaml": (
        Change(
            r"models\.((Chat|FIM)CompletionResponse requires data"
            r"|SharingDelete requires level"
            r"|WorkflowListResponse requires beta_workflows)",
            4,
            UNDECLARED,
        ),
    ),
}


class Clients(NamedTuple):
    """The client of a document, by that commit and by this one, as directories."""

    document: str
    before: Path
    after: Path

    def find_losses(self) -> Losses:
        """Return what the later client lacks of the former one."""
        before, after = (
            importlib.import_module(f"{each.parent.name}.{each.name}")
            for each in (self.before, self.after)
        )
        return find_losses(before, after)


@pytest.fixture(scope="module")
def former(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory with the package of that commit, which was `generator`."""
    command = ["git", "archive", FORMER, "generator", "templates"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    folder = tmp_path_factory.mktemp("former")
    with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


@pytest.fixture(scope="module", params=DOCUMENTS)
def clients(
    request: pytest.FixtureRequest,
    former: Path,
    shared: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Clients]:
    """Yield the client of a document that this version regenerated, and the former."""
    document = next((shared / "specs").rglob(request.param))
    stem = document.stem.replace("-", "_")
    folder = tmp_path_factory.mktemp(stem)
    before = folder / f"before_{stem}" / f"{stem}_client"
    after = folder / f"after_{stem}" / before.name
    command = ["generate", str(document), "--output", str(before)]
    subprocess.run(
        [sys.executable, "-m", "generator.cli.main", *command],
        cwd=former,
        env=os.environ | {"PYTHONPATH": str(former)},
        capture_output=True,
        check=True,
    )
    (lock,) = before.glob("*.lock.json")
    assert f'"generator": "{FORMER_VERSION}"' in lock.read_text(encoding="utf-8")
    shutil.copytree(before, after)

    assert main(["generate", str(document), "--output", str(after)]) == 0
    # A second run starts from the lock file of the first.
    assert main(["generate", str(document), "--output", str(after)]) == 0
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        yield Clients(request.param, before, after)


@pytest.mark.slow
def test_no_public_name_is_lost(clients: Clients) -> None:
    losses = clients.find_losses()

    assert losses.names == [], "\n".join(losses.names)


@pytest.mark.slow
def test_what_else_changes_is_in_the_table(clients: Clients) -> None:
    losses = clients.find_losses()
    package = f"{clients.before.name}."
    uses = [each.removeprefix(package) for each in losses.uses]
    rows = CHANGES.get(clients.document, ())

    counts = [
        sum(re.fullmatch(row.pattern, each) is not None for each in uses)
        for row in rows
    ]

    assert counts == [row.matches for row in rows]
    assert sum(counts) == len(uses), "\n".join(uses)


@pytest.mark.slow
def test_griffe_finds_no_name_that_is_lost(clients: Clients) -> None:
    lost = list_names(clients.before) - list_names(clients.after)

    assert lost == set(), "\n".join(sorted(lost))
