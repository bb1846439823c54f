"""The rows of a lock file: lists of values, any of which can be wrong.

In: parsed JSON. Out: values built from rows, or the error that names the invalid row.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar

_Row = TypeVar("_Row")
# A row of the lock file can be long; its beginning is enough to find it.
_SHOWN = 80


class LockRowError(ValueError):
    """An invalid row of a lock file; `row` is the row as JSON has it."""

    def __init__(self, message: str, row: object) -> None:
        super().__init__(message)
        self.row = row


def read_rows(
    data: Mapping[str, object],
    key: str,
    read: Callable[..., _Row],
    identify: Callable[[_Row], Hashable] | None = None,
) -> tuple[_Row, ...]:
    """Build a value from each row of a list.

    Args:
        data: The parsed lock file.
        key: The key of the list. Keys that earlier versions lack are optional.
        read: Builds a value from the elements of a row, or from a row that is not a list.
            It raises ValueError or TypeError if the row is invalid.
        identify: Returns what no two rows may have in common.

    Raises:
        LockRowError: A row is invalid or occurs twice.
        TypeError: The value of the key is not a list.
    """
    rows = data.get(key, [])
    if not isinstance(rows, list):
        raise TypeError(f"expected a list in `{key}`, got {_show(rows)}")

    values: list[_Row] = []
    seen: set[Hashable] = set()
    for row in rows:
        value = _read_row(row, key, read)
        values.append(value)
        identity = len(seen) if identify is None else identify(value)
        if identity in seen:
            raise LockRowError(
                f"two rows of `{key}` are for the same: {_show(row)}", row
            )
        seen.add(identity)
    return tuple(values)


def _read_row(row: object, key: str, read: Callable[..., _Row]) -> _Row:
    try:
        return read(*row) if isinstance(row, list) else read(row)
    except ValueError as error:
        raise LockRowError(f"a row of `{key}` is {_show(row)}: {error}", row) from error
    # A row of the wrong length, since its elements are passed as arguments.
    except TypeError as error:
        reason = f"a row of `{key}` has the wrong shape: {_show(row)}"
        raise LockRowError(reason, row) from error


def _show(value: object) -> str:
    """Return the beginning of a value as JSON."""
    text = json.dumps(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
