"""Security schemes and requirements.

In: `components.securitySchemes` and `security` nodes. Out: `SecurityScheme`s and the
alternatives of each operation.

Source: OpenAPI 3.0.3 §4.7.27 (Security Scheme), §4.7.30 (Security Requirement); RFC
6750 (bearer), RFC 7617 (basic).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from flexprice_codegen.api.keywords import read_metadata
from flexprice_codegen.api.model import (
    ApiKeyLocation,
    ApiKeyScheme,
    DeclaredScheme,
    HttpAuthScheme,
    HttpScheme,
    Security,
    SecurityRequirements,
    SecurityScheme,
)
from flexprice_codegen.diagnostics import DiagnosticError, DiagnosticSink, build_error
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.spec.document import Document
from flexprice_codegen.spec.nodes import Node

_LOCATIONS = get_args(ApiKeyLocation)
_HTTP_SCHEMES = get_args(HttpAuthScheme)


def read_security_schemes(
    document: Document, sink: DiagnosticSink
) -> tuple[SecurityScheme, ...]:
    """Read the security schemes; an unsupported one is skipped with a warning.

    Raises:
        DiagnosticError: `securitySchemes` is not an object.
    """
    components = document.root.get("components")
    made = []
    if components is None:
        return ()
    for key, each in components.iter_items_of("securitySchemes"):
        try:
            made.append(
                _read_scheme(key, document.resolve(each) if each.has("$ref") else each)
            )
        except DiagnosticError as error:
            sink.add_skipped(error, f"security scheme {key!r}")
    return tuple(made)


def _read_scheme(key: str, node: Node) -> SecurityScheme:
    match node.get_required("type").read_string():
        case "apiKey":
            location = node.get_required("in").read_string()
            if location not in _LOCATIONS:
                raise build_error(
                    "security-scheme",
                    f"unknown location {location!r}",
                    at=node.origin.get_child("in"),
                    hint="use header, query, or cookie",
                )
            return ApiKeyScheme(
                key=key,
                location=location,  # type: ignore[arg-type]  # one of _LOCATIONS
                name=node.get_required("name").read_string(),
                about=read_metadata(node),
            )
        case "http":
            return _read_http_scheme(key, node)
        # The client sends the token; how the caller gets it is outside of its scope.
        case "oauth2":
            return HttpScheme(
                key=key, scheme="bearer", via="oauth2", about=read_metadata(node)
            )
        case "openIdConnect":
            return HttpScheme(
                key=key, scheme="bearer", via="openIdConnect", about=read_metadata(node)
            )
        case other:
            raise build_error(
                "security-scheme",
                f"type {other!r} is not supported",
                at=node.origin.get_child("type"),
                hint="pass an `http_client` that is set up for it",
            )


def _read_http_scheme(key: str, node: Node) -> HttpScheme:
    scheme = node.get_required("scheme").read_string().lower()
    if scheme not in _HTTP_SCHEMES:
        raise build_error(
            "security-scheme",
            f"HTTP scheme {scheme!r} is not supported",
            at=node.origin.get_child("scheme"),
            hint="pass an `http_client` that is set up for it",
        )

    return HttpScheme(
        key=key,
        scheme=scheme,  # type: ignore[arg-type]  # one of _HTTP_SCHEMES
        bearer_format=node.get_string("bearerFormat"),
        about=read_metadata(node),
    )


@frozen_value
class SchemeKeys:
    """The keys of the schemes that the client supports, and of those it does not."""

    usable: frozenset[str]
    unsupported: frozenset[str]


def classify_schemes(document: Document, made: Iterable[SecurityScheme]) -> SchemeKeys:
    """Return the keys of the declared schemes, by whether they were read.

    Args:
        document: The document, which declares the schemes.
        made: The schemes that were read.
    """
    components = document.root.get("components")
    usable = frozenset(each.key for each in made)
    if components is None:
        return SchemeKeys(usable, frozenset())

    declared = frozenset(key for key, _ in components.iter_items_of("securitySchemes"))
    return SchemeKeys(usable, declared - usable)


def read_usable_security(
    node: Node, known: SchemeKeys, inherited: Security, sink: DiagnosticSink
) -> Security:
    """Return the alternatives of a node with `security`, else those inherited.

    An alternative that needs an unknown scheme is skipped with a warning; one that
    needs an unsupported scheme without, because that scheme already has a warning.

    Args:
        node: The document or an operation.
        known: The keys of the schemes.
        inherited: The alternatives of a node without `security`.
        sink: Receives the warnings.
    """
    found = node.get("security")
    if found is None or found.value is None:
        return inherited

    made: dict[tuple[str, ...], None] = {}
    for each in node.iter_elements_of("security"):
        names = tuple(each.read_mapping())
        strange = [name for name in names if name not in known.usable]

        if strange and known.unsupported.issuperset(strange):
            continue

        if strange:
            sink.add_warning(
                "unknown-security-scheme",
                f"skipped a security alternative: scheme {strange[0]!r} is not "
                "declared",
                at=each.origin,
                hint="declare it in components.securitySchemes",
            )
            continue

        made[names] = None
    return tuple(made)


def read_security_requirements(node: Node) -> SecurityRequirements:
    """Return all alternatives of a node with `security`, with their scopes."""
    return tuple(
        tuple((name, _read_scopes(scopes)) for name, scopes in each.iter_items())
        for each in node.iter_elements_of("security")
    )


def _read_scopes(node: Node) -> tuple[str, ...]:
    if not isinstance(node.value, list):
        return ()
    return tuple(each.read_string() for each in node.iter_elements())


def read_declared_schemes(document: Document) -> tuple[DeclaredScheme, ...]:
    """Return all security schemes as they are declared; an invalid one is ignored."""
    components = document.root.get("components")

    made = []
    for key, each in (
        () if components is None else components.iter_items_of("securitySchemes")
    ):
        try:
            node = document.resolve(each) if each.has("$ref") else each
            flows = tuple(node.iter_items_of("flows"))
            made.append(
                DeclaredScheme(
                    key=key,
                    facts=_read_flow_facts("", node)
                    + tuple(
                        f for name, flow in flows for f in _read_flow_facts(name, flow)
                    ),
                    scopes=tuple(
                        (
                            name,
                            scope,
                            text.read_string() if isinstance(text.value, str) else "",
                        )
                        for name, flow in flows
                        for scope, text in flow.iter_items_of("scopes")
                    ),
                    about=read_metadata(node),
                )
            )
        except DiagnosticError:
            # `read_security_schemes` reports the error.
            continue
    return tuple(made)


def _read_flow_facts(flow: str, node: Node) -> tuple[tuple[str, str], ...]:
    prefix = f"flows.{flow}." if flow else ""
    return tuple(
        (f"{prefix}{name}", each.value)
        for name, each in node.iter_items()
        if isinstance(each.value, str) and name != "description"
    )
