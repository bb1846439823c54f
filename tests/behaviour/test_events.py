"""Webhook events: which there are, what they carry, and how a delivery is read."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Callable

import pytest
from support.generated import Generated, Generator, Named
from support.values import Value

from flexprice_codegen.config import Pattern, Selection
from flexprice_codegen.diagnostics import Level

SPEC = """
openapi: 3.1.0
info: {title: Shop Events, version: "1"}
paths:
  /customers:
    post:
      tags: [Customers]
      operationId: createCustomer
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/dto.Customer'}}}}}
  /webhook-events/customer.created:
    post: &created
      tags: [Webhook Events]
      summary: A customer was made
      responses:
        "200": {description: payload, content: {application/json: {schema: {$ref: '#/components/schemas/CustomerPayload'}}}}
        "400": {description: never, content: {application/json: {schema: {type: object}}}}
  /webhook-events/customer.updated:
    post: *created
  /webhook-events/inline.event:
    post:
      responses:
        "200": {description: payload, content: {application/json: {schema: {type: object, properties: {event_type: {$ref: '#/components/schemas/EventName'}, n: {type: integer}}}}}}
  /webhook-events/unlisted.event:
    post:
      responses:
        "200": {description: payload, content: {application/json: {schema: {$ref: '#/components/schemas/CustomerPayload'}}}}
  /webhook-events/{id}:
    post: {tags: [hooks], operationId: resend, responses: {"204": {description: sent}}}
  /webhook-events/list/all:
    post: {tags: [hooks], operationId: listAll, responses: {"204": {description: sent}}}
  /webhook-events/real.call:
    post:
      tags: [hooks]
      operationId: realCall
      x-codegen: {event: false}
      responses: {"204": {description: sent}}
  /webhook-events/with.body:
    post:
      tags: [hooks]
      operationId: withBody
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {"204": {description: sent}}
  /webhook-events/got:
    get: {tags: [hooks], operationId: got, responses: {"204": {description: sent}}}
  /callbacks/paid:
    post:
      x-codegen: {event: invoice.paid}
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/InvoicePayload'}}}}
      responses: {"200": {description: thanks}}
webhooks:
  order.shipped:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/OrderPayload'}}}}
      responses: {"200": {description: thanks}}
  shipped-again:
    post:
      x-codegen: {event: order.shipped.again}
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/OrderPayload'}}}}
      responses: {"200": {description: thanks}}
components:
  schemas:
    EventName:
      type: string
      enum: [customer.created, customer.updated, inline.event, invoice.paid, order.shipped, order.shipped.again, ghost.seen]
    CustomerPayload:
      type: object
      properties:
        event_type: {$ref: '#/components/schemas/EventName'}
        customer: {$ref: '#/components/schemas/dto.Customer'}
    dto.Customer:
      type: object
      required: [id]
      properties: {id: {type: string}, at: {type: string, format: date-time}}
    InvoicePayload:
      type: object
      properties: {event_type: {$ref: '#/components/schemas/EventName'}, amount: {type: string, format: decimal}}
    OrderPayload:
      type: object
      properties: {event_type: {$ref: '#/components/schemas/EventName'}, number: {type: integer}}
