"""The files around the client: `__init__.py`, version, README, and marks for tools.

In: a `Surface` and facts about the package. Out: drafts of files.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from flexprice_codegen.emit.examples import find_example_call
from flexprice_codegen.emit.expression import NO_IMPORTS, ImportedName
from flexprice_codegen.emit.files import Draft
from flexprice_codegen.emit.imports import (
    ModuleLocation,
    format_exports,
    format_imports,
)
from flexprice_codegen.emit.python_text import (
    escape_markdown,
    format_docstring,
    join_lines,
)
from flexprice_codegen.emit.render import render_template
from flexprice_codegen.emit.testing import format_example_credential
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.model import EventRow, Method, Surface
from flexprice_codegen.surface.python_types import (
    ANY_TYPE,
    format_type,
    list_model_names,
    list_plain_names,
)
from flexprice_codegen.surface.reserved import build_async_name
from flexprice_codegen.surface.undeclared_content import has_undeclared_content
from flexprice_codegen.version import REPOSITORY

# Checkouts on Windows keep the generated text, and GitHub collapses it in diffs.
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
    ImportedName("runtime", "calling", "RequestOptions"),
    ImportedName("runtime", "retry", "Retry"),
)
"""The names that the package of every client exports besides the client classes."""
_PAGED_NAMES = frozenset({"paged", "Streamed"})
"""The names that a client exports if it has pages or streams."""
_TYPED_LISTS = frozenset({"items", ""})
"""Where lists are in responses whose types `paging` has."""
_INIT_IMPORTS = frozenset(
    {
        ImportedName("library", "typing", "TYPE_CHECKING"),
        ImportedName("runtime", "lazy", "lazy"),
    }
)


@frozen_value
class PackageInfo:
    """Facts about a package: import path, versions, name of the lock file."""

    package: str
    generator_version: str
    spec_version: str
    lock_name: str


def draft_package(
    surface: Surface,
    about: PackageInfo,
    runtime: str,
    inputs: str,
    *,
    testing: bool = False,
    recording: bool = False,
) -> Iterator[Draft]:
    """Yield the drafts of the files that are in every package.

    Args:
        surface: The client's classes and methods.
        about: Facts about the package.
        runtime: The path of a shared runtime, relative to the client's directory; empty
            if the client has its own.
        inputs: The hash of what the texts are made from.
        testing: Whether there is a module `testing.py`, which the README describes.
        recording: Whether there is a module `recording.py`, likewise.
    """
    public = frozenset(list_public_names(surface)) if surface.has_client else NO_IMPORTS
    location = ModuleLocation("", runtime)
    yield Draft(".gitattributes", lambda: _GITATTRIBUTES, inputs)
    yield Draft(
        "README.md",
        partial(_render_readme, surface, about, testing=testing, recording=recording),
        inputs,
    )
    yield Draft(
        "__init__.py",
        partial(_render_init, surface, public, location),
        inputs,
        imports=public | _INIT_IMPORTS if public else NO_IMPORTS,
    )
    yield Draft("_version.py", partial(_render_version, surface, about), inputs)
    yield Draft("py.typed", str, inputs)


def _render_init(
    surface: Surface, public: frozenset[ImportedName], location: ModuleLocation
) -> str:
    title = join_lines(surface.title) or surface.client
    return render_template(
        "package/__init__.py.jinja",
        doc=format_docstring(f"A client of {title}.", 0),
        imports=format_imports(_INIT_IMPORTS, location),
        exports=format_exports(public, location, indent=4),
        homes=sorted((each.name, location.get_module(each)) for each in public),
    )


def list_public_names(surface: Surface) -> list[ImportedName]:
    """Return the names that users import from the package."""
    names = list(_PUBLIC)
    methods = [method for each in surface.resources for method in each.methods]
    places = {each.pagination.items for each in methods if each.pagination is not None}
    if places:
        # `paged` knows the types of lists in `items`, and of bare lists.
        module = "paging" if places <= _TYPED_LISTS else "paging_anywhere"
        names.append(ImportedName("runtime", module, "paged"))
    if any(map(_may_return_file, methods)):
        names.append(ImportedName("runtime", "downloads", "download"))

    forms = [each.streaming.method for each in methods if each.streaming is not None]
    streams = {method.stream for method in (*methods, *forms)} - {""}
    if streams:
        names.append(ImportedName("runtime", "streams", "Streamed"))
        names.append(ImportedName("runtime", "streams", "AsyncStreamed"))
        names.append(ImportedName("runtime", "streams", "RawStream"))
        names.append(ImportedName("runtime", "streams", "AsyncRawStream"))

    if "events" in streams:
        names.append(ImportedName("runtime", "stream_reading", "ServerSentEvent"))

    names.append(ImportedName("client", "_client", build_async_name(surface.client)))
    names.append(ImportedName("client", "_client", surface.client))
    return names


def _may_return_file(method: Method) -> bool:
    """Return whether `download` can be of use: for bytes, and for what is undeclared."""
    may_be_bytes = "bytes" in list_plain_names(method.returns)
    is_unknown = method.returns == ANY_TYPE or has_undeclared_content(method)
    return may_be_bytes or is_unknown


def _render_version(surface: Surface, about: PackageInfo) -> str:
    # RFC 9110 §5.6.2: a product token has no spaces or non-ASCII letters.
    product = (
        "".join(each for each in surface.client.lower() if each.isascii()) or "client"
    )
    spec = "".join(
        each
        for each in about.spec_version
        if each.isascii() and (each.isalnum() or each in ".-_+")
    )

    return render_template(
        "package/_version.py.jinja",
        spec_version=surface.version,
        generator_version=about.generator_version,
        user_agent=f"{product}-python/{spec or '0'} flexprice-codegen/{about.generator_version}",
    )


def _render_readme(
    surface: Surface, about: PackageInfo, *, testing: bool, recording: bool
) -> str:
    names = {each.name for each in list_public_names(surface)}
    return render_template(
        "package/README.md.jinja",
        surface=surface,
        about=about,
        title=escape_markdown(surface.title) or surface.client,
        version=escape_markdown(surface.version),
        example=find_example_call(surface),
        testing=testing and surface.resources,
        recording=recording,
        key=format_example_credential(surface),
        delivery=_find_example_event(surface),
        has_pages=not names.isdisjoint(_PAGED_NAMES),
        docs=f"{REPOSITORY}/blob/main/docs",
    )


@frozen_value
class ExampleEvent:
    """An event for an example: its constant, and its payload as a type hint."""

    constant: str
    annotation: str
    model: bool


def _find_example_event(surface: Surface) -> ExampleEvent | None:
    """Return an event for an example: a new customer if possible, else the first."""
    rows = surface.events.rows
    if not rows:
        return None
    # Every reader knows what a customer is, whatever the API is about.
    plain = (each for each in rows if each.name.endswith("customer.created"))
    row = next(plain, rows[0])
    model = bool(list_model_names(row.payload))
    return ExampleEvent(row.constant, _format_payload(row), model)


def _format_payload(row: EventRow) -> str:
    return format_type(row.payload, "models.")
