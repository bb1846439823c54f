"""Bodies that are deep, long or fine: answers and deliveries stay readable and cheap."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from support.generated import Generated, Generator
from support.loopback import Loopback, Reply
from support.values import Value

SPEC = """
openapi: 3.1.0
info: {title: Forest, version: "1"}
paths:
  /tree:
    get:
      tags: [trees]
      operationId: getTree
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Tree'}}}}
        "422": {description: no, content: {application/json: {schema: {$ref: '#/components/schemas/Refusal'}}}}
  /kind:
    get:
      tags: [trees]
      operationId: getKind
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Kind'}}}}
webhooks:
  tree.grown:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Grown'}}}}
      responses: {"200": {description: thanks}}
components:
  schemas:
    Tree:
      type: object
      properties:
        name: {type: string}
        planted: {type: string, format: date-time}
        tree: {$ref: '#/components/schemas/Tree'}
        trees: {type: array, items: {$ref: '#/components/schemas/Tree'}}
        by-name: {type: object, additionalProperties: {$ref: '#/components/schemas/Kind'}}
    Kind:
      oneOf: [{$ref: '#/components/schemas/Oak'}, {$ref: '#/components/schemas/Grove'}]
      discriminator: {propertyName: kind, mapping: {oak: '#/components/schemas/Oak', grove: '#/components/schemas/Grove'}}
    Oak:
      type: object
      required: [kind]
      properties: {kind: {type: string}, planted: {type: string, format: date-time}}
    Grove:
      type: object
      required: [kind]
      properties: {kind: {type: string}, kinds: {type: array, items: {$ref: '#/components/schemas/Kind'}}}
    Grown:
      type: object
      properties: {event_type: {const: tree.grown}, tree: {$ref: '#/components/schemas/Tree'}}
    Refusal:
      type: object
      properties: {error: {$ref: '#/components/schemas/Refusal'}, planted: {type: string, format: date-time}}
