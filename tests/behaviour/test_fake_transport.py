"""The module `testing`: a client that is used without a network."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import httpx2
import pytest
from support.corpus import full_case
from support.documents import INTEGER, TEXT, Json, document, operation, record, ref
from support.generated import Generator
from support.values import Value

BOTH = pytest.mark.parametrize("mode", ["sync", "async"])
ID = [{"name": "id", "in": "path", "required": True, "schema": TEXT}]
KEY = {"idempotency-key": {"fill": "key"}}
CONSTRAINED: Json = {
    "id": {"type": "string", "format": "uuid"},
    "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
    "odd": {"type": "string", "pattern": r"^(?=a|b)\p{L}+$"},
    "code": {"type": "string", "minLength": 6, "maxLength": 8},
    "short": {"type": "string", "maxLength": 3},
    "pieces": {"type": "integer", "minimum": 12, "multipleOf": 6},
    "below": {"type": "integer", "exclusiveMaximum": 1},
    "share": {"type": "number", "exclusiveMinimum": 0, "maximum": 0.75},
    "labels": {"type": "array", "minItems": 2, "items": {**TEXT, "maxLength": 3}},
    "none": {"type": "array", "maxItems": 0, "items": TEXT},
    "kind": {"type": "string", "enum": ["only"]},
}
PLAIN: Json = {
    "name": TEXT,
    "total": {"type": "string", "format": "decimal"},
    "at": {"type": "string", "format": "date-time"},
    "state": {"type": "string", "enum": ["open", "shut"]},
    "tags": {"type": "object", "additionalProperties": TEXT},
    "open": {"type": "boolean"},
    "within": ref("Thing"),
    "others": {"type": "array", "items": ref("Thing")},
    "pet": ref("Pet"),
}


def answer(status: str, media: str, schema: Value) -> dict[str, Value]:
    """Return the responses of an operation."""
    content = {media: {"schema": schema}}
    problem = {"application/json": {"schema": ref("Problem")}}
    return {
        status: {"description": "Done.", "content": content},
        "default": {"description": "Not done.", "content": problem},
    }


MADE = answer("201", "application/json", ref("Thing"))
PDF = answer("200", "application/pdf", {"type": "string", "format": "binary"})
NEWS = answer("200", "text/event-stream", ref("Thing"))
CSV = answer("200", "text/csv", TEXT)
DOCUMENT = document(
    {
        "/things": {
            "post": operation("make", None, ref("Thing"), responses=MADE),
            "get": operation(
                "list_all",
                ref("Things"),
                parameters=[
                    {"name": n, "in": "query", "schema": INTEGER}
                    for n in ("limit", "offset")
                ],
            ),
        },
        "/things/{id}": {
            "get": operation("get", ref("Thing"), parameters=ID),
            "delete": operation("remove", parameters=ID)
            | {"responses": {"204": {"description": "Gone."}}},
        },
        "/keyed": {
            "post": operation("make_keyed", ref("Thing"), ref("Keyed"), hint=KEY)
        },
        "/pdf": {"get": operation("pdf", responses=PDF)},
        "/csv": {"get": operation("csv", responses=CSV)},
        "/word": {"get": operation("word", TEXT)},
        "/rules": {"get": operation("rules", ref("Rules"))},
        "/news": {"get": operation("news", responses=NEWS)},
        "/deep": {"get": operation("deep", ref("Level1"))},
    },
    {
        "Thing": record(**PLAIN),
        "Things": record(
            items={"type": "array", "items": ref("Thing")},
            pagination=record(total=INTEGER, limit=INTEGER, offset=INTEGER),
        ),
        "Keyed": record(key=TEXT),
        "Rules": {**record(**CONSTRAINED), "required": ["id"]},
        **{
            f"Level{each}": record(name=TEXT, down=ref(f"Level{each + 1}"))
            for each in range(1, 9)
        },
        "Level9": record(name=TEXT),
        "Problem": record(message=TEXT, code=TEXT),
        "Cat": record(kind=TEXT, lives=INTEGER),
        "Dog": record(kind=TEXT, barks={"type": "boolean"}),
        "Pet": {
            "oneOf": [ref("Cat"), ref("Dog")],
            "discriminator": {
                "propertyName": "kind",
                "mapping": {"dog": "#/components/schemas/Dog"},
            },
        },
    },
)


@pytest.fixture(scope="module")
def shop(generated: Generator) -> ModuleType:
    """Make the client, with the module."""
    made = generated(DOCUMENT, modules=("testing",))
    made.module("models")
    made.module("testing")
    return made.package


class Tried(NamedTuple):
    """A fake, and what a call against it gave or raised."""

    fake: Value
    result: Value


def tried(
    shop: Value, mode: str, tell: Callable[..., Value], use: Callable[[Value], Value]
) -> Tried:
    """Call an operation in a mode, against a fake that was told something."""
    fake = shop.testing.FakeTransport()
    options: dict[str, Value] = {"strict": True, "retry": shop.Retry(initial_delay=0)}

    async def wait() -> Value:
        async with fake.async_client() as http:
            client = shop.AsyncShop(http_client=http, **options)
            tell(fake, client.things)
            return await use(client.things)

    def block() -> Value:
        with fake.client() as http:
            client = shop.Shop(http_client=http, **options)
            tell(fake, client.things)
            return use(client.things)

    try:
        return Tried(fake, block() if mode == "sync" else asyncio.run(wait()))
    except shop.APIError as error:
        return Tried(fake, error)


def told_nothing(*_: Value) -> None:
    """Leave a fake as it is."""


@BOTH
def test_it_answers_as_the_description_says_and_always_the_same(
    mode: str, shop: Value
) -> None:
    _, thing = tried(shop, mode, told_nothing, lambda things: things.get(id="1"))
    assert thing == shop.models.Thing(
        name="name",
        total=Decimal("1.5"),
        at=datetime(2026, 1, 31, 12, tzinfo=UTC),
        state=shop.models.ThingState.OPEN,
        tags={"name": "tags"},
        open=True,
        others=[],
        pet=shop.models.Dog(kind="dog", barks=True),
    )
    _, again = tried(shop, mode, told_nothing, lambda things: things.get(id="2"))
    assert again == thing


@BOTH
@pytest.mark.parametrize(
    ("method", "given", "status", "raw"),
    [
        ("remove", {"id": "1"}, 204, b""),
        ("pdf", {}, 200, b"bytes"),
        ("csv", {}, 200, b"text"),
        ("word", {}, 200, b'"text"'),
        ("make", {"body": {}}, 201, None),
    ],
)
def test_it_answers_with_the_status_and_in_the_form_of_each_operation(
    mode: str, method: str, given: Value, status: int, raw: bytes | None, shop: Value
) -> None:
    _, found = tried(
        shop,
        mode,
        told_nothing,
        lambda things: getattr(things.with_raw_response, method)(**given),
    )
    assert found.status_code == status
    assert raw is None or found.content == raw
    assert (found.parse() is None) is (status == 204)


def test_a_value_keeps_the_rules_of_its_field(shop: Value) -> None:
    rules = shop.testing.FakeTransport().sample(shop.models.Rules)
    assert rules == shop.models.Rules(
        id="00000000-0000-4000-8000-000000000000",
        currency="AAA",
        odd=None,
        code="codeco",
        short="sho",
        pieces=12,
        below=0,
        share=0.75,
        labels=["lab", "lab"],
        none=[],
        kind="only",
    )


def test_objects_end_where_they_lie_deep(shop: Value) -> None:
    level: Value = shop.testing.FakeTransport().sample(shop.models.Level1)
    names = []
    while level is not None:
        names.append(level.name)
        level = level.down
    assert names == ["name"] * 4


def test_a_stream_brings_a_value(shop: Value) -> None:
    fake = shop.testing.FakeTransport()
    with fake.client() as http, shop.Shop(http_client=http).things.news() as news:
        assert [each.data.name for each in news] == ["name"]


@BOTH
def test_it_keeps_what_it_was_asked(mode: str, shop: Value) -> None:
    fake, _ = tried(
        shop,
        mode,
        lambda fake, things: fake.on(things.get),
        lambda things: things.make(shop.models.Thing(name="a")),
    )
    (request,) = fake.requests
    assert (request.method, request.url.path) == ("POST", "/things")
    assert json.loads(request.content) == {"name": "a"}
    assert fake.on(shop.Shop().things.make).requests == [request]
    assert fake.on(shop.Shop().things.get).requests == []


@BOTH
def test_it_answers_as_it_is_told_in_turn_and_the_last_from_then_on(
    mode: str, shop: Value
) -> None:
    kind = shop.models.Thing

    def tell(fake: Value, things: Value) -> None:
        told = fake.on(things.get).respond(kind(name="a")).respond(b'{"name": "b"}')
        told.respond(kind(name="c"), headers={"X-Request-ID": "r"}, status=203)

    def use(things: Value) -> Value:
        get = things.with_raw_response.get
        if mode == "sync":
            return [get(id="1") for _ in range(4)]

        async def all_of() -> list[Value]:
            return [await get(id="1") for _ in range(4)]

        return all_of()

    _, found = tried(shop, mode, tell, use)
    assert [each.parse().name for each in found] == ["a", "b", "c", "c"]
    assert [each.status_code for each in found] == [200, 200, 203, 203]
    assert found[3].request_id == "r"


@BOTH
def test_it_refuses_with_an_error_as_described_or_as_told(
    mode: str, shop: Value
) -> None:
    _, error = tried(
        shop,
        mode,
        lambda fake, things: fake.on(things.make).respond_error(409),
        lambda things: things.make({}),
    )
    assert type(error) is shop.ConflictError
    assert error.body == shop.models.Problem(message="message", code="code")
    _, error = tried(
        shop,
        mode,
        lambda fake, things: fake.on(things.make).respond_error(
            404, {"message": "not a"}
        ),
        lambda things: things.make({}),
    )
    assert type(error) is shop.NotFoundError
    assert error.message == "not a"


@BOTH
def test_a_connection_may_fail_or_drop_and_the_client_repeats_what_it_may(
    mode: str, shop: Value
) -> None:
    fake, found = tried(
        shop,
        mode,
        lambda fake, things: fake.on(things.make).fail_connection().respond(),
        lambda things: things.make({}),
    )
    assert (found.name, len(fake.requests)) == ("name", 2)
    fake, found = tried(
        shop,
        mode,
        lambda fake, things: fake.on(things.make).drop_connection().respond(),
        lambda things: things.make({}),
    )
    assert (type(found), len(fake.requests)) == (shop.APIConnectionError, 1)
    fake, found = tried(
        shop,
        mode,
        lambda fake, things: fake.on(things.make_keyed).drop_connection().respond(),
        lambda things: things.make_keyed({}),
    )
    first, second = (json.loads(each.content)["key"] for each in fake.requests)
    assert first == second


@BOTH
@pytest.mark.parametrize(
    ("tell", "status", "requests"),
    [
        (lambda told: told.reply(), None, 1),
        (lambda told: told.refuse(503), 503, 1),
        (lambda told: told.fail().reply(), None, 2),
        (lambda told: told.drop(), None, 1),
    ],
)
def test_what_it_is_told_has_its_old_names(
    mode: str,
    tell: Callable[[Value], Value],
    status: int | None,
    requests: int,
    shop: Value,
) -> None:
    fake, found = tried(
        shop,
        mode,
        lambda fake, things: tell(fake.on(things.make)),
        lambda things: things.make({}),
    )
    assert getattr(found, "status_code", None) == status
    assert len(fake.requests) == requests


@BOTH
def test_a_delay_is_waited_for_and_one_beyond_the_timeout_ends_at_once(
    mode: str, shop: Value
) -> None:
    _, found = tried(
        shop,
        mode,
        lambda fake, things: fake.on(things.word).respond("late", delay=0.01),
        lambda things: things.word(),
    )
    assert found == "late"
    fake, found = tried(
        shop,
        mode,
        lambda fake, things: fake.on(things.word).respond(delay=3600),
        lambda things: things.word(),
    )
    assert (type(found), len(fake.requests)) == (shop.APITimeoutError, 3)


def test_threads_may_share_it(shop: Value) -> None:
    fake = shop.testing.FakeTransport()
    with fake.client() as http, ThreadPoolExecutor(8) as threads:
        client = shop.Shop(http_client=http)
        names = list(threads.map(lambda _: client.things.get(id="1").name, range(64)))
    assert names == ["name"] * 64
    assert len(fake.on(client.things.get).requests) == len(fake.requests) == 64


def test_a_list_ends(shop: Value) -> None:
    fake = shop.testing.FakeTransport()
    with fake.client() as http:
        things = shop.Shop(http_client=http).things
        assert len(list(shop.paged(things.list_all)())) == 1


def test_what_is_no_call_of_the_client_is_named(shop: Value) -> None:
    fake = shop.testing.FakeTransport()
    with pytest.raises(TypeError, match="not a method such as"):
        fake.on(len)
    with (
        fake.client() as http,
        pytest.raises(TypeError, match="was not sent by a generated client"),
    ):
        http.get("https://shop.example/")
    assert isinstance(fake, httpx2.BaseTransport)


def test_it_is_made_only_where_it_is_asked_for(
    shop: Value, generated: Generator
) -> None:
    without = generated(DOCUMENT).package
    for made, there in ((shop, True), (without, False)):
        folder = Path(made.__file__ or "").parent
        names = {each.name for each in folder.rglob("*.py")}
        assert ({"testing.py", "fake.py", "samples.py"} <= names) is there
        readme = (folder / "README.md").read_text(encoding="utf-8")
        assert ("FakeTransport" in readme) is there


TYPED = """
from {package} import AsyncShop, Shop, models, testing

