"""What mypy and pyright say of handlers: a wrong payload is an error in both."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from flexprice_codegen.cli.main import main

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent
SPEC = """\
openapi: 3.0.3
info: {title: Zoo, version: '1'}
paths:
  /webhook-events/cat.born: &event
    post:
      responses:
        '200':
          description: The body.
          content: {application/json: {schema: {$ref: '#/components/schemas/Cat'}}}
  /webhook-events/cat.died: *event
  /webhook-events/rat.born:
    post:
      responses:
        '200':
          description: The body.
          content: {application/json: {schema: {$ref: '#/components/schemas/Rat'}}}
  /webhook-events/dog.born:
    post:
      responses:
        '200':
          description: The body.
          content: {application/json: {schema: {$ref: '#/components/schemas/Dog'}}}
components:
  schemas:
    Cat: {type: object, properties: {kind: {$ref: '#/components/schemas/Kind'}}}
    Dog: {type: object, properties: {kind: {$ref: '#/components/schemas/Kind'}}}
    Rat: {type: object, properties: {kind: {$ref: '#/components/schemas/Kind'}}}
    Kind: {type: string, enum: [cat.born, cat.died, dog.born, rat.born]}
"""
PROGRAM = """\
from typing import Any, assert_type

from zoo import models, webhooks
from zoo.webhooks import CAT_BORN, CAT_DIED, DOG_BORN, RAT_BORN, AnyEvent, Event

router = webhooks.WebhookRouter(secret=None)
waiting = webhooks.AsyncWebhookRouter(secret="whsec_aaaa")


@router.on(CAT_BORN)
def cat(event: Event[models.Cat]) -> None:
    assert_type(event.payload, models.Cat)


@router.on(CAT_BORN, CAT_DIED)
def cats(event: Event[models.Cat]) -> None: ...


@router.on(CAT_BORN, DOG_BORN)
def both(event: Event[models.Cat] | Event[models.Dog]) -> None: ...


@router.on(CAT_BORN, DOG_BORN)
def either(event: Event[models.Cat | models.Dog]) -> None: ...


@router.on(CAT_BORN, DOG_BORN, RAT_BORN)
def three(
    event: Event[models.Cat] | Event[models.Dog] | Event[models.Rat],
) -> None: ...


@router.on(CAT_BORN, DOG_BORN, CAT_DIED)
def two_of_three(event: Event[models.Cat | models.Dog]) -> None: ...


router.on(RAT_BORN)(three)


@waiting.on(DOG_BORN)
async def dog(event: Event[models.Dog]) -> None: ...


@router.on(DOG_BORN)
@router.on_any
@router.on_unknown
@router.on_group("cat.*")
def anything(event: object) -> None: ...


@router.on_any
def any_event(event: AnyEvent) -> None: ...


@router.on_group("cat.*")
def group(event: Event[Any]) -> None: ...


class Remote:
    async def has(self, delivery_id: str, /) -> bool:
        return bool(delivery_id)

    async def add(self, delivery_id: str, /) -> None: ...


class Table:
    def has(self, delivery_id: str, /) -> bool:
        return bool(delivery_id)

    def add(self, delivery_id: str, /) -> None: ...


@waiting.on_error
async def report(error: Exception, event: AnyEvent) -> None: ...


made = webhooks.make_event(CAT_BORN, {}, webhooks.Delivery("msg_1", 1614265330))
assert_type(made, Event[models.Cat])
assert_type(webhooks.make_event(CAT_BORN, models.Cat()), Event[models.Cat])
assert_type(webhooks.make_body(CAT_BORN, models.Cat()), bytes)
webhooks.make_body(CAT_BORN, {"kind": "cat.born"})
assert_type(router.handle(b"", {}), webhooks.Answer)
webhooks.WebhookRouter(secret=["whsec_aaaa", b"key"], store=Table())
webhooks.AsyncWebhookRouter(secret=None, store=Remote())
webhooks.AsyncWebhookRouter(secret=None, store=webhooks.RecentDeliveries())
webhooks.wsgi_app(router)
webhooks.asgi_app(waiting)


@router.on(CAT_BORN)
def wrong(event: Event[models.Dog]) -> None: ...  # WRONG 3


@router.on(CAT_BORN, CAT_DIED)
def wrong_for_two(event: Event[models.Dog]) -> None: ...  # WRONG 3


@router.on(CAT_BORN, DOG_BORN)
def too_narrow(event: Event[models.Cat]) -> None: ...  # WRONG 3


@router.on(CAT_BORN, DOG_BORN, RAT_BORN)
def one_is_missing(event: Event[models.Cat | models.Dog]) -> None: ...  # WRONG 3


@waiting.on(DOG_BORN)
async def wrong_and_waiting(event: Event[models.Cat]) -> None: ...  # WRONG 3


router.on("cat.born")  # WRONG 1
webhooks.WebhookRouter(secret=None, store=Remote())  # WRONG 1
webhooks.wsgi_app(waiting)  # WRONG 1
webhooks.asgi_app(router)  # WRONG 1
made.payload = models.Cat()  # WRONG 1
webhooks.WebhookRouter()  # WRONG 1
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generate a client with two payloads, and a program that uses it."""
    folder = tmp_path_factory.mktemp("typed")
    (folder / "zoo.yaml").write_text(SPEC, encoding="utf-8")
    output = str(folder / "zoo")
    assert main(["generate", str(folder / "zoo.yaml"), "--output", output]) == 0
    path = folder / "program.py"
    path.write_text(PROGRAM, encoding="utf-8")
    return path


def wrong_lines() -> set[tuple[int, int]]:
    """Return the spans of lines where there must be an error."""
    found = enumerate(PROGRAM.splitlines(), 1)
    marks = [(at, re.search(r"# WRONG (\d)", line)) for at, line in found]
    return {(at - int(mark[1]) + 1, at) for at, mark in marks if mark}


@pytest.mark.parametrize(
    "command",
    [
        ["mypy", "--strict", "--no-incremental", "--no-error-summary"],
        ["pyright", "--pythonpath", sys.executable],
    ],
    ids=lambda command: command[0],
)
def test_only_handlers_of_another_payload_are_wrong(
    program: Path, command: list[str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command, program.name],
        cwd=program.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.findall(r"program\.py:(\d+):.* error:", done.stdout)
    errors = {int(each) for each in found}
    assert errors, done.stdout + done.stderr
    spans = wrong_lines()
    for first, last in spans:
        assert any(first <= each <= last for each in errors), (first, done.stdout)
    for each in errors:
        assert any(first <= each <= last for first, last in spans), done.stdout
