"""`flexprice-codegen init`: write a configuration to begin with.

In: a document, as a file or an address. Out: `flexprice-codegen.toml` in this folder; one
that is there is never overwritten.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from flexprice_codegen.config import FILE, Client, configuration_in
from flexprice_codegen.diagnostics import Sink, SpecError, fault
from flexprice_codegen.pipeline.generate import read
from flexprice_codegen.report.configuration import Beginning, beginning_text
from flexprice_codegen.report.console import console, say
from flexprice_codegen.spec.sources import is_address, is_revision
from flexprice_codegen.surface.memory import Previous
from flexprice_codegen.words import snake

_SUFFIXES = frozenset({".yaml", ".yml", ".json", ".md"})


def run(arguments: argparse.Namespace) -> int:
    """Write the configuration.

    Raises:
        SpecError: There is one already, or nothing can be made of the document.
    """
    if configuration_in(Path()) is not None:
        raise _exists()
    spec = arguments.spec
    beginning = _of_address(spec) if is_address(spec) else _of_document(spec)
    try:
        with Path(FILE).open("x", encoding="utf-8", newline="\n") as file:
            file.write(beginning_text(beginning))
    except FileExistsError:
        raise _exists() from None
    except OSError as error:
        hint = "correct the permissions of the folder"
        raise fault("output", f"{FILE} cannot be written: {error}", hint=hint) from None
    output = console()
    say(output, f"{FILE}: written; read it, then run", "bold")
    for command in ("pull", "generate") if beginning.source else ("generate",):
        say(output, f"    flexprice-codegen {command}")
    return 0


def _exists() -> SpecError:
    return fault(
        "exists",
        "this folder has a configuration; nothing was written",
        hint="add a [[client]] to it, or delete it first",
    )


def _of_address(address: str) -> Beginning:
    """Begin with a document that is still to be fetched."""
    name = PurePosixPath(urlsplit(address).path).name or "openapi"
    if PurePosixPath(name).suffix.lower() not in _SUFFIXES:
        name = f"{name}.yaml"
    output = _output("api_client")
    return Beginning(
        spec=f"specs/{name}",
        source=address,
        output=output,
        package=_package(output),
    )


def _of_document(spec: str) -> Beginning:
    """Begin with a document that can be read, and take examples out of it."""
    place = (
        spec if is_revision(spec) else PurePosixPath(os.path.relpath(spec)).as_posix()
    )
    overlay = Path(place).with_suffix(".overlay.yaml")
    overlays = (overlay.as_posix(),) if overlay.is_file() else ()
    client = Client(
        name="client",
        spec=(place,),
        output="client",
        package="client",
        overlay=overlays,
    )
    reading = read(client, Path(), Previous(()), Sink())
    output = _output(f"{snake(reading.surface.client)}_client")
    examples: dict[str, str] = {}
    for operation in reading.api.operations[:1]:
        examples["operation"] = operation.key
        for tag in operation.tags[:1]:
            examples["tag"] = tag
    for event in reading.api.events[:1]:
        examples["event"] = event.name
    return Beginning(
        spec=place,
        overlay="".join(overlays),
        output=output,
        package=_package(output),
        **examples,
    )


def _output(name: str) -> str:
    """Choose a folder: inside the one package of `src/`, else here."""
    found = sorted(each.parent for each in Path("src").glob("*/__init__.py"))
    return (found[0] / name).as_posix() if len(found) == 1 else name


def _package(output: str) -> str:
    return ".".join(PurePosixPath(output.removeprefix("src/")).parts)
