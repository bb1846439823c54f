"""Generated files: their paths in the package and their texts.

In: nothing. Out: `GeneratedFile`, which `emit` passes to `vendor`, and `Draft`, a file
that is not rendered yet.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from flexprice_codegen.emit.expression import NO_IMPORTS, ImportedName
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.hashes import hash_text

ReuseFunction: TypeAlias = Callable[[str, str], str | None]
"""Returns the text of a path from an earlier run with this hash of inputs, or `None`."""


def reuse_nothing(path: str, inputs: str) -> None:
    """Return `None`, so that every file is rendered."""


@frozen_value(order=True)
class GeneratedFile:
    """A text file of the package; `path` is relative, with forward slashes.

    `inputs_hash` is the hash of what the text is made from. `runtime` is the set of
    runtime modules that the file imports.
    """

    path: str
    text: str
    inputs_hash: str = ""
    runtime: frozenset[str] = frozenset()

    @property
    def content_hash(self) -> str:
        """The SHA-256 of the text in UTF-8, in hexadecimal."""
        return hash_text(self.text)


@frozen_value
class Draft:
    """A file that is rendered only if no earlier run had the same inputs.

    `inputs` is the hash of what the text is made from; if it is empty, the rendered
    text itself counts. `imports` is known without rendering, because it determines the
    runtime modules of the client.
    """

    path: str
    render: Callable[[], str]
    inputs: str = ""
    imports: frozenset[ImportedName] = NO_IMPORTS

    @property
    def runtime(self) -> frozenset[str]:
        """The runtime modules that the file imports."""
        return frozenset(
            name.module or name.name for name in self.imports if name.home == "runtime"
        )
