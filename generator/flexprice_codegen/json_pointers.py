"""JSON pointers (RFC 6901).

In: a JSON pointer, or its keys. Out: the other of the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# An array index has no leading zero (RFC 6901 §4); 9 digits exceed any array.
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")


def escape_token(key: str) -> str:
    """Return a key as it is written in a JSON pointer."""
    # Few keys have one of them, and each node of a document is asked for its own.
    if "~" not in key and "/" not in key:
        return key
    # `~` first, or the `~1` of a slash would be escaped again (RFC 6901 §3).
    return key.replace("~", "~0").replace("/", "~1")


def unescape_token(token: str) -> str:
    """Return the key that a token of a JSON pointer means."""
    # `~1` before `~0`, so that `~01` becomes `~1` and not `/` (RFC 6901 §4).
    return token.replace("~1", "/").replace("~0", "~")


def split_pointer(pointer: str) -> list[str]:
    """Return the unescaped keys of a JSON pointer, from the root on."""
    tokens = pointer.split("/")[1:]
    return list(map(unescape_token, tokens)) if "~" in pointer else tokens


def build_pointer(keys: Iterable[str | int]) -> str:
    """Build the JSON pointer of the node under `keys`, from the root on."""
    return "".join(f"/{escape_token(str(key))}" for key in keys)


def parse_array_index(token: str) -> int | None:
    """Return the array index that a key of a pointer is, or None for another key."""
    return int(token) if _INDEX.fullmatch(token) else None
