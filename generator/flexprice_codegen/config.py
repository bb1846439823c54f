"""The typed model of the configuration file.

In: the text of `flexprice-codegen.toml`, or of a `pyproject.toml` with the table
`[tool.flexprice-codegen]`. Out: `Config`: what to generate, and where. An unknown key
or a value of the wrong type is a `DiagnosticError` that names it and suggests the right
one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import field
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import Any, Literal, TypeAlias

from flexprice_codegen.config_values import (
    build_key_pattern,
    build_value_error,
    check_keys,
    find_location,
    parse_toml,
    read_boolean,
    read_string,
    read_strings,
)
from flexprice_codegen.diagnostics import FileLocation, build_error
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.output_paths import normalize_output
from flexprice_codegen.version import VERSION

CONFIG_FILE_NAME = "flexprice-codegen.toml"
TOOL_TABLE = "flexprice-codegen"


@frozen_value
class Pattern:
    """A name with wildcards (`*`, `?`), and its location if it comes from a file."""

    text: str
    location: FileLocation | None = field(default=None, compare=False)

    @property
    def has_wildcard(self) -> bool:
        """Whether the pattern has a wildcard."""
        return "*" in self.text or "?" in self.text

    def matches_name(self, name: str) -> bool:
        """Return whether a name matches; `*` is any characters, `?` is one."""
        # `fnmatch` reads `[…]` as a set, but here a bracket is only a bracket.
        return fnmatchcase(name, self.text.replace("[", "[[]"))


@frozen_value(kw_only=True)
class Selection:
    """The parts of a document to generate; an empty selection selects everything.

    `operations` are operation IDs or `METHOD /path`; `events` are names on the wire.
    """

    tags: tuple[Pattern, ...] = ()
    operations: tuple[Pattern, ...] = ()
    events: tuple[Pattern, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.tags or self.operations or self.events)


FULL_SELECTION = Selection()


@frozen_value(kw_only=True)
class PythonOptions:
    """Options of the user about the Python names and types of a client.

    A new option needs a field here, its key in `OPTION_KEYS`, its command-line option
    in `cli/arguments.py`, and a use in `surface/`, where `NameRegistry` has the whole
    value.
    """

    class_name: str = ""
    """The name of the client class; empty if the lock file or the title decides it."""
    env_prefix: str = ""
    """The prefix of the client's environment variables; empty as for `class_name`."""
    formats: tuple[str, ...] = ()
    """The formats of strings that get a type of their own: `uuid`, `duration`."""


DEFAULT_OPTIONS = PythonOptions()


Inputs: TypeAlias = Literal["dataclass", "both"]
"""What methods take as a request body: classes, or their dict forms as well."""
INPUTS: tuple[Inputs, ...] = ("dataclass", "both")


@frozen_value(kw_only=True)
class Client:
    """A client: its documents, its overlays, and its output directory.

    Paths are relative to the directory of the configuration file. `package` is the
    dotted import path of the output; only texts use it.
    """

    name: str
    spec: tuple[str, ...]
    output: str
    package: str
    overlay: tuple[str, ...] = ()
    docstrings: bool = True
    request_options: bool = False
    inputs: Inputs = "dataclass"
    selection: Selection = FULL_SELECTION
    runtime: str = ""
    """The directory of a shared runtime, relative to `output`; empty for an own runtime."""

    def get_runtime_directory(self) -> str:
        """Return the directory of the shared runtime, from the base of `output`."""
        return PurePath(os.path.normpath(f"{self.output}/{self.runtime}")).as_posix()

    testing: bool = False
    recording: bool = False
    agents: bool = False
    options: PythonOptions = DEFAULT_OPTIONS


@frozen_value(kw_only=True)
class DocumentSource:
    """A document to fetch: its path in the repository, and its source.

    Attributes:
        path: The file that `pull` writes, relative to the configuration file's
            directory.
        source: An https address, or `git:REV:path`.
        headers: Request headers; `$NAME` is the value of an environment variable.
        pages: Patterns with `*` for the paths of the pages that hold documents, if
            `source` is an index of pages.
    """

    path: str
    source: str
    headers: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[str, ...] = ()


@frozen_value(kw_only=True)
class Config:
    """All clients of a configuration file, and the base directory of its paths."""

    directory: Path
    clients: tuple[Client, ...]
    specs: tuple[DocumentSource, ...] = ()


_REQUIRED_VERSION = "required-version"
_KEYS = (_REQUIRED_VERSION, "client", "spec", "diff")
_NAME_KEYS = {"class": "class_name", "env_prefix": "env_prefix"}
OPTION_KEYS = {**_NAME_KEYS, "formats": "formats"}
"""The keys of a `[[client]]` table that set `PythonOptions`, with their fields."""
CLIENT_KEYS = (
    "name",
    "spec",
    "output",
    "package",
    *OPTION_KEYS,
    "overlay",
    "docstrings",
    "request-options",
    "inputs",
    "testing",
    "recording",
    "agents",
    "tags",
    "operations",
    "events",
    "runtime",
)
# A relative import reaches the runtime, so the path begins by going up, and each
# directory is an identifier.
_RUNTIME = re.compile(r"(?:\.\./)+(?:[A-Za-z_][A-Za-z0-9_]*/)*[A-Za-z_][A-Za-z0-9_]*")
# The pages of an index are joined to one page of Markdown.
_PAGES = frozenset({".md", ".markdown", ".mdx"})
SPEC_KEYS = ("path", "from", "headers", "pages")


