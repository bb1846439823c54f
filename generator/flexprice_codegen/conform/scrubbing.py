"""Recorded traffic without its values.

In: exchanges, and the API that they belong to. Out: entries of HAR that have the kinds of
all values instead of the values: a path is its template, a timestamp any timestamp, and
other text `…`. What the document names is kept, and so are names of properties that look
like names. All rules except those about values apply to such a recording.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any, TypeAlias
from urllib.parse import urlencode

from flexprice_codegen.api.model import Api, ApiOperation, ObjectSchema
from flexprice_codegen.api.path_templates import PLACEHOLDER
from flexprice_codegen.conform.bodies import UNREADABLE, read_json
from flexprice_codegen.conform.exchange import (
    Exchange,
    Recorded,
    RecordedBody,
    RecordedDelivery,
)
from flexprice_codegen.conform.scalar_forms import (
    is_date,
    is_decimal,
    is_identifier,
    is_integer_text,
    is_number_text,
    is_timestamp,
)
from flexprice_codegen.conform.value_judge import MASKED

Entry: TypeAlias = dict[str, Any]
_HOST = "https://api.invalid"
_NAME = "x"
"""What replaces a value in a path, which cannot have `…`."""
# Digits or hexadecimal digits of an ID or a date.
_DIGITS = re.compile(r"[0-9]{4}|[0-9a-fA-F]{12}")
# Without their values, elements repeat; so many forms show what an array can hold.
_MOST_ELEMENTS = 100


class Scrubber:
    """Makes entries without values."""

    def __init__(self, api: Api) -> None:
        self._events = {each.name for each in api.events}
        self._names = {
            each.wire
            for schema in api.schemas.values()
            if isinstance(schema, ObjectSchema)
            for each in schema.properties
        }

    def scrub(
        self, recorded: Recorded, operation: ApiOperation | None, path: str
    ) -> Entry:
        """Return the entry of an exchange or a delivery.

        Args:
            recorded: The exchange, or the delivery with the name of its event.
            operation: The operation of the exchange, if there is one.
            path: The path of the exchange without segments that can be private.
        """
        if isinstance(recorded, RecordedDelivery):
            event = recorded.event if recorded.event in self._events else MASKED
            content = self._scrub_body(recorded.received)
            return {"delivery": {"event": event, "content": content}}

        template = path if operation is None else operation.route
        request: Entry = {
            "method": recorded.method,
            "url": _HOST + PLACEHOLDER.sub(_NAME, template) + self._query(recorded),
            "headers": [{"name": name, "value": MASKED} for name in recorded.headers],
        }
        if recorded.sent.data != b"":
            request["postData"] = self._scrub_body(recorded.sent)
        content = self._scrub_body(recorded.received)
        return {
            "request": request,
            "response": {"status": recorded.status, "content": content},
        }

    def _query(self, exchange: Exchange) -> str:
        pairs = [
            (self._scrub_name(name), _scrub_text(text)) for name, text in exchange.query
        ]
        return f"?{urlencode(pairs)}" if pairs else ""

    def _scrub_body(self, body: RecordedBody) -> Entry:
        if body.data == b"":
            return {"size": 0, "mimeType": body.media, "text": "", "_shapes": True}

        value = read_json(body) if body.is_json else UNREADABLE
        held: Entry = {"mimeType": body.media, "_shapes": True}
        if value is not UNREADABLE:
            return {**held, "text": json.dumps(self.scrub_value(value))}
        if body.is_json and body.data is not None:
            # A text that is no JSON either.
            return {**held, "text": MASKED}

        return {**held, "size": 1}

    def scrub_value(self, value: object) -> object:
        """Return a value with the kinds of its parts."""
        match value:
            case dict():
                return {
                    self._scrub_name(name): self.scrub_value(member)
                    for name, member in value.items()
                }
            case list():
                elements = (self.scrub_value(each) for each in value)
                # Without values, elements are often equal.
                distinct = {json.dumps(each): each for each in elements}
                return list(distinct.values())[:_MOST_ELEMENTS]
            case str():
                return _scrub_text(value)
            case bool():
                return False
            case int():
                return 0
            case float() | Decimal():
                return 0.0 if value == value.__trunc__() else 0.5
            case _:
                return value

    def _scrub_name(self, name: str) -> str:
        is_name = is_identifier(name.lstrip("_")) and not _DIGITS.search(name)
        return name if name in self._names or is_name else MASKED


def _scrub_text(text: str) -> str:
    """Return the sample of the form that a text has."""
    fitting = (sample for form, sample in _SAMPLES.items() if form(text))
    return next(fitting, MASKED)


# The first form that fits decides, so that the stricter ones come first.
_SAMPLES = {
    (lambda text: not text): "",
    is_timestamp: "2000-01-01T00:00:00Z",
    is_date: "2000-01-01",
    is_integer_text: "0",
    is_decimal: "0.5",
    is_number_text: "1e0",
}
