# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Who is calling: credentials, and the places where they go.

In: security schemes, and what the user gave. Out: the headers, query members and
cookies that prove it. A secret never shows in a repr or in a message.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from msgspec import Struct

from .errors import MissingCredentialsError

Token: TypeAlias = str | Callable[[], str]
AsyncToken: TypeAlias = str | Callable[[], str | Awaitable[str]]
Password: TypeAlias = tuple[str, str]
Secret: TypeAlias = AsyncToken | Password
Security: TypeAlias = tuple[tuple[str, ...], ...]
Place: TypeAlias = Literal["header", "query", "cookie", "bearer", "basic"]


class Scheme(Struct, frozen=True):
    """A security scheme (OpenAPI 3.1, 4.8.27), and how users give its secret.

    `keyword` is the client's argument, `variable` the environment's. `name` is where
    an API key goes; bearer tokens (RFC 6750) and passwords (RFC 7617) have one place.
    """

    place: Place
    keyword: str
    variable: str
    name: str = "Authorization"


@dataclass(frozen=True, slots=True)
class Proof:
    """What credentials add to a request."""

    header: dict[str, str] = field(default_factory=dict, repr=False)
    query: dict[str, str] = field(default_factory=dict, repr=False)
    cookie: dict[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Credentials:
    """The security schemes of an API and the secrets that are known for them."""

    schemes: Mapping[str, Scheme]
    secrets: Mapping[str, Secret] = field(repr=False)

    @classmethod
    def collect(
        cls,
        schemes: Mapping[str, Scheme],
        given: Mapping[str, Secret | None],
        environment: Mapping[str, str],
    ) -> Credentials:
        """Take what was given, else what stands in the environment."""
        secrets: dict[str, Secret] = {}
        for name, scheme in schemes.items():
            written = environment.get(scheme.variable, "")
            user, _, password = written.partition(":")
            is_pair = written and scheme.place == "basic"
            if found := given.get(name) or ((user, password) if is_pair else written):
                secrets[name] = found
        return cls(schemes, secrets)

    def choose(self, alternatives: Security, call: str) -> dict[str, Secret]:
        """Give the secrets for the first alternative that is known as a whole."""
        for names in alternatives or ((),):
            if all(name in self.secrets for name in names):
                return {name: self.secrets[name] for name in names}
        ways = " or ".join(" and ".join(map(self._way, e)) for e in alternatives)
        raise MissingCredentialsError(f"{call} needs credentials: {ways}")

    def _way(self, name: str) -> str:
        if (scheme := self.schemes.get(name)) is None:
            return f"{name}, which this client does not support"
        return f"give the client {scheme.keyword}=, or set {scheme.variable}"

    def prove(self, secrets: Mapping[str, str | Password]) -> Proof:
        """Put each secret where its scheme wants it; raises a ValueError without it."""
        proof = Proof()
        for name, secret in secrets.items():
            scheme = self.schemes[name]
            text = header_value(_text(scheme, secret), scheme.keyword)
            if scheme.place in ("query", "cookie"):
                getattr(proof, scheme.place)[scheme.name] = text
            else:
                proof.header[scheme.name.lower()] = text
        return proof


def _text(scheme: Scheme, secret: str | Password) -> str:
    if scheme.place == "basic":
        match secret:
            case (user, password) if ":" not in user:
                return "Basic " + b64encode(f"{user}:{password}".encode()).decode()
        wanted = "a pair (user, password), and no colon in the user"
        raise ValueError(f"{scheme.keyword}: expected {wanted}")
    if not isinstance(secret, str) or not secret:
        raise ValueError(f"{scheme.keyword}: expected a text")
    return f"Bearer {secret}" if scheme.place == "bearer" else secret


def header_value(value: str, name: str) -> str:
    """Refuse what a header cannot hold (RFC 9110, 5.5), without showing it."""
    if value.isascii() and value.isprintable() and value == value.strip():
        return value
    kinds = "a line break, a control character, a letter outside of ASCII, or a blank"
    raise ValueError(f"{name}: the value has {kinds} at an end; remove it")
