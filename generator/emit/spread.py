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


def assigned(name: str, generic: str, argument: str, items: Sequence[str]) -> list[str]:
    """Write `name: generic[argument] = generic(items)` at the start of a line.

    Where the left side leaves no room for the call, black puts the call in brackets;
    where it leaves no room for a bracket either, it splits the left side.
    """
    target = f"{name}: {generic}[{argument}]"
    if len(f"{target} = {generic}(") <= WIDTH:
        return spread(f"{target} = {generic}(", items, ")", 0)
    if len(f"{target} = (") <= WIDTH:
        return [f"{target} = (", *spread(f"{generic}(", items, ")", 4), ")"]
    left = [f"{name}: {generic}[", f"    {argument}"]
    return [*left, *spread(f"] = {generic}(", items, ")", 0)]


def declared(name: str, type_: str, default: str, indent: int) -> str:
    """Write `name: type = default` as an item at a depth of `indent` blanks.

    A type that is too long for the line goes in brackets, as black 26 has it.
    """
    flat = f"{name}: {type_} = {default}"
    if indent + len(flat) + 1 <= WIDTH or " | " not in type_:
        return flat
    return f"{name}: (\n    {type_}\n) = {default}"


def mapping(name: str, pairs: Sequence[tuple[str, str]], indent: int) -> str:
    """Write `name={key: value}` as an item at a depth of `indent` blanks."""
    items = [f"{key}: {value}" for key, value in pairs]
    flat = f"{name}={{{', '.join(items)}}}"
    if indent + len(flat) + 1 <= WIDTH:
        return flat
    return "\n".join([f"{name}={{", *(f"    {each}," for each in items), "}"])
