"""`flexprice-codegen init`: write a first configuration file.

In: a document, as a file or an address. Out: `flexprice-codegen.toml` in the working
directory. An existing file is never overwritten.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from flexprice_codegen.config import CONFIG_FILE_NAME, Client, find_config_in_directory
from flexprice_codegen.diagnostics import DiagnosticError, DiagnosticSink, build_error
from flexprice_codegen.pipeline.generate import load_api
from flexprice_codegen.report.console import open_console, print_line
from flexprice_codegen.report.starter_config import StarterConfig, format_starter_config
from flexprice_codegen.spec.sources import is_git_revision, is_url
from flexprice_codegen.surface.previous_names import PreviousNames
from flexprice_codegen.words import to_snake_case

_SUFFIXES = frozenset({".yaml", ".yml", ".json", ".md"})


def run(arguments: argparse.Namespace) -> int:
    """Write the configuration file, and return the exit code.

    Raises:
        DiagnosticError: There is one already, or the document cannot be read.
    """
    if find_config_in_directory(Path()) is not None:
        raise _build_exists_error()

    spec = arguments.spec
    beginning = _build_from_url(spec) if is_url(spec) else _build_from_document(spec)
    try:
        # Mode `x` fails if another process created the file after the check above.
        with Path(CONFIG_FILE_NAME).open("x", encoding="utf-8", newline="\n") as file:
            file.write(format_starter_config(beginning))
    except FileExistsError:
        raise _build_exists_error() from None
    except OSError as error:
        hint = "correct the permissions of the folder"
        raise build_error(
            "output", f"{CONFIG_FILE_NAME} cannot be written: {error}", hint=hint
        ) from None

    output = open_console(quiet=arguments.quiet)
    print_line(output, f"{CONFIG_FILE_NAME}: written; read it, then run", "bold")
    for command in ("pull", "generate") if beginning.source else ("generate",):
        print_line(output, f"    flexprice-codegen {command}")

    return 0


def _build_exists_error() -> DiagnosticError:
    return build_error(
        "exists",
        "this folder has a configuration; nothing was written",
        hint="add a [[client]] to it, or delete it first",
    )


def _build_from_url(address: str) -> StarterConfig:
    """Return a configuration for a document that `pull` will fetch."""
    name = PurePosixPath(urlsplit(address).path).name or "openapi"
    if PurePosixPath(name).suffix.lower() not in _SUFFIXES:
        name = f"{name}.yaml"

    output = _choose_output("api_client")
    return StarterConfig(
        spec=f"specs/{name}",
        source=address,
        output=output,
        package=_get_package(output),
        name=PurePosixPath(output).name,
    )


def _build_from_document(spec: str) -> StarterConfig:
    """Return a configuration for a document on the disk, with examples from it."""
    place = (
        spec
        if is_git_revision(spec)
        else PurePosixPath(os.path.relpath(spec)).as_posix()
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
    reading = load_api(client, Path(), PreviousNames(()), DiagnosticSink())
    output = _choose_output(f"{to_snake_case(reading.surface.client)}_client")
    examples: dict[str, str] = {}

    for operation in reading.api.operations[:1]:
        examples["operation"] = operation.key
        for tag in operation.tags[:1]:
            examples["tag"] = tag

    for event in reading.api.events[:1]:
        examples["event"] = event.name

    return StarterConfig(
        spec=place,
        overlay="".join(overlays),
        output=output,
        package=_get_package(output),
        name=PurePosixPath(output).name,
        **examples,
    )


def _choose_output(name: str) -> str:
    """Return an output directory: in the only package of `src/`, or here."""
    found = sorted(each.parent for each in Path("src").glob("*/__init__.py"))
    return (found[0] / name).as_posix() if len(found) == 1 else name


def _get_package(output: str) -> str:
    return ".".join(PurePosixPath(output.removeprefix("src/")).parts)
