# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""API keys that go to a query or a cookie; only a client with such has this module.

In: a credential. Out: a request that holds its secret, which no local holds.
"""

from __future__ import annotations

from urllib.parse import quote

import httpx2

from .auth import Credential, Scheme
from .cookies import IN_COOKIE, add_cookies
from .hidden import PrivateURL


class QueryScheme(Scheme, frozen=True):
    """An API key in the query."""

    def add(self, credential: Credential, request: httpx2.Request) -> None:
        """Put the secret of a credential behind the query."""
        name = quote(self.name, safe="")
        request.url = PrivateURL(request.url).with_query(
            lambda: f"{name}={quote(credential.secret, safe='')}"
        )


class CookieScheme(Scheme, frozen=True):
    """An API key in a cookie."""

    def add(self, credential: Credential, request: httpx2.Request) -> None:
        """Put the secret of a credential among the cookies."""
        name = quote(self.name, IN_COOKIE)
        add_cookies(
            request, [name], lambda: f"{name}={quote(credential.secret, IN_COOKIE)}"
        )
