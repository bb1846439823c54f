"""The clients that a command works on: those of the command line or configuration file.

In: parsed arguments. Out: clients, and the directory that their paths are relative to.
"""

from __future__ import annotations

import argparse
import keyword
import os
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

from flexprice_codegen.cli.arguments import SELECTING
from flexprice_codegen.cli.limit_arguments import read_limits
from flexprice_codegen.cli.option_arguments import read_python_options
from flexprice_codegen.config import (
    Client,
    Config,
    Pattern,
    PythonOptions,
    Selection,
    find_config,
    read_config,
)
from flexprice_codegen.diagnostics import build_error
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.output_paths import normalize_output
from flexprice_codegen.spec.limits import Limits
from flexprice_codegen.spec.sources import build_address_error, is_url
from flexprice_codegen.surface.reserved import is_taken_by_client
from flexprice_codegen.surface.scalar_types import OPTIONAL_FORMATS
from flexprice_codegen.vendor.paths import check_output
from flexprice_codegen.words import is_class_name, is_env_prefix

# Options that describe a single client, and so need a document on the command line.
_OF_ONE_CLIENT = (
    "output",
    "package",
    *(each.name for each in fields(PythonOptions)),
    "overlay",
    "no_docstrings",
    "request_options",
    "inputs",
    "testing",
    "recording",
    "agents",
    *SELECTING,
)


@frozen_value
class SelectedClients:
    """The clients to work on, and the directory that their paths are relative to."""

    directory: Path
    clients: tuple[Client, ...]
    limits: Limits
    others: tuple[Client, ...] = ()
    """Other clients of the configuration file, which may share a runtime with these."""


def select_clients(
    arguments: argparse.Namespace, *, needs_output: bool
) -> SelectedClients:
    """Return the clients that the arguments name.

    Args:
        arguments: Parsed arguments.
        needs_output: Whether the command writes to or compares with the output
            directories.

    Raises:
        DiagnosticError: There are none, or the arguments or a configuration are
            invalid.
    """
    limits = read_limits(arguments)
    if arguments.spec:
        client = _build_client(arguments, needs_output=needs_output)
        return SelectedClients(Path(), (client,), limits)

    # argparse has no way to read an argument by its name but as an attribute.
    for name in _OF_ONE_CLIENT:
        if getattr(arguments, name):
            # `--class` is parsed as `class_name`, because `class` is a keyword.
            option = name.removesuffix("_name").replace("_", "-")
            raise build_error(
                "usage",
                f"--{option} needs a SPEC",
                hint="pass the document as well, or set it in the configuration file",
            )

    config = load_config(arguments.config)
    clients = config.clients
    if arguments.client:
        clients = tuple(each for each in clients if each.name == arguments.client)
        if not clients:
            known = ", ".join(each.name for each in config.clients)
            raise build_error(
                "usage",
                f"unknown client {arguments.client!r}",
                hint=f"use {known}",
            )

    for each in clients:
        for address in filter(is_url, each.spec):
            # `check` needs no network, so documents of a repository are in files.
            raise build_address_error(address)
        _check_options(each)
        _check_package(each)
        for folder in (
            (each.output, each.get_runtime_directory()) if needs_output else ()
        ):
            check_output(config.directory, folder)

    others = tuple(each for each in config.clients if each not in clients)
    return SelectedClients(shorten_path(config.directory), clients, limits, others)


def load_config(named: str | None) -> Config:
    """Read a configuration file: the named one, or the nearest one upward.

    Args:
        named: The path of the file, if the user named one.

    Raises:
        DiagnosticError: There is none, or it is invalid.
    """
    path = Path(named) if named else find_config(Path.cwd())
    if path is None:
        raise build_error(
            "usage",
            "no client to generate",
            hint="pass SPEC and --output, or create flexprice-codegen.toml with `init`",
        )
    return read_config(path)


def _build_client(arguments: argparse.Namespace, *, needs_output: bool) -> Client:
    for name in ("client", "config"):
        if getattr(arguments, name):
            raise build_error(
                "usage",
                f"--{name} needs a configuration file",
                hint="omit SPEC, or the option",
            )

    if needs_output and not arguments.output:
        raise build_error(
            "usage", "--output is missing", hint="pass the directory of the package"
        )

    output = _normalize_output_option(arguments.output or "client")
    # `.` has no name of its own, so the path is made absolute. Links are not resolved:
    # the name that the user wrote counts.
    directory = Path(os.path.normpath(Path(output).absolute())).name
    client = Client(
        name=directory,
        spec=tuple(arguments.spec),
        output=output,
        package=arguments.package or directory,
        overlay=tuple(arguments.overlay),
        docstrings=not arguments.no_docstrings,
        request_options=arguments.request_options,
        inputs=arguments.inputs or "dataclass",
        selection=Selection(
            tags=_parse_patterns(arguments.tag),
            operations=_parse_patterns(arguments.operation),
            events=_parse_patterns(arguments.event),
        ),
        testing=arguments.testing,
        recording=arguments.recording,
        agents=arguments.agents,
        options=read_python_options(arguments),
    )
    _check_options(client)
    if needs_output:
        _check_package(client)
        check_output(Path(), output)

    return client


def _normalize_output_option(text: str) -> str:
    """Return the normalized path of the output.

    Raises:
        DiagnosticError: It cannot be a directory of a repository.
    """
    try:
        return normalize_output(text)
    except ValueError as error:
        raise build_error(
            "usage",
            f"--output: expected {error}, got {text!r}",
            hint="pass the directory of the package",
        ) from error


def _parse_patterns(texts: Iterable[str]) -> tuple[Pattern, ...]:
    return tuple(map(Pattern, texts))


def _check_package(client: Client) -> None:
    """Raise `DiagnosticError` for a package that Python cannot import."""
    parts = client.package.split(".")
    if not all(part.isidentifier() and not keyword.iskeyword(part) for part in parts):
        raise build_error(
            "package-name",
            f"invalid package name {client.package!r}",
            hint="use letters, digits, and underscores, with dots between packages",
        )


def _check_options(client: Client) -> None:
    """Raise `DiagnosticError` for an invalid name, prefix, or format."""
    name = client.options.class_name
    prefix = client.options.env_prefix
    if name and not is_class_name(name):
        raise build_error(
            "client-class",
            f"client {client.name!r}: expected a class name, got {name!r}",
            hint="start with a capital, then use letters and digits, as in Flexprice",
        )

    if is_taken_by_client(name):
        raise build_error(
            "client-class",
            f"client {client.name!r}: generated code already uses the name {name!r}",
            hint=f"set `class` to another name, such as {name}Client",
        )

    if prefix and not is_env_prefix(prefix):
        raise build_error(
            "env-prefix",
            f"client {client.name!r}: invalid prefix {prefix!r} of environment variables",
            hint="start with a capital, then use capitals, digits, and underscores, "
            "as in FLEXPRICE",
        )

    for each in client.options.formats:
        if each not in OPTIONAL_FORMATS:
            raise build_error(
                "client-format",
                f"client {client.name!r}: no Python type for the format {each!r}",
                hint=f"use {' or '.join(OPTIONAL_FORMATS)} in `formats`",
            )


def shorten_path(folder: Path) -> Path:
    """Return a directory relative to the working directory, to shorten messages.

    A directory outside of the working directory is returned unchanged.
    """
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder
