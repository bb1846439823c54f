"""`AGENTS.md`: the rules and tables that coding agents read in a client."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.loopback import Loopback, Reply

from flexprice_codegen.cli.main import main

ROOT = Path(__file__).parent.parent.parent
ORDER = b'{"id": "o1", "item": "lamp", "quantity": 1, "state": "open"}'


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(ROOT / "docs/examples/shop.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def generate(*options: str) -> str:
    command = ("generate", "shop.yaml", "--output", "agents_shop", "--agents")
    assert main([*command, *options]) == 0
    return Path("agents_shop/AGENTS.md").read_text(encoding="utf-8")


def list_rules(page: str) -> list[str]:
    return [line for line in page.splitlines() if line.startswith("- ")]


@pytest.mark.usefixtures("project")
def test_a_client_has_the_page_only_if_it_is_asked_for() -> None:
    assert main(["generate", "shop.yaml", "--output", "agents_shop"]) == 0
    assert not Path("agents_shop/AGENTS.md").exists()

    assert generate()
    assert main(["check", "shop.yaml", "--output", "agents_shop", "--agents"]) == 0


@pytest.mark.usefixtures("project")
def test_the_rules_are_those_of_what_the_client_has() -> None:
    everything = generate("--testing")
    assert "FakeTransport" in everything
    assert "WebhookRouter" in everything

    calls = generate("--tag", "items")
    assert "WebhookRouter" not in calls
    assert "## Events" not in calls
    assert "FakeTransport" not in calls

    events = generate("--event", "order.paid")
    assert "AsyncShop" not in events
    assert "## Operations" not in events
    assert "| `order.paid` | `webhooks.ORDER_PAID` | `models.OrderPaid` |" in events
    assert (
        len(list_rules(everything)) > len(list_rules(calls)) > len(list_rules(events))
    )


@pytest.mark.usefixtures("project")
def test_the_call_on_the_page_runs() -> None:
    page = generate()
    snippet = page.partition("```python\n")[2].partition("```")[0]
    assert "models.NewOrder(...)" in snippet

    # A reader replaces the dots by the fields.
    names: dict[str, object] = {}
    with Loopback() as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHOP_BASE_URL", server.url)
        server.reply(Reply(201, ORDER))
        exec(snippet.replace("(...)", "(item='lamp')"), names)

    assert getattr(names["result"], "id", None) == "o1"


def test_hostile_text_stays_in_its_cell(project: Path) -> None:
    text = (project / "shop.yaml").read_text(encoding="utf-8")
    hostile = text.replace("order.paid", "'order|paid`\\n# pwned'")
    (project / "shop.yaml").write_text(hostile, encoding="utf-8")

    page = generate()

    assert not [line for line in page.splitlines() if line.startswith("# pwned")]
    row = next(line for line in page.splitlines() if "ORDER_PAID" in line)
    assert row.replace("\\|", "").count("|") == 4
