"""A rehearsal: a description moves through its history, and a repository follows.

Two real repositories: one of the description, one of a shop that holds a generated client,
code of its own that uses it, and tests of that code. After each version `check` fails and
`generate` repairs; then the code of the shop is as right as before, or it is wrong in
exactly the lines that the new version broke, and `diff` has named what broke them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from mypy import api as mypy
from support.patience import PATIENCE

from flexprice_codegen.cli.main import main

pytestmark = pytest.mark.slow

OVERLAY = Path(__file__).parent.parent / "specs" / "flexprice.overlay.yaml"
CONFIG = """
[[client]]
spec = "specs/openapi.json"
overlay = "specs/flexprice.overlay.yaml"
output = "shop/billing"
package = "shop.billing"
testing = true
operations = ["createCustomer", "getCustomerByExternalId", "POST /customers/search"]
events = ["customer.*"]

[[spec]]
path = "specs/openapi.json"
from = "git:description/main:openapi.json"
"""
CODE = '''"""Our customers, as the billing system knows them."""

from shop.billing import ConflictError, Flexprice, models, paged, webhooks

STATUS: dict[str, str] = {}
router = webhooks.WebhookRouter(secret=None)


def register(client: Flexprice, user: str) -> str:
    """Make a customer of a user; give its id in the billing system."""
    new = models.CreateCustomerRequest(external_id=user, parent_customer_id="cust_1")
    try:
        customer = client.customers.create_customer(new)
    except ConflictError:
        customer = client.customers.get_customer_by_external_id(external_id=user)
    return customer.id or ""


def everybody(client: Flexprice) -> list[str]:
    """Give the users who are customers."""
    found = paged(client.customers.query_customer, size=2)(models.CustomerFilter())
    return [each.external_id or "" for each in found]


@router.on(webhooks.CUSTOMER_CREATED)
def remember(event: webhooks.Event[models.CustomerWebhookPayload]) -> None:
    """Keep the status of a customer."""
    customer = event.payload.customer
    if customer is not None and customer.external_id is not None:
        STATUS[customer.external_id] = str(customer.status)
'''
TESTS = '''from shop import customers
from shop.billing import Flexprice, models, testing


def test_a_user_who_is_a_customer_already_is_found() -> None:
    fake = testing.FakeTransport()
    with Flexprice(api_key="x", http_client=fake.client()) as client:
        fake.on(client.customers.create_customer).refuse(409)
        assert customers.register(client, "ada")
    assert [each.method for each in fake.requests] == ["POST", "GET"]


def test_all_customers_are_listed() -> None:
    fake = testing.FakeTransport()
    with Flexprice(api_key="x", http_client=fake.client()) as client:
        told = fake.on(client.customers.query_customer)
        ada = models.CustomerResponse(external_id="ada")
        told.reply(models.ListCustomersResponse(items=[ada]))
        assert customers.everybody(client) == ["ada"]


def test_a_delivery_is_remembered() -> None:
    body = b"""{"event_type": "customer.created",
    "customer": {"external_id": "ada", "status": "published"}}"""
    assert customers.router.handle(body, headers={}).status == 200
    assert customers.STATUS == {"ada": "published"}
'''


@dataclass(frozen=True, slots=True)
class Broken:
    """A line of the shop that a version breaks.

    `line` is in it, `python` is what `diff` says has changed, `error` is in what mypy
    says, and `mended` stands in the place of `line` afterwards.
    """

    line: str
    python: str
    error: str
    mended: str


@dataclass(frozen=True, slots=True)
class Step:
    """A version of the description, and the lines of the shop that it breaks."""

    version: int
    broken: tuple[Broken, ...] = ()


NEW = "models.CreateCustomerRequest(external_id=user"
PARENT = "models.CreateCustomerRequest.parent_customer_id"
NAME = "models.CreateCustomerRequest.name"
CUSTOMER = "models.CustomerWebhookPayload.customer"
USED = {
    PARENT,
    NAME,
    CUSTOMER,
    "client.customers.create_customer",
    "client.customers.get_customer_by_external_id",
    "client.customers.query_customer",
    "models.CreateCustomerRequest.external_id",
    "models.CustomerFilter",
    "models.CustomerResponse",
    "models.CustomerResponse.external_id",
    "models.CustomerResponse.id",
    "webhooks.CUSTOMER_CREATED",
}
"""What the shop makes use of, as `diff` calls it."""
HISTORY = (
    Step(134),  # 216 schemas lose the prefix `dto.`
    Step(
        142,  # customers have no parents any more; errors have another shape
        (
            Broken(
                f'{NEW}, parent_customer_id="cust_1")',
                PARENT,
                'keyword argument "parent_customer_id"',
                f"{NEW})",
            ),
        ),
    ),
    Step(148),  # customers can be filtered by metadata
    Step(149),  # the codes of errors become a schema of their own
    Step(165),  # customers have a time zone
    Step(
        178,  # a customer needs a name; the payload of events is a slim record
        (
            Broken(f"{NEW})", NAME, 'argument "name"', f"{NEW}, name=user)"),
            Broken(
                "str(customer.status)", CUSTOMER, 'attribute "status"', '"published"'
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Repositories:
    """The repository of the description, and that of the shop."""

    description: Path
    shop: Path
    history: Path

    def publish(self, version: int) -> None:
        """Commit a version of the description, and let the shop know of it."""
        (found,) = self.history.glob(f"{version}_*.json")
        (self.description / "openapi.json").write_bytes(found.read_bytes())
        commit(self.description, f"version {version}")
        git(self.shop, "fetch", "--quiet", "description")


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder, as somebody without settings."""
    done = subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments],  # noqa: S607
        cwd=folder,
        capture_output=True,
        check=True,
        text=True,
        timeout=PATIENCE,
    )
    return done.stdout


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