"""
FINE = "2026-01-31T23:59:59.999999999Z"
CUT = datetime(2026, 1, 31, 23, 59, 59, 999999, UTC)


@pytest.fixture(scope="module")
def api(generated: Generator) -> Generated:
    """Return the client of the document that this module acts on."""
    return generated(SPEC)


Read = Callable[[str], tuple[Value, list[Value]]]


@pytest.fixture(params=["sync", "async", "delivery"])
def read(
    request: pytest.FixtureRequest,
    api: Generated,
    server: Loopback,
    caplog: pytest.LogCaptureFixture,
) -> Read:
    """Return the function that reads a tree, and what was reported, in either role."""

    def answer(text: str) -> tuple[Value, list[Value]]:
        caplog.clear()
        server.reply(Reply(200, text.encode()))
        mode = str(request.param)
        with caplog.at_level(logging.WARNING):
            found = api.call(
                mode, lambda client: client.trees.get_tree(), base_url=server.url
            )
        told = [getattr(each, "mismatches", []) for each in caplog.records]
        return found, next(filter(None, told), [])

    def delivery(text: str) -> tuple[Value, list[Value]]:
        body = f'{{"event_type":"tree.grown","tree":{text}}}'
        event = api.webhooks.parse_event(body)
        return event.payload.tree, list(event.mismatches)

    return delivery if request.param == "delivery" else answer


def nested(levels: int, end: str) -> str:
    """Return a tree with so many around its end."""
    return '{"tree":' * levels + end + "}" * levels


def last(tree: Value) -> Value:
    """Return the innermost tree."""
    while getattr(tree, "tree", None) is not None:
        tree = tree.tree
    return tree


def test_a_time_at_the_bottom_is_read_however_deep_it_is(read: Read) -> None:
    found, mismatches = read(
        nested(150, f'{{"name":5,"planted":"{FINE}","trees":[{{}}]}}')
    )
    assert (last(found).name, last(found).planted) == ("5", CUT)
    assert mismatches == []


def test_what_is_too_deep_is_plain_and_reported(read: Read) -> None:
    found, mismatches = read(nested(400, '{"planted":5}'))
    assert isinstance(last(found), dict)
    (mismatch,) = mismatches
    assert mismatch.path.endswith(".tree" * 199)
    assert mismatch.expected == "at most 200 levels"


def test_a_thousand_mismatches_and_one_that_counts_the_others(read: Read) -> None:
    found, mismatches = read('{"trees":[' + ",".join(["5"] * 100_000) + "]}")
    assert found.trees == [5] * 100_000
    assert mismatches[0].path.endswith(".trees[0]")
    assert len(mismatches) == 1_001
    assert (mismatches[-1].path, mismatches[-1].count) == ("and 99000 more", 99_000)


@pytest.mark.parametrize("beside", ["", ',"name":[]'])
@pytest.mark.parametrize(
    ("member", "get"),
    [
        ('"planted":"{}"', lambda tree: tree.planted),
        ('"tree":{{"planted":"{}"}}', lambda tree: tree.tree.planted),
        ('"trees":[{{}},{{"planted":"{}"}}]', lambda tree: tree.trees[1].planted),
        (
            '"by-name":{{"a":{{"kind":"oak","planted":"{}"}}}}',
            lambda tree: tree.by_name["a"].planted,
        ),
        (
            '"by-name":{{"a":{{"kind":"grove","kinds":[{{"kind":"oak","planted":"{}"}}]}}}}',
            lambda tree: tree.by_name["a"].kinds[0].planted,
        ),
    ],
)
def test_nanoseconds_never_leave_the_month(
    member: str, get: Callable[[Value], datetime], beside: str, read: Read
) -> None:
    found, _ = read("{" + member.format(FINE) + beside + "}")
    assert get(found) == CUT


@pytest.mark.parametrize("levels", [250, 600, 990, 2_000, 50_000])
@pytest.mark.parametrize(
    "end", ['{"planted":5}', '{"planted":"2026-01-31T12:00:00Z"}', "5"]
)
@pytest.mark.usefixtures("usual_depth")
def test_no_depth_is_a_recursion_error(levels: int, end: str, api: Generated) -> None:
    body = f'{{"event_type":"tree.grown","tree":{nested(levels, end)}}}'.encode()
    handled: list[Value] = []
    router = api.webhooks.WebhookRouter(secret=None)
    router.on_any(handled.append)
    status = router.handle(body, {}).status
    assert status == (200 if handled else 400)


@pytest.mark.parametrize("levels", [*range(850, 1_000, 7), 2_000, 50_000])
@pytest.mark.usefixtures("usual_depth")
def test_an_answer_is_read_or_no_json_at_any_depth(
    levels: int, api: Generated, server: Loopback
) -> None:
    server.reply(Reply(200, nested(levels, '{"planted":5}').encode()))
    with (
        api.client(base_url=server.url) as client,
        suppress(api.package.ResponseBodyError),
    ):
        assert last(client.trees.get_tree())


@pytest.mark.parametrize("levels", [5, 150, *range(850, 1_000, 7), 2_000, 50_000])
@pytest.mark.usefixtures("usual_depth")
def test_an_error_is_one_of_its_status_at_any_depth(
    levels: int, api: Generated, server: Loopback
) -> None:
    body = '{"error":' * levels + '{"planted":5}' + "}" * levels
    server.reply(Reply(422, body.encode()))
    with (
        api.client(base_url=server.url) as client,
        pytest.raises(api.package.UnprocessableEntityError),
    ):
        client.trees.get_tree()


def test_a_strict_client_counts_all_that_does_not_fit(
    api: Generated, server: Loopback
) -> None:
    server.reply(Reply(200, json.dumps({"trees": [5] * 2_500}).encode()))
    with (
        api.client(base_url=server.url, strict=True) as client,
        pytest.raises(api.package.ResponseMismatchError) as caught,
    ):
        client.trees.get_tree()
    error = caught.value
    assert str(error) == ("$.trees[0] is a number, not Tree, and 2499 more (GET /tree)")
    assert error.path == "$.trees[0]"
    assert len(error.mismatches) == 1_001
    assert error.body.trees == [5] * 2_500


def test_a_strict_client_takes_nanoseconds(api: Generated, server: Loopback) -> None:
    server.reply(Reply(200, f'{{"planted":"{FINE}","by-name":{{}}}}'.encode()))
    with api.client(base_url=server.url, strict=True) as client:
        assert client.trees.get_tree().planted == CUT
