"""What a client uses of two versions of an API.

In: a `Selection`, and two `Api`s. Out: the selected part of each. A pattern must match
in one of them: what the newer version has lost is what the comparison is to tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flexprice_codegen.api.model import Api
from flexprice_codegen.api.selection import select
from flexprice_codegen.config import EVERYTHING, Pattern, Selection
from flexprice_codegen.diagnostics import SpecError


def select_each(selection: Selection, old: Api, new: Api) -> tuple[Api, Api]:
    """Select from both.

    Raises:
        SpecError: `nothing-selected`: patterns that match in neither.
    """
    single = list(_single(selection))
    alive = [{each for each in single if _is_alive(each, api)} for api in (old, new)]
    dead = [each for each in single if each not in alive[0] | alive[1]]
    if dead:
        select(new, _joined(dead))
    before, after = (
        _part(api, [each for each in single if each in known])
        for api, known in ((old, alive[0]), (new, alive[1]))
    )
    return before, after


def _single(selection: Selection) -> Iterator[Selection]:
    """Give a selection of its own for each pattern."""
    yield from (Selection(tags=(each,)) for each in selection.tags)
    yield from (Selection(operations=(each,)) for each in selection.operations)
    yield from (Selection(events=(each,)) for each in selection.events)


def _joined(single: list[Selection]) -> Selection:
    def all_of(kind: str) -> tuple[Pattern, ...]:
        return tuple(pattern for each in single for pattern in getattr(each, kind))

    return Selection(
        tags=all_of("tags"), operations=all_of("operations"), events=all_of("events")
    )


def _is_alive(selection: Selection, api: Api) -> bool:
    try:
        select(api, selection)
    except SpecError:
        return False
    return True


def _part(api: Api, single: list[Selection]) -> Api:
    joined = _joined(single)
    if joined == EVERYTHING:  # all patterns are dead, so nothing is left
        return replace(api, schemes=(), operations=(), events=(), definitions={})
    return select(api, joined)