"""
EVENTS = (
    "customer.created",
    "customer.updated",
    "inline.event",
    "invoice.paid",
    "order.shipped",
    "order.shipped.again",
    "unlisted.event",
)


@pytest.fixture(scope="module")
def api(generated: Generator) -> Generated:
    """Return the client of the document above."""
    return generated(SPEC)


def test_documented_events_are_no_methods_and_the_others_below_that_path_are(
    api: Generated,
) -> None:
    found = {
        f"{resource.name}.{method.name}"
        for resource in api.surface.resources
        for method in resource.methods
    }
    assert found == {
        "customers.create_customer",
        "hooks.resend",
        "hooks.list_all",
        "hooks.real_call",
        "hooks.with_body",
        "hooks.got",
    }
    assert api.said(Level.WARNING) == []


def test_event_payloads_hold_every_documented_event(api: Generated) -> None:
    models, payloads = api.models, api.webhooks.EVENT_PAYLOADS
    assert tuple(payloads) == EVENTS
    assert len(payloads) == len(EVENTS)
    assert dict(payloads) == {
        "customer.created": models.CustomerPayload,
        "customer.updated": models.CustomerPayload,
        "inline.event": models.InlineEventPayload,
        "invoice.paid": models.InvoicePayload,
        "order.shipped": models.OrderPayload,
        "order.shipped.again": models.OrderPayload,
        "unlisted.event": models.CustomerPayload,
    }
    assert "customer.created" in payloads
    assert "ghost.seen" not in payloads
    with pytest.raises(KeyError):
        payloads["ghost.seen"]


def test_event_payloads_cannot_be_changed(api: Generated) -> None:
    payloads = api.webhooks.EVENT_PAYLOADS
    with pytest.raises(TypeError):
        payloads["x"] = dict
    with pytest.raises(TypeError):
        del payloads["customer.created"]
    with pytest.raises(AttributeError):
        payloads.more = 1


def test_each_event_is_a_constant_that_equals_its_name(api: Generated) -> None:
    webhooks = api.webhooks
    assert webhooks.CUSTOMER_CREATED == "customer.created"
    assert webhooks.CUSTOMER_CREATED == api.models.EventName.CUSTOMER_CREATED
    assert pickle.loads(pickle.dumps(webhooks.ORDER_SHIPPED_AGAIN)) == (  # noqa: S301
        "order.shipped.again"
    )
    assert webhooks.EVENT_PAYLOADS[webhooks.INVOICE_PAID] is api.models.InvoicePayload


@pytest.mark.parametrize("wrap", [str.encode, str])
def test_a_documented_event_is_parsed_to_its_payload(
    wrap: Callable[[str], Value], api: Generated
) -> None:
    body = '{"event_type": "customer.created", "customer": {"id": "c", "more": 1}}'
    event = api.webhooks.parse_event(wrap(body))
    models = api.models
    assert type(event) is api.webhooks.Event
    assert (event.name, event.mismatches) == ("customer.created", ())
    assert event.payload == models.CustomerPayload(
        event_type=models.EventName.CUSTOMER_CREATED, customer=models.Customer(id="c")
    )


def test_what_does_not_fit_a_payload_is_said_and_kept(api: Generated) -> None:
    body = b'{"event_type": "order.shipped", "number": ["x"]}'
    event = api.webhooks.parse_event(body)
    assert event.payload.number == ["x"]
    assert [each.path for each in event.mismatches] == ["$.number"]


def test_a_payload_may_have_null_for_anything(api: Generated) -> None:
    body = b'{"event_type": "customer.created", "customer": null}'
    assert api.webhooks.parse_event(body).payload.customer is None


def test_the_names_that_the_enum_lists_are_not_repeated(api: Generated) -> None:
    assert "ghost.seen" not in api.text("webhooks.py")
    assert 'names="EventName"' in api.text("webhooks.py")


def test_a_name_without_a_payload_is_an_undocumented_event(api: Generated) -> None:
    event = api.webhooks.parse_event(b'{"event_type": "ghost.seen", "x": 1}')
    assert type(event) is api.webhooks.UndocumentedEvent
    assert (event.name, event.data) == (
        "ghost.seen",
        {"event_type": "ghost.seen", "x": 1},
    )


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b'{"event_type": "never.heard"}', "never.heard"),
        (b'{"event_type": ""}', ""),
        (b'{"event_type": 5}', None),
        (b'{"event_type": null}', None),
        (b"{}", None),
    ],
)
def test_any_other_object_is_an_unknown_event(
    body: bytes, name: str | None, api: Generated
) -> None:
    event = api.webhooks.parse_event(body)
    assert type(event) is api.webhooks.UnknownEvent
    assert (event.name, event.data) == (name, json.loads(body))


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"nonsense", b"\xff", "", "[1]"])
def test_a_body_that_is_no_object_is_refused_without_showing_it(
    body: bytes | str, api: Generated
) -> None:
    with pytest.raises(api.webhooks.WebhookPayloadError) as caught:
        api.webhooks.parse_event(body)
    assert isinstance(caught.value, ValueError)
    assert "nonsense" not in str(caught.value)


def test_an_event_that_the_list_of_names_lacks_is_said_in_a_note(
    api: Generated,
) -> None:
    assert any("'unlisted.event'" in each for each in api.said(Level.NOTE))


def test_importing_webhooks_loads_no_payload_class_and_no_http(api: Generated) -> None:
    program = (
        "import sys\n"
        f"from {api.name} import webhooks\n"
        "loaded = [n for n in sys.modules if n.startswith"
        f"('{api.name}.models._') or n.split('.')[0] in ('httpx2', 'httpcore2')]\n"
        "print(loaded)\n"
        'webhooks.parse_event(b\'{"event_type": "order.shipped"}\')\n'
        f"print('{api.name}.models._order_payload' in sys.modules)\n"
        f"print('{api.name}.models._invoice_payload' in sys.modules)\n"
        "print('httpx2' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=api.folder.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split("\n")[:4] == ["[]", "True", "False", "False"]


def without_names(enumeration: str) -> str:
    """Make a document with one event whose enum of names is called like this."""
    return f"""
