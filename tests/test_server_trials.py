"""The program that calls real servers: its arguments, its checks, its servers."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.request import urlopen

import pytest
from support.documents import INTEGER, TEXT, document, operation, parameter, record
from support.generated import Generated, create_generator
from support.loopback import Loopback, Reply
from support.values import Value

from server_trials.arguments import list_calls
from server_trials.compiled import build_app
from server_trials.processes import run_server, run_upstream
from server_trials.trial import Outcome, SkippedError, run_checks

BODY = record(["name"], name=TEXT, count=INTEGER, tags={"type": "array", "items": TEXT})
PATHS = {
    "/things/{id}": {
        "put": operation(
            "put",
            TEXT,
            BODY,
            parameters=[parameter("id", "path"), parameter("page", schema=INTEGER)],
        )
    }
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    """Return the client of the document above, with `testing.py`."""
    generator = create_generator(tmp_path_factory, "trials")
    return generator(document(PATHS), modules=("testing",))


@pytest.mark.parametrize(
    ("with_optional", "target"), [(True, "/things/id?page=1"), (False, "/things/id")]
)
def test_every_method_is_called_with_arguments_of_its_types(
    made: Generated, server: Loopback, *, with_optional: bool, target: str
) -> None:
    (call,) = list_calls(made.name, with_optional=with_optional)
    server.reply(Reply(body=b'"done"'))
    with made.client(base_url=server.url) as client:
        assert call.make(client) == "done"
    assert server.last.target == target
    assert server.last.body == b'{"name":"name","count":1,"tags":["tags"]}'


def test_failures_are_counted_by_their_reasons() -> None:
    def fail(path: str) -> Value:
        raise ValueError(f"validator 0x1f{len(path)} failed (POST {path})")

    outcome = run_checks(
        "mock",
        [("a", lambda: None), ("b", lambda: fail("/b")), ("c", lambda: fail("/cc"))],
    )
    assert (outcome.calls, outcome.passed) == (3, 1)
    assert outcome.list_reasons() == ["2 x ValueError: validator 0x… failed"]
    assert Outcome("none", 2, ()).passed == 2


def test_the_upstream_accepts_everything() -> None:
    with run_upstream() as url, urlopen(f"{url}/x?y=1", b"z") as response:  # noqa: S310
        assert (response.status, response.read()) == (200, b"{}")


def test_a_server_that_ends_is_an_error_with_what_it_printed(tmp_path: Path) -> None:
    command = ["sh", "-c", "echo broken {port}; exit 3"]
    with (
        pytest.raises(RuntimeError, match="broken"),
        run_server(command, tmp_path / "log"),
    ):
        pass


def test_an_app_is_built_once_and_again_after_an_edit(tmp_path: Path) -> None:
    source = tmp_path / "apps" / "small" / "app.txt"
    source.parent.mkdir(parents=True)
    source.write_text("1")
    count = [["sh", "-c", "cat app.txt >> built.txt"]]
    for _ in range(2):
        built = build_app("small", tmp_path, count, tmp_path / "apps")
    assert (built / "built.txt").read_text() == "1"
    source.write_text("2")
    later = (built / ".done").stat().st_mtime + 1
    os.utime(source, (later, later))
    build_app("small", tmp_path, count, tmp_path / "apps")
    assert (built / "built.txt").read_text() == "12"


def test_an_app_that_cannot_be_built_is_skipped(tmp_path: Path) -> None:
    source = tmp_path / "apps" / "small"
    source.mkdir(parents=True)
    (source / "app.txt").touch()
    with pytest.raises(SkippedError, match="exit 3 failed"):
        build_app("small", tmp_path, [["sh", "-c", "exit 3"]], tmp_path / "apps")