@pytest.fixture
def repositories(
    tmp_path: Path, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> Repositories:
    """Return both repositories, and stand in that of the shop."""
    both = Repositories(
        tmp_path / "description",
        tmp_path / "shop",
        shared / "specs" / "flexprice-history",
    )
    for folder in (both.description, both.shop):
        folder.mkdir()
        git(folder, "init", "--quiet", "--initial-branch=main")
    texts = {
        "flexprice-codegen.toml": CONFIG,
        "specs/flexprice.overlay.yaml": OVERLAY.read_text(encoding="utf-8"),
        "shop/__init__.py": '"""The shop."""\n',
        "shop/customers.py": CODE,
        "tests/test_customers.py": TESTS,
        ".gitignore": "__pycache__/\n.mypy_cache/\n",
    }
    for path, text in texts.items():
        (both.shop / path).parent.mkdir(exist_ok=True)
        (both.shop / path).write_text(text, encoding="utf-8")
    git(both.shop, "remote", "add", "description", str(both.description))
    monkeypatch.chdir(both.shop)
    return both


def test_a_shop_follows_the_description_through_its_history(
    repositories: Repositories,
) -> None:
    repositories.publish(133)
    assert main(["pull"]) == 0
    assert main(["generate"]) == 0
    assert errors_of_mypy() == []
    run_tests()
    commit(repositories.shop, "a client")
    for step in HISTORY:
        repositories.publish(step.version)
        follow(repositories.shop, step)
        commit(repositories.shop, f"version {step.version}")


def follow(shop: Path, step: Step) -> None:
    """Bring the shop to a version, and see that it breaks where it must, and only there."""
    assert main(["pull"]) == 0
    assert breaks() == {each.python for each in step.broken}
    assert main(["check"]) == 1, step.version
    assert main(["generate"]) == 0
    assert main(["check"]) == 0
    changed = {line[3:] for line in git(shop, "status", "--porcelain").splitlines()}
    assert {each.split("/")[0] for each in changed} <= {"specs", "shop"}
    assert "shop/customers.py" not in changed
    code = shop / "shop" / "customers.py"
    found = errors_of_mypy()
    assert len(found) == len(step.broken), found
    for broken, (place, message) in zip(step.broken, found, strict=True):
        assert place == f"shop/customers.py:{line_of(code, broken.line)}"
        assert broken.error in message
    for broken in step.broken:
        text = code.read_text(encoding="utf-8").replace(broken.line, broken.mended)
        code.write_text(text, encoding="utf-8")
    assert not step.broken or errors_of_mypy() == []
    run_tests()


def breaks() -> set[str]:
    """Ask `diff` which of the things that the shop uses the new version breaks."""
    versions = ("git:HEAD:specs/openapi.json", "specs/openapi.json")
    options = ("--client", "billing", "--format", "json", "--output", "../report.json")
    assert main(["diff", *versions, *options, "--fail-on", "none"]) == 0
    report = json.loads(Path("../report.json").read_text(encoding="utf-8"))
    grave = [each for each in report["findings"] if each["level"] == "error"]
    return {each["python"] for each in grave} & USED


def line_of(file: Path, text: str) -> int:
    """Return the number of the one line that holds a text, from one."""
    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
    (number,) = [number for number, line in lines if text in line]
    return number


def errors_of_mypy() -> list[tuple[str, str]]:
    """Check the types of the shop; give `file:line` and message of each error."""
    out, trouble, _ = mypy.run(["--strict", "--no-error-summary", "shop", "tests"])
    assert not trouble
    found = re.findall(r"^(.+?:\d+): error: (.*)$", out, re.MULTILINE)
    return [(place.replace(os.sep, "/"), message) for place, message in found]


def run_tests() -> None:
    """Run the tests of the shop."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": "."},
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stdout
