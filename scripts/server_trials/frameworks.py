"""Servers of Python frameworks, in an environment of their own.

In: a folder with that environment. Out: the outcome for each framework.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from server_trials.published import Check, Server, expect, try_server
from server_trials.trial import Outcome, SkippedError, make_client

_APPS = Path(__file__).parent / "apps"
_PACKAGES = (
    "fastapi",
    "uvicorn",
    "python-multipart",
    "litestar",
    "django",
    "djangorestframework",
    "drf-spectacular",
)
_MADE = datetime(2026, 1, 31, 12, tzinfo=UTC)


def find_python(folder: Path) -> Path:
    """Return the Python that has the frameworks; it is installed if it is missing.

    Raises:
        SkippedError: They cannot be installed.
    """
    return install_packages(folder / "venv", _PACKAGES)


def install_packages(folder: Path, packages: Sequence[str]) -> Path:
    """Return a Python in a folder that has some packages.

    Raises:
        SkippedError: They cannot be installed.
    """
    python = folder / "bin" / "python"
    done = folder / ".done"
    if not done.exists():
        commands: list[list[str]] = [
            [sys.executable, "-m", "venv", str(folder)],
            [str(python), "-m", "pip", "install", "--quiet", *packages],
        ]
        for command in commands:
            if subprocess.run(command, check=False).returncode:  # noqa: S603 - ours
                raise SkippedError("the packages cannot be installed")
        done.touch()
    return python


def try_fastapi(folder: Path) -> Outcome:
    """Try FastAPI."""
    command = ["-m", "uvicorn", "--app-dir", str(_APPS), "--port", "{port}"]
    return _try(
        "FastAPI", folder, [*command, "fastapi_app:app"], "/openapi.json", _FASTAPI
    )


def try_litestar(folder: Path) -> Outcome:
    """Try Litestar."""
    command = ["-m", "uvicorn", "--app-dir", str(_APPS), "--port", "{port}"]
    path = "/schema/openapi.json"
    return _try("Litestar", folder, [*command, "litestar_app:app"], path, _LITESTAR)


def try_django(folder: Path) -> Outcome:
    """Try Django REST framework."""
    command = [str(_APPS / "django_app.py"), "{port}"]
    return _try("Django", folder, command, "/openapi.json?format=json", _DJANGO)


def _try(
    name: str, folder: Path, arguments: list[str], path: str, checks: dict[str, Check]
) -> Outcome:
    command = [str(find_python(folder)), *arguments]
    return try_server(Server(name, command, path), folder, checks)


def _list_things(client: Any, package: Any) -> None:
    """List 25 things in pages of 10."""
    found = [each.id for each in package.paged(client.things.list_things, size=10)()]
    expect(found, list(range(25)))


def _delete_thing(client: Any, _: Any) -> None:
    expect(client.things.delete_thing(number=7), None)


def _put_thing(client: Any, package: Any) -> None:
    models = package.models
    sent = models.Thing(id=1, price=Decimal("1.10"), made=_MADE, tags=["a"])
    found = client.things.put_thing(sent)
    # The document says that a decimal is a string.
    expect((found.price, found.made, found.tags), ("1.10", _MADE, ["a"]))


def _put_union(client: Any, package: Any) -> None:
    models = package.models
    pet = models.Cat(kind="cat", lives=9)
    sent = models.ThingInput(id=1, price=Decimal("1.10"), made=_MADE, pet=pet)
    found = client.things.put_thing(sent)
    # The document says that a decimal is a string where it is received.
    expect((found.price, found.made, found.pet), ("1.10", _MADE, pet))


def _search(client: Any, package: Any) -> None:
    found = client.things.search(ids=[1, 2], color=package.models.Color.BLUE)
    expect((found["ids"], found["color"]), ("[1, 2]", "blue"))


def _search_more(client: Any, _: Any) -> None:
    found = client.things.search(since=_MADE, session="a b")
    expect(found["since"], str(_MADE))
    expect(found["session"], "a%20b")


def _upload(body: str) -> Check:
    def check(client: Any, package: Any) -> None:
        kind = getattr(package.models, body)
        found = client.files.upload(kind(note="é", file=("a.txt", b"content")))
        expect(found, {"name": "a.txt", "content": "content", "note": "é"})

    return check


def _form(client: Any, package: Any) -> None:
    found = client.files.form(package.models.FormBody(name="a b&c", age=7))
    expect(found, {"name": "a b&c", "age": "7"})


def _who(**given: str) -> Check:
    def check(client: Any, package: Any) -> None:
        names = {"key": "api_key_header", "token": "http_bearer"}
        settings = {names[name]: value for name, value in given.items()}
        with make_client(package, base_url=vars(client)["_base"], **settings) as known:
            found = known.secrets.who()
        expect(found, {"key": "None", "token": "None"} | given)

    return check


def _chat(client: Any, package: Any) -> None:
    found = client.chat.chat(package.models.Ask(q="?"))
    expect(found, package.models.Answer(a="yes"))


def _chat_stream(client: Any, package: Any) -> None:
    found = client.chat.chat(package.models.Ask(q="?"), stream=True)
    expect("".join(each.data.delta for each in found), "yes")


def _file(client: Any, package: Any) -> None:
    path = Path(package.__file__).parent.parent / "downloaded"
    package.download(client.files.get_file, path)()
    expect(path.read_bytes()[:3], b'"""')


