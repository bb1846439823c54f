"""Secrets: in no frame of an exception that leaves a client, and in no local of ours."""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from traceback import walk_tb
from types import FrameType
from unittest import mock
from uuid import uuid4

import h11
import httpx2
import pytest
from _pytest._io.saferepr import saferepr
from rich.pretty import pretty_repr
from support.loopback import Fault, Loopback, Reply
from support.patience import IMPATIENT, MOMENT, PATIENCE
from support.sample import client as sample
from support.sample.client import AsyncSample, Sample
from support.values import Value

from flexprice_codegen.runtime import errors, hidden, streams
from flexprice_codegen.runtime.auth import Credentials, Place, Scheme
from flexprice_codegen.runtime.auth_places import CookieScheme, QueryScheme
from flexprice_codegen.runtime.deliveries import sign
from flexprice_codegen.runtime.downloads import download
from flexprice_codegen.runtime.hidden import HiddenSettings
from flexprice_codegen.runtime.operation import Operation
from flexprice_codegen.runtime.retry import Retry
from flexprice_codegen.runtime.routing import WebhookRouter

BOTH = pytest.mark.parametrize("mode", ["sync", "async"])
PACKAGE = tuple(str(Path(str(each.__file__)).parent) for each in (hidden, sample))
SECRET = f"sk_live_{uuid4().hex}"
"""Made here, so that no line of a source file shows it."""
MARKS = (SECRET, b64encode(f"user:{SECRET}".encode()).decode())
SCHEMES: dict[str, dict[str, Value]] = {
    "header": {"api_key": SECRET},
    "function": {"api_key": lambda: SECRET},
    "query": {"query_key": SECRET},
    "bearer": {"token": SECRET},
    "basic": {"login": ("user", SECRET)},
    "base_url": {"api_key": "k"},
}
LINES: Operation[object] = Operation("GET", "/lines", returns="Customer")


def is_shown(value: object) -> bool:
    """Return whether a crash report that shows a value shows a secret."""
    if isinstance(value, Mapping):
        return any(is_shown(each) for pair in value.items() for each in pair)
    if isinstance(value, Sequence | set) and not isinstance(value, str | bytes):
        return any(map(is_shown, value))
    # Of an object that is half made, too; rich looks behind a repr.
    texts = (saferepr(value, maxsize=None), pretty_repr(value, max_depth=3))
    return any(mark in text for mark in MARKS for text in texts)


def leaks_of(error: BaseException) -> list[str]:
    """Name the locals with a secret, in all frames of all that an exception has."""
    found, seen, pending = [], set[int](), [error]
    while pending:
        each = pending.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        assert not any(mark in f"{each!r} {each} {vars(each)}" for mark in MARKS)
        pending += filter(None, (each.__cause__, each.__context__))
        pending += each.exceptions if isinstance(each, BaseExceptionGroup) else ()
        place = each.__traceback__
        while place is not None:
            code = place.tb_frame.f_code
            found += [
                f"{type(each).__name__} {code.co_filename} {code.co_qualname}: {name}"
                for name, value in place.tb_frame.f_locals.items()
                if is_shown(value)
            ]
            place = place.tb_next
    return found


