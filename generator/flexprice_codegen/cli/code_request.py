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
from flexprice_codegen.pipeline.code import (
    CodeSelection,
    find_clients,
    read_code_paths,
)
from flexprice_codegen.vendor.lock_location import LOCK_SUFFIX, find_lock_path


@frozen_value(kw_only=True)
class CodeInUse:
    """The code, and the names by which it can import the client.

    `folder` is the directory of the client, if it is in the code; `installed` is that in
    a virtual environment near the code, whose lock file has the names as well.
    """

    code: CodeSelection
    client_names: frozenset[str]
    folder: str = ""
    installed: Path | None = None


def read_code_in_use(arguments: argparse.Namespace) -> CodeInUse:
    """Read the code that the arguments name, and find the client that it uses.

    Raises:
        DiagnosticError: A path does not exist, or it is not clear which client is meant.
    """
    code = read_code_paths(arguments.code or ["."])
    if arguments.package:
        names = frozenset({arguments.package})
        installed = _find_installed(arguments.package)
        return CodeInUse(code=code, client_names=names, installed=installed)
    if arguments.client:
        config = load_config(arguments.config)
        client = find_client(config, arguments.client)
        output = shorten_path(config.directory) / client.output
        names = code.list_client_names(_normalize(output)) | {client.package}
        return CodeInUse(code=code, client_names=names, folder=_normalize(output))

    found = _find_folder(arguments, code)
    names = code.list_client_names(found)
    return CodeInUse(code=code, client_names=names, folder=found)


def _find_installed(package: str) -> Path | None:
    """Return the directory of a client that is installed in an environment."""
    path = package.replace(".", "/")
    environments = filter(None, (os.environ.get("VIRTUAL_ENV"), ".venv", "venv"))
    for each in environments:
        # That of Windows has no version in its path.
        for pattern in ("lib/python*/site-packages", "Lib/site-packages"):
            for folder in sorted(Path(each).glob(f"{pattern}/{path}")):
                if find_lock_path(folder) is not None:
                    return folder
    return None


def _find_folder(arguments: argparse.Namespace, code: CodeSelection) -> str:
    """Return the directory of the client: of the arguments, or the only one."""
    folder = _find_locked_directory(arguments.old) or _find_locked_directory(
        arguments.new
    )
    if folder is not None:
        return _normalize(folder)
    # The client can be beside the code that `--code` names.
    clients = code.clients or find_clients(".")
    if len(clients) == 1:
        return clients[0]
    if not clients:
        raise build_error(
            "usage",
            "the code contains no generated client",
            hint="pass its import path with --package, or its directory with --code",
        )
    raise build_error(
        "usage",
        f"the code contains {len(clients)} generated clients",
        hint="select one with --client or --package",
    )


def _find_locked_directory(where: str | None) -> Path | None:
    """Return the directory of the client that a version names by its lock file."""
    if not where:
        return None
    path = Path(where)
    if path.name.endswith(LOCK_SUFFIX) and path.is_file():
        return path.parent
    return None if find_lock_path(path) is None else path


def _normalize(folder: Path) -> str:
    return Path(os.path.normpath(folder)).as_posix()
