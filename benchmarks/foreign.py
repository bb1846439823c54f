"""What comes from other registries than Python's: a peer in Go, a document by npm.

In: nothing. Out: the peer's program, the document. They are kept in `benchmarks/.venv`,
which is no part of the repository.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

from benchmarks.row import ContenderError, MissingToolError
from benchmarks.setting import ROOT

FOLDER = ROOT / "benchmarks" / ".venv" / "foreign"
OASDIFF = "github.com/oasdiff/oasdiff@v1.37.0"
GITHUB = "@octokit/openapi@23.0.2"
REDOCLY = "@redocly/cli@2.77.0"
_DOCUMENT = "package/generated/api.github.com.json"
_LIMIT = 900.0
"""Seconds after which a program is ended."""


def oasdiff() -> Path:
    """Return the peer's program; it is built where it is not here yet.

    Raises:
        ContenderError: there is no Go, or it could not be built.
    """
    program = FOLDER / "oasdiff"
    if not program.is_file():
        FOLDER.mkdir(parents=True, exist_ok=True)
        _run("go", "install", OASDIFF, GOBIN=str(FOLDER))
    return program


def redocly() -> Path:
    """Return the peer's program; it is installed where it is not here yet.

    Raises:
        ContenderError: there is no npm, or it could not be installed.
    """
    program = FOLDER / "node_modules" / ".bin" / "redocly"
    if not program.is_file():
        FOLDER.mkdir(parents=True, exist_ok=True)
        _run("npm", "install", "--silent", "--prefix", str(FOLDER), REDOCLY)
    return program


def github() -> Path:
    """Return GitHub's description; it is fetched where it is not here yet.

    Raises:
        ContenderError: there is no npm, or it could not be fetched.
    """
    path = FOLDER / "github.json"
    if not path.is_file():
        FOLDER.mkdir(parents=True, exist_ok=True)
        packed = _run("npm", "pack", "--silent", GITHUB).strip().rpartition("\n")[2]
        with tarfile.open(FOLDER / packed) as archive:
            member = archive.extractfile(_DOCUMENT)
            if member is None:
                raise ContenderError(f"{GITHUB} has no {_DOCUMENT}")
            document = json.load(member)
        path.write_text(json.dumps(document), encoding="utf-8")
    return path


def _run(program: str, *arguments: str, **environment: str) -> str:
    found = shutil.which(program)
    if found is None:
        raise MissingToolError(f"not here: it needs {program}")
    done = subprocess.run(  # noqa: S603 - the commands stand in this module
        (found, *arguments),
        cwd=FOLDER,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=_LIMIT,
        check=False,
    )
    if done.returncode != 0:
        said = done.stderr.strip() or f"exit code {done.returncode}"
        raise ContenderError(said.rpartition("\n")[2])
    return done.stdout