@dataclass(frozen=True, slots=True)
class Case:
    """One way to call, and a place for files."""

    mode: str
    scheme: str
    server: Loopback
    folder: Path

    def made(self, url: str = "", **more: Value) -> Value:
        """Make a client of the mode; it sends a request once, unless told otherwise."""
        url = url or self.server.url
        if self.scheme == "base_url":
            url = url.replace("//", f"//user:{SECRET}@")
        kind: Value = Sample if self.mode == "sync" else AsyncSample
        usual = {"retry": Retry(max_retries=0), **SCHEMES[self.scheme]}
        return kind(base_url=url, **usual | more)

    def call(self, use: Callable[[Value], Value], **more: Value) -> Value:
        """Use a client, and close it."""
        made = self.made(**more)
        del more  # this frame is one of the traceback
        if self.mode == "sync":
            with made as client:
                return use(client)

        async def run() -> Value:
            async with made as client:
                return await use(client)

        return asyncio.run(run())

    def cancel(self, use: Callable[[Value], Value], **more: Value) -> None:
        """Cancel a call once its request has arrived."""
        made = self.made(**more)
        del more

        async def run() -> None:
            async with made as client:
                task = asyncio.ensure_future(use(client))
                await asyncio.to_thread(self.wait)
                await asyncio.sleep(0.02)  # so that it waits for what comes next
                task.cancel()
                await task

        asyncio.run(run())

    def wait(self) -> None:
        """Wait for a request."""
        while not self.server.requests:
            time.sleep(0.001)

    def http_client(self, **more: Value) -> Value:
        """Make what a client takes as `http_client`."""
        kind: Value = httpx2.Client if self.mode == "sync" else httpx2.AsyncClient
        return kind(**more)

    def stream(self, client: Value) -> Value:
        """Read a stream to its end."""
        if self.mode == "sync":
            return list(streams.stream_values(client.customers, LINES))

        async def read() -> list[Value]:
            found = await streams.astream_values(client.customers, LINES)
            return [each async for each in found]

        return read()


def get(client: Value) -> Value:
    """Get a customer."""
    return client.customers.get("c1")


def upload(client: Value) -> Value:
    """Send more than any buffer takes."""
    return client.customers.upload("c1", b"x" * 30_000_000)


def fetch(path: Path, progress: Value = None) -> Callable[[Value], Value]:
    """Return the download of a picture."""

    def use(client: Value) -> Value:
        call: Value = download(client.customers.picture, path, progress)
        return call("c1")

    return use


def fail(*_: object) -> None:
    """Fail as a function of the user may."""
    raise LookupError("of the user")


async def later(*_: object) -> None:
    """Wait for longer than anybody does."""
    await asyncio.sleep(30)


