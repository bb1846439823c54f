"""API keys in a query and in a cookie, beside what is there."""

from __future__ import annotations

import httpx2

from flexprice_codegen.runtime.auth import Credential
from flexprice_codegen.runtime.auth_places import CookieScheme, QueryScheme


def test_a_credential_is_put_beside_what_is_there() -> None:
    request = httpx2.Request(
        "GET", "http://h/?a=1%2C2", headers={"cookie": "a=1; sid=old; b=2"}
    )

    Credential(QueryScheme("query", "query_key", "X_QUERY", "key"), "q r").add_to(
        request
    )
    Credential(CookieScheme("cookie", "session", "X_SESSION", "sid"), "c;d").add_to(
        request
    )

    assert request.url.query == b"a=1%2C2&key=q%20r"
    assert request.headers["cookie"] == "a=1; b=2; sid=c%3Bd"
