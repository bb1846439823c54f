"""The description of GitHub's API, 13 MB of JSON, as its makers publish it on npm.

In: the setting. Out: the document. It is fetched once, by npm, and kept beside the peers.
"""

from __future__ import annotations

import subprocess
import tarfile
import tempfile
from pathlib import Path

from benchmarks.row import ContenderError, MissingToolError
from benchmarks.setting import Setting

PACKAGE = "@octokit/openapi@23.0.2"
_MEMBER = "package/generated/api.github.com.json"
_SECONDS = 300


def document(setting: Setting) -> Path:
    """Return the document.

    Raises:
        ContenderError: npm is not here, or cannot get it.
    """
    kept = setting.peers / "api.github.com.json"
    if not kept.is_file():
        with tempfile.TemporaryDirectory(dir=setting.work) as folder:
            _pack(Path(folder))
            found = _extracted(Path(folder))
            draft = kept.with_suffix(".draft")
            draft.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(found)
            draft.replace(kept)
    return kept


def _pack(folder: Path) -> None:
    """Download the package into a folder, by npm."""
    line = ("npm", "pack", PACKAGE, "--silent")
    try:
        done = subprocess.run(  # noqa: S603 - our own arguments
            line,
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except OSError as error:
        raise MissingToolError(f"npm: {error.strerror}") from error
    except subprocess.TimeoutExpired:
        raise ContenderError(f"npm took longer than {_SECONDS} s") from None
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().split("\n")
        raise ContenderError(said[-1] or f"npm: exit code {done.returncode}")


def _extracted(folder: Path) -> bytes:
    (archive,) = folder.glob("*.tgz")
    with tarfile.open(archive) as packed:
        member = packed.extractfile(_MEMBER)
        if member is None:
            raise ContenderError(f"{PACKAGE} has no {_MEMBER}")
        return member.read()
