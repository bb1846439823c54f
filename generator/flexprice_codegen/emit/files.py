"""A file to be: its path in the package and its text.

In: nothing. Out: `File`, the value between emitting and vendoring, and `Draft`, a file
whose text is not rendered yet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

from flexprice_codegen.emit.expression import NO_IMPORTS, ImportedName

ReuseFunction: TypeAlias = Callable[[str, str], str | None]
"""Returns the text that an earlier run made for a path from the same inputs, if any."""


def reuse_nothing(path: str, inputs: str) -> None:
    """Let everything be rendered."""


@dataclass(frozen=True, slots=True, order=True)
class GeneratedFile:
    """A text file of the package; `path` is relative, with forward slashes.

    `inputs` is the digest of what its text was made from, empty where that is the text.
    `runtime` are the modules of the runtime that it imports.
    """

    path: str
    text: str
    inputs_hash: str = ""
    runtime: frozenset[str] = frozenset()

    @property
    def content_hash(self) -> str:
        """The SHA-256 of the text in UTF-8, in hexadecimal."""
        return sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that is rendered only if no earlier run made it from the same inputs.

    `inputs` is the digest of what it is made from, empty where that is the text that
    `render` returns; `imports` is known without rendering, for it says which modules of
    the runtime the client needs.
    """

    path: str
    render: Callable[[], str]
    inputs: str = ""
    imports: frozenset[ImportedName] = NO_IMPORTS

    @property
    def runtime(self) -> frozenset[str]:
        """The modules of the runtime that it imports."""
        return frozenset(
            name.module or name.name for name in self.imports if name.home == "runtime"
        )
