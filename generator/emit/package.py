"""The files around the client: front door, version, README, and marks for tools.

In: a `Surface`, the name of the package, versions. Out: files.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.emit.client import ERRORS, PUBLIC
from generator.emit.files import File
from generator.emit.imports import exports
from generator.emit.quoting import cell, docstring, one_line
from generator.emit.render import render
from generator.emit.testing import example_key
from generator.surface.model import EventRow, Method, Resource, Surface
from generator.surface.python import ClassNamed, classes_in, plain_names, text

PACKAGE_FILES = (
    ".gitattributes",
    "README.md",
    "__init__.py",
    "_version.py",
    "py.typed",
)


@dataclass(frozen=True, slots=True)
class About:
    """What the package says of itself."""

    package: str
    generator_version: str
    spec_version: str
    lock_name: str


def package_files(
    surface: Surface, about: About, *, testing: bool = False
) -> tuple[File, ...]:
    """Make `__init__.py`, `_version.py`, `README.md`, `py.typed`, `.gitattributes`."""
    return (
        File(".gitattributes", "* text eol=lf linguist-generated\n"),
        File("README.md", _readme(surface, about, testing=testing)),
        File("__init__.py", _front_door(surface)),
        File("_version.py", _version(surface, about)),
        File("py.typed", ""),
    )


def _front_door(surface: Surface) -> str:
    homes = _homes(surface) if surface.has_client else []
    title = one_line(surface.title) or surface.client
    return render(
        "package/__init__.py.jinja",
        doc=docstring(f"A client of {title}.", 0),
        exports=exports(homes, 4),
        homes=sorted((name, module) for module, name in homes),
    )


def _homes(surface: Surface) -> list[tuple[str, str]]:
    """Give the modules of the names that users import from the package."""
    homes = [*((".runtime.errors", name) for name in ERRORS), *PUBLIC]
    methods = [method for each in surface.resources for method in each.methods]
    if any(method.pages for method in methods):
        homes.append((".runtime.paging", "paged"))
    if any("bytes" in plain_names(method.returns) for method in methods):
        homes.append((".runtime.downloads", "download"))
    streams = {method.stream for method in methods} - {""}
    if streams:
        names = ["Streamed", "AsyncStreamed"]
        names += ["ServerSentEvent"] if "events" in streams else []
        homes += [(".runtime.streams", name) for name in names]
    homes += [("._client", f"Async{surface.client}"), ("._client", surface.client)]
    return homes


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
