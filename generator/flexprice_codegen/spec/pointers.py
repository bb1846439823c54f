"""JSON pointers (RFC 6901).

In: a pointer, or the keys that it is made of. Out: the other of the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")


def split_pointer(pointer: str) -> list[str]:
    """Give the keys that a pointer is made of, from the root on."""
    return [
        part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]
    ]


def build_pointer(keys: Iterable[str | int]) -> str:
    """Make the pointer to what stands under `keys`, from the root on."""
    return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in keys)


def parse_array_index(token: str) -> int | None:
    """Give the index that a key of a pointer is, None where it is none."""
    return int(token) if _INDEX.fullmatch(token) else None
