"""Chains of references and large choices: the right message, or a client."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from support.values import Value

from flexprice_codegen.cli.main import main

LAST = {"type": "object", "properties": {"x": {"type": "string"}}}


def reference(name: str) -> Value:
    return {"$ref": f"#/components/schemas/{name}"}


def write(schemas: dict[str, Value]) -> None:
    """Write a document whose only response is the schema A0."""
    content = {"application/json": {"schema": reference("A0")}}
    responses = {"200": {"description": "It.", "content": content}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "servers": [{"url": "https://a.example"}],
        "paths": {"/a": {"get": {"operationId": "a", "responses": responses}}},
        "components": {"schemas": schemas},
    }
    Path("a.json").write_text(json.dumps(document))


def build_chain(keyword: str, length: int) -> dict[str, Value]:
    """Return schemas that each refer to the next one twice."""
    chain = {
        f"A{n}": {keyword: [reference(f"A{n + 1}"), reference(f"A{n + 1}")]}
        for n in range(length)
    }
    return {**chain, f"A{length}": LAST}


@pytest.mark.parametrize("limit", [1_000, 16_384])
def test_a_chain_that_is_too_long_has_a_message(
    limit: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    """Also in a process in which mypy has raised the limit of the interpreter."""
    former = sys.getrecursionlimit()
    request.addfinalizer(lambda: sys.setrecursionlimit(former))
    sys.setrecursionlimit(limit)
    monkeypatch.chdir(tmp_path)
    write(build_chain("allOf", 1_000))
    assert main(["generate", "a.json", "-o", "c"]) == 2
    said = capsys.readouterr().err
    assert "refer to one another too deeply; nothing was written [too-deep]" in said
    assert "internal" not in said
    assert not Path("c").exists()
    assert sys.getrecursionlimit() == limit


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf", "allOf"])
def test_a_chain_of_doublings_is_read_once(
    keyword: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever followed each reference would need 2^40 steps."""
    monkeypatch.chdir(tmp_path)
    write(build_chain(keyword, 40))
    assert main(["generate", "a.json", "-o", "c", "-q"]) == 0


def test_a_text_of_commas_and_brackets_is_no_structure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Limits of values and depth count what JSON says, not its letters."""
    monkeypatch.chdir(tmp_path)
    write({"A0": {**LAST, "description": ",[{" * 1_000_000}})
    assert main(["generate", "a.json", "-o", "c", "-q"]) == 0
