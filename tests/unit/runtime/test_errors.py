"""Exceptions: which one a status raises, and what programs find in it."""

from __future__ import annotations

from itertools import pairwise

import httpx2
import pytest
from support.twins import twins

from flexprice_codegen.runtime import errors
from flexprice_codegen.runtime.decoding import Mismatch
from flexprice_codegen.runtime.errors import Problem, error_class


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (301, "APIStatusError"),
        (400, "BadRequestError"),
        (401, "AuthenticationError"),
        (403, "PermissionDeniedError"),
        (404, "NotFoundError"),
        (409, "ConflictError"),
        (418, "APIStatusError"),
        (422, "UnprocessableEntityError"),
        (429, "RateLimitError"),
        (500, "ServerError"),
        (599, "ServerError"),
        (600, "APIStatusError"),
    ],
)
def test_every_status_has_its_class(status: int, name: str) -> None:
    kind = error_class(status)
    assert kind.__name__ == name
    assert issubclass(kind, errors.APIStatusError)


def make(status: int, problem: Problem, **headers: str) -> errors.APIStatusError:
    """Make the exception for a status."""
    response = httpx2.Response(status, headers=headers, content=b"raw")
    return error_class(status)("POST /customers", response, problem, {"a": 1})


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            make(
                404, Problem({}, "not_found", "No customer"), **{"X-Request-ID": "01J"}
            ),
            "404 not_found: No customer (POST /customers, request id 01J)",
        ),
        (
            make(401, Problem({}, None, "Unauthorized")),
            "401: Unauthorized (POST /customers)",
        ),
        (make(500, Problem()), "500: Internal Server Error (POST /customers)"),
        (make(599, Problem()), "599: the server sent no reason (POST /customers)"),
    ],
)
def test_an_error_is_a_sentence(error: errors.APIStatusError, sentence: str) -> None:
    assert str(error) == sentence


def test_an_error_has_what_programs_need() -> None:
    error = make(409, Problem({}, "taken", "Taken", {"id": 1}), **{"x-request-id": "r"})
    assert (error.status_code, error.code, error.message) == (409, "taken", "Taken")
    assert (error.details, error.request_id, error.content) == ({"id": 1}, "r", b"raw")
    assert error.headers["X-Request-Id"] == "r"
    assert error.body == {"a": 1}


def every_error() -> list[errors.APIError]:
    """Make one exception of each kind."""
    response = httpx2.Response(200, content=b"{}")
    mismatch = errors.ResponseMismatchError("$.a", "GET /", response)
    mismatch.mismatches = (Mismatch("$.a", "int", "null"),)
    return [
        make(404, Problem({}, "not_found", "No")),
        make(503, Problem()),
        mismatch,
        errors.ResponseBodyError("no JSON", "GET /", response),
        errors.APIConnectionError("gone"),
        errors.APITimeoutError("late"),
        errors.MissingCredentialsError("who"),
    ]


@pytest.mark.parametrize("error", every_error(), ids=lambda error: type(error).__name__)
def test_errors_pickle_and_copy(error: errors.APIError) -> None:
    for twin in twins(error):
        assert type(twin) is type(error)
        assert str(twin) == str(error)
        assert vars(twin) == vars(error)


def test_a_timeout_is_a_connection_error() -> None:
    chain: list[type[Exception]] = [
        errors.APITimeoutError,
        errors.APIConnectionError,
        errors.APIError,
    ]
    assert all(issubclass(a, b) for a, b in pairwise(chain))
