"""The part of two versions of an API that a client uses.

In: a `Selection`, and two `Api`s. Out: the selected part of each. A pattern must match
in at least one version, because a comparison has to report what was removed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flexprice_codegen.api.model import Api
from flexprice_codegen.api.selection import select_api
from flexprice_codegen.config import FULL_SELECTION, Selection
from flexprice_codegen.diagnostics import DiagnosticError


def select_versions(selection: Selection, old: Api, new: Api) -> tuple[Api, Api]:
    """Return the selected parts of two versions.

    Args:
        selection: The patterns of a client.
        old: The older version.
        new: The newer version.

    Raises:
        DiagnosticError: A pattern matches in neither version (`nothing-selected`).
    """
    single = list(_iter_single_patterns(selection))
    alive = [{each for each in single if _has_match(each, api)} for api in (old, new)]
    dead = [each for each in single if each not in alive[0] | alive[1]]

    if dead:
        # This always raises, with the message for patterns without a match.
        select_api(new, _join_selections(dead))
    before, after = (
        _select_part(api, [each for each in single if each in known])
        for api, known in ((old, alive[0]), (new, alive[1]))
    )
    return before, after


def _iter_single_patterns(selection: Selection) -> Iterator[Selection]:
    """Yield a selection for each pattern, since `select_api` rejects any dead pattern."""
    yield from (Selection(tags=(each,)) for each in selection.tags)
    yield from (Selection(operations=(each,)) for each in selection.operations)
    yield from (Selection(events=(each,)) for each in selection.events)


def _join_selections(single: list[Selection]) -> Selection:
    """Return one selection with all patterns of several ones."""
    return Selection(
        tags=tuple(pattern for each in single for pattern in each.tags),
        operations=tuple(pattern for each in single for pattern in each.operations),
        events=tuple(pattern for each in single for pattern in each.events),
    )


def _has_match(selection: Selection, api: Api) -> bool:
    """Return whether a selection matches anything in an API."""
    try:
        select_api(api, selection)
    except DiagnosticError:
        # It names an operation that this version does not have.
        return False
    return True


def _select_part(api: Api, single: list[Selection]) -> Api:
    """Return the part of an API that any of the selections matches."""
    joined = _join_selections(single)
    if joined == FULL_SELECTION:  # no pattern matches here, so nothing is selected
        return replace(api, schemes=(), operations=(), events=(), schemas={})
    return select_api(api, joined)