class Transport(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """A transport that raises, from causes of its own; its frames show everything."""

    def __init__(self, make: Callable[[], BaseException]) -> None:
        self._make = make

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Raise what the test says."""
        headers, url = dict(request.headers), request.url.raw_path
        try:
            self._fail(headers, url)
        except KeyError as error:
            raise self._make() from error
        raise AssertionError

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Do the same."""
        return self.handle_request(request)

    def _fail(self, headers: dict[str, str], url: bytes) -> None:
        try:
            int(f"{len(headers)} {len(url)}")
        except ValueError:
            raise KeyError("of the transport") from None


def grouped() -> BaseException:
    """Make a group of an exception with frames of its own."""
    headers = {"x-api-key": SECRET}
    try:
        fail(headers)
    except LookupError as error:
        made = ExceptionGroup("several", [error])
    return made


def chunks() -> Iterator[bytes]:
    """Yield a file that cannot be read to its end."""
    yield b"x"
    fail()


KINDS: dict[str, Callable[[Case], object]] = {}
"""How a call fails, by name."""


def raising(make: Callable[[], BaseException]) -> Callable[[Case], object]:
    """Return a call whose transport raises."""

    def use(case: Case) -> object:
        transport = Transport(make)
        return case.call(get, http_client=case.http_client(transport=transport))

    return use


def deep(error: type[BaseException]) -> Callable[[Case], object]:
    """Return a call that something stops where its headers are written."""

    def use(case: Case) -> object:
        with mock.patch.object(h11.Connection, "send", side_effect=error("deep")):
            return case.call(get)

    return use


def answered(
    *replies: Reply, stream: bool = False, **more: Value
) -> Callable[[Case], object]:
    """Return a call that is answered like this."""

    def use(case: Case) -> object:
        case.server.reply(*replies)
        return case.call(case.stream if stream else get, **more)

    return use


def downloading(reply: Reply) -> Callable[[Case], object]:
    """Return a download that is answered like this."""

    def use(case: Case) -> object:
        case.server.reply(reply)
        return case.call(fetch(case.folder / "file"))

    return use


def cancelling(
    *replies: Reply, stream: bool = False, **more: Value
) -> Callable[[Case], object]:
    """Return a call that is answered like this, and cancelled."""

    def use(case: Case) -> object:
        case.server.reply(*replies)
        case.cancel(case.stream if stream else get, **more)
        return None

    return use


def nowhere(use: Callable[[Value], Value], **more: Value) -> Callable[[Case], object]:
    """Return a call of a port where nobody listens, or reads."""

    def call(case: Case) -> object:
        with socket.socket() as port:
            port.bind(("127.0.0.1", 0))
            if "timeout" in more:
                port.listen()
            url = f"http://127.0.0.1:{port.getsockname()[1]}"
            return case.call(use, url=url, **more)

    return call


def shut(case: Case) -> object:
    """Call over connections that are closed."""
    client = case.http_client()
    if case.mode == "sync":
        client.close()
    else:
        asyncio.run(client.aclose())
    return case.call(get, http_client=client)


def hooked(case: Case) -> object:
    """Call over a client with a hook of httpx2 that fails."""

    async def wait_and_fail(_: object) -> None:
        fail()

    hook = fail if case.mode == "sync" else wait_and_fail
    client = case.http_client(event_hooks={"request": [hook]})
    return case.call(get, http_client=client)


HALF = Reply(fault=Fault.HALF_BODY, body=b'{"id": "c1"}\n{"id": "c2"}\n')
SLOW = {"Content-Length": "99", "Content-Type": "application/x-ndjson"}
KINDS |= {
    **{f"answer {each.name}": answered(Reply(fault=each)) for each in Fault},
    **{f"status {each}": answered(Reply(each)) for each in (302, 401, 404, 500)},
    "retries": answered(*[Reply(503)] * 3, retry=Retry(initial_delay=0.001)),
    "retries, then cut": answered(Reply(503), HALF, retry=Retry(1, 0.001)),
    "no JSON": answered(Reply(body=b"<html>")),
    "mismatch": answered(Reply(body=b'{"tags": "x"}'), strict=True),
    "read timeout": answered(Reply(wait=30), timeout=IMPATIENT),
    "connect error": nowhere(get),
    "write timeout": nowhere(upload, timeout=httpx2.Timeout(PATIENCE, write=MOMENT)),
    "write error": raising(lambda: httpx2.WriteError("broken")),
    "unexpected error": raising(lambda: RuntimeError("broken")),
    "group": raising(grouped),
    "exit": raising(SystemExit),
    "interrupt": deep(KeyboardInterrupt),
    "protocol error": deep(h11.LocalProtocolError),
    "bug below": deep(ZeroDivisionError),
    "closed": shut,
    "hook of httpx2": hooked,
    "on_request": lambda case: case.call(get, on_request=fail),
    "on_response": lambda case: case.call(get, on_response=fail),
    "function for a token": lambda case: case.call(get, api_key=fail),
    "unfit token": lambda case: case.call(get, api_key=lambda: f"{SECRET}\n"),
    "unfit password": lambda case: case.call(
        get, api_key=None, query_key=None, token=None, login=("us:er", SECRET)
    ),
    "argument": lambda case: case.call(lambda client: client.customers.get("..")),
    "body": lambda case: case.call(
        lambda client: client.customers.create({"name": object()})
    ),
    "content": lambda case: case.call(
        lambda client: client.customers.upload("c1", chunks())
    ),
    "stream cut": answered(HALF, stream=True),
    "stream timeout": answered(Reply(headers=SLOW), stream=True, timeout=IMPATIENT),
    "stream mismatch": answered(Reply(body=b'{"tags": 1}'), stream=True, strict=True),
    "download cut": downloading(HALF),
    "download refused": downloading(Reply(404)),
    "download nowhere": lambda case: case.call(fetch(case.folder / "no" / "file")),
    "progress": lambda case: case.call(fetch(case.folder / "file", fail)),
    "cancel": cancelling(Reply(wait=30)),
    # The server says how long: a pause of our own is a random part, maybe none.
    "cancel a retry": cancelling(
        Reply(503, headers={"Retry-After": "60"}), retry=Retry(max_delay=60)
    ),
    "cancel a hook": cancelling(Reply(), on_response=later),
    "cancel a stream": cancelling(Reply(headers=SLOW), stream=True),
}


@pytest.mark.slow
@pytest.mark.parametrize(
    "scheme",
    [
        "header",
        *(pytest.param(each, marks=pytest.mark.slow) for each in [*SCHEMES][1:]),
    ],
)
@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        (kind, mode)
        for kind in KINDS
        for mode in ("sync", "async")
        if mode == "async" or not kind.startswith("cancel")
    ],
)
def test_no_frame_of_an_exception_that_leaves_holds_a_secret(
    kind: str, scheme: str, mode: str, server: Loopback, tmp_path: Path
) -> None:
    with pytest.raises(BaseException) as caught:  # noqa: PT011 - whatever it is
        KINDS[kind](Case(mode, scheme, server, tmp_path))
    assert leaks_of(caught.value) == []


