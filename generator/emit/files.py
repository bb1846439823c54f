"""A file to be: its path in the package and its text.

In: nothing. Out: `File`, the value between emitting and vendoring.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True, order=True)
class File:
    """A text file of the package; `path` is relative, with forward slashes."""

    path: str
    text: str

    @property
    def digest(self) -> str:
        """Give the SHA-256 of the text in UTF-8, in hexadecimal."""
        return sha256(self.text.encode()).hexdigest()
