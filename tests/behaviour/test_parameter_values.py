"""Parameters whose values the document decides: constants, dates, and JSON."""

from __future__ import annotations

import inspect
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

import pytest
from support.documents import document, operation, parameter
from support.generated import Generated, Generator
from support.loopback import Loopback
from support.values import Value

DAY = {"type": "string", "format": "date"}
MONEY = {"type": "number", "format": "decimal"}
TIME = datetime(2026, 1, 31, 12, tzinfo=UTC)


def as_json(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return a parameter that holds JSON."""
    content = {"application/json": {"schema": schema}}
    return {"name": name, "in": "query", "content": content}


@pytest.fixture(scope="module")
def api(generated: Generator) -> Generated:
    """Return a client with a method for constants and one for other values."""
    constants = [
        parameter("version", "path", {"const": "v1"}),
        parameter("X-Version", "header", {"enum": [2]}, required=True),
        parameter("all", "query", {"const": True}, required=True),
        parameter("kind", "query", {"const": "a"}),
        parameter("size", "query", {"enum": ["s", "m"]}, required=True),
    ]
    values = [
        parameter("day", "query", DAY),
        parameter("days", "query", {"type": "array", "items": DAY}),
        as_json("filter_day", DAY),
        as_json("price", MONEY),
        as_json("prices", {"type": "array", "items": MONEY}),
    ]
    paths = {
        "/{version}/a": {"get": operation("constants", parameters=constants)},
        "/b": {"get": operation("values", parameters=values)},
    }
    return generated(document(paths))


def test_a_required_constant_is_sent_by_itself(
    api: Generated, server: Loopback
) -> None:
    sent = api.sent(lambda c: c.things.constants(size="m"), server)
    assert sent.target == "/v1/a?all=true&size=m"
    assert sent.headers["x-version"] == "2"

    sent = api.sent(lambda c: c.things.constants(size="s", kind="a"), server)
    assert sent.target == "/v1/a?all=true&size=s&kind=a"


def test_a_required_constant_is_the_default(api: Generated) -> None:
    method = api.client(base_url="http://a.test").things.constants
    defaults = {
        name: each.default
        for name, each in inspect.signature(method).parameters.items()
    }
    assert (defaults["version"], defaults["x_version"], defaults["all"]) == (
        "v1",
        2,
        True,
    )
    assert defaults["size"] is inspect.Parameter.empty


@pytest.mark.parametrize(
    "given", [{"day": TIME}, {"days": [TIME.date(), TIME]}, {"filter_day": TIME}]
)
def test_a_date_has_no_time(
    api: Generated, server: Loopback, given: dict[str, Value]
) -> None:
    (name,) = given
    with pytest.raises(TypeError, match=rf"^{name}: expected a date, got a datetime"):
        api.call("sync", lambda c: c.things.values(**given), base_url=server.url)
    assert server.requests == []


def test_json_in_a_query_is_json(api: Generated, server: Loopback) -> None:
    amount = Decimal("1.10")
    sent = api.sent(
        lambda c: c.things.values(
            day=date(2026, 1, 31),
            filter_day=date(2026, 1, 31),
            price=amount,
            prices=[amount],
        ),
        server,
    )
    query = 'day=2026-01-31&filter_day="2026-01-31"&price=1.10&prices=[1.10]'
    assert unquote(sent.query) == query