fake = testing.FakeTransport()
client = Shop(http_client=fake.client())
other = AsyncShop(http_client=fake.async_client())
fake.on(client.things.get).respond(models.Thing(name="a")).respond_error(503).drop_connection()
fake.on(other.things.get).respond(models.Thing(name="a"), delay=1)
fake.on(client.things.get).respond(models.Keyed())  # type: ignore[arg-type]
fake.on(other.things.get).respond(models.Keyed())  # type: ignore[arg-type]
name = fake.sample(models.Thing).name
"""


@pytest.mark.slow
def test_what_it_is_told_is_typed(shop: ModuleType) -> None:
    folder = Path(shop.__file__ or "").parents[1]
    (folder / "typed.py").write_text(TYPED.format(package=shop.__name__), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "typed.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_every_operation_of_the_full_description_has_an_answer_that_fits(
    tmp_path: Path,
) -> None:
    case = full_case()
    spec = json.loads(case.document.read_text("utf-8"))
    overlay = Path(case.overlay[0]).read_text(encoding="utf-8")
    made: Value = Generator(tmp_path)(
        spec, overlay=overlay, modules=("testing",)
    ).package
    fake = import_module(f"{made.__name__}.testing").FakeTransport()
    answers = import_module(f"{made.__name__}.runtime.answers")
    reader = answers.AnswerReader(".models", made.__name__, "Any", strict=True)
    count = 0
    for path in (Path(made.__file__).parent / "resources").glob("[!_]*.py"):
        module = import_module(f"{made.__name__}.resources.{path.stem}")
        for each in vars(module).values():
            if type(each) is module.Operation:
                request = httpx2.Request(
                    each.method, "https://x/", extensions={"called": each}
                )
                reader.read(each, fake.handle_request(request))
                count += 1
    assert count >= 200
