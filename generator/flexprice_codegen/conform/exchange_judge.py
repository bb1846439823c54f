"""Exchanges against an API.

In: an `Api`, exchanges and deliveries. Out: for each the operation, and a `Verdict`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import replace

from flexprice_codegen.api.model import (
    Api,
    ApiOperation,
    Content,
    Response,
    WebhookEvent,
)
from flexprice_codegen.api.types import Nullable
from flexprice_codegen.conform.bodies import (
    UNREADABLE,
    find_content,
    get_schema_place,
    keep_known,
    read_json,
)
from flexprice_codegen.conform.deliveries import split_events
from flexprice_codegen.conform.differences import (
    DOCUMENT,
    Difference,
    Verdict,
    join_verdicts,
)
from flexprice_codegen.conform.event_index import EventIndex, get_event_label
from flexprice_codegen.conform.exchange import (
    Exchange,
    Recorded,
    RecordedBody,
    RecordedDelivery,
)
from flexprice_codegen.conform.form_texts import read_form_members
from flexprice_codegen.conform.request_judge import RequestJudge
from flexprice_codegen.conform.routes import RouteIndex
from flexprice_codegen.conform.value_judge import ValueJudge
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.spec.http_rules import REDIRECTS

# What gateways, limits and logins answer in front of every operation; redirects, too.
_EVERYWHERE = REDIRECTS | {401, 403, 429, *range(500, 600)}
_NOT_FOUND = 404
# They have no body, whatever their headers say (RFC 9110 §15.3.5, §15.3.6, §15.4.5).
_NO_CONTENT = frozenset({204, 205, 304})
# Most IDs have digits or capital letters, so that this is a fixed path as `search`.
_WORD = re.compile(r"[a-z][a-z_-]+")
_UNDECLARED = "property-undeclared"
HIDDEN = "{…}"


@frozen_value
class JudgedExchange:
    """The operation of an exchange, None if there is none, and how it differs.

    A delivery has no operation, and status 0.
    """

    number: int
    status: int
    operation: ApiOperation | None
    label: str
    verdict: Verdict


class ExchangeJudge:
    """Judges exchanges by an API."""

    def __init__(self, api: Api, servers: Iterable[str] = ()) -> None:
        self._routes = RouteIndex(api, servers)
        self._events = EventIndex(api)
        self._named_by = api.naming.path[:1]
        self._packing = api.delivery_format
        self._schemas = api.schemas
        self._received = ValueJudge(api.schemas)
        self._requests = RequestJudge(api)

    def list_events(self, recorded: Recorded) -> list[Recorded]:
        """Return a delivery for each event of one, with its name; an exchange as it is.

        All have the number of the delivery, because they are one witness.
        """
        if not isinstance(recorded, RecordedDelivery):
            return [recorded]

        return [
            replace(each, event=self._find_event_name(each))
            for each in self._split_delivery(recorded)
        ]

    def _split_delivery(self, delivery: RecordedDelivery) -> list[RecordedDelivery]:
        body = delivery.received
        events = split_events(read_json(body), self._packing)
        if events is None:
            return [delivery]
        return [
            replace(delivery, received=replace(body, value=each)) for each in events
        ]

    def find_label(self, recorded: Recorded) -> str:
        """Return the operation of an exchange or delivery; empty if there is none."""
        if isinstance(recorded, RecordedDelivery):
            event = self._events.find_event(self._find_event_name(recorded))
            return "" if event is None else get_event_label(event)

        found = self.find_operation(recorded)
        return "" if found is None else found.key

    def find_operation(self, exchange: Exchange) -> ApiOperation | None:
        """Return the operation of an exchange, or None if there is none."""
        return self._routes.find_operation(
            exchange.method, exchange.path, exchange.host
        )

    def mask_path(self, exchange: Exchange) -> str:
        """Return the path of an exchange without segments that can be private."""
        return self._routes.mask_path(exchange.path, exchange.host)

    def judge(self, recorded: Recorded) -> JudgedExchange:
        """Return how an exchange or a delivery differs from the API."""
        if isinstance(recorded, RecordedDelivery):
            return self._judge_delivery(recorded)

        return self._judge_exchange(recorded)

    def _find_event_name(self, delivery: RecordedDelivery) -> str:
        return self._events.find_name(delivery, read_json(delivery.received))

    def _judge_delivery(self, delivery: RecordedDelivery) -> JudgedExchange:
        number = delivery.number
        name = self._find_event_name(delivery)
        event = self._events.find_event(name)
        if event is None:
            shown = f"event {self._routes.mask_path(name) or HIDDEN}"
            found = Difference("event-undocumented", DOCUMENT, shown)
            return JudgedExchange(number, 0, None, shown, Verdict((found,)))

        verdict = self._judge_payload(delivery.received, event)
        return JudgedExchange(number, 0, None, get_event_label(event), verdict)

    def _judge_payload(self, body: RecordedBody, event: WebhookEvent) -> Verdict:
        place = event.about.origin
        if body.data is None:
            return Verdict(places=(place,))

        value = read_json(body)
        if value is UNREADABLE:
            return Verdict((Difference("body-invalid", place),), (place,))
        if event.is_form and self._packing is not None and not self._packing.form:
            value = read_form_members(value, event.payload, self._schemas)

        about = event.content
        schema = place if about is None else about.origin.get_child("schema")
        if event.is_list:
            schema = schema.get_child("items")
        judged = self._received.judge(value, event.payload, schema)
        verdict = keep_known(judged, is_shape=body.is_shape)
        if _has_other_shape(value, verdict, apart_from=self._named_by):
            found = Difference("shape-other", schema, value=value)
            return Verdict((found,), (place, schema))

        return join_verdicts(Verdict(places=(place,)), verdict)

    def _judge_exchange(self, exchange: Exchange) -> JudgedExchange:
        operation = self.find_operation(exchange)
        if operation is None:
            return self._judge_unknown(exchange)

        if _is_dead(exchange):
            verdict = Verdict((Difference("route-dead", operation.about.origin),))
            return _build_judged(exchange, operation, operation.key, verdict)

        answered = self._judge_response(exchange, operation)
        if _is_other_shape(answered) and _is_hidden_route(exchange, operation):
            return self._judge_unknown(exchange)

        # A request that was rejected proves nothing about what is accepted.
        if not exchange.is_success:
            return _build_judged(exchange, operation, operation.key, answered)

        verdict = join_verdicts(answered, self._requests.judge(exchange, operation))
        return _build_judged(exchange, operation, operation.key, verdict)

    def _judge_unknown(self, exchange: Exchange) -> JudgedExchange:
        label = f"{exchange.method} {self.mask_path(exchange)}"
        # A 404 says that the route does not exist on the server either.
        if exchange.status == _NOT_FOUND:
            return _build_judged(exchange, None, label, Verdict())

        found = Difference("route-undocumented", DOCUMENT, label)
        return _build_judged(exchange, None, label, Verdict((found,)))

    def _judge_response(self, exchange: Exchange, operation: ApiOperation) -> Verdict:
        response = _find_response(operation, exchange.status)
        if response is None:
            return _judge_status(exchange, operation)

        place = response.about.origin
        body = exchange.received
        if body.data is None:
            return Verdict(places=(place,))
        if not body.data:
            return _judge_empty(exchange, response)
        if not response.contents:
            found = Difference("body-unexpected", place, body.media, read_json(body))
            return Verdict((found,), (place,))

        content = find_content(response.contents, body)
        if content is None:
            value = read_json(body) if body.is_json else None
            found = Difference("media-type-undocumented", place, body.media, value)
            return Verdict((found,), (place,))

        return self._judge_body(body, content, place)

    def _judge_body(self, body: RecordedBody, content: Content, at: Origin) -> Verdict:
        if not body.is_json or content.type is None:
            return Verdict(places=(at,))

        value = read_json(body)
        place = get_schema_place(content)
        if value is UNREADABLE:
            return Verdict((Difference("body-invalid", at),), (at,))

        try:
            judged = self._received.judge(value, content.type, place)
            verdict = keep_known(judged, is_shape=body.is_shape)
        except RecursionError:
            # Deeper than any schema: nothing is said about it.
            return Verdict(places=(at,))

        if _has_other_shape(value, verdict):
            found = Difference("shape-other", place, value=value)
            return Verdict((found,), (at, place))

        return join_verdicts(Verdict(places=(at,)), verdict)


def _build_judged(
    exchange: Exchange, operation: ApiOperation | None, label: str, verdict: Verdict
) -> JudgedExchange:
    return JudgedExchange(exchange.number, exchange.status, operation, label, verdict)


def _is_dead(exchange: Exchange) -> bool:
    # An application answers 404 in its own form; a router that knows no such path
    # answers in plain text.
    media = exchange.received.media
    return exchange.status == _NOT_FOUND and media in ("text/plain", "text/html")


def _is_hidden_route(exchange: Exchange, operation: ApiOperation) -> bool:
    """Return whether a template may have swallowed an undocumented literal path."""
    last = exchange.path.rstrip("/").rsplit("/", 1)[-1]
    return operation.route.endswith("}") and _WORD.fullmatch(last) is not None


def _is_other_shape(verdict: Verdict) -> bool:
    return any(each.rule == "shape-other" for each in verdict.differences)


def _has_other_shape(
    value: object, verdict: Verdict, apart_from: Container[str] = ()
) -> bool:
    """Return whether an object has only undeclared properties at its top.

    Args:
        value: The value.
        verdict: How it differs.
        apart_from: Properties that envelopes of all shapes have.
    """
    if not isinstance(value, dict):
        return False

    names = {name for name in value if name not in apart_from}
    undeclared = {
        each.detail for each in verdict.differences if each.rule == _UNDECLARED
    }
    return bool(names) and names <= undeclared


def _judge_status(exchange: Exchange, operation: ApiOperation) -> Verdict:
    """Return that a status code is not documented."""
    status = exchange.status
    body = exchange.received
    if not operation.responses and exchange.is_success and body.data == b"":
        # No response of the document could be read, so it does not say another one.
        return Verdict()
    value = read_json(body) if body.is_json and body.data else None
    detail = f"{status} {body.media}".rstrip() if body.data != b"" else f"{status}"
    if status in _EVERYWHERE:
        rule = "error-undocumented-everywhere"
        place = DOCUMENT
    elif exchange.is_success:
        rule = "status-undocumented"
        place = operation.about.origin
    else:
        rule = "error-undocumented"
        place = operation.about.origin

    return Verdict((Difference(rule, place, detail, value),))


def _judge_empty(exchange: Exchange, response: Response) -> Verdict:
    """Return whether a response without a body should have one."""
    place = response.about.origin
    is_expected = (
        not response.contents
        or exchange.status in _NO_CONTENT
        or exchange.method == "HEAD"
        or any(isinstance(each.type, Nullable) for each in response.contents)
    )
    if is_expected:
        return Verdict(places=(place,))

    return Verdict((Difference("body-missing", place),), (place,))


def _find_response(operation: ApiOperation, status: int) -> Response | None:
    """Return the response for a status code: exact, by range, or the default."""
    by_status = {each.status: each for each in operation.responses}
    for key in (str(status), f"{status // 100}XX", "default"):
        if key in by_status:
            return by_status[key]

    return None
