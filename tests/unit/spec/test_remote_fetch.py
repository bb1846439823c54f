"""References to other hosts: only to those that are named, and to public addresses only.

A server on loopback, with a certificate of its own, stands for all hosts. The looking up
of names and the connecting are what the tests put in; every check lies between the two.
"""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from pathlib import Path

import pytest
from support.patience import PATIENCE

from flexprice_codegen.cli.main import main
from flexprice_codegen.diagnostics import (
    Diagnostic,
    DiagnosticError,
    DiagnosticSink,
    StopError,
)
from flexprice_codegen.spec.document import Document, load_document
from flexprice_codegen.spec.limits import Limits
from flexprice_codegen.spec.public_network import Network, is_public

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the key"),
]
PUBLIC = "93.184.215.14"
HOSTS = frozenset({"specs.example", "other.example"})
PET = b'{"Pet": {"type": "object", "properties": {"tag": {"$ref": "more/tag.yaml#/Tag"}}}}'
OK = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"


def answer(body: bytes) -> bytes:
    """Write an answer that says how long it is."""
    return OK % (len(body), body)


def moved(address: str) -> bytes:
    """Write an answer that leads elsewhere."""
    return f"HTTP/1.1 302 Found\r\nLocation: {address}\r\nContent-Length: 0\r\n\r\n".encode()


@dataclass
class Server:
    """Answers by path, and remembers what it was asked and for which host."""

    answers: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    port: int = 0
    drips: bool = False

    def serve(self, listener: socket.socket, context: ssl.SSLContext) -> None:
        """Answer one connection after the other, until the listener is closed."""
        while True:
            try:
                plain, _ = listener.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(plain, server_side=True) as connection:
                    self._answer(connection)
            except OSError:
                continue

    def _answer(self, connection: ssl.SSLSocket) -> None:
        lines = connection.recv(65536).decode().split("\r\n")
        path = lines[0].split(" ")[1]
        host = next(each[6:] for each in lines if each.lower().startswith("host: "))
        self.asked.append((host, path))
        missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        for byte in self.answers.get(path, missing) if self.drips else b"":
            connection.sendall(bytes((byte,)))
            time.sleep(0.05)
        if not self.drips:
            connection.sendall(self.answers.get(path, missing))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificate")
    line = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
        " -keyout key.pem -out cert.pem -days 2 -subj /CN=specs.example"
        " -addext subjectAltName=DNS:specs.example,DNS:other.example"
    )
    subprocess.run(line.split(), cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture
def server(certificate: Path) -> Iterator[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    made = Server()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        made.port = listener.getsockname()[1]
        work = (listener, context)
        threading.Thread(target=made.serve, args=work, daemon=True).start()
        yield made
        listener.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def limits(server: Server, certificate: Path) -> Limits:
    def connect(address: str, _port: int, seconds: float) -> socket.socket:
        assert address == PUBLIC, "connected to another address than was looked at"
        return socket.create_connection(("127.0.0.1", server.port), seconds)

    network = Network(
        resolve=lambda _host, _port: [PUBLIC],
        connect=connect,
        trust=lambda: ssl.create_default_context(cafile=certificate / "cert.pem"),
    )
    return Limits(hosts=HOSTS, network=network, seconds=PATIENCE)


def refer_to(folder: Path, reference: str, limits: Limits) -> Document:
    """Load a document that has a reference under `x`."""
    path = folder / "openapi.yaml"
    path.write_text(f"openapi: 3.0.3\nx: {{$ref: '{reference}'}}\n", "utf-8")
    return load_document([str(path)], sink=DiagnosticSink(), limits=limits)


def refusal(folder: Path, reference: str, limits: Limits) -> Diagnostic:
    """Follow the reference, and give what was said instead of an answer."""
    document = refer_to(folder, reference, limits)
    with pytest.raises(DiagnosticError) as caught:
        document.resolve(document.root.get_required("x"))
    (said,) = caught.value.diagnostics
    assert said.location is not None
    assert document.locate(said.location).line == 2
    return said


def test_a_file_of_a_host_that_is_named_is_read_and_refers_to_its_neighbours(
    tmp_path: Path, server: Server, limits: Limits
) -> None:
    server.answers["/v1/pet.json?raw=1"] = answer(PET)
    server.answers["/v1/more/tag.yaml"] = answer(b"Tag:\n  type: strong\n")
    document = refer_to(
        tmp_path, "https://SPECS.example/v1/pet.json?raw=1#/Pet", limits
    )
    pet = document.resolve(document.root.get_required("x"))
    tag = document.resolve(pet.get_required("properties").get_required("tag"))

    assert tag.get_string("type") == "strong"
    assert str(document.locate(tag.origin)) == (
        "https://specs.example/v1/more/tag.yaml:1:1"
    )
    assert server.asked == [
        ("specs.example", "/v1/pet.json?raw=1"),
        ("specs.example", "/v1/more/tag.yaml"),
    ]


def test_a_file_is_fetched_once(tmp_path: Path, server: Server, limits: Limits) -> None:
    server.answers["/a.yaml"] = answer(b"A: 1\nB: {$ref: '#/A'}\n")
    document = refer_to(tmp_path, "https://specs.example/a.yaml#/B", limits)
    for _ in range(3):
        assert document.resolve(document.root.get_required("x")).value == 1
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("https://evil.example/a.yaml", "leads to another host"),
        ("https://specs.example.evil.example/a.yaml", "leads to another host"),
        ("https://specs.example:8443/a.yaml", "leads to another host"),
        ("https://specs.example@evil.example/a.yaml", "contains credentials"),
        ("https://evil.example#@specs.example/a.yaml", "leads to another host"),
        ("https://evil.example\\@specs.example/a.yaml", "contains credentials"),
        ("https://me:secret@specs.example/a.yaml", "contains credentials"),
        ("http://specs.example/a.yaml", "is not an https URL"),
        ("//specs.example/a.yaml", "is not an https URL"),
        ("file:///etc/passwd", "is not an https URL"),
        ("ftp://specs.example/a.yaml", "is not an https URL"),
        ("https:///a.yaml", "is not an https URL"),
        ("https://[::1", "is not a URL"),
        ("https://specs.example:no/a.yaml", "is not a URL"),
        ("https://specs.\u0435xample/a.yaml", "is not an https URL"),
        ("data:,x", "is not an https URL"),
    ],
)
def test_an_address_that_was_not_allowed_is_never_asked(
    tmp_path: Path, server: Server, limits: Limits, reference: str, said: str
) -> None:
    refused = refusal(tmp_path, reference, limits)
    assert refused.code == "remote-reference"
    assert said in refused.message
    assert not server.asked


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("0.0.0.1", "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fd00::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"),
        *("64:ff9b:1::7f00:1", "2001:db8::1", "240.0.0.1", "198.18.0.1"),
    ],
)
def test_no_address_of_this_machine_or_its_neighbours_is_asked(
    tmp_path: Path, server: Server, limits: Limits, address: str
) -> None:
    assert not is_public(ip_address(address))
    for found in ([address], [PUBLIC, address]):
        refused = refusal(tmp_path, "https://specs.example/a.yaml", _at(limits, found))
        assert refused.code == "remote-reference"
        assert "not public" in refused.message
    assert not server.asked