def find_config(start: Path) -> Path | None:
    """Return the nearest configuration file in a directory or above, or `None`.

    A `pyproject.toml` counts only if it has the table of this tool.

    Raises:
        DiagnosticError: A `pyproject.toml` on the way cannot be read.
    """
    found = (find_config_in_directory(folder) for folder in (start, *start.parents))
    return next((each for each in found if each is not None), None)


def find_config_in_directory(folder: Path) -> Path | None:
    """Return the configuration file of a directory, or `None`.

    Raises:
        DiagnosticError: There is a `pyproject.toml` that cannot be read.
    """
    if (folder / CONFIG_FILE_NAME).is_file():
        return folder / CONFIG_FILE_NAME
    project = folder / "pyproject.toml"
    if project.is_file() and _get_tool_table(parse_toml(project), project) is not None:
        return project
    return None


def read_config(path: Path) -> Config:
    """Read a configuration file.

    Raises:
        DiagnosticError: The file cannot be read, or a key or a value is invalid.
    """
    table = _get_tool_table(parse_toml(path), path)
    if table is None:
        hint = f"add [[tool.{TOOL_TABLE}.client]] with spec and output"
        at = FileLocation(path.as_posix(), 1, 1)
        raise build_error(
            "config", f"{path.name} has no [tool.{TOOL_TABLE}] table", at=at, hint=hint
        )

    check_keys(table, _KEYS, path, "the configuration")
    _check_version(table, path)
    clients = table.get("client")
    if not isinstance(clients, list) or not clients:
        raise build_value_error(path, "client", "one table [[client]] or more", clients)

    made = tuple(_read_client(each, path) for each in clients)
    names = [each.name for each in made]
    for name in names:
        if names.count(name) > 1:
            raise build_error(
                "config",
                f"two clients have the name {name!r}",
                at=find_location(path, rf"=\s*([\"'].*{re.escape(name)}[\"'])"),
                hint="use a different name for each client",
            )

    _check_outputs(made, path)
    return Config(
        directory=path.parent, clients=made, specs=_read_document_sources(table, path)
    )


def _check_version(table: Mapping[str, Any], path: Path) -> None:
    """Raise an error if this version is not one that the file requires."""
    if _REQUIRED_VERSION not in table:
        return
    # Late: most configuration files require no version.
    from flexprice_codegen.versions import fits_requirement

    requirement = read_string(table, _REQUIRED_VERSION, path)
    try:
        fits = fits_requirement(VERSION, requirement)
    except ValueError as error:
        raise build_value_error(
            path, _REQUIRED_VERSION, str(error), requirement
        ) from None
    if not fits:
        raise build_error(
            "required-version",
            f"this is flexprice-codegen {VERSION}, and the configuration requires "
            f"{requirement!r}",
            at=find_location(path, build_key_pattern(_REQUIRED_VERSION)),
            hint=f"run uvx 'flexprice-codegen{requirement}', or install such a version",
        )


def _check_outputs(clients: tuple[Client, ...], path: Path) -> None:
    """Raise an error if two outputs overlap, or one holds the configuration."""
    here = PurePath(os.path.normpath(path.parent.absolute()))
    folders = [PurePath(each.output) for each in clients]
    # A set: clients are expected to share one runtime.
    folders += {
        PurePath(each.get_runtime_directory()) for each in clients if each.runtime
    }

    for number, folder in enumerate(folders):
        if here.is_relative_to(os.path.normpath(here / folder)):
            expected = "a directory that does not hold the configuration"
            raise build_value_error(path, "output", expected, folder.as_posix())
        for other in folders[:number]:
            if folder.is_relative_to(other) or other.is_relative_to(folder):
                raise build_error(
                    "config",
                    f"two clients share the directory {other.as_posix()}",
                    at=find_location(path, build_key_pattern("output")),
                    hint="use a separate output directory for each client",
                )


def _get_tool_table(content: Mapping[str, Any], path: Path) -> Mapping[str, Any] | None:
    if path.name != "pyproject.toml":
        return content
    tools = content.get("tool")
    table = tools.get(TOOL_TABLE) if isinstance(tools, Mapping) else None
    return table if isinstance(table, Mapping) else None