@BOTH
def test_no_frame_holds_what_an_http_client_adds(
    mode: str, server: Loopback, tmp_path: Path
) -> None:
    case = Case(mode, "base_url", server, tmp_path)
    for make in (RuntimeError, KeyboardInterrupt, partial(httpx2.ReadError, "cut")):
        with pytest.raises(BaseException) as caught:  # noqa: PT011 - as made
            case.call(
                get,
                http_client=case.http_client(
                    transport=Transport(make),
                    headers={"x": SECRET},
                    cookies={"y": SECRET},
                    params={"z": SECRET},
                ),
            )
        assert leaks_of(caught.value) == []


def cause_of(kind: str, case: Case) -> Value:
    """Return the cause of what a kind of failure raises."""
    with pytest.raises(errors.APIConnectionError) as caught:
        KINDS[kind](case)
    return caught.value.__cause__


@BOTH
def test_causes_keep_their_types_and_messages(
    mode: str, server: Loopback, tmp_path: Path
) -> None:
    case = Case(mode, "header", server, tmp_path)
    cause = cause_of("write error", case)
    assert repr(cause) == "WriteError('broken')"
    assert repr(cause.__cause__) == "KeyError('of the transport')"
    assert repr(cause.__cause__.__context__).startswith("ValueError(")
    refused = cause_of("connect error", case)
    assert isinstance(refused, httpx2.ConnectError)
    assert "refused" in repr(refused.__cause__) or mode == "async"


@BOTH
def test_what_nobody_expects_says_which_lines_raised_it(
    mode: str, server: Loopback, tmp_path: Path
) -> None:
    case = Case(mode, "header", server, tmp_path)
    with pytest.raises(RuntimeError, match="broken") as caught:
        KINDS["unexpected error"](case)
    (note,) = caught.value.__notes__
    assert note.startswith("Raised by these lines, whose frames are hidden:\n")
    assert "in handle_request\n    raise self._make() from error" in note
    with pytest.raises(LookupError) as hook:
        KINDS["on_request"](case)
    assert not hasattr(hook.value, "__notes__")
    names = [each.name for each in hook.traceback]
    assert names[-1] == "fail"  # the frames of the user's own functions stay


@BOTH
def test_what_the_caller_handles_keeps_its_frames(
    mode: str, server: Loopback, tmp_path: Path
) -> None:
    case = Case(mode, "header", server, tmp_path)
    handled: Value = None
    try:
        fail()
    except LookupError as error:
        handled = error
        with pytest.raises(errors.APIConnectionError) as caught:
            KINDS["write error"](case)
    assert caught.value.__context__ is handled
    oldest: Value = caught.value.__cause__
    while oldest.__context__ is not None:
        oldest = oldest.__context__
    assert oldest is handled
    frames = [frame.f_code.co_name for frame, _ in walk_tb(handled.__traceback__)]
    assert frames[-1] == "fail"


