"""Enum classes: members with names, the common prefix taken off.

In: an `Enumeration`, its class name, the prefix that an earlier run took off. Out: an
`EnumClass`.
"""

from __future__ import annotations

from flexprice_codegen.api.model import EnumSchema, EnumValue
from flexprice_codegen.surface.model import EnumClass, EnumMember
from flexprice_codegen.surface.used_names import UsedNames
from flexprice_codegen.words import build_member_name, split_words

_TAKEN = frozenset({"mro", "name", "value"})


def build_enum_class(
    definition: EnumSchema, name: str, module: str, prefix: str | None
) -> EnumClass:
    """Make the class of an enumeration; `prefix` is None where none was decided before."""
    if prefix is None:
        prefix = find_common_prefix(definition.values, name)
    taken = UsedNames(_TAKEN)
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
    """Find the words that the document puts before each name of a member.

    They are taken off if they are the type's own name, or if two members or more share
    them, and if what stays of every member is a name.
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
    if len(members) == 1:
        own = split_words(class_name)
        shared = list(own) if split[0][: len(own)] == own else []
    while shared and not all(_is_name(each[len(shared) :]) for each in split):
        shared.pop()
    return "_".join(shared)


def _is_name(rest: tuple[str, ...]) -> bool:
    return bool(rest) and "_".join(rest).isidentifier()


def _build_member_name(member: EnumValue, prefix: str) -> str:
    wanted = member.about.name
    own = split_words(wanted)
    length = len(split_words(prefix))
    if own and "_".join(own[:length]) == prefix and _is_name(own[length:]):
        return "_".join(own[length:]).upper()
    if wanted and own:
        return build_member_name(wanted)
    return build_member_name(str(member.value))
