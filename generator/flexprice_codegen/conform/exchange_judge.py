"""Exchanges against an API.

In: an `Api`, exchanges and deliveries. Out: for each the operation, and a `Verdict`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from flexprice_codegen.api.model import (
    Api,
    ApiKeyScheme,
    ApiOperation,
    Content,
    Parameter,
    Response,
)
from flexprice_codegen.api.types import Array, Bytes, Nullable, Type
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
from flexprice_codegen.conform.routes import RouteIndex
from flexprice_codegen.conform.rules import REQUEST_PREFIX
from flexprice_codegen.conform.value_judge import MASKED, ValueJudge
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.frozen_values import frozen_value

# What gateways, limits and logins answer in front of every operation.
_EVERYWHERE = frozenset({401, 403, 429, *range(500, 600)})
_NOT_FOUND = 404
_NO_CONTENT = frozenset({204, 205, 304})
_WORD = re.compile(r"[a-z][a-z_-]+")
_UNREADABLE = object()
_BY_VALUE = frozenset({"enum-value-unknown", "tag-unknown"})
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
        self._query_keys = _list_query_keys(api)
        self._received = ValueJudge(api.schemas)
        self._sent = ValueJudge(api.schemas, is_sent=True)

    def name_event(self, recorded: Recorded) -> Recorded:
        """Return a delivery with the name of its event; anything else as it is."""
        if not isinstance(recorded, RecordedDelivery):
            return recorded

        return replace(recorded, event=self._find_event_name(recorded))

    def find_label(self, recorded: Recorded) -> str:
        """Return the operation of an exchange or delivery; empty if there is none."""
        if isinstance(recorded, RecordedDelivery):
            event = self._events.find_event(self._find_event_name(recorded))
            return "" if event is None else get_event_label(event)

        found = self._routes.find_operation(recorded.method, recorded.path)
        return "" if found is None else found.key

    def judge(self, recorded: Recorded) -> JudgedExchange:
        """Return how an exchange or a delivery differs from the API."""
        if isinstance(recorded, RecordedDelivery):
            return self._judge_delivery(recorded)

        return self._judge_exchange(recorded)

    def _find_event_name(self, delivery: RecordedDelivery) -> str:
        return self._events.find_name(delivery, _read_json(delivery.received))

    def _judge_delivery(self, delivery: RecordedDelivery) -> JudgedExchange:
        number = delivery.number
        name = self._find_event_name(delivery)
        event = self._events.find_event(name)
        if event is None:
            shown = f"event {self._routes.mask_path(name) or HIDDEN}"
            found = Difference("event-undocumented", DOCUMENT, shown)
            return JudgedExchange(number, 0, None, shown, Verdict((found,)))

        value = _read_json(delivery.received)
        place = event.about.origin
        verdict = Verdict(places=(place,))
        if value is _UNREADABLE and delivery.received.data is not None:
            verdict = Verdict((Difference("body-invalid", place),), (place,))
        elif value is not _UNREADABLE:
            judged = self._received.judge(value, event.payload, place)
            verdict = _keep_known(judged, delivery.received)

        return JudgedExchange(number, 0, None, get_event_label(event), verdict)

    def _judge_exchange(self, exchange: Exchange) -> JudgedExchange:
        operation = self._routes.find_operation(exchange.method, exchange.path)
        if operation is None:
            return self._judge_unknown(exchange, exchange.path)

        if _is_dead(exchange):
            verdict = Verdict((Difference("route-dead", operation.about.origin),))
            return _build_judged(exchange, operation, operation.key, verdict)

        answered = self._judge_response(exchange, operation)
        if _is_other_shape(answered) and _is_hidden_route(exchange, operation):
            return self._judge_unknown(exchange, exchange.path)

        # A request that was rejected proves nothing about what is accepted.
        asked = self._judge_request(exchange, operation) if exchange.is_success else ()
        verdict = join_verdicts(answered, *asked)
        return _build_judged(exchange, operation, operation.key, verdict)

    def _judge_unknown(self, exchange: Exchange, path: str) -> JudgedExchange:
        label = f"{exchange.method} {self._routes.mask_path(path)}"
        # A 404 says that the route does not exist on the server either.
        if exchange.status == _NOT_FOUND:
            return _build_judged(exchange, None, label, Verdict())

        found = Difference("route-undocumented", DOCUMENT, label)
        return _build_judged(exchange, None, label, Verdict((found,)))

    def _judge_request(
        self, exchange: Exchange, operation: ApiOperation
    ) -> Iterator[Verdict]:
        """Yield what a successful request has beyond the document."""
        yield Verdict(tuple(self._iter_query_differences(exchange, operation)))
        value = _read_json(exchange.sent)
        if operation.body is None or value is _UNREADABLE:
            return
        for content in operation.body.contents:
            if content.media == exchange.sent.media and content.type is not None:
                found = self._sent.judge(
                    value, content.type, _get_schema_place(content)
                )
                yield _mark_as_request(_keep_known(found, exchange.sent))
                return

    def _iter_query_differences(
        self, exchange: Exchange, operation: ApiOperation
    ) -> Iterator[Difference]:
        """Yield how the query differs; API keys are not parameters."""
        for each in _iter_query_differences(exchange, operation):
            if each.detail not in self._query_keys:
                yield each

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
            found = Difference("body-unexpected", place, body.media, _read_json(body))
            return Verdict((found,), (place,))

        content = _find_content(response.contents, body)
        if content is None:
            value = _read_json(body) if body.is_json else None
            found = Difference("media-type-undocumented", place, body.media, value)
            return Verdict((found,), (place,))

        return self._judge_body(body, content, place)

    def _judge_body(self, body: RecordedBody, content: Content, at: Origin) -> Verdict:
        if not body.is_json or content.type is None:
            return Verdict(places=(at,))

        value = _read_json(body)
        place = _get_schema_place(content)
        if value is _UNREADABLE:
            return Verdict((Difference("body-invalid", at),), (at,))

        try:
            judged = self._received.judge(value, content.type, place)
            verdict = _keep_known(judged, body)
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


def _has_other_shape(value: object, verdict: Verdict) -> bool:
    """Return whether an object has only undeclared properties at its top."""
    if not isinstance(value, dict) or not value:
        return False

    undeclared = {
        each.detail
        for each in verdict.differences
        if each.rule == "property-undeclared" and each.detail in value
    }
    return len(undeclared) == len(value)


def _judge_status(exchange: Exchange, operation: ApiOperation) -> Verdict:
    """Return that a status code is not documented."""
    status = exchange.status
    body = exchange.received
    if not operation.responses and exchange.is_success and body.data == b"":
        # No response of the document could be read, so it does not say another one.
        return Verdict()
    value = _read_json(body) if body.is_json and body.data else None
    detail = f"{status} {body.media}".rstrip() if body.data != b"" else f"{status}"
    if status in _EVERYWHERE:
        rule, place = "error-undocumented-everywhere", DOCUMENT
    elif exchange.is_success:
        rule, place = "status-undocumented", operation.about.origin
    else:
        rule, place = "error-undocumented", operation.about.origin

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


def _find_content(contents: Iterable[Content], body: RecordedBody) -> Content | None:
    """Return the content for a media type: exact, by range, or any."""
    kind = body.media.partition("/")[0]
    for wanted in (body.media, f"{kind}/*", "*/*"):
        for each in contents:
            if each.media == wanted:
                # JSON where bytes of any type are documented is another content.
                is_file = isinstance(each.type, Bytes) and body.is_json
                return None if is_file and wanted != body.media else each

    # A recording without a media type says nothing about it.
    return next(iter(contents), None) if not body.media else None


def _iter_query_differences(
    exchange: Exchange, operation: ApiOperation
) -> Iterator[Difference]:
    declared = [each for each in operation.parameters if each.location == "query"]
    names = [name for name, _ in exchange.query]
    for each in declared:
        is_list = isinstance(_get_inner(each.type), Array) and not each.media
        if is_list and not each.explode and names.count(each.wire) > 1:
            yield Difference("array-style", each.about.origin)

    # An exploded object has the names of its properties, any of them.
    if any(_takes_any_name(each) for each in declared):
        return
    for name in dict.fromkeys(names):
        if not any(_takes_name(each, name) for each in declared):
            yield Difference("parameter-undeclared", operation.about.origin, name)


def _list_query_keys(api: Api) -> frozenset[str]:
    """Return the query parameters that hold API keys."""
    keys = (each for each in api.schemes if isinstance(each, ApiKeyScheme))
    return frozenset(each.name for each in keys if each.location == "query")


def _takes_name(parameter: Parameter, name: str) -> bool:
    bare = name.partition("[")[0]
    return name == parameter.wire or bare == parameter.wire.removesuffix("[]")


def _takes_any_name(parameter: Parameter) -> bool:
    is_value = isinstance(_get_inner(parameter.type), Array) or parameter.media
    return (
        parameter.style == "form"
        and parameter.explode
        and not is_value
        and (_is_object(parameter.type))
    )


def _is_object(type_: Type) -> bool:
    from flexprice_codegen.api.types import Map, Reference

    return isinstance(_get_inner(type_), (Map, Reference))


def _get_inner(type_: Type) -> Type:
    return type_.inner if isinstance(type_, Nullable) else type_


def _keep_known(verdict: Verdict, body: RecordedBody) -> Verdict:
    """Return a verdict without what needs values that the recording does not have."""
    if not body.is_shape:
        return verdict

    known = (
        each
        for each in verdict.differences
        if each.rule not in _BY_VALUE and each.detail != MASKED
    )
    return replace(verdict, differences=tuple(known))


def _mark_as_request(verdict: Verdict) -> Verdict:
    """Return the differences of a request body under the rules of requests."""
    return Verdict(
        tuple(
            Difference(f"{REQUEST_PREFIX}{each.rule}", each.at, each.detail, each.value)
            for each in verdict.differences
        ),
        verdict.places,
    )


def _get_schema_place(content: Content) -> Origin:
    about = content.about
    # Each content of a document has its origin; built ones in tests may not.
    return DOCUMENT if about is None else about.origin.get_child("schema")


def _read_json(body: RecordedBody) -> object:
    """Return the value of a JSON body; `_UNREADABLE` if there is none."""
    if not body.data:
        return _UNREADABLE
    try:
        return json.loads(
            body.data, parse_float=Decimal, parse_constant=_refuse_constant
        )
    except (ValueError, RecursionError):
        return _UNREADABLE


def _refuse_constant(text: str) -> None:
    """Reject `NaN` and `Infinity`, which Python reads and JSON does not have."""
    raise ValueError(f"{text} is not JSON")
