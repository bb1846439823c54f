"""What a client is made from: its settings, the files that were read, the tools.

In: a `Client` of the configuration, paths. Out: digests for the lock, by which a later
run tells, without making anything, that nothing has moved. This module imports nothing
heavy, for that run is to be over at once.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha1, sha256
from pathlib import Path

from generator.config import Client
from generator.emit.templates import templates_folder
from generator.version import VERSION

_PACKAGE = Path(__file__).resolve().parent.parent
_TOOLS = ("black", "datamodel_code_generator", "jinja2", "pyyaml")
_INSTALLED = re.compile(rf"({'|'.join(_TOOLS)})-.+\.dist-info", re.IGNORECASE)
_OWN = frozenset({".py", ".jinja"})
_TOLD = re.compile(r'^  "(?:tools|seal)": .*$', re.MULTILINE)
_SHORT = 16


def short_digest(text: str) -> str:
    """Give a digest that is long enough to tell versions of one thing apart."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_SHORT]


def settings_digest(client: Client) -> str:
    """Give the digest of all that the configuration says of a client, but not where."""
    return short_digest(_told(client))


def _told(value: object) -> str:
    if is_dataclass(value) and not isinstance(value, type):
        parts = (
            f"{each.name}={_told(getattr(value, each.name))}"
            for each in fields(value)
            if each.compare
        )
        return f"({','.join(parts)})"
    if isinstance(value, tuple):
        return f"({','.join(map(_told, value))})"
    return repr(value)


@cache
def tools_digest() -> str:
    """Give the digest of the generator itself, its templates and the libraries it uses.

    Empty where a library cannot be found, as in a frozen program: then nothing is known.
    """
    found = sorted({each.lower() for each in _libraries()})
    if len({each.partition("-")[0] for each in found}) < len(_TOOLS):
        return ""
    digest = sha256("\0".join((VERSION, *found)).encode())
    for each in _own_files():
        digest.update(b"\0" + each.name.encode() + b"\0" + each.read_bytes())
    return digest.hexdigest()[:_SHORT]


def _libraries() -> Iterator[str]:
    """Give the names of installed libraries with their versions, as their folders say."""
    for folder in map(Path, sys.path):
        if folder.is_dir():
            names = (each.name for each in folder.iterdir())
            yield from (each for each in names if _INSTALLED.fullmatch(each))


def _own_files() -> list[Path]:
    folders = {_PACKAGE, templates_folder()}
    return sorted(
        {e for folder in folders for e in folder.rglob("*") if e.suffix in _OWN}
    )


def read_inputs(paths: Iterable[str], base: Path) -> tuple[tuple[str, str], ...]:
    """Give pairs of a path, relative to `base`, and the git blob id of its file.

    What is no file that can be read has the id of nothing: it is never as it was.
    """
    return tuple((path, _blob_id(base / path)) for path in sorted(set(paths)))


def _blob_id(path: Path) -> str:
    try:
        data = path.read_bytes()
    except (OSError, ValueError):
        return ""
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def sealed(text: str) -> str:
    """Add the seal to the text of a lock, which ends in an open object."""
    return f'{text},\n  "seal": "{short_digest(text)}"\n}}\n'


def is_sealed(text: str) -> bool:
    """Tell whether the text of a lock is as it was written."""
    content, found, _ = text.rpartition(',\n  "seal": "')
    return bool(found) and sealed(content) == text


def is_same_lock(found: str, wanted: str) -> bool:
    """Tell whether a lock holds the same as another, apart from the tools that made it.

    So two people with other versions of a library do not write it in turns.
    """
    found = found.replace("\r\n", "\n")
    return is_sealed(found) and _TOLD.sub("", found) == _TOLD.sub("", wanted)