@pytest.mark.parametrize("kind", [Sample, AsyncSample])
@pytest.mark.parametrize(
    "settings",
    [
        {"base_url": f"http://{SECRET}@h?key={SECRET}#{SECRET}"},
        {"base_url": f"http://u:{SECRET}@[::1"},
        {"base_url": f"ftp://u:{SECRET}@h"},
        {"base_url": f"http://u:p/{SECRET}@h:99999"},
        {"server": "mars"},
    ],
)
def test_a_client_that_cannot_be_made_shows_no_secret(
    kind: Callable[..., Value], settings: dict[str, Value]
) -> None:
    found = refusal_of(kind, {"api_key": SECRET, "login": ("u", SECRET), **settings})
    assert leaks_of(found) == []


@pytest.mark.parametrize(
    "secret", [f"!{SECRET}", [SECRET.encode(), ""]], ids=["one", "several"]
)
def test_a_router_that_cannot_be_made_shows_no_secret(secret: Value) -> None:
    assert leaks_of(refusal_of(WebhookRouter, {"secret": secret})) == []
    assert leaks_of(refusal_of(partial(sign, b""), {"secret": secret})) == []


def refusal_of(make: Callable[..., Value], given: dict[str, Value]) -> BaseException:
    """Return the exception that a call raises, without the frame of this function."""
    try:
        make(**given)
    except Exception as error:  # noqa: BLE001 - whatever it is
        place: Value = error.__traceback__
        return error.with_traceback(place.tb_next)
    raise AssertionError


@BOTH
@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_local_of_the_package_ever_holds_a_secret(
    scheme: str,
    mode: str,
    server: Loopback,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    case = Case(mode, scheme, server, tmp_path)
    leaks: set[str] = set()

    def use(client: Value) -> Value:
        sys.settrace(partial(watch, leaks))
        return client.customers.get("c1")

    http = {
        "transport": httpx2.MockTransport(lambda _: httpx2.Response(200)),
        "headers": {"x-token": SECRET},
        "cookies": {"session": SECRET},
    }
    server.reply(Reply(503), Reply(body=b'{"tags": "x"}'), Reply(404), HALF)
    try:
        case.call(use, retry=Retry(1, 0.001))
        with pytest.raises(errors.NotFoundError):
            case.call(get)
        with pytest.raises(errors.APIConnectionError):
            case.call(case.stream)
        case.call(fetch(tmp_path / "file"))
        case.call(use, http_client=case.http_client(**http))
    finally:
        sys.settrace(None)
    assert len(server.requests) == 5
    assert leaks == set()


OF_PLACES: dict[str, type[Scheme]] = {"query": QueryScheme, "cookie": CookieScheme}


def test_no_local_holds_a_secret_while_credentials_are_added() -> None:
    places: tuple[Place, ...] = ("header", "query", "cookie", "bearer")
    schemes: dict[str, Scheme] = {}
    for place in places:
        kind = OF_PLACES.get(place, Scheme)
        schemes[place] = kind(place, place, place.upper(), place)
    settings = HiddenSettings(None, dict.fromkeys(places, SECRET))
    request = httpx2.Request(
        "GET", "http://h", headers={"cookie": f"a={SECRET}; cookie={SECRET}"}
    )
    leaks: set[str] = set()
    sys.settrace(partial(watch, leaks))
    try:
        for each in Credentials(schemes, settings).choose((places,), "GET /"):
            each.add_to(request)
    finally:
        sys.settrace(None)
    assert request.headers["cookie"] == f"a={SECRET}; cookie={SECRET}"
    assert leaks == set()


def watch(leaks: set[str], frame: FrameType, *_: object) -> Value:
    """Look at each line of the package that is run."""
    code = frame.f_code
    if not code.co_filename.startswith(PACKAGE):
        return None
    if code.co_name == "__init__" and "sample" in code.co_filename:
        return None  # it deletes its arguments, before anything can fail

    def look(frame: FrameType, *_: object) -> Value:
        leaks.update(
            f"{code.co_filename}:{frame.f_lineno}: {name}"
            for name, value in frame.f_locals.items()
            if is_shown(value)
        )
        return look

    return look
