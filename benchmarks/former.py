"""The generator as it was at an earlier commit of this repository.

In: a commit. Out: the command that generates a client with its code, in the same
environment as ours: the interpreter, and the libraries that both pin to one version.
"""

from __future__ import annotations

import compileall
import io
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Final

from benchmarks.commands import Command
from benchmarks.row import MissingToolError
from benchmarks.setting import ROOT, Setting

COMMIT: Final = "e2db54c"
"""The last commit that printed models in processes of their own."""
_MODULE = "generator.cli.main"


def command(setting: Setting, document: Path, output: Path) -> Command:
    """Make the command that generates a client of a document as `COMMIT` did.

    Raises:
        ContenderError: git is not here, or has no such commit.
    """
    folder = setting.work / COMMIT
    if not folder.exists():
        unpack(ROOT, COMMIT, folder)
        # Ours was compiled before, too.
        compileall.compile_dir(folder / "generator", quiet=2)
    line = (sys.executable, "-P", "-m", _MODULE, "generate", str(document))
    return Command((*line, "--output", str(output)), setting.work, modules=(folder,))


def unpack(repository: Path, commit: str, folder: Path) -> None:
    """Write the files of a commit to a folder.

    Raises:
        ContenderError: git is not here, or has no such commit.
    """
    line = ("git", "archive", "--format=tar", commit)
    try:
        done = subprocess.run(  # noqa: S603 - our own arguments
            line, cwd=repository, capture_output=True, check=False
        )
    except OSError as error:
        raise MissingToolError(f"git: {error.strerror}") from error
    if done.returncode != 0:
        raise MissingToolError(f"git has no commit {commit}; a shallow clone lacks it")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as packed:
        packed.extractall(folder, filter="data")