def _at(limits: Limits, found: Sequence[str]) -> Limits:
    assert limits.network
    network = replace(limits.network, resolve=lambda _host, _port: found)
    return replace(limits, network=network)


def test_a_name_that_changes_its_meaning_gains_nothing(
    tmp_path: Path, server: Server, limits: Limits
) -> None:
    meanings = [[PUBLIC], ["127.0.0.1"]]
    assert limits.network
    network = replace(limits.network, resolve=lambda _host, _port: meanings.pop(0))
    server.answers["/a.yaml"] = answer(b"A: 1\n")
    document = refer_to(
        tmp_path, "https://specs.example/a.yaml#/A", replace(limits, network=network)
    )

    assert document.resolve(document.root.get_required("x")).value == 1
    assert meanings == [["127.0.0.1"]], "looked up twice"


def test_a_redirect_is_followed_to_a_host_that_is_named(
    tmp_path: Path, server: Server, limits: Limits
) -> None:
    server.answers["/a.yaml"] = moved("https://other.example/b.yaml")
    server.answers["/b.yaml"] = answer(b"A: 2\n")
    document = refer_to(tmp_path, "https://specs.example/a.yaml#/A", limits)
    assert document.resolve(document.root.get_required("x")).value == 2
    assert [host for host, _ in server.asked] == ["specs.example", "other.example"]


