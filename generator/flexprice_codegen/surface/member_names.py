"""Names of enum members, from names in the document or from values.

In: the values of an enum. Out: the prefix that all names have in common, and the names
of a value without it.
"""

from __future__ import annotations

from collections.abc import Iterable

from flexprice_codegen.api.model import EnumValue
from flexprice_codegen.words import build_member_name, split_words


def find_common_prefix(members: Iterable[EnumValue], class_name: str) -> str:
    """Return the words that the document puts before the name of each member.

    They are a prefix if they are the name of the class, or if two or more members share
    them, and if the remaining words of every member are a valid name.

    Args:
        members: The values of the enum, with their names in the document.
        class_name: The name of the class.

    Returns:
        The words, joined by underscores. Empty without a common prefix.
    """
    split = [split_words(name) for each in members for name in (each.names or ("",))]
    if not all(split):
        return ""

    shared = list(split[0])
    for each in split[1:]:
        length = next(
            (n for n, (a, b) in enumerate(zip(shared, each, strict=False)) if a != b),
            min(len(shared), len(each)),
        )
        shared = shared[:length]

    # All words of a single member are "shared", so only the class name counts.
    if len(split) == 1:
        own = split_words(class_name)
        shared = list(own) if split[0][: len(own)] == own else []

    while shared and not all(_is_name(each[len(shared) :]) for each in split):
        shared.pop()
    return "_".join(shared)


def _is_name(rest: tuple[str, ...]) -> bool:
    """Return whether words form an identifier: not empty, and no digit at the start."""
    return bool(rest) and "_".join(rest).isidentifier()


def build_member_names(value: EnumValue, prefix: str) -> tuple[str, ...]:
    """Return the names of a member without a prefix, the preferred one first."""
    names = (name_member(each, value.value, prefix) for each in value.names or ("",))
    return tuple(dict.fromkeys(names))


def name_member(wanted: str, value: str | int, prefix: str) -> str:
    """Return a member name from the name in the document, or from the value."""
    own = split_words(wanted)
    length = len(split_words(prefix))
    if own and "_".join(own[:length]) == prefix and _is_name(own[length:]):
        return "_".join(own[length:]).upper()
    return build_member_name(wanted if own else str(value))
