"""Former names work, and say by which name to call a thing today."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import httpx2
import pytest
from support.loopback import Loopback, Reply
from support.sample_calls import BOTH, call

from flexprice_codegen.runtime.errors import AnswerError
from flexprice_codegen.runtime.lazy import rename_keywords
from flexprice_codegen.runtime.retry import Retry
from flexprice_codegen.runtime.streams import AsyncStreamed, Streamed


def test_an_old_argument_is_taken_for_the_new_one() -> None:
    with pytest.warns(DeprecationWarning, match="`times` is deprecated; use `max_ret"):
        assert Retry(times=4) == Retry(max_retries=4)
    with pytest.warns(DeprecationWarning, match="is deprecated") as warned:
        old = Retry(first=0.2, longest=5)
    assert old == Retry(initial_delay=0.2, max_delay=5)
    assert [each.filename for each in warned] == [__file__] * 2


@pytest.mark.parametrize(
    ("old", "value"), [("times", 4), ("first", 0.2), ("longest", 5)]
)
def test_an_old_attribute_of_retries_has_its_value(old: str, value: float) -> None:
    retry = Retry(max_retries=4, initial_delay=0.2, max_delay=5)
    with pytest.warns(DeprecationWarning, match=f"`{old}` is deprecated"):
        assert getattr(retry, old) == value


def test_an_argument_that_never_was_is_refused() -> None:
    with pytest.raises(TypeError, match="unexpected keyword argument 'tries'"):
        Retry(tries=4)
    assert rename_keywords({}, {}) == {}


def test_an_old_attribute_has_the_value_of_the_new_one() -> None:
    error = AnswerError("no", "GET /a", httpx2.Response(404, content=b"x"))
    with pytest.warns(DeprecationWarning, match="`status` is deprecated"):
        assert error.status == 404
    with pytest.warns(DeprecationWarning, match="use `content`"):
        assert error.raw == b"x"
    with pytest.warns(DeprecationWarning, match="use `was_retried`"):
        assert error.repeated is False


@BOTH
def test_a_raw_response_has_its_old_names(mode: str, server: Loopback) -> None:
    server.reply(Reply(201, b"{}"))
    raw = call(mode, server, lambda c: c.customers.with_raw_response.get("c1"))
    with pytest.warns(DeprecationWarning, match="`status` is deprecated; use `status_"):
        assert raw.status == 201
    with pytest.warns(DeprecationWarning, match="`raw` is deprecated; use `content`"):
        assert raw.raw == b"{}"


def test_a_stream_has_its_old_name() -> None:
    async def read_later() -> AsyncGenerator[int, None]:
        yield 1

    response = httpx2.Response(201)
    for stream in (
        Streamed((each for each in [1]), response),
        AsyncStreamed(read_later(), response),
    ):
        with pytest.warns(DeprecationWarning, match="`status` is deprecated"):
            assert stream.status == 201