@pytest.mark.parametrize(
    ("location", "code", "said"),
    [
        ("https://evil.example/", "remote-reference", "leads to another host"),
        ("http://specs.example/", "remote-reference", "is not an https URL"),
        ("//169.254.169.254/", "remote-reference", "leads to another host"),
        ("file:///etc/passwd", "remote-reference", "is not an https URL"),
        ("/a.yaml", "status", "exceeds 5 redirects"),
        ("", "status", "exceeds 5 redirects"),
    ],
)
def test_a_redirect_is_looked_at_like_the_first_address(
    tmp_path: Path, server: Server, limits: Limits, location: str, code: str, said: str
) -> None:
    server.answers["/a.yaml"] = moved(location)
    refused = refusal(tmp_path, "https://specs.example/a.yaml", limits)
    assert refused.code == code
    assert said in refused.message


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", "status"),
        (b"HTTP/1.1 204 No\r\n\r\n", "status"),
        (answer(b"x" * 5000), "file-too-large"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nA: 1", "truncated"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nA: 1",
            "truncated",
        ),
        (b"HTTP/1.1 200 OK\r\n\r\nA: 1\n", "truncated"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx",
            "status",
        ),
        (b"SSH-2.0-x\r\n", "network"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000, "network"),
        (b"", "network"),
    ],
)
def test_an_answer_that_is_not_the_whole_file_stops_the_run(
    tmp_path: Path, server: Server, limits: Limits, sent: bytes, code: str
) -> None:
    server.answers["/a.yaml"] = sent
    small = replace(limits, size=1000)
    assert refusal(tmp_path, "https://specs.example/a.yaml", small).code == code
    document = refer_to(tmp_path, "https://specs.example/a.yaml", small)
    with pytest.raises(StopError) as caught:
        document.resolve(document.root.get_required("x"))
    with pytest.raises(StopError):
        DiagnosticSink().add_skipped(caught.value, "an operation")


def test_an_answer_that_drips_is_given_up(
    tmp_path: Path, server: Server, limits: Limits
) -> None:
    server.answers["/a.yaml"] = answer(b"A: 1\n" * 1000)
    server.drips = True
    hasty = replace(limits, seconds=0.3)
    assert refusal(tmp_path, "https://specs.example/a.yaml", hasty).code == "too-slow"


def test_a_certificate_of_somebody_else_is_refused(
    tmp_path: Path, server: Server, limits: Limits
) -> None:
    server.answers["/a.yaml"] = answer(b"A: 1\n")
    named = replace(limits, hosts=frozenset({"third.example"}))
    refused = refusal(tmp_path, "https://third.example/a.yaml", named)
    assert refused.code == "network"
    assert "certificate" in refused.message
    assert not server.asked


def test_what_a_file_of_another_host_refers_to_is_never_a_file_of_this_machine(
    tmp_path: Path, server: Server, limits: Limits
) -> None:
    (tmp_path / "secret.yaml").write_text("A: secret\n", "utf-8")
    for reference in (
        "/etc/passwd",
        "../../../../etc/passwd",
        "secret.yaml#/A",
        "file:///etc/passwd",
        "openapi.yaml#/openapi",
    ):
        server.answers["/a.yaml"] = answer(f"A: {{$ref: '{reference}'}}\n".encode())
        document = refer_to(tmp_path, "https://specs.example/a.yaml#/A", limits)
        with pytest.raises(DiagnosticError) as caught:
            document.resolve(document.root.get_required("x"))
        assert caught.value.diagnostics[0].code in ("status", "remote-reference")


def test_references_lead_to_so_many_files_and_no_more(
    tmp_path: Path, server: Server, limits: Limits
) -> None:
    for number in range(5):
        following = f"A: {{$ref: 'https://specs.example/{number + 1}#/A'}}\n"
        server.answers[f"/{number}"] = answer(following.encode())
    few = replace(limits, files=3)
    document = refer_to(tmp_path, "https://specs.example/0#/A", few)
    with pytest.raises(DiagnosticError, match="more than 3 files"):
        document.resolve(document.root.get_required("x"))
    assert len(server.asked) == 3


def test_without_the_option_the_operation_is_left_out_and_the_reader_told_how(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("openapi.yaml").write_text(
        """\
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    $ref: 'https://specs.example/pets.yaml'
""",
        "utf-8",
    )
    assert main(["inspect", "openapi.yaml"]) == 0
    said = capsys.readouterr().err
    assert "openapi.yaml:5:5: warning: skipped path '/pets': " in said
    assert "allow the host with --allow-remote-refs specs.example" in said
