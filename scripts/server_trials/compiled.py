"""Servers of frameworks in other languages: NestJS, huma, Spring Boot.

In: a directory for what is installed and built. Out: the outcome for each framework.
"""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from server_trials.published import Check, Server, expect, try_server
from server_trials.trial import Outcome, SkippedError, make_client

_APPS = Path(__file__).parent / "apps"
_MADE = datetime(2026, 1, 31, 12, tzinfo=UTC)
_DAY = date(2026, 1, 31)


def try_nest(folder: Path) -> Outcome:
    """Try NestJS, whose pipes reject what is not declared."""
    node = _find_tool("node")
    npm = _find_tool("npm")
    install = [npm, "install", "--silent", "--no-audit", "--no-fund"]
    compile_ = [node, "node_modules/typescript/bin/tsc", "--project", "."]
    place = build_app("nest", folder, [install, compile_])
    command = [node, str(place / "app.js"), "{port}"]
    return try_server(Server("NestJS", command, "/openapi.json"), folder, _NEST)


def try_huma(folder: Path) -> Outcome:
    """Try huma, which validates requests against its document."""
    go = _find_tool("go", "/usr/local/go/bin")
    place = build_app(
        "huma", folder, [[go, "mod", "tidy"], [go, "build", "-o", "server", "."]]
    )
    command = [str(place / "server"), "{port}"]
    return try_server(Server("huma", command, "/openapi.json"), folder, _HUMA)


def try_spring(folder: Path) -> Outcome:
    """Try Spring Boot, whose document springdoc writes."""
    java = _find_tool("java")
    maven = _find_tool("mvn")
    place = build_app("spring", folder, [[maven, "--quiet", "--batch-mode", "package"]])
    command = [java, "-jar", str(place / "target" / "trial-1.jar")]
    server = Server(
        "Spring",
        [*command, "--server.address=127.0.0.1", "--server.port={port}"],
        "/v3/api-docs",
        _APPS / "spring" / "overlay.yaml",
    )
    return try_server(server, folder, _SPRING)


def _find_tool(name: str, further: str = "") -> str:
    found = shutil.which(name) or shutil.which(name, path=further)
    if found is None:
        raise SkippedError(f"{name} is missing")
    return found


def build_app(
    name: str, folder: Path, commands: list[list[str]], apps: Path = _APPS
) -> Path:
    """Copy an app into the directory and build it, unless that is done.

    Args:
        name: The name of its directory.
        folder: The directory for what is built.
        commands: The commands that build it.
        apps: The directory with the apps.

    Returns:
        The directory in which the commands run.

    Raises:
        SkippedError: A command fails, most often because nothing can be downloaded.
    """
    source = apps / name
    place = folder / name
    done = place / ".done"
    newest = max(each.stat().st_mtime for each in source.rglob("*"))
    if done.exists() and done.stat().st_mtime > newest:
        return place

    shutil.copytree(source, place, dirs_exist_ok=True)
    for command in commands:
        built = subprocess.run(command, check=False, cwd=place)  # noqa: S603 - ours
        if built.returncode:
            raise SkippedError(f"{' '.join(command)} failed")
    done.touch()
    return place


def _list_pages(client: Any, package: Any) -> None:
    """List 25 numbers in pages of 10."""
    method = getattr(client.things, "list_", None) or client.things.get_things
    expect([*package.paged(method, size=10)()], list(range(25)))


def _list_spring_pages(client: Any, package: Any) -> None:
    """List 25 objects in pages of 10."""
    paged = package.paged(client.things.list_things, size=10)
    found = [each.id for each in paged(pageable=package.models.Pageable())]
    expect(found, list(range(25)))


def _make_thing(method: str) -> Check:
    def check(client: Any, package: Any) -> None:
        models = package.models
        # A value that was read from JSON can be a whole float.
        sent = models.Thing(
            count=7.0, price=2.0, made=_MADE, tags=["a"], owner=models.Owner(name="é")
        )
        found = getattr(client.things, method)(sent)
        expect((found.count, found.price, found.made), (7, 2, _MADE))
        expect((found.tags, found.owner.name), (["a"], "é"))

    return check


def _refuse_thing(method: str) -> Check:
    """Return a check that a server rejects a number that is not whole."""

    def check(client: Any, package: Any) -> None:
        sent = package.models.Thing(count=7.5, price=2, made=_MADE, tags=["a"])
        try:
            getattr(client.things, method)(sent)
        except package.APIStatusError as error:
            expect(error.status_code in (400, 422), expected=True)
            return
        raise ValueError("expected APIStatusError")

    return check


def _delete_thing(method: str) -> Check:
    def check(client: Any, _: Any) -> None:
        expect(getattr(client.things, method)(id=7.0), None)

    return check


def _search_nest(client: Any, package: Any) -> None:
    color = package.models.ThingsSearchColorsItem
    found = client.things.search(colors=[color.RED, color.BLUE], old=True, least=7.0)
    expect(found, {"colors": ["red", "blue"], "old": True, "least": 7})


def _leave_lists_out(client: Any, _: Any) -> None:
    expect(client.things.search(colors=[]), {})


