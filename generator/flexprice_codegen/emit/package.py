"""The files around the client: front door, version, README, and marks for tools.

In: a `Surface`, the name of the package, versions. Out: drafts of files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from flexprice_codegen.emit.expression import NO_IMPORTS, ImportedName
from flexprice_codegen.emit.files import Draft
from flexprice_codegen.emit.imports import (
    ModuleLocation,
    format_exports,
    format_imports,
)
from flexprice_codegen.emit.quoting import cell, docstring, one_line
from flexprice_codegen.emit.render import render
from flexprice_codegen.emit.testing import example_key
from flexprice_codegen.surface.model import EventRow, Method, Resource, Surface
from flexprice_codegen.surface.python import ClassNamed, classes_in, plain_names, text

_GITATTRIBUTES = "* text eol=lf linguist-generated\n"
_PUBLIC = (
    *(
        ImportedName("runtime", "errors", name)
        for name in (
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
    ),
    ImportedName("runtime", "answers", "RawResponse"),
    ImportedName("runtime", "retry", "Retry"),
)
"""What the package of every client exports beside the client classes."""
_INIT_IMPORTS = frozenset(
    {
        ImportedName("library", "typing", "TYPE_CHECKING"),
        ImportedName("runtime", "lazy", "lazy"),
    }
)


@dataclass(frozen=True, slots=True)
class About:
    """What the package says of itself."""

    package: str
    generator_version: str
    spec_version: str
    lock_name: str


def draft_package(
    surface: Surface, about: About, runtime: str, inputs: str, *, testing: bool = False
) -> Iterator[Draft]:
    """Yield the drafts of the files that are in every package.

    Args:
        surface: What Python sees of the API.
        about: What the package says of itself.
        runtime: Where a shared runtime is, seen from the client's folder.
        inputs: The digest of what they are made from.
        testing: Whether there is a module for tests, of which README speaks.
    """
    public = frozenset(_list_public(surface)) if surface.has_client else NO_IMPORTS
    location = ModuleLocation("", runtime)
    yield Draft(".gitattributes", lambda: _GITATTRIBUTES, inputs)
    yield Draft("README.md", partial(_readme, surface, about, testing=testing), inputs)
    yield Draft(
        "__init__.py",
        partial(_render_init, surface, public, location),
        inputs,
        imports=public | _INIT_IMPORTS if public else NO_IMPORTS,
    )
    yield Draft("_version.py", partial(_version, surface, about), inputs)
    yield Draft("py.typed", str, inputs)


def _render_init(
    surface: Surface, public: frozenset[ImportedName], location: ModuleLocation
) -> str:
    title = one_line(surface.title) or surface.client
    return render(
        "package/__init__.py.jinja",
        doc=docstring(f"A client of {title}.", 0),
        imports=format_imports(_INIT_IMPORTS, location),
        exports=format_exports(public, location, indent=4),
        homes=sorted((each.name, location.get_module(each)) for each in public),
    )


def _list_public(surface: Surface) -> list[ImportedName]:
    """Return the names that users import from the package."""
    names = list(_PUBLIC)
    methods = [method for each in surface.resources for method in each.methods]
    if any(method.pages for method in methods):
        names.append(ImportedName("runtime", "paging", "paged"))
    if any("bytes" in plain_names(method.returns) for method in methods):
        names.append(ImportedName("runtime", "downloads", "download"))
    streams = {method.stream for method in methods} - {""}
    if streams:
        names.append(ImportedName("runtime", "streams", "Streamed"))
        names.append(ImportedName("runtime", "streams", "AsyncStreamed"))
    if "events" in streams:
        names.append(ImportedName("runtime", "streams", "ServerSentEvent"))
    names.append(ImportedName("client", "_client", f"Async{surface.client}"))
    names.append(ImportedName("client", "_client", surface.client))
    return names


def _version(surface: Surface, about: About) -> str:
    product = (
        "".join(each for each in surface.client.lower() if each.isascii()) or "client"
    )
    spec = "".join(
        each
        for each in about.spec_version
        if each.isascii() and (each.isalnum() or each in ".-_+")
    )
    return render(
        "package/_version.py.jinja",
        spec_version=surface.version,
        generator_version=about.generator_version,
        user_agent=f"{product}-python/{spec or '0'} flexprice-codegen/{about.generator_version}",
    )


def _readme(surface: Surface, about: About, *, testing: bool) -> str:
    return render(
        "package/README.md.jinja",
        surface=surface,
        about=about,
        title=cell(surface.title) or surface.client,
        version=cell(surface.version),
        example=_example(surface),
        testing=testing and surface.resources,
        key=example_key(surface),
        delivery=_delivery(surface),
        events=[
            (
                one_line(each.name).replace("`", "'").replace("|", r"\|"),
                _payload(each).replace("|", r"\|"),
            )
            for each in surface.events.rows
        ],
    )


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event to show: its constant, and its payload as an annotation."""

    constant: str
    annotation: str
    model: bool


def _delivery(surface: Surface) -> Delivery | None:
    """Pick an event to show: a new customer, which everybody knows, else the first."""
    rows = surface.events.rows
    if not rows:
        return None
    plain = (each for each in rows if each.name.endswith("customer.created"))
    row = next(plain, rows[0])
    model = next(classes_in(row.payload), None) is not None
    return Delivery(row.constant, _payload(row), model)


def _payload(row: EventRow) -> str:
    return text(row.payload, "models.")


@dataclass(frozen=True, slots=True)
class Example:
    """A call to show: the shortest that a reader can fill in."""

    resource: Resource
    method: Method
    arguments: str
    model: str


def _example(surface: Surface) -> Example | None:
    """Pick a method to show: one with a body of its own class, else the first."""
    methods = [(each, method) for each in surface.resources for method in each.methods]
    best = min(methods, key=lambda pair: _awkwardness(pair[1]), default=None)
    if best is None:
        return None
    resource, method = best
    parts = []
    model = ""
    if method.body is not None and isinstance(method.body.type, ClassNamed):
        model = method.body.type.name
        parts.append(f"models.{model}(...)")
    elif method.body is not None and method.body.required:
        parts.append("...")
    parts += [f"{each.name}=..." for each in method.arguments if each.required]
    return Example(resource, method, ", ".join(parts), model)


def _awkwardness(method: Method) -> tuple[int, int, str]:
    body = method.body
    plain = body is not None and isinstance(body.type, ClassNamed)
    required = sum(each.required for each in method.arguments)
    return (
        0 if plain and method.name.startswith("create") else 1 if plain else 2,
        required,
        method.name,
    )
