"""A language server, over its standard input and output.

In: a command and a directory. Out: `LanguageServer`, which answers where a name is used
and where it is defined. The user has the server; nothing of it is a dependency.

Source: Language Server Protocol 3.17, "Base protocol", `textDocument/references`,
`textDocument/definition`.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Literal, Self, TypeAlias
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from flexprice_codegen.diagnostics import DiagnosticError, build_error
from flexprice_codegen.frozen_values import frozen_value

Checker: TypeAlias = Literal["pyright", "basedpyright", "ty", "pyrefly"]
CHECKERS: Mapping[Checker, tuple[str, ...]] = {
    "pyright": ("pyright-langserver", "--stdio"),
    "basedpyright": ("basedpyright-langserver", "--stdio"),
    "ty": ("ty", "server"),
    "pyrefly": ("pyrefly", "lsp"),
}
"""The commands that start language servers, in the order in which they are looked for."""
_PATIENCE = 120.0
"""Seconds for one answer. The first one waits until all files are read."""
# A server that sends no line break must not fill the memory.
_LONGEST_HEADER = 1_000
# Where people and tools usually put them, next to the code.
_ENVIRONMENTS = (".venv", "venv")
_Message: TypeAlias = dict[str, object]


@frozen_value(order=True)
class ServerLocation:
    """A position in a file; the column counts UTF-16 units, both count from zero."""

    path: str
    line: int
    column: int


def find_checker(name: str, folder: Path) -> tuple[str, ...] | None:
    """Return the command of a language server, if the user has it.

    Args:
        name: The name of a checker, or `auto` for the first one.
        folder: The directory of the code; its virtual environment is searched as well.
    """
    for checker, (program, *arguments) in CHECKERS.items():
        if name in (checker, "auto"):
            found = shutil.which(program, path=_build_search_path(folder))
            if found is not None:
                return (found, *arguments)
    return None


def _build_search_path(folder: Path) -> str:
    own = [str((folder / each / "bin").absolute()) for each in _ENVIRONMENTS]
    return os.pathsep.join([*own, os.environ.get("PATH", os.defpath)])


@dataclass(slots=True)
class LanguageServer:
    """A running language server."""

    process: subprocess.Popen[bytes]
    folder: Path
    source_folders: tuple[str, ...] = ()
    patience: float = _PATIENCE
    _answers: queue.Queue[_Message | None] = field(default_factory=queue.Queue)
    _opened: set[str] = field(default_factory=set)
    _number: int = 0

    def __enter__(self) -> Self:
        threading.Thread(target=self._read_messages, daemon=True).start()
        uri = self.folder.absolute().as_uri()
        self._request(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": uri,
                "workspaceFolders": [{"uri": uri, "name": "code"}],
                "capabilities": {
                    "workspace": {"configuration": True, "workspaceFolders": True},
                    "textDocument": {"references": {}, "definition": {}},
                },
            },
        )
        self._notify("initialized", {})
        settings = {"python": self._build_settings()}
        self._notify("workspace/didChangeConfiguration", {"settings": settings})
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # The server has no state to save.
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()

    def open_file(self, path: str, text: str) -> None:
        """Open a file of the code in the server."""
        if path in self._opened:
            return
        self._opened.add(path)
        document = {
            "uri": self._build_uri(path),
            "languageId": "python",
            "version": 1,
            "text": text,
        }
        self._notify("textDocument/didOpen", {"textDocument": document})

    def find_references(self, at: ServerLocation) -> tuple[ServerLocation, ...]:
        """Return where a name is used that is defined at a location."""
        context = {"includeDeclaration": False}
        found = self._ask("textDocument/references", at, {"context": context})
        return self._read_locations(found)

    def find_definitions(self, at: ServerLocation) -> tuple[ServerLocation, ...]:
        """Return where a name is defined that is used at a location."""
        return self._read_locations(self._ask("textDocument/definition", at, {}))

    def _ask(
        self, method: str, at: ServerLocation, more: Mapping[str, object]
    ) -> object:
        return self._request(
            method,
            {
                "textDocument": {"uri": self._build_uri(at.path)},
                "position": {"line": at.line, "character": at.column},
                **more,
            },
        )

    def _build_uri(self, path: str) -> str:
        return (self.folder / path).absolute().as_uri()

    def _read_locations(self, found: object) -> tuple[ServerLocation, ...]:
        """Return the locations of an answer: none, one, or several."""
        items = found if isinstance(found, list) else [found]
        return tuple(
            self._read_location(each) for each in items if isinstance(each, dict)
        )

    def _read_location(self, item: Mapping[str, object]) -> ServerLocation:
        # A `LocationLink` has other names than a `Location`.
        uri = item.get("uri") or item.get("targetUri")
        area = item.get("range") or item.get("targetSelectionRange")
        assert isinstance(area, dict)
        start = area["start"]
        path = Path(url2pathname(unquote(urlsplit(str(uri)).path)))
        root = self.folder.absolute()
        name = path.relative_to(root) if path.is_relative_to(root) else path
        return ServerLocation(name.as_posix(), start["line"], start["character"])

    def _build_settings(self) -> dict[str, object]:
        roots = [str((self.folder / each).absolute()) for each in self.source_folders]
        settings: dict[str, object] = {
            "analysis": {"extraPaths": roots, "diagnosticMode": "workspace"}
        }
        for each in _ENVIRONMENTS:
            python = self.folder / each / "bin" / "python"
            if python.is_file():
                settings["pythonPath"] = str(python.absolute())
                break
        return settings

    def _request(self, method: str, parameters: Mapping[str, object]) -> object:
        """Return the result of a request.

        Raises:
            DiagnosticError: The server ended, or does not answer.
        """
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": parameters})
        end = time.monotonic() + self.patience
        while True:
            try:
                message = self._answers.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                text = f"the language server has not answered for {self.patience:.0f} seconds"
                raise _build_server_error(text) from None
            if message is None:
                raise _build_server_error("the language server ended")
            if message.get("id") == number:
                return message.get("result")

    def _notify(self, method: str, parameters: Mapping[str, object]) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: Mapping[str, object]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
            self.process.stdin.flush()
        except OSError:
            raise _build_server_error("the language server ended") from None

    def _read_messages(self) -> None:
        """Read the messages of the server, and answer its own requests."""
        assert self.process.stdout is not None
        try:
            while (message := _read_message(self.process.stdout)) is not None:
                if "method" not in message:
                    self._answers.put(message)
                elif "id" in message:
                    result = self._answer(message)
                    self._send({"id": message["id"], "result": result})
        except (OSError, ValueError, DiagnosticError):
            pass  # the server ended, or was ended
        self._answers.put(None)

    def _answer(self, message: _Message) -> object:
        """Return the answer to a request of the server: only settings are known."""
        parameters = message.get("params")
        if message["method"] != "workspace/configuration" or not isinstance(
            parameters, dict
        ):
            return None
        settings = self._build_settings()
        known = {"python": settings, "python.analysis": settings["analysis"]}
        return [known.get(each.get("section")) for each in parameters["items"]]


def start_server(
    command: tuple[str, ...], folder: Path, source_folders: tuple[str, ...] = ()
) -> LanguageServer:
    """Start a language server.

    Args:
        command: Its program and arguments.
        folder: The directory that paths are relative to.
        source_folders: The directories that imports start from.

    Raises:
        DiagnosticError: It cannot be started.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 - a known program, found on the path
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
        )
    except OSError as error:
        message = f"{command[0]} cannot be started: {error.strerror}"
        raise _build_server_error(message) from None
    return LanguageServer(process, folder, source_folders)


def _read_message(stream: IO[bytes]) -> _Message | None:
    """Return the next message; None at the end."""
    length = 0
    while True:
        line = stream.readline(_LONGEST_HEADER)
        if not line:
            return None
        if line == b"\r\n":
            break
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    message = json.loads(stream.read(length))
    return message if isinstance(message, dict) else {}


def _build_server_error(message: str) -> DiagnosticError:
    return build_error(
        "checker-failed", message, hint="try another --checker, or --checker none"
    )
