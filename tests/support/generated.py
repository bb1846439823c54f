"""Clients made of small documents, through the whole chain, and imported.

In: the text of an OpenAPI document. Out: the package as a user has it, and what the
generator said. Equal documents are made once a session.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType

import pytest

from flexprice_codegen.cli.writing import write_results
from flexprice_codegen.config import FULL_SELECTION, Client, PythonOptions, Selection
from flexprice_codegen.diagnostics import Diagnostic, DiagnosticSink, Level
from flexprice_codegen.pipeline.generate import (
    GenerateOptions,
    GenerateResult,
    generate_client,
    load_api,
)
from flexprice_codegen.pipeline.locations import locate_diagnostics
from flexprice_codegen.report.console import open_console
from flexprice_codegen.surface.model import (
    AssignedName,
    Method,
    ModelDefinition,
    Surface,
)
from flexprice_codegen.surface.previous_names import PreviousNames
from support.loopback import Loopback, Received
from support.values import Value

_AS_USUAL = GenerateOptions()


def write_client(
    client: Client, base: Path = Path(), manner: GenerateOptions = _AS_USUAL
) -> GenerateResult:
    """Make a client, as `generate` does, and write it; paths are relative to `base`."""
    result = generate_client(client, base, manner=manner)
    write_results([result], open_console(error=True))
    return result


@dataclass(frozen=True, slots=True)
class Generated:
    """A client on the disk, imported; `name` is its dotted import path."""

    name: str
    folder: Path
    package: ModuleType
    surface: Surface
    diagnostics: tuple[Diagnostic, ...]

    @property
    def models(self) -> Value:
        """The package's `models`."""
        return importlib.import_module(f"{self.name}.models")

    @property
    def webhooks(self) -> Value:
        """The package's `webhooks`."""
        return importlib.import_module(f"{self.name}.webhooks")

    def module(self, path: str) -> Value:
        """Import a module of the package."""
        return importlib.import_module(f"{self.name}.{path}")

    def text(self, path: str) -> str:
        """Read a file of the package."""
        return (self.folder / path).read_text(encoding="utf-8")

    def client(self, mode: str = "sync", **settings: Value) -> Value:
        """Make a client of the kind that `mode` names."""
        prefix = "Async" if mode == "async" else ""
        kind: Value = getattr(self.package, prefix + self.surface.client)
        return kind(**settings)

    def call(
        self, mode: str, use: Callable[[Value], Value], **settings: Value
    ) -> Value:
        """Use a client of one kind, and give what the call returns or raises.

        It sends a request once, unless it is told otherwise.
        """
        package: Value = self.package
        settings = {"retry": package.Retry(max_retries=0), **settings}
        if mode == "sync":
            with self.client(**settings) as client:
                return use(client)

        async def run() -> Value:
            async with self.client("async", **settings) as client:
                return await use(client)

        return asyncio.run(run())

    def sent(
        self, use: Callable[[Value], Value], server: Loopback, **settings: Value
    ) -> Received:
        """Make a call in both modes and give the request, which is the same in both."""
        self.call("sync", use, base_url=server.url, **settings)
        first = server.last
        self.call("async", use, base_url=server.url, **settings)
        second = replace(server.last, connection=first.connection)
        hosts = [each.headers.pop("host", "") for each in (first, second)]
        assert first == second
        first.headers["host"] = hosts[0]
        return first

    def said(self, level: Level) -> list[str]:
        """Return the messages of one level."""
        return [each.message for each in self.diagnostics if each.level is level]


