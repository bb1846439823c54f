"""Enum classes: members with names, without their common prefix.

In: an `EnumSchema`, its class name, the prefix that an earlier run removed. Out: an
`EnumClass`.
"""

from __future__ import annotations

from flexprice_codegen.api.model import EnumSchema, EnumValue
from flexprice_codegen.surface.model import EnumClass, EnumMember
from flexprice_codegen.surface.used_names import UsedNames
from flexprice_codegen.words import build_member_name, split_words


def build_enum_class(
    definition: EnumSchema, name: str, module: str, prefix: str | None
) -> EnumClass:
    """Build the class of an enum.

    Args:
        definition: The enum schema.
        name: The name of the class.
        module: The module of the class.
        prefix: The prefix that an earlier run removed from member names; None if there
            was none. Then it is computed. A stored prefix keeps names stable if values
            are added.
    """
    if prefix is None:
        prefix = find_common_prefix(definition.values, name)

    taken = UsedNames()
    members = []
    for each in definition.values:
        member = _build_member_name(each, prefix)
        unique = taken.take_name(member)
        members.append(EnumMember(name=unique, value=each.value, about=each.about))

    return EnumClass(
        key=definition.key,
        name=name,
        module=module,
        base=(
            "OpenIntEnum"
            if isinstance(definition.values[0].value, int)
            else "OpenStrEnum"
        ),
        members=tuple(members),
        prefix=prefix,
        about=definition.about,
    )


def find_common_prefix(members: tuple[EnumValue, ...], class_name: str) -> str:
    """Return the words that the document puts before the name of each member.

    They are a prefix if they are the name of the class, or if two or more members share
    them, and if the remaining words of every member are a valid name.

    Args:
        members: The values of the enum, with their names in the document.
        class_name: The name of the class.

    Returns:
        The words, joined by underscores. Empty without a common prefix.
    """
    split = [split_words(each.about.name) for each in members]
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
    if len(members) == 1:
        own = split_words(class_name)
        shared = list(own) if split[0][: len(own)] == own else []

    while shared and not all(_is_name(each[len(shared) :]) for each in split):
        shared.pop()
    return "_".join(shared)


def _is_name(rest: tuple[str, ...]) -> bool:
    """Return whether words form an identifier: not empty, and no digit at the start."""
    return bool(rest) and "_".join(rest).isidentifier()


def _build_member_name(member: EnumValue, prefix: str) -> str:
    """Return a member name from the name in the document, or from the value."""
    wanted = member.about.name
    own = split_words(wanted)
    length = len(split_words(prefix))
    if own and "_".join(own[:length]) == prefix and _is_name(own[length:]):
        return "_".join(own[length:]).upper()
    if wanted and own:
        return build_member_name(wanted)
    return build_member_name(str(member.value))
