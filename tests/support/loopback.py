"""A real HTTP server on loopback that answers as it is told.

In: the answers to give, in order, also slow, broken and untrue ones. Out: the requests
as they arrived.
"""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase
from typing import Any, Self

import httpx2

from flexprice_codegen.runtime.operation import Body
from support.patience import PATIENCE


class Fault(Enum):
    """A way in which an answer is broken."""

    NO_ANSWER = auto()
    """The connection is closed once the request was read."""
    HALF_HEAD = auto()
    """The connection is closed within the headers."""
    HALF_BODY = auto()
    """The connection is closed within the body, whose length was promised."""
    NO_HTTP = auto()
    """What is sent is no HTTP."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer; `wait` is in seconds, a `fault` breaks it.

    With `drip`, each byte of the body comes that many seconds after the last.
    """

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    fault: Fault | None = None
    drip: float = 0.0

    def head(self) -> bytes:
        """Return the status line and the headers."""
        headers = {"Content-Type": "application/json"} | self.headers
        if self.status not in (204, 304):
            headers.setdefault("Content-Length", str(len(self.body)))
        lines = [f"HTTP/1.1 {self.status} Scripted"]
        lines += [f"{name}: {value}" for name, value in headers.items() if value]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


@dataclass(frozen=True, slots=True)
class Received:
    """One request; names of headers are in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    connection: int

    @property
    def path(self) -> str:
        """The path as it was sent."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """The query as it was sent, without the question mark."""
        return self.target.partition("?")[2]


@contextmanager
def reserve_port() -> Iterator[int]:
    """Yield a port of loopback that nobody else gets, for a server of another process.

    It is bound, but nobody listens; so a server that reuses addresses may bind it, too.
    """
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]


def wait_for_server(process: subprocess.Popen[Any], port: int) -> None:
    """Wait until a process accepts connections on loopback."""
    while process.poll() is None:
        with suppress(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port)).close()
            return
        time.sleep(0.01)
    raise AssertionError("the server ended before it accepted connections")


class Loopback:
    """The server; a context manager. Without an answer to give it answers `{}`.

    `answer`, where it is set, makes the answer to each request.
    """

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.requests: list[Received] = []
        self.answer: Callable[[Received], Reply] | None = None
        self._replies: deque[Reply] = deque()
        self._closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        if context is not None:
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True
            )
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}
        )

    @property
    def url(self) -> str:
        """The base URL of the server."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def last(self) -> Received:
        """The latest request."""
        return self.requests[-1]

    def reply(self, *replies: Reply) -> None:
        """Send these answers next, one a request."""
        self._replies.extend(replies)

    def forget(self) -> None:
        """Send none of the answers that are left."""
        self._replies.clear()

    def next_reply(self) -> Reply:
        """Take the next answer, after its time."""
        reply = self._replies.popleft() if self._replies else Reply()
        self._closing.wait(reply.wait)
        return reply

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def send_body(server: Loopback, body: Body) -> Received:
    """Send the body of a request to a server, and return what arrived."""
    headers = {"Content-Type": body.media_type} if body.media_type else {}
    with httpx2.Client(timeout=PATIENCE) as client:
        client.post(server.url, content=body.content, files=body.parts, headers=headers)
    return server.last


def _drip(file: BufferedIOBase, reply: Reply) -> None:
    with suppress(OSError):  # the client may have had enough
        for byte in reply.body:
            time.sleep(reply.drip)
            file.write(bytes([byte]))


def _handler(loopback: Loopback) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def handle_one_request(self) -> None:
            self.raw_requestline = self.rfile.readline(65_537)
            if not self.raw_requestline or not self.parse_request():
                self.close_connection = True
                return
            headers = {name.lower(): value for name, value in self.headers.items()}
            port = self.client_address[1]
            body = self._read_body(headers)
            received = Received(self.command, self.path, headers, body, port)
            loopback.requests.append(received)
            make = loopback.answer
            self._answer(make(received) if make else loopback.next_reply())

        def _read_body(self, headers: dict[str, str]) -> bytes:
            if headers.get("transfer-encoding") != "chunked":
                return self.rfile.read(int(headers.get("content-length", "0")))
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def _answer(self, reply: Reply) -> None:
            head, body = reply.head(), reply.body
            match reply.fault:
                case Fault.NO_ANSWER:
                    sent = b""
                case Fault.HALF_HEAD:
                    sent = head[: len(head) // 2]
                case Fault.HALF_BODY:
                    sent = head + body[: len(body) // 2]
                case Fault.NO_HTTP:
                    sent = b"220 mail.example ESMTP\r\n"
                case None:
                    sent = head + body
            closes = reply.headers.get("Connection") == "close"
            self.close_connection = closes or reply.fault is not None
            if not reply.drip:
                self.wfile.write(sent)
                return
            self.wfile.write(head)
            _drip(self.wfile, reply)

    return Handler
