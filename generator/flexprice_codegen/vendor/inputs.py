"""What a client is made from: its settings, the files that were read, the tools.

In: a `Client` of the configuration, paths. Out: digests for the lock, by which a later
run tells, without making anything, that nothing has moved. This module imports nothing
heavy, for that run is to be over at once.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha1, sha256
from pathlib import Path

from flexprice_codegen.config import Client
from flexprice_codegen.emit.digests import inputs_digest
from flexprice_codegen.emit.templates import get_templates_directory
from flexprice_codegen.version import VERSION

_PACKAGE = Path(__file__).resolve().parent.parent
_TOOLS = ("black", "datamodel_code_generator", "jinja2", "pyyaml")
_INSTALLED = re.compile(rf"({'|'.join(_TOOLS)})-.+\.dist-info", re.IGNORECASE)
_CACHES = "__pycache__"
_TOLD = re.compile(r'^  "(?:tools|seal)": .*$', re.MULTILINE)
_SHORT = 16


def hash_text(text: str) -> str:
    """Give a digest that is long enough to tell versions of one thing apart."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_SHORT]


def hash_client_config(client: Client) -> str:
    """Give the digest of all that the configuration says of a client, but not where."""
    return inputs_digest(client)


@cache
def hash_tools() -> str:
    """Give the digest of the generator itself, its templates and the libraries it uses.

    Empty where a library cannot be found, as in a frozen program: then nothing is known.
    """
    found = sorted({each.lower() for each in _iter_libraries()})
    if len({each.partition("-")[0] for each in found}) < len(_TOOLS):
        return ""
    own = files_digest(_PACKAGE, get_templates_directory())
    return hash_text("\0".join((VERSION, *found, own)))


def _iter_libraries() -> Iterator[str]:
    """Give the names of installed libraries with their versions, as their folders say."""
    for folder in map(Path, sys.path):
        if folder.is_dir():
            names = (each.name for each in folder.iterdir())
            yield from (each for each in names if _INSTALLED.fullmatch(each))


def files_digest(package: Path, templates: Path) -> str:
    """Return the digest of every file of a package and of its templates.

    It is the same in a checkout, where the templates are beside the package, and in an
    installed package, which holds them.
    """
    digest = sha256()
    for folder, names in (
        (package, _files_below(package, but=templates)),
        (templates, _files_below(templates)),
    ):
        for name in sorted(names):
            content = (folder / name).read_bytes()
            digest.update(os.fsencode(name) + b"\0" + sha256(content).digest())
        digest.update(b"\0")
    return digest.hexdigest()


def _files_below(folder: Path, *, but: Path | None = None) -> Iterator[str]:
    """Yield the files below a folder that Python did not put there, by their paths."""
    for place, folders, files in os.walk(folder):
        here = Path(place)
        folders[:] = [e for e in folders if e != _CACHES and here / e != but]
        for path in (here / each for each in files):
            if path.is_file():  # an editor's lock is a link to nothing
                yield path.relative_to(folder).as_posix()


def hash_input_files(paths: Iterable[str], base: Path) -> tuple[tuple[str, str], ...]:
    """Give pairs of a path, relative to `base`, and the git blob id of its file.

    What is no file that can be read has the id of nothing: it is never as it was.
    """
    return tuple((path, _compute_blob_id(base / path)) for path in sorted(set(paths)))


def _compute_blob_id(path: Path) -> str:
    try:
        data = path.read_bytes()
    except (OSError, ValueError):
        return ""
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def add_checksum(text: str) -> str:
    """Add the seal to the text of a lock, which ends in an open object."""
    return f'{text},\n  "seal": "{hash_text(text)}"\n}}\n'


def has_valid_checksum(text: str) -> bool:
    """Tell whether the text of a lock is as it was written."""
    content, found, _ = text.rpartition(',\n  "seal": "')
    return bool(found) and add_checksum(content) == text


def is_same_lock(found: str, wanted: str) -> bool:
    """Tell whether a lock holds the same as another, apart from the tools that made it.

    So two people with other versions of a library do not write it in turns.
    """
    found = found.replace("\r\n", "\n")
    return has_valid_checksum(found) and _TOLD.sub("", found) == _TOLD.sub("", wanted)
