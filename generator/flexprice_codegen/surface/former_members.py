"""Names of enum members as versions without rows for them in lock files chose them.

In: the values of an enum, and the prefix of the lock file. Out: the name of each value.
A client of such a version keeps them; its next lock file has a row for each.
"""

from __future__ import annotations

from collections.abc import Iterable

from flexprice_codegen.api.model import EnumValue
from flexprice_codegen.surface.member_names import name_member
from flexprice_codegen.surface.used_names import UsedNames


def name_former_members(
    values: Iterable[EnumValue], prefix: str
) -> dict[str, tuple[str, ...]]:
    """Return the name of each value: one of the document, else one of the value.

    Args:
        values: The values of the enum.
        prefix: The words that were removed from the names.
    """
    taken = UsedNames()
    return {
        str(each.value): (
            taken.take_name(name_member(each.former_name, each.value, prefix)),
        )
        for each in values
    }
