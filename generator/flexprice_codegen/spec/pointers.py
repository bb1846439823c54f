"""JSON pointers (RFC 6901).

In: a JSON pointer, or its keys. Out: the other of the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# An array index has no leading zero (RFC 6901 §4); 9 digits exceed any array.
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")


def split_pointer(pointer: str) -> list[str]:
    """Return the unescaped keys of a JSON pointer, from the root on."""
    # `~1` before `~0`, so that `~01` becomes `~1` and not `/` (RFC 6901 §4).
    return [
        part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]
    ]


def build_pointer(keys: Iterable[str | int]) -> str:
    """Build the JSON pointer of the node under `keys`, from the root on."""
    return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in keys)


def parse_array_index(token: str) -> int | None:
    """Return the array index that a key of a pointer is, or None for another key."""
    return int(token) if _INDEX.fullmatch(token) else None
