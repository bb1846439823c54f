"""`flexprice-codegen pull`: documents are fetched whole, or what was there stays."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from support.loopback import Fault, Loopback, Reply
from support.patience import PATIENCE

from flexprice_codegen.cli.main import main
from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.hashes import hash_content
from flexprice_codegen.spec.http_fetch import FetchRequest, fetch_address, open_client
from flexprice_codegen.vendor.directory import temporary_name

pytestmark = pytest.mark.slow

OLD = b"openapi: 3.0.3\ninfo: {title: Zoo, version: '1'}\npaths: {}\n"
NEW = b"openapi: 3.0.3\ninfo: {title: Zoo, version: '2'}\npaths: {}\n"
CONFIG = """
[[client]]
spec = "zoo.yaml"
output = "zoo_client"

[[spec]]
path = "zoo.yaml"
from = "{source}"
"""
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, stand in it, and forget the proxies of this machine."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def configure(folder: Path, source: str, more: str = "") -> None:
    text = CONFIG.format(source=source) + more
    (folder / "flexprice-codegen.toml").write_text(text, encoding="utf-8")


def files(folder: Path) -> dict[str, bytes]:
    """Return every file besides the configuration."""
    return {
        each.name: each.read_bytes()
        for each in sorted(folder.iterdir())
        if each.is_file() and each.suffix != ".toml"
    }


def text(data: bytes = NEW, headers: dict[str, str] | None = None) -> Reply:
    return Reply(body=data, headers=headers or {})


def test_a_document_and_its_lock_are_written_and_then_asked_for_by_its_tag(
    folder: Path, server: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(folder, f"{server.url}/openapi.yaml")
    server.reply(text(headers={"ETag": '"one"'}), Reply(304))
    assert main(["pull"]) == 0
    lock = json.loads((folder / "zoo.yaml.lock.json").read_text())
    assert lock["source"] == f"{server.url}/openapi.yaml"
    assert (lock["etag"], len(lock["digest"])) == ('"one"', 64)
    assert lock["fetched"].endswith("Z")
    before = files(folder)
    assert before["zoo.yaml"] == NEW
    assert main(["pull", "zoo.yaml"]) == 0
    assert server.last.headers["if-none-match"] == '"one"'
    assert files(folder) == before
    assert "zoo.yaml: unchanged since " in capsys.readouterr().out


def test_a_time_of_change_is_sent_back_as_well(folder: Path, server: Loopback) -> None:
    configure(folder, f"{server.url}/openapi.yaml")
    when = "Wed, 21 Oct 2026 07:28:00 GMT"
    server.reply(text(headers={"Last-Modified": when}), text())
    main(["pull"])
    main(["pull"])
    assert server.last.headers["if-modified-since"] == when


def test_the_same_text_changes_nothing_whatever_line_ends_a_checkout_gave_it(
    folder: Path, server: Loopback
) -> None:
    configure(folder, f"{server.url}/openapi.yaml")
    server.reply(text(headers={"ETag": '"one"'}), text(headers={"ETag": '"two"'}))
    main(["pull"])
    (folder / "zoo.yaml").write_bytes(NEW.replace(b"\n", b"\r\n"))
    before = files(folder)
    assert main(["pull"]) == 0
    assert files(folder) == before


def test_a_missing_document_is_fetched_whatever_its_lock_says(
    folder: Path, server: Loopback
) -> None:
    configure(folder, f"{server.url}/openapi.yaml")
    server.reply(text(headers={"ETag": '"one"'}), text(headers={"ETag": '"one"'}))
    main(["pull"])
    (folder / "zoo.yaml").unlink()
    assert main(["pull"]) == 0
    assert "if-none-match" not in server.last.headers
    assert (folder / "zoo.yaml").read_bytes() == NEW


@pytest.mark.parametrize(
    ("replies", "said"),
    [
        ([Reply(500)], "responded with status code 500"),
        ([Reply(401)], "put the credential in `headers`"),
        ([Reply(404)], "check the URL"),
        ([Reply(304)], "responded with status code 304"),
        ([Reply(206, body=NEW)], "responded with status code 206"),
        ([Reply(fault=Fault.NO_ANSWER)], "closed before the response was complete"),
        ([Reply(fault=Fault.HALF_HEAD)], "closed before the response was complete"),
        (
            [Reply(body=NEW, fault=Fault.HALF_BODY)],
            "closed before the response was complete",
        ),
        ([Reply(fault=Fault.NO_HTTP)], "closed before the response was complete"),
        (
            [text(headers={"Content-Length": "", "Connection": "close"})],
            "where its response",
        ),
        ([text(headers={"Content-Encoding": "gzip"})], "cannot be decompressed"),
        (
            [Reply(body=NEW, wait=PATIENCE)],
            "did not respond completely within 0.5 seconds",
        ),
        ([Reply(body=b'{"openapi": "3.0.3", "pa')], "zoo.yaml:1:25: error: "),
        (
            [Reply(body=b"<html>Please log in</html>")],
            "expected a document, got an HTML page",
        ),
        ([Reply(body=b"swagger: '2.0'\n")], "Swagger 2.0 is not supported"),
        ([Reply(body=b'{"message": "no"}')], "not an OpenAPI document"),
        ([Reply(body=b"")], "the document is empty"),
        ([Reply(302, headers={"Location": "http://api.example/"})], "not an https"),
        ([Reply(302, headers={"Location": "https://a:b/"})], "is not a URL"),
        ([Reply(302, headers={"Location": "/"})] * 6, "exceeds 5 redirects"),
    ],
)
def test_what_is_no_whole_document_is_refused_and_the_old_one_kept(
    folder: Path,
    server: Loopback,
    capsys: pytest.CaptureFixture[str],
    replies: list[Reply],
    said: str,
) -> None:
    (folder / "zoo.yaml").write_bytes(OLD)
    configure(folder, f"{server.url}/openapi.yaml?key=s3cret")
    server.reply(*replies)
    seconds = 0.5 if any(each.wait for each in replies) else PATIENCE
    assert main(["pull", "--timeout", str(seconds)]) == 2
    assert files(folder) == {"zoo.yaml": OLD}
    message = capsys.readouterr().err
    assert said in message
    assert "s3cret" not in message


def test_more_than_the_limit_is_refused(server: Loopback) -> None:
    async def fetched() -> None:
        async with open_client(5) as client:
            await fetch_address(client, FetchRequest(address=server.url, size=20))

    server.reply(text())
    with pytest.raises(DiagnosticError, match="exceeds 20 bytes"):
        asyncio.run(fetched())


def test_a_server_that_trickles_is_given_up_in_time(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        trickling = threading.Thread(target=trickle, args=(listening,))
        trickling.start()
        configure(folder, f"http://127.0.0.1:{port}/openapi.yaml")
        assert main(["pull", "--timeout", "0.5"]) == 2
    trickling.join(timeout=PATIENCE)
    assert not files(folder)


def trickle(listening: socket.socket) -> None:
    """Send a header that never ends, a byte at a time, until nobody listens."""
    connection, _ = listening.accept()
    with connection, suppress(OSError):
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
        for _ in range(100):
            connection.sendall(b"a")
            time.sleep(0.05)


def test_plain_http_is_for_this_machine(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for source, said in (
        ("http://api.example/openapi.yaml", "is not an https URL"),
        ("https://me:s3cret@api.example/openapi.yaml", "contains credentials"),
        ("https:///openapi.yaml", "is not an https URL"),
    ):
        configure(folder, source)
        assert main(["pull"]) == 2
        message = capsys.readouterr().err
        assert said in message
        assert "s3cret" not in message


HEADERS = 'headers = {Authorization = "Bearer $TOKEN", X-Key = "${TOKEN}-2", accept = "a/b"}\n'


def test_headers_come_from_the_environment_and_stay_with_their_host(
    folder: Path,
    server: Loopback,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TOKEN", "s3cret")
    with Loopback() as other:
        server.reply(Reply(307, headers={"Location": "/again"}))
        server.reply(Reply(302, headers={"Location": f"{other.url}/signed"}))
        other.reply(text())
        configure(folder, f"{server.url}/openapi.yaml", HEADERS)
        assert main(["pull"]) == 0
    for each in server.requests:
        assert each.headers["authorization"] == "Bearer s3cret"
        assert each.headers["x-key"] == "s3cret-2"
        assert each.headers["accept"] == "a/b"
    assert not {"authorization", "x-key"} & other.last.headers.keys()
    said = capsys.readouterr()
    assert "s3cret" not in said.out + said.err
    assert not [each for each in files(folder).values() if b"s3cret" in each]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "needs the environment variable TOKEN"),
        ("s3cret\nX: y", "invalid value of header Authorization"),
    ],
)
def test_a_header_that_cannot_be_sent_is_named_without_its_value(
    folder: Path,
    server: Loopback,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    value: str,
    said: str,
) -> None:
    monkeypatch.setenv("TOKEN", value)
    configure(folder, f"{server.url}/openapi.yaml", HEADERS)
    assert main(["pull"]) == 2
    message = capsys.readouterr().err
    assert said in message
    assert "s3cret" not in message
    assert not server.requests


def test_a_document_that_was_edited_is_not_overwritten(
    folder: Path, server: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(folder, f"{server.url}/openapi.yaml")
    server.reply(text(OLD), text(NEW))
    main(["pull"])
    (folder / "zoo.yaml").write_bytes(OLD + b"x-mine: 1\n")
    before = files(folder)
    assert main(["pull"]) == 2
    assert files(folder) == before
    assert (
        "zoo.yaml was edited, or was not written by `pull`" in capsys.readouterr().err
    )


def test_a_document_that_was_never_fetched_is_not_overwritten(
    folder: Path, server: Loopback
) -> None:
    configure(folder, f"{server.url}/openapi.yaml")
    server.reply(text(NEW), text(NEW))
    (folder / "zoo.yaml").write_bytes(OLD)
    assert main(["pull"]) == 2
    assert (folder / "zoo.yaml").read_bytes() == OLD
    (folder / "zoo.yaml").write_bytes(NEW)
    assert main(["pull"]) == 0


def test_a_run_that_died_between_document_and_lock_is_healed_by_the_next(
    folder: Path, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(folder, f"{server.url}/openapi.yaml")
    server.reply(text(OLD), text(NEW), text(NEW))
    main(["pull"])
    replace = Path.replace

    def dies_at_the_lock(draft: Path, target: Path) -> Path:
        if target.name.endswith(".lock.json"):
            raise OSError("no space left")
        return replace(draft, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", dies_at_the_lock)
        assert main(["pull"]) == 2
    assert (folder / "zoo.yaml").read_bytes() == NEW
    assert main(["pull"]) == 0
    lock = json.loads((folder / "zoo.yaml.lock.json").read_text())
    assert lock["digest"] == hash_content(NEW)
    assert sorted(files(folder)) == ["zoo.yaml", "zoo.yaml.lock.json"]


@pytest.mark.parametrize("name", ["zoo.yaml", "zoo.yaml.lock.json"])
@pytest.mark.parametrize("kind", ["a link", "a hard link"])
def test_nothing_is_fetched_through_a_link(
    folder: Path, server: Loopback, name: str, kind: str
) -> None:
    configure(folder, f"{server.url}/openapi.yaml")
    server.reply(text(OLD), text(NEW))
    main(["pull"])
    elsewhere = folder / "elsewhere"
    (folder / name).rename(elsewhere)
    before = elsewhere.read_bytes()
    if kind == "a link":
        (folder / name).symlink_to(elsewhere)
    else:
        (folder / name).hardlink_to(elsewhere)
    assert main(["pull"]) == 2
    assert elsewhere.read_bytes() == before


def test_what_a_killed_run_left_beside_a_document_is_removed(
    folder: Path, server: Loopback
) -> None:
    configure(folder, f"{server.url}/openapi.yaml")
    server.reply(text(OLD))
    (folder / temporary_name()).write_bytes(OLD[:9])
    assert main(["pull"]) == 0
    assert sorted(files(folder)) == ["zoo.yaml", "zoo.yaml.lock.json"]


def test_one_document_that_cannot_be_had_keeps_all_from_being_written(
    folder: Path, server: Loopback
) -> None:
    second = f'[[spec]]\npath = "b.yaml"\nfrom = "{server.url}/b"\n'
    configure(folder, f"{server.url}/a", second)
    server.reply(text(), Reply(500))
    assert main(["pull"]) == 2
    assert files(folder) == {}


def test_a_document_of_another_revision_is_pulled(folder: Path) -> None:
    configure(folder, "git:HEAD:api.yaml")
    identity = ["-c", "user.name=a", "-c", "user.email=a@b"]
    (folder / "api.yaml").write_bytes(NEW)
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "-qm", "1"]):
        command = ["git", *identity, *arguments]
        subprocess.run(command, check=True, timeout=PATIENCE)
    assert main(["pull"]) == 0
    assert (folder / "zoo.yaml").read_bytes() == NEW
    before = files(folder)
    assert main(["pull"]) == 0
    assert files(folder) == before


INDEX = b"""# Zoo
- [Guide](/guide.md): how to begin
- [Cats](/api/cats.md): about cats
- [Dogs](api/dogs.md#top "Dogs"), and [cats again](/api/cats.md)
- [Elsewhere](https://elsewhere.example/api/eels.md)
"""
PAGE = """# {0}
```yaml
openapi: 3.0.3
info: {{title: Zoo, version: '1'}}
paths:
  /{0}: {{get: {{operationId: {0}, responses: {{'204': {{description: Ok}}}}}}}}
```
"""


def test_the_documents_of_an_index_become_one_page(
    folder: Path, server: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = {"/llms.txt": INDEX, "/api/cats.md": PAGE.format("cats").encode()}
    pages["/api/dogs.md"] = PAGE.format("dogs").encode()
    server.answer = lambda request: text(pages[request.path])
    configure(folder, f"{server.url}/llms.txt", 'pages = "/api/*"\n')
    config = folder / "flexprice-codegen.toml"
    config.write_text(config.read_text().replace("zoo.yaml", "zoo.md"))
    assert main(["pull"]) == 0
    page = (folder / "zoo.md").read_text()
    assert page.index("/api/cats.md") < page.index("/api/dogs.md")
    assert sorted(each.path for each in server.requests) == sorted(pages)
    assert "2 of 2 pages of " in capsys.readouterr().err
    assert main(["inspect", "zoo.md"]) == 0


@pytest.mark.parametrize(
    ("pattern", "replies", "said"),
    [
        ("/none/*", [], "no link of"),
        ("/guide.md", [text(b"# Hello\n")], "contains an OpenAPI document"),
        ("/guide.md", [text(b"\n<!DOCTYPE html>")], "/guide.md is an HTML page"),
        ("/guide.md", [Reply(404)], "/guide.md responded with status code 404"),
        ("/guide.md", [text(b"```yaml\nopenapi: 3.0.3\n")], "unexpected end of page"),
    ],
)
def test_an_index_that_lacks_a_page_is_refused(
    folder: Path,
    server: Loopback,
    capsys: pytest.CaptureFixture[str],
    pattern: str,
    replies: list[Reply],
    said: str,
) -> None:
    server.reply(text(INDEX), *replies)
    configure(folder, f"{server.url}/llms.txt", f'pages = "{pattern}"\n')
    config = folder / "flexprice-codegen.toml"
    config.write_text(config.read_text().replace("zoo.yaml", "zoo.md"))
    assert main(["pull"]) == 2
    assert said in capsys.readouterr().err
    assert files(folder) == {}


def test_https_goes_through_the_proxy_of_the_environment(
    folder: Path,
    server: Loopback,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", server.url)
    server.reply(Reply(502))
    configure(folder, "https://api.example/openapi.yaml")
    assert main(["pull"]) == 2
    assert (server.last.method, server.last.target) == ("CONNECT", "api.example:443")
    assert (
        "cannot connect to https://api.example/openapi.yaml" in capsys.readouterr().err
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [("HTTPS_PROXY", "what://proxy.example"), ("SSL_CERT_FILE", "no-such-file.pem")],
)
def test_settings_that_cannot_be_used_are_named(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    value: str,
) -> None:
    monkeypatch.setenv(name, value)
    configure(folder, "https://api.example/openapi.yaml")
    assert main(["pull"]) == 2
    assert name in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the key")
def test_a_certificate_counts_once_the_environment_trusts_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
        " -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost"
        " -addext subjectAltName=DNS:localhost"
    )
    subprocess.run(command.split(), check=True, capture_output=True, timeout=PATIENCE)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("cert.pem", "key.pem")
    with Loopback(context) as server:
        server.reply(text())
        port = server.url.rpartition(":")[2]
        configure(folder, f"https://localhost:{port}/openapi.yaml")
        assert main(["pull"]) == 2
        assert (
            "set SSL_CERT_FILE to a file of trusted certificates"
            in capsys.readouterr().err
        )
        monkeypatch.setenv("SSL_CERT_FILE", str(folder / "cert.pem"))
        assert main(["pull"]) == 0
    assert (folder / "zoo.yaml").read_bytes() == NEW


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["pull", "none.yaml"], "has no [[spec]] with the path 'none.yaml'"),
        (["pull", "--config", "none.toml"], "cannot read none.toml"),
    ],
)
def test_bad_usage_is_explained(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    configure(folder, "https://api.example/openapi.yaml")
    assert main(arguments) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('path = "a.yaml"', "`from`: expected a string, got nothing"),
        ('path = "a.yaml"\nfrom = "../b.yaml"', "expected an https URL or git:"),
        ('path = "a.yaml"\nfrm = "https://x"', "did you mean 'from'?"),
        (
            'path = "a.yaml"\nfrom = "https://x"\nheaders = {A = 1}',
            "a table of strings",
        ),
        ('path = "a.yaml"\nfrom = "git:x:y"\npages = "*"', "next to headers and pages"),
        ('path = "./zoo.yaml"\nfrom = "https://x"', "have the same path"),
    ],
)
def test_a_table_that_is_not_understood_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], table: str, said: str
) -> None:
    configure(folder, "https://x/y", f"\n[[spec]]\n{table}\n")
    assert main(["pull"]) == 2
    assert said in capsys.readouterr().err


def test_a_lock_that_is_none_is_named(
    folder: Path, server: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(folder, f"{server.url}/a")
    lock = folder / "zoo.yaml.lock.json"
    for broken in ("{", "[]", '{"format": 1}', '{"format": 1, "source": 2}'):
        lock.write_text(broken)
        assert main(["pull"]) == 2
        assert "invalid lock file of a downloaded document" in capsys.readouterr().err
    assert not server.requests


def test_pages_as_they_are_served_become_one_document(
    folder: Path, server: Loopback, shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seeds = shared / "seeds"
    links = "".join(f"- [A page](/seeds/{each.name})\n" for each in seeds.iterdir())
    pages = {f"/seeds/{each.name}": each.read_bytes() for each in seeds.iterdir()}
    pages["/llms.txt"] = links.encode()
    server.answer = lambda request: text(pages[request.path])
    configure(folder, f"{server.url}/llms.txt", 'pages = "/seeds/*"\n')
    assert main(["pull"]) == 2
    assert "a path ending in .md for the pages of an index" in capsys.readouterr().err
    config = folder / "flexprice-codegen.toml"
    config.write_text(config.read_text().replace("zoo.yaml", "zoo.md"))
    assert main(["pull"]) == 0
    assert main(["generate"]) == 0
    assert "1 operation, 1 event, " in capsys.readouterr().out


def test_commands_that_fetch_nothing_do_not_load_what_fetches() -> None:
    names = ("check", "diff", "generate", "init", "inspect", "command_runner")
    modules = ", ".join(f"flexprice_codegen.cli.{name}" for name in names)
    code = f"import sys, {modules}\nassert 'httpx2' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=PATIENCE)
