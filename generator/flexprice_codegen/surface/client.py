"""The client class: its name and its credentials.

In: the `Api`. Out: names and values for the client class.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from flexprice_codegen.api.model import (
    Api,
    ApiKeyScheme,
    HttpScheme,
    SecurityScheme,
)
from flexprice_codegen.config import PythonOptions
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.model import ClientCredential
from flexprice_codegen.surface.naming import NameRequest, NameScope, assign_names
from flexprice_codegen.surface.reserved import (
    ASYNC_PREFIX,
    CREDENTIAL_NAMES,
    is_taken_by_client,
)
from flexprice_codegen.words import (
    build_class_name,
    build_identifier,
    split_words,
    to_constant_case,
)

# Words at the end of a title that do not identify the API.
_DECORATION = frozenset(
    {"api", "apis", "service", "rest", "openapi", "swagger", "v1", "v2", "v3"}
)
# The prefix of the async class is no name, and every API is an `API`.
_NO_NAMES = frozenset({ASYNC_PREFIX, "API", "Api"})
# Longer titles and descriptions are sentences rather than names.
MOST_WORDS = 4
CLIENT_KIND = "client"
CLASS_KEY = "class"
ENV_PREFIX_KEY = "env_prefix"
"""The kind and the keys of the client's names in the lock file."""


@frozen_value(kw_only=True)
class ClientNames:
    """The class name of a client, and the prefix of its environment variables."""

    class_name: str
    env_prefix: str


def choose_client_names(
    title: str, options: PythonOptions, previous: Mapping[str, str]
) -> ClientNames:
    """Return the configured names, else those of an earlier run, else new ones.

    The class is named after the title, and environment variables after the class. A
    name of an earlier run is replaced if generated code now needs it.

    Args:
        title: The title of the API.
        options: The options of the user.
        previous: The names of an earlier run, by `CLASS_KEY` and `ENV_PREFIX_KEY`.
    """
    before = previous.get(CLASS_KEY, "")
    kept = "" if is_taken_by_client(before) else before
    class_name = options.class_name or kept or build_client_name(title)
    env_prefix = options.env_prefix or previous.get(ENV_PREFIX_KEY, "")
    return ClientNames(
        class_name=class_name, env_prefix=env_prefix or to_constant_case(class_name)
    )


def build_client_name(title: str) -> str:
    """Return a class name from a title, without "API" or "Service" at its end."""
    kept = list(split_words(title.replace("OpenAPI", "Openapi")))  # is one word
    while len(kept) > 1 and kept[-1].lower() in _DECORATION:
        kept.pop()

    name = build_class_name(" ".join(kept[:MOST_WORDS]) or "API", "Client")
    while name in _NO_NAMES or is_taken_by_client(name):
        name = f"{name}Client"
    return name


def build_credentials(
    api: Api, prefix: str, previous: Mapping[str, str], sink: DiagnosticSink
) -> tuple[ClientCredential, ...]:
    """Build a keyword argument for each security scheme: its name without "Auth".

    Args:
        api: The API.
        prefix: The prefix of environment variables.
        previous: The names of an earlier run, by scheme.
        sink: Receives a note for each name that is not the preferred one.
    """
    names = assign_names(
        [_build_name_request(each) for each in api.schemes],
        # Each credential has an environment variable, in uppercase.
        NameScope(title="credential", reserved=CREDENTIAL_NAMES, ignore_case=True),
        previous,
        sink,
    )
    return tuple(
        _build_credential(each, names[each.key], prefix) for each in api.schemes
    )


def _build_name_request(scheme: SecurityScheme) -> NameRequest:
    """Build the request for the name of a credential."""
    kept = list(split_words(scheme.key.replace("OAuth", "Oauth")))  # is one word
    while len(kept) > 1 and kept[-1].lower() in {
        "auth",
        "authentication",
        "authorization",
    }:
        kept.pop()

    name = build_identifier(scheme.about.name or "_".join(kept), "credential")
    return NameRequest(
        key=scheme.key,
        exact=name,
        whole=f"{name.rstrip('_')}_auth",
        origin=scheme.about.origin,
    )


def _build_credential(
    scheme: SecurityScheme, keyword: str, prefix: str
) -> ClientCredential:
    """Build the credential of a scheme."""
    variable = f"{prefix}_{keyword.strip('_').upper()}"
    match scheme:
        case ApiKeyScheme():
            return ClientCredential(
                keyword=keyword,
                scheme=scheme.key,
                kind=scheme.location,
                wire=scheme.name,
                variable=variable,
            )
        case HttpScheme():
            return ClientCredential(
                keyword=keyword,
                scheme=scheme.key,
                kind=scheme.scheme,
                variable=variable,
            )
        case _:
            assert_never(scheme)
