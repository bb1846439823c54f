"""A file to be: its path in the package and its text.

In: nothing. Out: `File`, the value between emitting and vendoring.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypeAlias

Keep: TypeAlias = Callable[[str, str], str | None]
"""Gives the text that an earlier run made for a path from the same inputs, if any."""


def keep_nothing(path: str, inputs: str) -> None:
    """Let everything be made anew."""


@dataclass(frozen=True, slots=True, order=True)
class File:
    """A text file of the package; `path` is relative, with forward slashes.

    `inputs` is the digest of what its text was made from, empty where that is the text.
    """

    path: str
    text: str
    inputs: str = field(default="", compare=False)

    @property
    def digest(self) -> str:
        """Give the SHA-256 of the text in UTF-8, in hexadecimal."""
        return sha256(self.text.encode()).hexdigest()
