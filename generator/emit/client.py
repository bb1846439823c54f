"""The client class, the package's front door and what stands around them.

In: a `Surface` and the name of the package. Out: files.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from generator.emit.errors import usual_errors
from generator.emit.files import File
from generator.emit.imports import import_lines
from generator.emit.method_view import tuples
from generator.emit.quoting import WIDTH, docstring, one_line
from generator.emit.render import render
from generator.emit.spread import mapping, spread
from generator.surface.model import Credential, Resource, Surface
from generator.surface.python import literal, text

ERRORS = (
    "APIConnectionError",
    "APIError",
    "APIStatusError",
    "APITimeoutError",
    "AuthenticationError",
    "BadRequestError",
    "ConflictError",
    "MissingCredentialsError",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitError",
    "ResponseBodyError",
    "ResponseMismatchError",
    "ServerError",
    "UnprocessableEntityError",
)
PUBLIC = (
    (".runtime.answers", "RawResponse"),
    (".runtime.retry", "Retry"),
)
"""What the front door offers beside the clients and the errors, by module."""


@dataclass(frozen=True, slots=True)
class CredentialView:
    """A keyword of the client and its scheme, printed."""

    keyword: str
    key: str
    scheme: str
    type: str
    async_type: str


def usual_security(surface: Surface) -> tuple[tuple[str, ...], ...]:
    """Give the security that most operations have; it is said once."""
    often = Counter(
        method.security for resource in surface.resources for method in resource.methods
    )
    return often.most_common(1)[0][0] if often else ()


def client_file(surface: Surface) -> File:
    """Make the module of both client classes."""
    credentials = [_credential(each) for each in surface.credentials]
    names = [literal(each.name) for each in surface.servers]
    return File(
        path="_client.py",
        text=render(
            "client/client.py.jinja",
            surface=surface,
            imports=import_lines(_imports(surface)),
            credentials=credentials,
            hidden=_hidden(credentials),
            resources={
                prefix: [_lazy(each, prefix) for each in surface.resources]
                for prefix in ("", "Async")
            },
            typing_imports=import_lines(_typing_imports(surface), 4),
            config=_config(surface, credentials),
            docs={
                mode: docstring(_doc(surface, mode), 4) for mode in ("sync", "async")
            },
            server_type="\n".join(
                spread("server: Literal[", names, "] | None = None,", 8)
            ),
        ),
    )


def _hidden(credentials: list[CredentialView]) -> str:
    """Write how the constructor puts away what no traceback may show."""
    pairs = [(each.key, each.keyword) for each in credentials]
    items = ["base_url=base_url", mapping("credentials", pairs, 12)]
    names = ["base_url", *(each.keyword for each in credentials)]
    lines = spread("self._hidden = HiddenSettings(", items, ")", 8)
    deleted = f"        del {', '.join(names)}"
    return "\n".join(
        [
            *lines,
            "        # Tracebacks show locals.",
            *([deleted] if len(deleted) <= WIDTH else spread("del (", names, ")", 8)),
        ]
    )


def _imports(surface: Surface) -> list[tuple[str, str]]:
    found = [
        ("__future__", "annotations"),
        ("typing", "TYPE_CHECKING"),
        ("._version", "USER_AGENT"),
        (".runtime.base", "ClientConfig"),
        (".runtime.client", "AsyncClient"),
        (".runtime.client", "SyncClient"),
        (".runtime.hidden", "HiddenSettings"),
        (".runtime.retry", "DEFAULT_RETRY"),
        (".runtime.retry", "Retry"),
    ]
    if surface.resources:
        found.append((".runtime.base", "Lazy"))
    if surface.credentials:
        found.append((".runtime.auth", "Scheme"))
    return found


def _typing_imports(surface: Surface) -> list[tuple[str, str]]:
    found = [
        ("httpx2", ""),
        (".runtime.base", "RequestHook"),
        (".runtime.base", "ResponseHook"),
        (".runtime.base", "Timeout"),
    ]
    if surface.servers:
        found.append(("typing", "Literal"))
    for each in surface.credentials:
        if each.kind == "basic":
            found.append((".runtime.auth", "Password"))
        else:
            found += [(".runtime.auth", "AsyncToken"), (".runtime.auth", "Token")]
    for resource in surface.resources:
        module = f".resources.{resource.module}"
        found += [
            (module, resource.class_name),
            (module, f"Async{resource.class_name}"),
        ]
    return found


def _config(surface: Surface, credentials: list[CredentialView]) -> list[str]:
    """Write the keywords of the client's settings, a line or more each."""
    servers = [
        f"        {literal(each.name)}: {literal(each.url)},"
        for each in surface.servers
    ]
    lines = [
        '    package=__name__.rpartition(".")[0],',
        "    user_agent=USER_AGENT,",
        f"    prefix={literal(surface.variable_prefix)},",
        *_dictionary("servers", servers),
        *_dictionary("schemes", [each.scheme for each in credentials]),
    ]
    security = usual_security(surface)
    if security:
        lines.append(f"    security={tuples(security)},")
    if surface.default_error is not None:
        lines.append(f"    error={literal(text(surface.default_error))},")
    return lines


def _dictionary(keyword: str, lines: list[str]) -> list[str]:
    if not lines:
        return [f"    {keyword}={{}},"]
    return [f"    {keyword}={{", *lines, "    },"]


def _lazy(resource: Resource, prefix: str) -> str:
    name = f"{prefix}{resource.class_name}"
    items = [literal(f".resources.{resource.module}"), literal(name)]
    return "\n".join(spread(f"{resource.name}: Lazy[{name}] = Lazy(", items, ")", 4))


def _credential(credential: Credential) -> CredentialView:
    names = [credential.kind, credential.keyword, credential.variable]
    if credential.wire:
        names.append(credential.wire)
    is_pair = credential.kind == "basic"
    opening = f"{literal(credential.scheme)}: Scheme("
    return CredentialView(
        keyword=credential.keyword,
        key=literal(credential.scheme),
        scheme="\n".join(spread(opening, [literal(each) for each in names], "),", 8)),
        type="Password" if is_pair else "Token",
        async_type="Password" if is_pair else "AsyncToken",
    )


def _doc(surface: Surface, mode: str) -> str:
    title = one_line(surface.title) or surface.client
    how = {"sync": "A client", "async": "A client for asyncio and trio"}[mode]
    variables = [
        f"`{each.keyword}` is read from {each.variable} where it is not given."
        for each in surface.credentials
    ]
    variables.append(
        f"`base_url` is read from {surface.variable_prefix}_BASE_URL, before `server` counts."
    )
    if usual := usual_errors(surface):
        others = "methods say which others they raise"
        variables.append(f"Calls may raise {', '.join(usual)}; {others}.")
    return "\n".join([f"{how} of {title}.", "", *variables])
