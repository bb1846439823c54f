"""Hashes of code without its layout, as lock files of earlier versions have them.

In: the bytes of a file. Out: the hash that an earlier version stored for the same code.
It ignores parentheses and commas, so it misses some edits. The next run that writes the
lock file replaces it by a hash of `vendor.code_hashes`.
"""

from __future__ import annotations

import re

from flexprice_codegen.hashes import SHORT, hash_bytes
from flexprice_codegen.vendor.code_hashes import split_page

# The parts of Python code that count: strings, comments, and anything else between
# whitespace, commas, parentheses, and backslashes.
_PIECES = re.compile(
    rb'"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|#[^\r\n]*|[^\s,()"\'#\\]+'
)


def former_code_hash(path: str, data: bytes) -> str:
    """Return the hash that an earlier version stored for a file.

    Args:
        path: The path of the file. In `.md` files, only Python code has a layout.
        data: Its bytes.

    Returns:
        16 hexadecimal digits.
    """
    if not path.endswith(".md"):
        return _hash_code(data)

    prose, code = split_page(data)
    text = b"\0".join((*prose, *(_hash_code(each).encode() for each in code)))
    return hash_bytes(text, SHORT)


def _hash_code(data: bytes) -> str:
    """Return the hash of code; a string may have either kind of quotes."""
    pieces = (
        # With other quotes, `\'""a""\'` would be the docstring `a`.
        (b'"' + each[1:-1] + b'"' if each[:1] == b"'" and b'"' not in each else each)
        for each in _PIECES.findall(data)
    )
    return hash_bytes(b"\0".join(pieces), SHORT)
