"""`flexprice-codegen init`: write a first configuration file.

In: a document, as a file or an address. Out: `flexprice-codegen.toml` in the working
directory. An existing file is never overwritten. With `--write-excludes`, also excludes
for linters in `pyproject.toml`.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from flexprice_codegen.api.model import Api
from flexprice_codegen.cli.tool_excludes import write_excludes
from flexprice_codegen.config import (
    CONFIG_FILE_NAME,
    Client,
    find_config_in_directory,
    read_config,
)
from flexprice_codegen.diagnostics import DiagnosticError, DiagnosticSink, build_error
from flexprice_codegen.pipeline.generate import load_api
from flexprice_codegen.report.console import open_console, print_line
from flexprice_codegen.report.plans import DIFF_STYLES, iter_unified_diff
from flexprice_codegen.report.starter_config import StarterConfig, format_starter_config
from flexprice_codegen.spec.sources import is_git_revision, is_url, read_source
from flexprice_codegen.surface.previous_names import PreviousNames
from flexprice_codegen.vendor.known_apis import (
    KNOWN_APIS,
    KnownApi,
    read_delivered_overlay,
)
from flexprice_codegen.vendor.paths import check_output
from flexprice_codegen.words import to_snake_case

# A document can be a page of documentation.
_SUFFIXES = frozenset({".yaml", ".yml", ".json", ".md"})


def run(arguments: argparse.Namespace) -> int:
    """Write the configuration file, and return the exit code.

    Raises:
        DiagnosticError: There is one already, or the document cannot be read.
    """
    api = KNOWN_APIS[arguments.api] if arguments.api else None
    if arguments.diff and api is not None:
        return _print_overlay_diff(api)
    existing = find_config_in_directory(Path())
    if arguments.write_excludes and existing is not None and not arguments.spec:
        write_excludes(read_config(existing), open_console(quiet=arguments.quiet))
        return 0
    if arguments.diff or (api is None and not arguments.spec):
        raise build_error(
            "usage",
            "--diff needs an --api" if arguments.diff else "missing argument: SPEC",
            hint="pass the path or the URL of a document, or --api",
        )
    if existing is not None:
        raise _build_exists_error()

    beginning = _build_beginning(arguments.spec, api)
    output = open_console(quiet=arguments.quiet)
    if api is not None and _write_overlay(api):
        print_line(output, f"{api.overlay}: created; you can edit it", "bold")
    try:
        # Mode `x` fails if another process created the file after the check above.
        with Path(CONFIG_FILE_NAME).open("x", encoding="utf-8", newline="\n") as file:
            file.write(format_starter_config(beginning))
    except FileExistsError:
        raise _build_exists_error() from None
    except OSError as error:
        hint = "check the permissions of the directory"
        raise build_error(
            "output", f"cannot write {CONFIG_FILE_NAME}: {error}", hint=hint
        ) from None

    if arguments.write_excludes:
        write_excludes(read_config(Path(CONFIG_FILE_NAME)), output)

    print_line(output, f"{CONFIG_FILE_NAME}: created; review it, then run", "bold")
    for command in ("pull", "generate") if beginning.source else ("generate",):
        print_line(output, f"    flexprice-codegen {command}")

    return 0


def _build_beginning(spec: str | None, api: KnownApi | None) -> StarterConfig:
    """Return the values of the configuration file."""
    if api is not None:
        return _build_from_api(api, spec)
    assert spec is not None, "the caller checked it"
    return _build_from_url(spec) if is_url(spec) else _build_from_document(spec)


def _build_from_api(api: KnownApi, spec: str | None) -> StarterConfig:
    """Return a configuration for an API that this version knows.

    Args:
        api: The API.
        spec: Another document of it, as a path or an address; None for its own.
    """
    is_fetched = spec is None or is_url(spec)
    output = _choose_output(f"{to_snake_case(api.title)}_client")
    return StarterConfig(
        spec=api.spec if spec is None or is_fetched else spec,
        source=(spec or api.source) if is_fetched else "",
        overlay=api.overlay,
        output=output,
        package=_get_package(output),
        name=PurePosixPath(output).name,
        tags=api.tags,
        events=api.events,
        is_selected=True,
        class_name=api.class_name,
        secret=api.secret,
    )


def _write_overlay(api: KnownApi) -> bool:
    """Write the overlay of an API if there is none yet, and return whether it was."""
    check_output(Path(), api.overlay)
    path = Path(api.overlay)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Mode `x` keeps an overlay that is there: somebody has edited it.
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(read_delivered_overlay(api))
    except FileExistsError:
        return False
    except OSError as error:
        hint = "correct the permissions of the directory"
        message = f"{api.overlay} cannot be written: {error}"
        raise build_error("output", message, hint=hint) from None
    return True


def _print_overlay_diff(api: KnownApi) -> int:
    """Print how the overlay of this version differs from the copy in the repository."""
    copy = read_source(api.overlay).data.decode("utf-8", "replace")
    delivered = read_delivered_overlay(api)
    output = open_console()
    for line in iter_unified_diff(api.overlay, copy, delivered):
        print_line(output, line, DIFF_STYLES.get(line[:1], ""))
    return 0


def _build_exists_error() -> DiagnosticError:
    return build_error(
        "exists",
        "a configuration already exists; nothing was written",
        hint="add a [[client]] table to it, or delete it first",
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
    beginning = StarterConfig(
        spec=place,
        overlay="".join(overlays),
        output=output,
        package=_get_package(output),
        name=PurePosixPath(output).name,
    )
    return _add_examples(beginning, reading.api)


def _add_examples(beginning: StarterConfig, api: Api) -> StarterConfig:
    """Return a configuration with examples from a document."""
    for operation in api.operations[:1]:
        beginning = replace(beginning, operation=operation.key)
        if operation.tags:
            beginning = replace(beginning, tags=operation.tags[:1])
    for event in api.events[:1]:
        beginning = replace(beginning, events=(event.name,))
    return beginning


def _choose_output(name: str) -> str:
    """Return an output directory: in the only package of `src/`, or here."""
    found = sorted(each.parent for each in Path("src").glob("*/__init__.py"))
    return (found[0] / name).as_posix() if len(found) == 1 else name


def _get_package(output: str) -> str:
    return ".".join(PurePosixPath(output.removeprefix("src/")).parts)