@dataclass(slots=True)
class Generator:
    """Makes clients below a folder that Python imports from."""

    folder: Path
    _made: dict[tuple[object, ...], Generated] = field(default_factory=dict, repr=False)

    def __call__(
        self,
        spec: str | dict[str, Value],
        *,
        overlay: str = "",
        package: str = "",
        docstrings: bool = True,
        modules: tuple[str, ...] = (),
        selection: Selection = FULL_SELECTION,
    ) -> Generated:
        """Make the client of a document and import it, as `package` where one is named.

        `modules` are what a client has on request: `testing`, `recording`, and the
        keyword `request_options`, and `typed_inputs`.
        """
        text = spec if isinstance(spec, str) else json.dumps(spec)
        key = (text, overlay, docstrings, modules, package, selection)
        if key not in self._made:
            name = package or f"made_{self.folder.name}_{len(self._made)}"
            client = Client(
                name="client",
                spec=(text,),
                overlay=(overlay,),
                output="",
                package=name.replace("-", "_"),
                docstrings=docstrings,
                testing="testing" in modules,
                recording="recording" in modules,
                request_options="request_options" in modules,
                inputs="both" if "typed_inputs" in modules else "dataclass",
                selection=selection,
            )
            self._made[key] = self._make(client)
        return self._made[key]

    def with_formats(self, spec: str, *formats: str) -> Generated:
        """Make the client of a document with types for formats, and its `testing`."""
        name = f"typed_{self.folder.name}_{len(self._made)}"
        options = PythonOptions(formats=formats)
        return self._make(
            Client(
                name="client",
                spec=(spec,),
                overlay=("",),
                output="",
                package=name.replace("-", "_"),
                testing=True,
                options=options,
            )
        )

    def grown(
        self,
        *specs: str,
        selection: Selection = FULL_SELECTION,
        manner: GenerateOptions = _AS_USUAL,
    ) -> Generated:
        """Make a client of one document after the other, in one folder, and import it.

        The last run is made in the given manner.
        """
        name = f"grown_{self.folder.name}_{len(self._made)}"
        for number, spec in enumerate(specs, 1):
            last = manner if number == len(specs) else _AS_USUAL
            client = Client(
                name="client",
                spec=(spec,),
                overlay=("",),
                output="",
                package=name,
                selection=selection,
            )
            result = self._written(client, last)
        return self._imported(name, result)

    def _make(self, wanted: Client) -> Generated:
        """Make a client whose documents are given as texts."""
        return self._imported(wanted.package, self._written(wanted, _AS_USUAL))

    def _written(self, wanted: Client, manner: GenerateOptions) -> GenerateResult:
        name = wanted.package
        stem = name.replace(".", "_")
        (text,), (overlay,) = wanted.spec, wanted.overlay
        written = _written(
            self.folder, {f"{stem}.yaml": text, f"{stem}.o.yaml": overlay}
        )
        output = self.folder / Path(*name.split("."))
        client = replace(
            wanted, spec=written[:1], overlay=written[1:], output=output.as_posix()
        )
        return write_client(client, manner=manner)

    def _imported(self, name: str, result: GenerateResult) -> Generated:
        if str(self.folder) not in sys.path:
            sys.path.insert(0, str(self.folder))
        importlib.invalidate_caches()
        assert result.surface is not None
        made = Generated(
            name=name,
            folder=result.directory,
            package=importlib.import_module(name),
            surface=result.surface,
            diagnostics=result.diagnostics,
        )
        self._made.setdefault((name,), made)
        return made


def create_generator(factory: pytest.TempPathFactory, name: str) -> Generator:
    """Return a generator with a folder of its own for the session.

    The folder is one of `tests`, by its name: from modules elsewhere Hypothesis takes
    constants, and what it draws would depend on the clients that were made before.
    """
    own = factory.mktemp(name)
    folder = own / "tests" / own.name
    folder.mkdir(parents=True)
    return Generator(folder)


def _written(folder: Path, texts: dict[str, str]) -> tuple[str, ...]:
    for name, text in texts.items():
        if text:
            (folder / name).write_text(text, encoding="utf-8")
    return tuple((folder / name).as_posix() for name, text in texts.items() if text)


@dataclass(frozen=True, slots=True)
class Named:
    """What Python sees of a document, before anything is printed."""

    surface: Surface
    diagnostics: tuple[Diagnostic, ...]

    def methods(self) -> dict[str, str]:
        """Return the dotted name of each method, by its operation."""
        return {
            method.key: f"{resource.name}.{method.name}"
            for resource in self.surface.resources
            for method in resource.methods
        }

    def method(self, name: str) -> Method:
        """Return the method of this name."""
        return next(
            each
            for resource in self.surface.resources
            for each in resource.methods
            if each.name == name
        )

    def classes(self) -> dict[str, ModelDefinition]:
        """Return the classes by name."""
        return {each.name: each for each in self.surface.models}

    def said(self, level: Level) -> list[str]:
        """Return the messages of one level."""
        return [each.message for each in self.diagnostics if each.level is level]


def named(
    folder: Path,
    spec: str | dict[str, Value],
    names: tuple[AssignedName, ...] = (),
    selection: Selection = FULL_SELECTION,
) -> Named:
    """Read a document and name everything; `names` are those of an earlier run."""
    path = folder / "openapi.yaml"
    path.write_text(spec if isinstance(spec, str) else json.dumps(spec), "utf-8")
    client = Client(
        name="client",
        spec=(str(path),),
        output="client",
        package="client",
        selection=selection,
    )
    sink = DiagnosticSink()
    reading = load_api(client, Path(), PreviousNames(names), sink)
    said = locate_diagnostics(sink.diagnostics, reading.document)
    return Named(reading.surface, said)
