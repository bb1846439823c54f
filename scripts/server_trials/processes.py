"""Servers as processes: started on a free port, stopped at the end.

In: a command with `{port}` in it. Out: the address where it listens.
"""

from __future__ import annotations

import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_PATIENCE = 90.0
"""Seconds until a server must listen; Prism reads a large document for half a minute."""


def find_free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def run_server(
    command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Run a server, and yield its URL.

    Args:
        command: Its command; `{port}` stands for its port.
        log: The file for what it prints.
        environment: Further environment variables.

    Raises:
        RuntimeError: It ended, or does not listen.
    """
    port = find_free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - the commands are ours
            [each.format(port=port) for each in command],
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
        )
        try:
            _wait_for(port, process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


class _Upstream(BaseHTTPRequestHandler):
    """Answers every request with an empty object."""

    protocol_version = "HTTP/1.1"

    def do_any(self) -> None:
        """Answer a request."""
        self.rfile.read(int(self.headers.get("content-length") or 0))
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        """Print nothing."""


for _method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
    setattr(_Upstream, f"do_{_method}", _Upstream.do_any)


@contextmanager
def run_upstream() -> Iterator[str]:
    """Run a server that accepts everything, and yield its URL."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Upstream)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    text = log.read_text("utf-8", "replace")[-2_000:]
    raise RuntimeError(f"{process.args!r} does not listen: {text}")
