"""Enum classes: members with names, without their common prefix.

In: an `EnumSchema`, its class name, the names that an earlier run gave. Out: an
`EnumClass`. Several names of one value are one member and its aliases, as in Python. A
member that the document renames leaves its name as a deprecated alias.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from flexprice_codegen.api.model import EnumSchema, EnumValue
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.former_members import name_former_members
from flexprice_codegen.surface.member_names import (
    build_member_names,
    find_common_prefix,
)
from flexprice_codegen.surface.model import EnumClass, EnumMember
from flexprice_codegen.surface.used_names import UsedNames


@frozen_value(kw_only=True)
class KnownMembers:
    """The names of the members of an enum in an earlier run.

    `prefix` is what was removed from them; None if there was no such enum. `names` has
    the member and its aliases by value, `deprecated` the deprecated aliases. `is_former`
    is whether the run was one of a version that recorded no members.
    """

    prefix: str | None = None
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    deprecated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_former: bool = False


NO_KNOWN_MEMBERS = KnownMembers()


def build_enum_class(
    definition: EnumSchema,
    name: str,
    module: str,
    known: KnownMembers = NO_KNOWN_MEMBERS,
) -> EnumClass:
    """Build the class of an enum.

    Args:
        definition: The enum schema.
        name: The name of the class.
        module: The module of the class.
        known: The names of an earlier run, which are kept. Its prefix keeps names
            stable if values are added.
    """
    prefix = known.prefix
    if prefix is None:
        prefix = find_common_prefix(definition.values, name)

    drafts = _build_drafts(definition, prefix, known)
    taken = UsedNames()
    members = _name_members(drafts, taken)
    return EnumClass(
        key=definition.key,
        name=name,
        module=module,
        base=(
            "OpenIntEnum"
            if isinstance(definition.values[0].value, int)
            else "OpenStrEnum"
        ),
        members=members,
        aliases=_take_aliases(
            taken,
            # A name that is made of the value is none of the document.
            ((each, each.wanted if each.value.names else ()) for each in drafts),
        ),
        deprecated=_take_aliases(
            taken,
            (
                (each, _list_former_names(each, known.deprecated.get(each.key, ())))
                for each in drafts
            ),
        ),
        prefix=prefix,
        about=definition.about,
    )


@frozen_value
class _MemberDraft:
    """A value with its names, those of an earlier run and those of the document.

    `is_renamed` is whether the document has only other names for it than before.
    """

    value: EnumValue
    before: tuple[str, ...]
    wanted: tuple[str, ...]
    is_renamed: bool

    @property
    def key(self) -> str:
        """The value as text."""
        return str(self.value.value)


def _build_drafts(
    definition: EnumSchema, prefix: str, known: KnownMembers
) -> list[_MemberDraft]:
    """Return the values of an enum with their names; those of then for a former run."""
    names = known.names
    if known.is_former:
        names = name_former_members(definition.values, prefix)

    drafts = []
    for each in definition.values:
        before = names.get(str(each.value), ())
        wanted = build_member_names(each, prefix)
        is_other = bool(each.names and before) and not set(before) & set(wanted)
        # A former run read fewer names, so a name that is new to it is no change.
        is_renamed = is_other and not known.is_former
        drafts.append(_MemberDraft(each, before, wanted, is_renamed))
    return drafts


def _name_members(
    drafts: list[_MemberDraft], taken: UsedNames
) -> tuple[EnumMember, ...]:
    """Return the members of an enum; known names are taken before new ones."""
    kept = {each.before[0] for each in drafts if each.before}
    names: dict[str, str] = {}
    for each in drafts:
        # A name must not become that of another value in silence.
        if each.before and not (each.is_renamed and each.wanted[0] not in kept):
            names[each.key] = taken.take_name(each.before[0])

    for each in drafts:
        if each.key not in names:
            names[each.key] = taken.take_name(each.wanted[0])
    return tuple(_build_member(each, names[each.key]) for each in drafts)


def _list_former_names(
    draft: _MemberDraft, deprecated: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the names of earlier runs that stay as deprecated aliases.

    A rename that is undone leaves none, as if it had never been.
    """
    if draft.is_renamed and draft.wanted[0] in deprecated:
        return deprecated
    # The lock file sorts them: the next run with this document must write the same.
    return tuple(sorted({*draft.before, *deprecated}))


def _take_aliases(
    taken: UsedNames, found: Iterable[tuple[_MemberDraft, tuple[str, ...]]]
) -> tuple[EnumMember, ...]:
    """Return an alias for each name that no member has."""
    return tuple(
        _build_member(draft, taken.take_name(name))
        for draft, names in found
        for name in names
        if name not in taken
    )


def _build_member(draft: _MemberDraft, name: str) -> EnumMember:
    return EnumMember(name=name, value=draft.value.value, about=draft.value.about)
