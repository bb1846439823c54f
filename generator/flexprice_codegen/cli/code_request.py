"""The code that a command looks at, and the client that it uses.

In: parsed arguments. Out: the files, and the names by which they can import the client.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from flexprice_codegen.cli.client_selection import load_config, shorten_path
from flexprice_codegen.cli.diff_request import find_client
from flexprice_codegen.diagnostics import build_error
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.pipeline.code import CodeSelection, read_code_paths
from flexprice_codegen.vendor.directory import LOCK_NAME


@frozen_value(kw_only=True)
class CodeInUse:
    """The code, and the names by which it can import the client."""

    code: CodeSelection
    client_names: frozenset[str]


def read_code_in_use(arguments: argparse.Namespace) -> CodeInUse:
    """Read the code that the arguments name, and find the client that it uses.

    Raises:
        DiagnosticError: A path does not exist, or it is not clear which client is meant.
    """
    code = read_code_paths(arguments.code or ["."])
    return CodeInUse(code=code, client_names=_find_client_names(arguments, code))


def _find_client_names(
    arguments: argparse.Namespace, code: CodeSelection
) -> frozenset[str]:
    """Return the import names of the client: of the arguments, or of the only one."""
    if arguments.package:
        return frozenset({arguments.package})
    if arguments.client:
        config = load_config(arguments.config)
        client = find_client(config, arguments.client)
        output = shorten_path(config.directory) / client.output
        return code.list_client_names(_normalize(output)) | {client.package}

    folder = _find_locked_directory(arguments.old) or _find_locked_directory(
        arguments.new
    )
    if folder is not None:
        return code.list_client_names(_normalize(folder))
    if len(code.clients) == 1:
        return code.list_client_names(code.clients[0])
    if not code.clients:
        raise build_error(
            "usage",
            "there is no generated client in the code",
            hint="name its import path with --package, or its directory with --code",
        )
    raise build_error(
        "usage",
        f"there are {len(code.clients)} generated clients in the code",
        hint="name one with --client or --package",
    )


def _find_locked_directory(where: str | None) -> Path | None:
    """Return the directory of the client that a version names by its lock file."""
    if not where:
        return None
    path = Path(where)
    if path.name == LOCK_NAME and path.is_file():
        return path.parent
    return path if (path / LOCK_NAME).is_file() else None


def _normalize(folder: Path) -> str:
    return Path(os.path.normpath(folder)).as_posix()