openapi: 3.0.3
info: {{title: Clash, version: "1"}}
paths:
  /webhook-events/a.b:
    post:
      responses:
        "200": {{description: p, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Payload'}}}}}}}}
components:
  schemas:
    {enumeration}: {{type: string, enum: [a.b, c.d]}}
    Payload: {{type: object, properties: {{kind: {{$ref: '#/components/schemas/{enumeration}'}}}}}}
"""


@pytest.mark.parametrize("name", ["EventType", "Event", "EventPayloads", "Any"])
def test_an_enum_of_names_may_be_called_like_a_class_of_webhooks(
    name: str, generated: Generator
) -> None:
    made = generated(without_names(name))
    event = made.webhooks.parse_event(b'{"kind": "a.b"}')
    assert type(event) is made.webhooks.Event
    assert type(event.payload).__name__ == "Payload"
    event = made.webhooks.parse_event(b'{"kind": "c.d"}')
    assert type(event) is made.webhooks.UndocumentedEvent


def test_events_without_an_enum_of_names_are_told_by_a_constant(
    generated: Generator,
) -> None:
    spec = """
openapi: 3.1.0
info: {title: Constants, version: "1"}
webhooks:
  a.b:
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {type: {const: a.b}, n: {type: integer}}}}}}
  c.d:
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {type: {const: c.d}}}}}}
"""
    made = generated(spec)
    event = made.webhooks.parse_event(b'{"type": "a.b", "n": 1}')
    assert (event.name, event.payload.n) == ("a.b", 1)
    assert type(made.webhooks.parse_event(b'{"type": "x"}')) is (
        made.webhooks.UnknownEvent
    )
    assert made.surface.resources == ()


def test_events_whose_bodies_do_not_name_them_are_unknown_and_still_have_payloads(
    generated: Generator,
) -> None:
    spec = """
openapi: 3.0.3
info: {title: Nameless, version: "1"}
paths:
  /webhook-events/list.event:
    post:
      responses:
        "200": {description: p, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/X'}}}}}
  /webhook-events/any.event:
    post:
      responses: {"200": {description: p, content: {application/json: {schema: {type: object}}}}}
components: {schemas: {X: {type: object, properties: {a: {type: string}}}}}
"""
    made = generated(spec)
    assert type(made.webhooks.parse_event(b'{"a": "x"}')) is made.webhooks.UnknownEvent
    # Each element of the list is an event.
    assert made.webhooks.EVENT_PAYLOADS["list.event"] is made.models.X
    assert made.webhooks.EVENT_PAYLOADS["any.event"] == dict[str, Value]


def test_an_event_without_a_payload_is_a_warning(
    names_of: Callable[..., Named],
) -> None:
    spec = """
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /webhook-events/a.b: {post: {responses: {"200": {description: nothing}}}}
webhooks:
  c.d: {post: {responses: {"200": {description: thanks}}}}
"""
    found = names_of(spec).said(Level.WARNING)
    assert found == [
        "skipped POST /webhook-events/a.b: event 'a.b' has no payload schema",
        "skipped webhook 'c.d': event 'c.d' has no payload schema",
    ]


def test_two_events_of_one_name_are_said(names_of: Callable[..., Named]) -> None:
    spec = """
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /webhook-events/a.b:
    post: {responses: {"200": {description: p, content: {application/json: {schema: {$ref: '#/components/schemas/X'}}}}}}
webhooks:
  a.b: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Y'}}}}}}
components: {schemas: {X: {type: object, properties: {a: {}}}, Y: {type: object, properties: {b: {}}}}}
"""
    made = names_of(spec)
    assert [each.name for each in made.surface.events.rows] == ["a.b"]
    assert any("'a.b'" in each for each in made.said(Level.WARNING))


def test_a_rule_also_tells_an_event_outside_the_selection(
    generated: Generator,
) -> None:
    schema = "{type: object, properties: {kind: {type: string}}}"
    event = f"""
    post:
      x-codegen: {{event-when: {{kind: %s}}}}
      responses: {{"200": {{description: p, content: {{application/json: {{schema: {schema}}}}}}}}}"""
    spec = f"""
openapi: 3.0.3
info: {{title: Zoo, version: "1"}}
paths:
  /webhook-events/cat.born:{event % "cat"}
  /webhook-events/dog.born:{event % "dog"}
"""
    made = generated(spec, selection=Selection(events=(Pattern("cat.*"),)))
    parse = made.webhooks.parse_event
    assert list(made.webhooks.EVENT_PAYLOADS) == ["cat.born"]
    assert parse('{"kind": "cat"}').name == "cat.born"
    other = parse('{"kind": "dog"}')
    assert type(other) is made.webhooks.UndocumentedEvent
    assert other.name == "dog.born"
    assert type(parse('{"kind": "rat"}')) is made.webhooks.UnknownEvent


DELIVERING = {"deliveries", "events", "routing"}


def runtime_of(made: Generated) -> set[str]:
    """Return the modules of the runtime that a client has."""
    return {each.stem for each in (made.folder / "runtime").glob("*.py")}


def test_a_client_without_events_has_nothing_of_deliveries(
    generated: Generator,
) -> None:
    spec = """
openapi: 3.1.0
info: {title: Calls, version: "1"}
paths: {/a: {get: {operationId: a, responses: {"204": {description: done}}}}}
"""
    made = generated(spec)
    assert not runtime_of(made) & DELIVERING
    assert "Webhooks" not in made.text("README.md")


def test_a_client_of_events_alone_calls_nothing_and_needs_no_http(
    generated: Generator,
) -> None:
    made = generated(without_names("Names"))
    assert not (made.folder / "_client.py").exists()
    rest = {"__init__", "decoding", "encoding", "lazy", "open_enum"}
    rest |= {"shapes", "waiting"}
    assert runtime_of(made) == DELIVERING | rest
    assert "httpx2" not in made.text("README.md")
    assert made.webhooks.parse_event(b'{"kind": "a.b"}').name == "a.b"
