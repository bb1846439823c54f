"""The one typed model of the configuration.

In: the text of `flexprice-codegen.toml`, or of a `pyproject.toml` with the table
`[tool.flexprice-codegen]`. Out: `Config`: what to generate, and where. An unknown key
or a value of the wrong type is a `SpecError` that names it and suggests the right one.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import Any

from generator.diagnostics import Place, SpecError, fault

FILE = "flexprice-codegen.toml"
TABLE = "flexprice-codegen"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A name with wildcards (`*`, `?`), and where it was written, if in a file."""

    text: str
    at: Place | None = field(default=None, compare=False)

    @property
    def is_wild(self) -> bool:
        """Tell whether there is a wildcard in it."""
        return "*" in self.text or "?" in self.text

    def fits(self, name: str) -> bool:
        """Compare as shells do: `*` stands for any characters, `?` for one."""
        return fnmatchcase(name, self.text.replace("[", "[[]"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a client takes of a document; an empty one takes everything.

    `operations` are ids or `METHOD /path`, `events` names on the wire.
    """

    tags: tuple[Pattern, ...] = ()
    operations: tuple[Pattern, ...] = ()
    events: tuple[Pattern, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.tags or self.operations or self.events)


EVERYTHING = Selection()


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """One client: from which documents, with which corrections, to which folder.

    Paths are relative to the folder of the configuration. `package` is the dotted
    import path of the output; it is used in texts only.
    """

    name: str
    spec: tuple[str, ...]
    output: str
    package: str
    overlay: tuple[str, ...] = ()
    docstrings: bool = True
    selection: Selection = EVERYTHING
    runtime: str = ""
    """The folder of a shared runtime, seen from `output`; else the client has its own."""

    def runtime_folder(self) -> str:
        """Give the folder of the shared runtime, seen from where `output` is."""
        return PurePath(os.path.normpath(f"{self.output}/{self.runtime}")).as_posix()

    testing: bool = False
    class_name: str = ""
    """The name of the client's class; empty where the lock or the title decides it."""
    env_prefix: str = ""
    """What the environment variables of the client begin with; empty likewise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """A document that is fetched: where it is kept, and where it comes from.

    Attributes:
        path: The file that `pull` writes, relative to the folder of the configuration.
        source: An https address, or `git:REV:path`.
        headers: What is sent along; `$NAME` stands for an environment variable.
        pages: Where `source` is an index of pages, which of them hold documents:
            patterns for the path of their addresses, with `*`.
    """

    path: str
    source: str
    headers: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All clients of one configuration, and the folder that its paths start from."""

    folder: Path
    clients: tuple[Client, ...]
    specs: tuple[Spec, ...] = ()


_CLIENT_KEYS = (
    "name",
    "spec",
    "output",
    "package",
    "class",
    "env_prefix",
    "overlay",
    "docstrings",
    "testing",
    "tags",
    "operations",
    "events",
    "runtime",
)
_RUNTIME = re.compile(r"(?:\.\./)+(?:[A-Za-z_][A-Za-z0-9_]*/)*[A-Za-z_][A-Za-z0-9_]*")
_PAGES = frozenset({".md", ".markdown", ".mdx"})
_SPEC_KEYS = ("path", "from", "headers", "pages")


def find(start: Path) -> Path | None:
    """Find the nearest configuration upward; a `pyproject.toml` only with our table."""
    found = (configuration_in(folder) for folder in (start, *start.parents))
    return next((each for each in found if each is not None), None)


def configuration_in(folder: Path) -> Path | None:
    """Give the configuration that stands in a folder, None where there is none."""
    if (folder / FILE).is_file():
        return folder / FILE
    project = folder / "pyproject.toml"
    if project.is_file() and _table(_parse(project), project) is not None:
        return project
    return None


def read(path: Path) -> Config:
    """Read a configuration.

    Raises:
        SpecError: The file cannot be read, or says something that is not understood.
    """
    table = _table(_parse(path), path)
    if table is None:
        raise fault(
            "config",
            f"{path.name} has no table [tool.{TABLE}]",
            at=Place(path.as_posix(), 1, 1),
            hint=f"add [[tool.{TABLE}.client]] with spec and output",
        )
    _known(table, ("client", "spec"), path, "the configuration")
    clients = table.get("client")
    if not isinstance(clients, list) or not clients:
        raise _wrong(path, "client", "one table [[client]] or more", clients)
    made = tuple(_client(each, path) for each in clients)
    names = [each.name for each in made]
    for name in names:
        if names.count(name) > 1:
            raise fault(
                "config",
                f"two clients are called {name!r}",
                at=_place(path, rf"=\s*([\"'].*{re.escape(name)}[\"'])"),
                hint="give each client a name of its own",
            )
    _check_outputs(made, path)
    return Config(folder=path.parent, clients=made, specs=_specs(table, path))


def _check_outputs(clients: tuple[Client, ...], path: Path) -> None:
    """Refuse clients that would write into each other's folder."""
    folders = [PurePath(os.path.normpath(each.output)) for each in clients]
    folders += {PurePath(each.runtime_folder()) for each in clients if each.runtime}
    for number, folder in enumerate(folders):
        for other in folders[:number]:
            if folder.is_relative_to(other) or other.is_relative_to(folder):
                raise fault(
                    "config",
                    f"two clients share the folder {other.as_posix()}",
                    at=_place(path, _key("output")),
                    hint="give each client an output folder of its own, not one in another",
                )


def _parse(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(each) for each in found.groups()) if found else (1, 1)
        raise fault(
            "config",
            f"{error}",
            at=Place(path.as_posix(), line, column),
            hint="correct the TOML",
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise fault(
            "config",
            f"{path.as_posix()} cannot be read: {error}",
            hint="name a configuration that exists and is UTF-8",
        ) from error
    except (ValueError, RecursionError) as error:
        raise fault(
            "config",
            f"{path.as_posix()} holds a value that is too large or too deep",
            at=Place(path.as_posix(), 1, 1),
            hint="correct the TOML",
        ) from error


def _table(content: Mapping[str, Any], path: Path) -> Mapping[str, Any] | None:
    if path.name != "pyproject.toml":
        return content
    tools = content.get("tool")
    table = tools.get(TABLE) if isinstance(tools, Mapping) else None
    return table if isinstance(table, Mapping) else None


def _specs(table: Mapping[str, Any], path: Path) -> tuple[Spec, ...]:
    specs = table.get("spec", [])
    if not isinstance(specs, list):
        raise _wrong(path, "spec", "tables [[spec]]", specs)
    made = tuple(_spec(each, path) for each in specs)
    paths = [os.path.normpath(each.path) for each in made]
    if len(set(paths)) < len(paths):
        raise fault(
            "config",
            "two [[spec]] tables have the same path",
            at=_place(path, _key("path")),
            hint="give each document a file of its own",
        )
    return made


def _spec(table: object, path: Path) -> Spec:
    if not isinstance(table, Mapping):
        raise _wrong(path, "spec", "a table", table)
    _known(table, _SPEC_KEYS, path, "a spec")
    source = _text(table, "from", path)
    if not source.startswith(("https://", "http://", "git:")):
        raise _wrong(path, "from", "an https address or git:REV:path", source)
    headers = table.get("headers", {})
    if not isinstance(headers, Mapping) or not all(
        isinstance(each, str) for each in headers.values()
    ):
        raise _wrong(path, "headers", "a table of strings", headers)
    pages = _texts(table, "pages", path) if "pages" in table else ()
    if source.startswith("git:") and (headers or pages):
        raise _wrong(path, "from", "an https address beside headers and pages", source)
    kept = _text(table, "path", path)
    if pages and PurePath(kept).suffix.lower() not in _PAGES:
        raise _wrong(
            path, "path", "a path ending in .md for the pages of an index", kept
        )
    return Spec(path=kept, source=source, headers=headers, pages=pages)


def _client(table: object, path: Path) -> Client:
    if not isinstance(table, Mapping):
        raise _wrong(path, "client", "a table", table)
    _known(table, _CLIENT_KEYS, path, "a client")
    output = _text(table, "output", path)
    name = _text(table, "name", path, default=Path(output).name)
    return Client(
        name=name,
        spec=_texts(table, "spec", path),
        output=output,
        package=_text(table, "package", path, default=Path(output).name),
        overlay=_texts(table, "overlay", path) if "overlay" in table else (),
        docstrings=_flag(table, "docstrings", path, default=True),
        testing=_flag(table, "testing", path, default=False),
        selection=Selection(
            tags=_patterns(table, "tags", path),
            operations=_patterns(table, "operations", path),
            events=_patterns(table, "events", path),
        ),
        runtime=_runtime(table, path),
        class_name=_text(table, "class", path) if "class" in table else "",
        env_prefix=_text(table, "env_prefix", path) if "env_prefix" in table else "",
    )


def _runtime(table: Mapping[str, Any], path: Path) -> str:
    """Read the folder of a shared runtime, which relative imports must reach."""
    if "runtime" not in table:
        return ""
    runtime = _text(table, "runtime", path)
    if not _RUNTIME.fullmatch(runtime):
        expected = "a package beside or above the output, such as '../_runtime'"
        raise _wrong(path, "runtime", expected, runtime)
    package = table.get("package")
    above = package.count(".") if isinstance(package, str) else 0
    if runtime.count("../") > above:
        raise fault(
            "config-value",
            f"{runtime!r} is above what relative imports of the package can reach",
            at=_place(path, _key("runtime")),
            hint="give `package` its whole import path, such as 'billing.flexprice_client'",
        )
    return runtime


def _known(
    table: Mapping[str, Any], keys: tuple[str, ...], path: Path, what: str
) -> None:
    for key in table:
        if key not in keys:
            near = difflib.get_close_matches(key, keys, n=1)
            raise fault(
                "config-key",
                f"{what} has no key {key!r}",
                at=_place(path, _key(key)),
                hint=(
                    f"did you mean {near[0]!r}?"
                    if near
                    else f"known are {', '.join(keys)}"
                ),
            )


def _text(
    table: Mapping[str, Any], key: str, path: Path, default: str | None = None
) -> str:
    value = table.get(key, default)
    if not isinstance(value, str) or not value:
        raise _wrong(path, key, "a string", value)
    return value


def _texts(table: Mapping[str, Any], key: str, path: Path) -> tuple[str, ...]:
    value = table.get(key)
    if isinstance(value, str) and value:
        return (value,)
    if (
        isinstance(value, list)
        and value
        and all(isinstance(each, str) for each in value)
    ):
        return tuple(value)
    raise _wrong(path, key, "a string or an array of strings", value)


def _patterns(table: Mapping[str, Any], key: str, path: Path) -> tuple[Pattern, ...]:
    if key not in table:
        return ()
    return tuple(
        Pattern(each, _place(path, rf"([\"']{re.escape(each)}[\"'])"))
        for each in _texts(table, key, path)
    )


def _flag(table: Mapping[str, Any], key: str, path: Path, *, default: bool) -> bool:
    value = table.get(key, default)
    if not isinstance(value, bool):
        raise _wrong(path, key, "true or false", value)
    return value


def _wrong(path: Path, key: str, expected: str, value: object) -> SpecError:
    found = "nothing" if value is None else repr(value)
    return fault(
        "config-value",
        f"{key!r} is {found}, expected {expected}",
        at=_place(path, _key(key)),
        hint=f"set {key} to {expected}",
    )


def _place(path: Path, pattern: str) -> Place:
    """Find the last line that matches; TOML's parser keeps no places."""
    place = Place(path.as_posix(), 1, 1)
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        found = re.search(pattern, line)
        if found:
            place = Place(path.as_posix(), number, found.start(1) + 1)
    return place


def _key(key: str) -> str:
    return rf"^\s*\[*\"?({re.escape(key)})\"?\s*[=\]]"