def _lines(client: Any, _: Any) -> None:
    expect([each["delta"] for each in client.feed.lines()], list("yes"))


def _events(client: Any, _: Any) -> None:
    """Take the text: the document says JSON, and the server sends events."""
    data = [
        each for each in client.feed.events().splitlines() if each.startswith("data")
    ]
    expect([json.loads(each[6:])["delta"] for each in data], list("yes"))


def _make_thing(client: Any, package: Any) -> None:
    body = package.models.ThingRequest(price=Decimal("1.10"), made=_MADE, tags=["a"])
    found = client.things.make_thing(body)
    expect((found.id, found.price, found.made), (1, Decimal("1.10"), _MADE))


def _refused(client: Any, package: Any) -> None:
    body = package.models.ThingRequest(price=Decimal("123456789.10"), made=_MADE)
    try:
        client.things.make_thing(body)
    except package.BadRequestError as error:
        if "price" in str(error):
            return
        raise
    raise ValueError("expected BadRequestError")


def _django_form(client: Any, package: Any) -> None:
    body = package.models.ThingRequest(price=Decimal("1.10"), made=_MADE, tags=["a"])
    found = client.files.form(body)
    expect((found["price"], found["made"]), ("1.10", "2026-01-31T12:00:00Z"))


def _iter_shared() -> Iterator[tuple[str, Check]]:
    yield "a list in pages", _list_things


_FASTAPI: dict[str, Check] = {
    **dict(_iter_shared()),
    "a body with a union, a decimal and a time": _put_union,
    "a list and an enum in the query": _search,
    "a time in the query, a cookie": _search_more,
    "nothing comes back": _delete_thing,
    "a file with a field": _upload("UploadBody"),
    "a form": _form,
    "a file that is not declared": _file,
    "one of two credentials, a key": _who(key="k"),
    "one of two credentials, a token": _who(token="t"),  # noqa: S106 - a trial
    "JSON of an operation that streams too": _chat,
    "a stream of an operation that answers by JSON too": _chat_stream,
}
_LITESTAR: dict[str, Check] = {
    **dict(_iter_shared()),
    "a body with a decimal and a time": _put_thing,
    "a list and an enum in the query": _search,
    "nothing comes back": _delete_thing,
    "a file with a field": _upload("Upload"),
    "JSON values, one a line": _lines,
    "events of an operation that says JSON": _events,
}
_DJANGO: dict[str, Check] = {
    **dict(_iter_shared()),
    "a body with a decimal and a time": _make_thing,
    "a body that is refused, with the field's name": _refused,
    "a file with a field": _upload("UploadRequest"),
    "a form": _django_form,
}
