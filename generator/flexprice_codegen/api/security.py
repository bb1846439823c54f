"""Security schemes and requirements.

In: `components.securitySchemes` and `security` nodes. Out: `SecurityScheme`s and the
alternatives of each operation.

Source: OpenAPI 3.0.3 §4.7.27 (Security Scheme), §4.7.30 (Security Requirement);
RFC 6750 (bearer), RFC 7617 (basic).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flexprice_codegen.api.keywords import about
from flexprice_codegen.api.model import (
    ApiKey,
    Declared,
    Demands,
    Http,
    Security,
    SecurityScheme,
)
from flexprice_codegen.diagnostics import Sink, SpecError, fault
from flexprice_codegen.spec.document import Document
from flexprice_codegen.spec.nodes import Node

_PLACES = ("header", "query", "cookie")


def schemes(document: Document, sink: Sink) -> tuple[SecurityScheme, ...]:
    """Read the security schemes; one that is not supported is a warning."""
    components = document.root.get("components")
    made = []
    if components is None:
        return ()
    for key, each in components.items_of("securitySchemes"):
        try:
            made.append(
                _scheme(key, document.resolve(each) if each.has("$ref") else each)
            )
        except SpecError as error:
            sink.missing(error, f"the security scheme {key!r}")
    return tuple(made)


def _scheme(key: str, node: Node) -> SecurityScheme:
    match node.need("type").text():
        case "apiKey":
            location = node.need("in").text()
            if location not in _PLACES:
                raise fault(
                    "security-scheme",
                    f"{location!r} is no place for an API key",
                    at=node.origin.child("in"),
                    hint="write header, query or cookie",
                )
            return ApiKey(
                key=key,
                location=location,  # type: ignore[arg-type]  # one of _PLACES
                name=node.need("name").text(),
                about=about(node),
            )
        case "http":
            return _http(key, node)
        case "oauth2":
            return Http(key=key, scheme="bearer", via="oauth2", about=about(node))
        case "openIdConnect":
            return Http(
                key=key, scheme="bearer", via="openIdConnect", about=about(node)
            )
        case other:
            raise fault(
                "security-scheme",
                f"a client cannot use a security scheme of type {other!r}",
                at=node.origin.child("type"),
                hint="pass in an `http_client` that is set up for it",
            )


def _http(key: str, node: Node) -> Http:
    scheme = node.need("scheme").text().lower()
    if scheme not in {"bearer", "basic"}:
        raise fault(
            "security-scheme",
            f"a client cannot use the HTTP scheme {scheme!r}",
            at=node.origin.child("scheme"),
            hint="pass in an `http_client` that is set up for it",
        )
    return Http(
        key=key,
        scheme="basic" if scheme == "basic" else "bearer",
        bearer_format=node.text_of("bearerFormat"),
        about=about(node),
    )


@dataclass(frozen=True, slots=True)
class Known:
    """The keys of the schemes that the client has, and of those that it cannot use."""

    usable: frozenset[str]
    refused: frozenset[str]


def known_schemes(document: Document, made: Iterable[SecurityScheme]) -> Known:
    """Tell the schemes that were read from those that were not."""
    components = document.root.get("components")
    usable = frozenset(each.key for each in made)
    if components is None:
        return Known(usable, frozenset())
    declared = frozenset(key for key, _ in components.items_of("securitySchemes"))
    return Known(usable, declared - usable)


def requirement(node: Node, known: Known, inherited: Security, sink: Sink) -> Security:
    """Give the alternatives of a node with `security`; those of the document without.

    An alternative that needs an unknown scheme is left out with a warning; of one that
    needs a scheme that was refused, that was said before.
    """
    found = node.get("security")
    if found is None or found.value is None:
        return inherited
    made: dict[tuple[str, ...], None] = {}
    for each in node.elements_of("security"):
        names = tuple(each.mapping())
        strange = [name for name in names if name not in known.usable]
        if strange and known.refused.issuperset(strange):
            continue
        if strange:
            sink.warning(
                "unknown-security-scheme",
                f"the security scheme {strange[0]!r} is none that the client has; "
                "this alternative is left out",
                at=each.origin,
                hint="declare it under components.securitySchemes",
            )
            continue
        made[names] = None
    return tuple(made)


def demands(node: Node) -> Demands:
    """Give all alternatives of a node with `security`, with the scopes they ask for."""
    return tuple(
        tuple((name, _scopes(scopes)) for name, scopes in each.items())
        for each in node.elements_of("security")
    )


def _scopes(node: Node) -> tuple[str, ...]:
    if not isinstance(node.value, list):
        return ()
    return tuple(each.text() for each in node.elements())


def declared(document: Document) -> tuple[Declared, ...]:
    """Give all security schemes as they are declared; a broken one is passed over."""
    components = document.root.get("components")
    made = []
    for key, each in (
        () if components is None else components.items_of("securitySchemes")
    ):
        try:
            node = document.resolve(each) if each.has("$ref") else each
            flows = tuple(node.items_of("flows"))
            made.append(
                Declared(
                    key=key,
                    facts=_facts("", node)
                    + tuple(f for name, flow in flows for f in _facts(name, flow)),
                    scopes=tuple(
                        (
                            name,
                            scope,
                            text.text() if isinstance(text.value, str) else "",
                        )
                        for name, flow in flows
                        for scope, text in flow.items_of("scopes")
                    ),
                    about=about(node),
                )
            )
        except SpecError:
            continue  # `schemes` has said what is wrong with it
    return tuple(made)


def _facts(flow: str, node: Node) -> tuple[tuple[str, str], ...]:
    prefix = f"flows.{flow}." if flow else ""
    return tuple(
        (f"{prefix}{name}", each.value)
        for name, each in node.items()
        if isinstance(each.value, str) and name != "description"
    )
