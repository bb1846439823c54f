"""Answers that go to a file, against a real server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.loopback import Fault, Loopback, Reply
from support.sample_calls import BOTH, call
from support.values import Value

from flexprice_codegen.runtime import errors
from flexprice_codegen.runtime.downloads import Progress, download

PNG = {"Content-Type": "image/png"}


def saved(
    path: Path | str, progress: Progress | None = None
) -> Callable[[Value], Value]:
    """Download a picture to a path."""

    def use(client: Value) -> Value:
        method: Callable[[str], bytes] = client.customers.picture
        return download(method, path, progress)("c1")

    return use


@BOTH
def test_a_download_goes_to_a_file(mode: str, server: Loopback, tmp_path: Path) -> None:
    server.reply(Reply(200, b"x" * 300_000, PNG))
    seen: list[tuple[int, int | None]] = []
    path = tmp_path / "picture.png"

    def progress(done: int, total: int | None) -> None:
        assert not path.exists()
        seen.append((done, total))

    assert call(mode, server, saved(path, progress)) == path
    assert path.read_bytes() == b"x" * 300_000
    assert len(seen) > 1
    assert seen == sorted(seen)
    assert seen[-1] == (300_000, 300_000)
    assert list(tmp_path.iterdir()) == [path]


@BOTH
def test_a_refused_download_writes_nothing(
    mode: str, server: Loopback, tmp_path: Path
) -> None:
    server.reply(Reply(404, b'{"message": "No picture"}'))
    path = tmp_path / "picture.png"
    path.write_bytes(b"old")
    with pytest.raises(errors.NotFoundError, match="No picture"):
        call(mode, server, saved(path))
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@BOTH
def test_a_download_that_breaks_is_begun_anew(
    mode: str, server: Loopback, tmp_path: Path
) -> None:
    server.reply(
        Reply(200, b"old" * 50_000, PNG, fault=Fault.HALF_BODY), Reply(200, b"new", PNG)
    )
    path = tmp_path / "picture.png"
    call(mode, server, saved(str(path)))
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@BOTH
def test_a_download_that_fails_leaves_nothing_behind(
    mode: str, server: Loopback, tmp_path: Path
) -> None:
    def stop(done: int, total: int | None) -> None:
        raise KeyError(done, total)

    server.reply(Reply(200, b"x" * 9, PNG), Reply(200, b"x" * 9, PNG))
    path = tmp_path / "picture.png"

    with pytest.raises(KeyError):
        call(mode, server, saved(path, stop))
    assert list(tmp_path.iterdir()) == []


def test_an_empty_answer_is_an_empty_file(server: Loopback, tmp_path: Path) -> None:
    server.reply(Reply(204, b"", {"Content-Type": ""}))
    path = tmp_path / "picture.png"
    call("sync", server, saved(path))
    assert path.read_bytes() == b""


def test_only_methods_of_a_client_can_be_downloaded(tmp_path: Path) -> None:
    with pytest.raises(
        TypeError, match=r"not a method such as client\.things\.get_thing"
    ):
        download(lambda: b"", tmp_path)
