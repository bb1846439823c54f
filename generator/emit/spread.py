"""Laying out brackets as black does: on one line, on three, or an item a line.

In: what stands before, between and behind a bracket, and the depth. Out: lines.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.emit.quoting import WIDTH


def spread(opening: str, items: Sequence[str], closing: str, indent: int) -> list[str]:
    """Write `opening item, item closing` at a depth of `indent` blanks.

    An item may hold line breaks, relative to its own depth; then each has its line.
    """
    pad, inner = " " * indent, " " * (indent + 4)
    whole = f"{pad}{opening}{', '.join(items)}{closing}"
    flat = all("\n" not in each for each in items)
    if flat and (len(whole) <= WIDTH or not items):
        return [whole]
    middle = f"{inner}{', '.join(items)}"
    if flat and len(middle) <= WIDTH:
        return [f"{pad}{opening}", middle, f"{pad}{closing}"]
    lines = [f"{pad}{opening}"]
    for each in items:
        first, *rest = each.split("\n")
        lines.append(inner + first)
        lines += [inner + line for line in rest]
        lines[-1] += ","
    return [*lines, f"{pad}{closing}"]


def mapping(name: str, pairs: Sequence[tuple[str, str]], indent: int) -> str:
    """Write `name={key: value}` as an item at a depth of `indent` blanks."""
    items = [f"{key}: {value}" for key, value in pairs]
    flat = f"{name}={{{', '.join(items)}}}"
    if indent + len(flat) + 1 <= WIDTH:
        return flat
    return "\n".join([f"{name}={{", *(f"    {each}," for each in items), "}"])
