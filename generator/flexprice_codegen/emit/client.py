"""The module of both client classes.

In: a `Surface`. Out: the draft of `_client.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

from flexprice_codegen.emit.doc_errors import find_common_errors
from flexprice_codegen.emit.expression import (
    Expression,
    ImportedName,
    dict_expression,
    join_expressions,
    tuple_expression,
)
from flexprice_codegen.emit.files import Draft
from flexprice_codegen.emit.imports import ModuleLocation, format_imports
from flexprice_codegen.emit.method_view import format_security
from flexprice_codegen.emit.python_text import format_docstring, join_lines
from flexprice_codegen.emit.render import render_template
from flexprice_codegen.surface.model import NamedServer, ServerVariable, Surface
from flexprice_codegen.surface.python_types import format_literal, format_type
from flexprice_codegen.words import append_underscores

PATH = "_client.py"


def find_usual_security(surface: Surface) -> tuple[tuple[str, ...], ...]:
    """Return the security requirement that most operations share.

    The client class states it once, and only operations with another one repeat theirs.
    """
    often = Counter(
        method.security for resource in surface.resources for method in resource.methods
    )
    return often.most_common(1)[0][0] if often else ()


def draft_client(surface: Surface, runtime: str, inputs: str) -> Draft:
    """Return the draft of the module of both client classes.

    Args:
        surface: The client's classes and methods.
        runtime: The path of a shared runtime, relative to the client's directory; empty
            if the client has its own.
        inputs: The hash of what the text is made from.
    """
    imports = frozenset(_iter_imports(surface))
    return Draft(
        path=PATH,
        render=partial(
            _render_client,
            surface,
            location=ModuleLocation("", runtime),
            imports=imports,
        ),
        inputs=inputs,
        imports=imports,
    )


def _render_client(
    surface: Surface,
    *,
    location: ModuleLocation,
    imports: frozenset[ImportedName],
) -> str:
    security = find_usual_security(surface)
    error = surface.default_error
    return render_template(
        "client/client.py.jinja",
        surface=surface,
        imports=format_imports(imports, location),
        security=format_security(security) if security else None,
        error="" if error is None else format_type(error),
        request=_choose_request_name(surface),
        variables={
            each.keyword: _annotate_variable(each) for each in surface.server_variables
        },
        templates={each.name: _format_template(each) for each in surface.servers},
        docs={mode: format_docstring(_build_doc(surface, mode), 4) for mode in _MODES},
    )


def _choose_request_name(surface: Surface) -> str:
    """Return the name of the method for other requests; a resource keeps its name."""
    resources = {each.name for each in surface.resources}
    return append_underscores("request", resources)


def _annotate_variable(variable: ServerVariable) -> str:
    """Return the type hint of a server variable."""
    listed = ", ".join(map(format_literal, variable.values))
    text = f"Literal[{listed}]" if listed else "str"
    return text if variable.default is not None else f"{text} | None"


def _format_template(server: NamedServer) -> str:
    """Return the expression of a server with variables; empty for one without."""
    if not server.template:
        return ""
    values = dict(server.values)
    listed = [each for each, _ in server.variables if each in values]
    parts = [
        Expression(format_literal(server.template)),
        dict_expression(
            (format_literal(each), Expression(format_literal(default)))
            for each, default in server.variables
        ),
    ]
    if listed:
        parts.append(
            dict_expression(
                (
                    format_literal(each),
                    tuple_expression(
                        Expression(format_literal(value)) for value in values[each]
                    ),
                )
                for each in listed
            )
        )
    return f"ServerTemplate({join_expressions(', ', parts)})"


def _iter_imports(surface: Surface) -> Iterator[ImportedName]:
    """Yield the imports of the module; tools read its type hints at run time."""
    yield ImportedName("library", "__future__", "annotations")
    yield ImportedName("client", "_version", "USER_AGENT")
    yield ImportedName("library", "collections.abc", "Mapping")
    yield ImportedName("library", "httpx2")
    yield ImportedName("library", "msgspec", "UNSET")
    yield ImportedName("library", "msgspec", "UnsetType")
    yield ImportedName("library", "typing", "Any")
    yield ImportedName("library", "typing", "Self")
    yield ImportedName("library", "typing", "Unpack")
    yield ImportedName("runtime", "calling", "MAX_RESPONSE_SIZE")
    yield ImportedName("runtime", "async_client", "AsyncClient")
    yield ImportedName("runtime", "calling", "ClientConfig")
    yield ImportedName("runtime", "calling", "ClientOptions")
    yield ImportedName("runtime", "calling", "RequestHook")
    yield ImportedName("runtime", "calling", "ResponseHook")
    yield ImportedName("runtime", "calling", "Timeout")
    yield ImportedName("runtime", "client", "SyncClient")
    yield ImportedName("runtime", "hidden", "HiddenSettings")
    yield ImportedName("runtime", "retry", "DEFAULT_RETRY")
    yield ImportedName("runtime", "retry", "Retry")
    if surface.servers:
        yield ImportedName("library", "typing", "Literal")
    if surface.resources:
        # A resource of the API can have the name of this package.
        yield ImportedName("client", "", "resources as _resources")
        yield ImportedName("runtime", "lazy", "Lazy")
    if surface.server_variables:
        yield ImportedName("runtime", "server_urls", "ServerTemplate")
    if surface.credentials:
        yield ImportedName("runtime", "auth", "Scheme")
    for credential in surface.credentials:
        if credential.is_password:
            yield ImportedName("runtime", "auth", "Password")
        else:
            yield ImportedName("runtime", "auth", "AsyncToken")
            yield ImportedName("runtime", "auth", "Token")


# The beginning of the docstring of each client.
_MODES = {"sync": "A client", "async": "A client for asyncio and trio"}


def _build_doc(surface: Surface, mode: str) -> str:
    title = join_lines(surface.title) or surface.client
    variables = [
        f"`{each.keyword}` is read from {each.variable} where it is not given."
        for each in surface.credentials
    ]
    variables += [
        f"`{each.keyword}` is {{{join_lines(each.wire)}}} in the URL of the server."
        for each in surface.server_variables
    ]
    variables.append(
        f"`base_url` is read from {surface.variable_prefix}_BASE_URL, before `server` counts."
    )
    if usual := find_common_errors(surface):
        others = "methods say which others they raise"
        variables.append(f"Calls may raise {', '.join(usual)}; {others}.")

    return "\n".join([f"{_MODES[mode]} of {title}.", "", *variables])