def _read_document_sources(
    table: Mapping[str, Any], path: Path
) -> tuple[DocumentSource, ...]:
    specs = table.get("spec", [])
    if not isinstance(specs, list):
        raise build_value_error(path, "spec", "tables [[spec]]", specs)

    made = tuple(_read_document_source(each, path) for each in specs)
    if len({each.path for each in made}) < len(made):
        raise build_error(
            "config",
            "two [[spec]] tables have the same path",
            at=find_location(path, build_key_pattern("path")),
            hint="use a different file for each document",
        )

    return made


def _read_document_source(table: object, path: Path) -> DocumentSource:
    if not isinstance(table, Mapping):
        raise build_value_error(path, "spec", "a table", table)

    check_keys(table, SPEC_KEYS, path, "a spec")
    source = read_string(table, "from", path)
    if not source.startswith(("https://", "http://", "git:")):
        raise build_value_error(path, "from", "an https URL or git:REV:PATH", source)

    headers = table.get("headers", {})
    if not isinstance(headers, Mapping) or not all(
        isinstance(each, str) for each in headers.values()
    ):
        raise build_value_error(path, "headers", "a table of strings", headers)

    pages = read_strings(table, "pages", path) if "pages" in table else ()
    if source.startswith("git:") and (headers or pages):
        raise build_value_error(
            path, "from", "an https URL next to headers and pages", source
        )

    kept = _read_output(table, "path", path)
    if pages and PurePath(kept).suffix.lower() not in _PAGES:
        expected = "a path ending in .md for the pages of an index"
        raise build_value_error(path, "path", expected, kept)

    return DocumentSource(path=kept, source=source, headers=headers, pages=pages)


def _read_client(table: object, path: Path) -> Client:
    if not isinstance(table, Mapping):
        raise build_value_error(path, "client", "a table", table)

    check_keys(table, CLIENT_KEYS, path, "a client")
    output = _read_output(table, "output", path)
    directory = Path(output).name or output
    name = read_string(table, "name", path, default=directory)

    return Client(
        name=name,
        spec=read_strings(table, "spec", path),
        output=output,
        package=read_string(table, "package", path, default=directory),
        overlay=read_strings(table, "overlay", path) if "overlay" in table else (),
        docstrings=read_boolean(table, "docstrings", path, default=True),
        request_options=read_boolean(table, "request-options", path, default=False),
        inputs=_read_inputs(table, path),
        testing=read_boolean(table, "testing", path, default=False),
        recording=read_boolean(table, "recording", path, default=False),
        agents=read_boolean(table, "agents", path, default=False),
        selection=Selection(
            tags=_read_patterns(table, "tags", path),
            operations=_read_patterns(table, "operations", path),
            events=_read_patterns(table, "events", path),
        ),
        runtime=_read_runtime(table, path),
        options=_read_options(table, path),
    )


def _read_options(table: Mapping[str, Any], path: Path) -> PythonOptions:
    given = {
        field: read_string(table, key, path)
        for key, field in _NAME_KEYS.items()
        if key in table
    }
    formats = read_strings(table, "formats", path) if "formats" in table else ()
    return PythonOptions(**given, formats=formats)


def _read_inputs(table: Mapping[str, Any], path: Path) -> Inputs:
    """Return what methods take as a request body.

    Raises:
        DiagnosticError: It is another choice.
    """
    given = table.get("inputs", "dataclass")
    for each in INPUTS:
        if given == each:
            return each
    raise build_value_error(path, "inputs", " or ".join(map(repr, INPUTS)), given)


def _read_output(table: Mapping[str, Any], key: str, path: Path) -> str:
    """Return the normalized form of a path that a command writes to.

    Raises:
        DiagnosticError: It cannot be a directory or a file of a repository.
    """
    text = read_string(table, key, path)
    try:
        return normalize_output(text)
    except ValueError as error:
        raise build_value_error(path, key, str(error), text) from error


def _read_runtime(table: Mapping[str, Any], path: Path) -> str:
    """Return the path of a shared runtime, which relative imports must reach.

    Raises:
        DiagnosticError: It is invalid, or above the top-level package.
    """
    if "runtime" not in table:
        return ""

    runtime = read_string(table, "runtime", path)
    if not _RUNTIME.fullmatch(runtime):
        expected = "a package next to or above the output, such as '../_runtime'"
        raise build_value_error(path, "runtime", expected, runtime)

    package = table.get("package")
    # A relative import cannot leave the top-level package (Language Reference §5.7).
    above = package.count(".") if isinstance(package, str) else 0
    if runtime.count("../") > above:
        raise build_error(
            "config-value",
            f"relative imports of the package cannot reach {runtime!r}",
            at=find_location(path, build_key_pattern("runtime")),
            hint="set `package` to the full import path, such as 'billing.flexprice_client'",
        )

    return runtime


def _read_patterns(
    table: Mapping[str, Any], key: str, path: Path
) -> tuple[Pattern, ...]:
    if key not in table:
        return ()
    return tuple(
        Pattern(each, find_location(path, rf"([\"']{re.escape(each)}[\"'])"))
        for each in read_strings(table, key, path)
    )
