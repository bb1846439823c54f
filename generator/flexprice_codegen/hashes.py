"""Hashes of texts and of bytes.

In: a text, or bytes. Out: their SHA-256 in hexadecimal, all of it or its first digits,
and the ID of a git blob. Nothing here proves who wrote a text; a hash only detects that
it changed.
"""

from __future__ import annotations

from hashlib import sha1, sha256

ALL_DIGITS = 64
SHORT = 16
"""Digits for one of many versions of a file: a collision needs billions of versions."""


def hash_bytes(data: bytes, digits: int = ALL_DIGITS) -> str:
    """Return the first digits of the SHA-256 of some bytes."""
    return sha256(data).hexdigest()[:digits]


def hash_text(text: str, digits: int = ALL_DIGITS) -> str:
    """Return the first digits of the SHA-256 of a text in UTF-8."""
    # JSON allows half of a surrogate pair, which strict UTF-8 does not.
    return hash_bytes(text.encode("utf-8", "surrogatepass"), digits)


def hash_content(data: bytes) -> str:
    """Return the SHA-256 of a text file with line ends normalized."""
    # git may check files out with CRLF on Windows.
    return hash_bytes(data.replace(b"\r\n", b"\n"))


def compute_git_blob_id(data: bytes) -> str:
    """Return the ID under which git stores `data`: SHA-1 in 40 hexadecimal digits."""
    # git hashes an object together with its type and size.
    header = b"blob %d\0" % len(data)
    return sha1(header + data, usedforsecurity=False).hexdigest()