def _form_nest(client: Any, package: Any) -> None:
    expect(client.things.form(package.models.Owner(name="a b&c")), {"name": "a b&c"})


def _upload_nest(client: Any, package: Any) -> None:
    body = package.models.Note(note="é", file=("a.txt", b"content"))
    expected = {"name": "a.txt", "content": "content", "note": "é"}
    expect(client.files.upload(body), expected)


def _read_file(client: Any, _: Any) -> None:
    expect(client.files.read(), b"content")


def _read_events(client: Any, _: Any) -> None:
    expect("".join(each.data["delta"] for each in client.feed.events()), "yes")


def _read_typed_events(client: Any, _: Any) -> None:
    found = client.feed.list_events()
    expect("".join(each.data.delta for each in found), "yes")


def _who(client: Any, package: Any) -> None:
    base_url = vars(client)["_base"]
    with make_client(package, base_url=base_url, bearer="t") as known:
        expect(known.secrets.who(), {"token": "Bearer t"})


def _search_huma(client: Any, package: Any) -> None:
    color = package.models.GetSearchColorsItem
    found = client.things.get_search(
        ids=[1, 2], colors=[color.RED], since=_MADE, old=True, least=7.0, seen="a"
    )
    expect((found.ids, found.colors, found.since), ([1, 2], ["red"], _MADE))
    expect((found.old, found.least, found.seen), (True, 7, "a"))


def _upload_huma(client: Any, package: Any) -> None:
    body = package.models.PostFilesBody(note="é", file=("a.txt", b"content"))
    found = client.files.post_files(body)
    expect((found.name, found.content, found.note), ("a.txt", "content", "é"))


def _put_bytes(client: Any, _: Any) -> None:
    expect(client.files.put_files(b"\x00\xff"), b"\x00\xff")


def _sort_spring(client: Any, package: Any) -> None:
    pageable = package.models.Pageable(page=2.0, size=5, sort=["name,asc", "id,desc"])
    found = client.things.sort_things(pageable=pageable)
    expect(found, "2 5 name: ASC,id: DESC")


def _filter_spring(client: Any, package: Any) -> None:
    models = package.models
    filter_ = models.Filter(ids=[1, 2], owner=models.Owner(name="n", tags=["a", "b"]))
    found = client.things.filter_things(filter=filter_)
    expect(found, {"ids": [1, 2], "owner": {"name": "n", "tags": ["a", "b"]}})


def _search_spring(client: Any, package: Any) -> None:
    found = client.things.search(
        ids=[1, 2],
        color=package.models.SearchColor.RED,
        day=_DAY,
        least=7.0,
        x_trace="t",
        seen="a",
    )
    expect(found["ids"], [1, 2])
    expect((found["color"], found["day"]), ("RED", "2026-01-31"))
    expect((found["least"], found["trace"], found["seen"]), (7, "t", "a"))


def _make_spring_thing(client: Any, package: Any) -> None:
    sent = package.models.Thing(count=7.0, price=1.5, made=_MADE, day=_DAY)
    found = client.things.create_thing(sent)
    expect((found.count, found.price), (7, 1.5))
    expect((found.made, found.day), (_MADE, _DAY))


def _upload_spring(client: Any, package: Any) -> None:
    models = package.models
    body = models.UploadBody(
        file=("a.txt", b"content"), owner=models.Owner(name="n", tags=["a"])
    )
    found = client.files.upload(body)
    expect(found, {"name": "a.txt", "content": "content", "owner": "n"})


def _note_spring(client: Any, _: Any) -> None:
    expect(client.files.note("é"), "é")


_NEST: dict[str, Check] = {
    "a list in pages": _list_pages,
    "a body with a whole float for an integer": _make_thing("create"),
    "a body that is refused": _refuse_thing("create"),
    "a list, a boolean and an integer in the query": _search_nest,
    "an empty list in the query": _leave_lists_out,
    "nothing comes back, an integer in the path": _delete_thing("remove"),
    "a form": _form_nest,
    "a file with a field": _upload_nest,
    "a file that comes back": _read_file,
    "a stream of events": _read_events,
    "a credential": _who,
}
_HUMA: dict[str, Check] = {
    "a list in pages": _list_pages,
    "a body with a whole float for an integer": _make_thing("post_things"),
    "a body that is refused": _refuse_thing("post_things"),
    "lists joined and repeated, a time, a cookie": _search_huma,
    "nothing comes back, an integer in the path": _delete_thing("delete_things_by_id"),
    "a file of the declared media type": _upload_huma,
    "bytes both ways": _put_bytes,
    "a stream of typed events": _read_typed_events,
}
_SPRING: dict[str, Check] = {
    "a list in pages of a Pageable": _list_spring_pages,
    "a Pageable with two orders": _sort_spring,
    "an object within an object in the query, by dots": _filter_spring,
    "a list, an enum, a date, a header, a cookie": _search_spring,
    "a body with a time, a date and a whole float": _make_spring_thing,
    "nothing comes back, an integer in the path": _delete_thing("delete_thing"),
    "a file with an object as JSON": _upload_spring,
    "a file that comes back": _read_file,
    "a text both ways": _note_spring,
}
