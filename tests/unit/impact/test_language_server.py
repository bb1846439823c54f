"""A language server is asked over its streams, and may fail in any way."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

import pytest
from support.patience import PATIENCE

from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.impact.language_server import (
    LanguageServer,
    ServerLocation,
    find_checker,
    start_server,
)

SERVER = """
import json, sys
def send(message):
    data = json.dumps({"jsonrpc": "2.0", **message}).encode()
    sys.stdout.buffer.write(b"Content-Type: x\\r\\nContent-Length: %d\\r\\n\\r\\n" % len(data) + data)
    sys.stdout.buffer.flush()
def receive():
    length = 0
    while True:
        line = sys.stdin.buffer.readline()
        if not line: sys.exit()
        if line == b"\\r\\n": return json.loads(sys.stdin.buffer.read(length))
        length = int(line.split(b":")[1])
asked = []
while True:
    message = receive()
    method = message.get("method")
    if method == "initialize":
        send({"id": 7, "method": "workspace/configuration", "params": {"items": [{"section": "python"}, {}]}})
        send({"id": 8, "method": "client/registerCapability", "params": {}})
        send({"method": "window/logMessage", "params": {}})
        send({"id": message["id"], "result": {}})
    elif method is None:
        asked.append(message["result"])
    elif method.startswith("textDocument/"):
        ANSWER
"""
FOUND = """
        uri = message["params"].get("textDocument", {}).get("uri")
        area = {"start": {"line": 3, "character": 4}, "end": {"line": 3, "character": 9}}
        if method == "textDocument/references":
            assert [type(each) for each in asked] == [list, type(None)], asked
            send({"id": message["id"], "result": [{"uri": uri, "range": area}]})
        elif method == "textDocument/definition":
            send({"id": message["id"], "result": {"targetUri": uri, "targetSelectionRange": area}})
"""
HERE = ServerLocation("é b.py", 1, 2)


def start(folder: Path, answer: str) -> LanguageServer:
    text = SERVER.replace(
        "        ANSWER", textwrap.indent(textwrap.dedent(answer), " " * 8)
    )
    (folder / "server.py").write_text(text, encoding="utf-8")
    return start_server((sys.executable, str(folder / "server.py")), folder)


def test_references_and_definitions_are_read(tmp_path: Path) -> None:
    with start(tmp_path, FOUND) as server:
        server.open_file("é b.py", "x = 1\n")
        server.open_file("é b.py", "x = 1\n")
        found = (ServerLocation("é b.py", 3, 4),)
        assert server.find_references(HERE) == found
        assert server.find_definitions(HERE) == found


def test_a_server_that_finds_nothing(tmp_path: Path) -> None:
    with start(tmp_path, 'send({"id": message["id"], "result": None})') as server:
        assert server.find_references(HERE) == ()


@pytest.mark.parametrize(
    ("answer", "patience", "message"),
    [
        ("sys.exit()", PATIENCE, "the language server ended"),
        (
            'sys.stdout.buffer.write(b"Content-Length: x\\r\\n\\r\\n"); sys.exit()',
            PATIENCE,
            "ended",
        ),
        ("pass", 0.3, "has not answered for 0 seconds"),
    ],
)
def test_a_server_that_fails(
    tmp_path: Path, answer: str, patience: float, message: str
) -> None:
    with start(tmp_path, answer) as server:
        server.patience = patience
        with pytest.raises(DiagnosticError, match=message):
            server.find_references(HERE)


def test_a_program_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(DiagnosticError, match="cannot be started"):
        start_server((str(tmp_path / "none"),), tmp_path)


def test_a_checker_is_found_in_the_environment_of_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert find_checker("auto", tmp_path) is None
    program = tmp_path / ".venv" / "bin" / "ty"
    program.parent.mkdir(parents=True)
    program.write_text("")
    program.chmod(0o755)
    assert find_checker("auto", tmp_path) == (str(program), "server")
    assert find_checker("ty", tmp_path) == (str(program), "server")
    assert find_checker("pyright", tmp_path) is None
