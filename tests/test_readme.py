"""The README: its snippets run, in order, against a server on loopback."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.loopback import Loopback, Reply

from flexprice_codegen.cli.main import main
from flexprice_codegen.spec.overlay import apply_actions
from flexprice_codegen.spec.overlay_file import read_overlay
from flexprice_codegen.spec.sources import Source

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
CUSTOMER = {"id": "cust_1", "status": "published", "created_at": "2026-01-02T03:04:05Z"}


def reply(status: int, body: object) -> Reply:
    return Reply(status, json.dumps(body).encode())


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    """Generate the client of this repository, and stand where it can be imported."""
    output = str(tmp_path / "flexprice_client")
    monkeypatch.chdir(ROOT)
    spec, overlay = "specs/flexprice.yaml", "specs/flexprice.overlay.yaml"
    assert main(["generate", spec, "--overlay", overlay, "--output", output]) == 0
    monkeypatch.syspath_prepend(str(tmp_path))
    with Loopback() as server:
        monkeypatch.setenv("FLEXPRICE_BASE_URL", server.url)
        monkeypatch.setenv("FLEXPRICE_API_KEY", "sk_1")
        yield server
    for name in [
        each for each in sys.modules if each.partition(".")[0] == "flexprice_client"
    ]:
        del sys.modules[name]


def test_the_snippets_run(client: Loopback, capsys: pytest.CaptureFixture[str]) -> None:
    create, conflict, asynchronous, events = SNIPPETS[:4]
    names: dict[str, Any] = {}
    capsys.readouterr()
    client.reply(reply(201, CUSTOMER))
    exec(create, names)
    assert "cust_1 published 2026-01-02 03:04:05+00:00" in capsys.readouterr().out
    assert json.loads(client.requests[0].body) == {
        "external_id": "user_42",
        "name": "Ada Lovelace",
        "metadata": {"plan": "pro"},
    }
    client.reply(reply(409, {"code": "already_exists", "message": "Taken."}))
    exec(conflict, names)
    assert "409 already_exists Taken." in capsys.readouterr().out
    client.reply(reply(201, {**CUSTOMER, "external_id": "user_43"}))
    exec(asynchronous, names)
    asyncio.run(names["main"]())
    assert "user_43" in capsys.readouterr().out
    exec(events, names)
    assert "welcome cust_1\n200\n" in capsys.readouterr().out
    names["client"].close()


def test_the_overlay_that_is_shown_is_an_overlay() -> None:
    (shown,) = re.findall(
        r"^```yaml\n(overlay: .*?)^```$", README, re.MULTILINE | re.DOTALL
    )
    (action,) = read_overlay(Source("shown.yaml", shown.encode()))
    schema = {"type": "string"}
    document = {
        "components": {"schemas": {"Price": {"properties": {"amount": schema}}}}
    }
    corrected = apply_actions(document, [action])
    assert corrected.matches[0].matched
    assert not corrected.diagnostics


def test_every_command_of_make_that_is_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for name in set(re.findall(r"make ([a-z-]+)", README)):
        assert re.search(rf"^{name}:", makefile, re.MULTILINE), name
