"""What resources say of idempotency keys.

In: the `Key` of a method. Out: its value over `runtime.idempotency`, and what a
docstring says of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from generator.emit.quoting import WIDTH, one_line
from generator.emit.spread import spread
from generator.surface.model import Key
from generator.surface.python import literal

KEY_ARGUMENT_TEXT: Final = "The `error.idempotency_key` of a call, to repeat it."
_INDENT = 4


def key_value(key: Key) -> str:
    """Write `idempotency=…` as an item of an operation, as black lays it out."""
    fields = [f"{literal(each.path)}: {literal(each.filling)}" for each in key.fields]
    items = [f"{{{', '.join(fields)}}}"]
    if key.unless:
        items.append(f"unless={literal(key.unless)}")
    flat = f"idempotency=KeyFields({', '.join(items)})"
    if _INDENT + len(flat) + 1 <= WIDTH:
        return flat
    return "\n".join(spread("idempotency=KeyFields(", items, ")", 0))


def key_text(key: Key) -> str:
    """Say when a retry is safe, and what the client does for it."""
    if not key.fields:
        return "A retry is safe: the server recognizes a repeated call by its content."
    first, *rest = [f"`{one_line(each.path)}`" for each in key.fields]
    said = f"A retry is safe only if {first} is sent."
    if rest:
        said = (
            f"A retry is safe only if all of {_and([first, *rest])} are sent: {first} "
            f"without {_and(rest)} is no idempotency key."
        )
    them = "them" if rest else "it"
    if key.fields[0].filling == "caller":
        return f"{said} The client does not fill {them} in."
    omitted = "fills in those that the body omits"
    said += f" The client {omitted if rest else 'fills it in if the body omits it'}."
    if not key.unless:
        return said
    unless = one_line(key.unless)
    return f"{said} With `{unless}`, it neither fills {them} in nor retries."


def _and(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
