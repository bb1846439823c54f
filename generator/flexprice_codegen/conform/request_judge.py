"""Requests that a server accepted against the operation that they call.

In: an `Api`, and exchanges with a success. Out: verdicts. A request that was rejected
proves nothing about what a server accepts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flexprice_codegen.api.model import (
    Api,
    ApiKeyScheme,
    ApiOperation,
    ObjectSchema,
    Parameter,
)
from flexprice_codegen.api.types import (
    Array,
    Map,
    Reference,
    Type,
)
from flexprice_codegen.conform.bodies import (
    UNREADABLE,
    find_content,
    get_schema_place,
    keep_known,
    read_json,
)
from flexprice_codegen.conform.differences import Difference, Verdict, join_verdicts
from flexprice_codegen.conform.exchange import Exchange
from flexprice_codegen.conform.form_texts import read_text, resolve_type
from flexprice_codegen.conform.rules import REQUEST_PREFIX
from flexprice_codegen.conform.value_judge import MASKED, ValueJudge


class RequestJudge:
    """Judges requests by the schemas of an API."""

    def __init__(self, api: Api) -> None:
        self._schemas = api.schemas
        self._values = ValueJudge(api.schemas, is_sent=True)
        self._query_keys = _list_query_keys(api)

    def judge(self, exchange: Exchange, operation: ApiOperation) -> Verdict:
        """Return what an accepted request has beyond the document."""
        declared = [each for each in operation.parameters if each.location == "query"]
        is_shape = exchange.sent.is_shape or exchange.received.is_shape
        judged = join_verdicts(*self._iter_parameters(exchange, declared))
        unknown = self._iter_undeclared(exchange, operation, declared)
        return join_verdicts(
            Verdict(tuple(unknown)),
            keep_known(judged, is_shape=is_shape),
            self._judge_body(exchange, operation),
        )

    def _iter_undeclared(
        self,
        exchange: Exchange,
        operation: ApiOperation,
        declared: Iterable[Parameter],
    ) -> Iterator[Difference]:
        """Yield the parameters that are not declared; API keys are not parameters."""
        # An exploded object has the names of its properties, any of them.
        if any(self._takes_any_name(each) for each in declared):
            return
        for name in dict.fromkeys(name for name, _ in exchange.query):
            is_known = any(_takes_name(each, name) for each in declared)
            if not is_known and name not in self._query_keys:
                yield Difference("parameter-undeclared", operation.about.origin, name)

    def _takes_any_name(self, parameter: Parameter) -> bool:
        if parameter.style != "form" or not parameter.explode or parameter.media:
            return False

        type_ = resolve_type(parameter.type, self._schemas)
        if isinstance(type_, Reference):
            return isinstance(self._schemas.get(type_.key), ObjectSchema)

        return isinstance(type_, Map)

    def _iter_parameters(
        self, exchange: Exchange, declared: Iterable[Parameter]
    ) -> Iterator[Verdict]:
        """Yield how the values of declared parameters differ."""
        for each in declared:
            texts = [text for name, text in exchange.query if name == each.wire]
            type_ = resolve_type(each.type, self._schemas)
            if not texts or each.media or each.style != "form":
                continue
            if not isinstance(type_, Array):
                yield self._judge_texts(texts, type_, each)
                continue

            place = each.about.origin
            if not each.explode and len(texts) > 1:
                yield Verdict((Difference("array-style", place),), (place,))
            parts = texts if each.explode else ",".join(texts).split(",")
            yield self._judge_texts(parts, type_.item, each, "items")

    def _judge_texts(
        self, texts: Iterable[str], type_: Type, parameter: Parameter, *below: str
    ) -> Verdict:
        """Return how the texts of a parameter differ from its type.

        Args:
            texts: The texts.
            type_: The type of each.
            parameter: The parameter.
            below: The keys from its schema to the type.
        """
        place = parameter.about.origin.get_child("schema")
        for key in below:
            place = place.get_child(key)

        kind = resolve_type(type_, self._schemas)
        values = (read_text(each, kind) for each in texts if MASKED not in each)
        return _mark_as_request(
            join_verdicts(*(self._values.judge(each, type_, place) for each in values))
        )

    def _judge_body(self, exchange: Exchange, operation: ApiOperation) -> Verdict:
        sent = exchange.sent
        if not sent.data or not sent.media:
            return Verdict()

        place = operation.about.origin
        value = read_json(sent) if sent.is_json else UNREADABLE
        kept = None if value is UNREADABLE else value
        if operation.body is None:
            rule = "request-body-unexpected"
            return Verdict((Difference(rule, place, sent.media, kept),))

        content = find_content(operation.body.contents, sent)
        if content is None:
            rule = "request-media-type-undocumented"
            place = operation.body.about.origin
            return Verdict((Difference(rule, place, sent.media, kept),), (place,))
        if content.type is None or value is UNREADABLE:
            return Verdict()

        found = self._values.judge(value, content.type, get_schema_place(content))
        return _mark_as_request(keep_known(found, is_shape=sent.is_shape))


def _list_query_keys(api: Api) -> frozenset[str]:
    """Return the query parameters that hold API keys."""
    keys = (each for each in api.schemes if isinstance(each, ApiKeyScheme))
    return frozenset(each.name for each in keys if each.location == "query")


def _takes_name(parameter: Parameter, name: str) -> bool:
    # `filter[a][b]` is a part of the parameter `filter`, in the style `deepObject`.
    bare = name.partition("[")[0]
    return name == parameter.wire or bare == parameter.wire.removesuffix("[]")


def _mark_as_request(verdict: Verdict) -> Verdict:
    """Return the differences of a request under the rules of requests."""
    return Verdict(
        tuple(
            Difference(f"{REQUEST_PREFIX}{each.rule}", each.at, each.detail, each.value)
            for each in verdict.differences
        ),
        verdict.places,
    )
