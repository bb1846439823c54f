# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Who is calling: credentials, and the places where they go.

In: security schemes, and what the user gave. Out: requests with the headers, query
members and cookies that prove it. A secret never shows in a repr, in a message, or in
a traceback (see `hidden`).
"""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import httpx2
from msgspec import Struct

from .errors import MissingCredentialsError
from .hidden import HiddenSettings

Token: TypeAlias = str | Callable[[], str]
AsyncToken: TypeAlias = str | Callable[[], str | Awaitable[str]]
Password: TypeAlias = tuple[str, str]
Security: TypeAlias = tuple[tuple[str, ...], ...]
Place: TypeAlias = Literal["header", "query", "cookie", "bearer", "basic"]
_fits_header: Final = re.compile(r"([!-~]([ -~]*[!-~])?)?").fullmatch  # RFC 9110, 5.5
_UNFIT: Final = (
    "the value has a line break, a control character, a letter outside of ASCII, or a "
    "space at an end; remove it"
)


class Scheme(Struct, frozen=True):
    """A security scheme (OpenAPI 3.1, 4.8.27), and how users give its secret.

    `keyword` is the client's argument, `variable` the environment's. `name` is where
    an API key goes; bearer tokens (RFC 6750) and passwords (RFC 7617) have one place.
    """

    place: Place
    keyword: str
    variable: str
    name: str = "Authorization"

    def add(self, credential: Credential, request: httpx2.Request) -> None:
        """Put the secret of a credential into its header."""
        request.headers[self.name.lower()] = credential.format_secret()


@dataclass(slots=True, repr=False)  # rich looks behind the repr of a Struct
class Credential:
    """A scheme and its secret, for one call."""

    scheme: Scheme
    secret: Any = None

    def ask(self) -> bool:
        """Ask a function for the secret; return whether it has to be awaited."""
        if callable(self.secret):
            self.secret = self.secret()
        return isinstance(self.secret, Awaitable)

    def check(self) -> None:
        """Raise a ValueError, which does not show the secret, if it cannot be sent."""
        keyword = self.scheme.keyword
        if self.scheme.place == "basic":
            if not self._is_pair():
                wanted = "a pair (user, password), without a colon in the user"
                raise ValueError(f"{keyword}: expected {wanted}")
        elif not isinstance(self.secret, str) or not self.secret:
            raise ValueError(f"{keyword}: expected a string")
        elif not _fits_header(self.secret):
            raise ValueError(f"{keyword}: {_UNFIT}")

    def add_to(self, request: httpx2.Request) -> None:
        """Put the secret where its scheme wants it; what is there stays."""
        self.scheme.add(self, request)

    def format_secret(self) -> str:
        """Return the secret as a header holds it."""
        match self.scheme.place:
            case "bearer":
                return f"Bearer {self.secret}"
            case "basic":
                return "Basic " + b64encode(":".join(self.secret).encode()).decode()
            case _:
                return str(self.secret)

    def _is_pair(self) -> bool:
        match self.secret:
            case (str(name), str()):
                return ":" not in name
            case _:
                return False


class Credentials:
    """The security schemes of an API, and the secrets that are known for them."""

    def __init__(self, schemes: Mapping[str, Scheme], hidden: HiddenSettings) -> None:
        self._schemes = schemes
        self._known = hidden.credentials
        self._base = Credential(Scheme("basic", "base_url", ""))
        if hidden.url.username or hidden.url.password:
            self._base.secret = (hidden.url.username, hidden.url.password)
        for name, scheme in schemes.items():
            if not self._known.get(name) and os.environ.get(scheme.variable):
                self._known[name] = os.environ[scheme.variable]
                if scheme.place == "basic":
                    self._known[name] = self._known[name].partition(":")[::2]

    def choose(self, alternatives: Security, call: str) -> list[Credential]:
        """Return the first alternative of which every scheme has a secret.

        The empty alternative comes last: a caller who sets a secret wants it sent.
        """
        for names in sorted(alternatives or ((),), key=lambda each: not each):
            if all(map(self._known.get, names)):
                found = [Credential(self._schemes[e], self._known[e]) for e in names]
                return found if self._base.secret is None else [*found, self._base]
        ways = " or ".join(
            " and ".join(map(self._describe_way, e)) for e in alternatives
        )
        raise MissingCredentialsError(f"{call} needs credentials: {ways}")

    def _describe_way(self, name: str) -> str:
        if (scheme := self._schemes.get(name)) is None:
            return f"{name} (not supported by this client)"
        return f"pass {scheme.keyword}= to the client, or set {scheme.variable}"


def header_value(value: str, name: str) -> str:
    """Raise for what a header cannot hold, without showing it."""
    if _fits_header(value):
        return value
    raise ValueError(f"{name}: {_UNFIT}")
