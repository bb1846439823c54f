"""The selected part of an API: operations, events, and the definitions they reach.

In: an `Api` and a `Selection` of the configuration file. Out: the `Api` with nothing
else in it. Names are assigned to the entire API, so that a selection that grows renames
nothing.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from flexprice_codegen.api.model import Api, ApiOperation, WebhookEvent
from flexprice_codegen.api.reachability import find_reachable_keys, find_schema_usage
from flexprice_codegen.api.types import Type
from flexprice_codegen.config import Pattern, Selection
from flexprice_codegen.diagnostics import Diagnostic, DiagnosticError, Level, Origin
from flexprice_codegen.json_pointers import unescape_token
from flexprice_codegen.words import to_snake_case

# The maximum number of suggestions in an error.
_NEAR = 3
# A path and a method, escaped as in a JSON pointer.
_LEFT_OUT = re.compile(r"/paths/([^/]+)/([^/]+)")


def select_api(api: Api, selection: Selection) -> Api:
    """Return the selected operations and events, with the closure of their types.

    An empty selection selects everything. The names of all events are kept: those
    outside the selection are undocumented events of the client.

    Args:
        api: The entire API.
        selection: The patterns for tags, operations and events.

    Raises:
        DiagnosticError: `nothing-selected`, one for each pattern without a match.
    """
    if not selection:
        return api

    _reject_unmatched_patterns(api, selection)

    operations = tuple(each for each in api.operations if _is_selected(each, selection))
    events = tuple(
        each
        for each in api.events
        if any(_matches_event(each, pattern) for pattern in selection.events)
    )

    needed = {key for each in operations for way in each.security for key in way}
    smaller = replace(
        api,
        schemes=tuple(each for each in api.schemes if each.key in needed),
        operations=operations,
        events=events,
    )

    reached = find_schema_usage(smaller)
    kept = (
        reached.sent
        | reached.received
        | find_reachable_keys(_iter_header_types(operations), api.schemas)
    )

    return replace(
        smaller,
        schemas={key: each for key, each in api.schemas.items() if key in kept},
    )


def build_relevance_test(
    whole: Api, selected: Api, selection: Selection
) -> Callable[[Diagnostic], bool]:
    """Return a predicate: whether a diagnostic concerns the selection.

    A diagnostic of a skipped operation concerns it if a pattern could match the
    operation.

    Args:
        whole: The entire API.
        selected: The API of `select_api`.
        selection: The patterns.
    """
    known = set(_iter_origins(whole))
    inside = set(_iter_origins(selected))

    def is_inside(said: Diagnostic) -> bool:
        if not selection or not isinstance(said.location, Origin):
            return True

        above = {
            Origin(said.location.resource, each)
            for each in _iter_ancestors(said.location.pointer)
        }
        # A part that neither API has was skipped; its location is all that is known of
        # it.
        if above & known:
            return bool(above & inside)

        left_out = _LEFT_OUT.match(said.location.pointer)
        return left_out is None or _could_match(selection, *left_out.groups())

    return is_inside


def _could_match(selection: Selection, path: str, method: str) -> bool:
    path = unescape_token(path)
    return bool(selection.tags) or any(
        _matches_call(each, method, path) if " " in each.text else each.has_wildcard
        for each in (*selection.operations, *selection.events)
    )


def _iter_origins(api: Api) -> Iterator[Origin]:
    yield from (each.about.origin for each in api.operations)
    yield from (each.about.origin for each in api.events)
    yield from (each.about.origin for each in api.schemas.values())


def _iter_ancestors(pointer: str) -> Iterator[str]:
    """Yield a JSON pointer and those of its ancestors."""
    while pointer:
        yield pointer
        pointer = pointer.rpartition("/")[0]


def _iter_header_types(operations: Iterable[ApiOperation]) -> Iterator[Type]:
    for operation in operations:
        for response in operation.responses:
            yield from (each.type for each in response.headers)


def _is_selected(operation: ApiOperation, selection: Selection) -> bool:
    return any(
        pattern.matches_name(tag)
        for pattern in selection.tags
        for tag in operation.tags
    ) or any(matches_operation(pattern, operation) for pattern in selection.operations)


def matches_operation(pattern: Pattern, operation: ApiOperation) -> bool:
    """Return whether a pattern matches `METHOD /path`, or the ID in either spelling.

    The ID is compared as the document writes it and as the name of the Python method.
    """
    if " " in pattern.text:
        return _matches_call(pattern, operation.method, operation.path)
    return bool(operation.id) and (
        pattern.matches_name(operation.id)
        or pattern.matches_name(to_snake_case(operation.id))
    )


def _matches_call(pattern: Pattern, method: str, path: str) -> bool:
    wanted, _, rest = pattern.text.partition(" ")
    return Pattern(wanted.upper()).matches_name(method.upper()) and Pattern(
        rest
    ).matches_name(path)


def _matches_event(event: WebhookEvent, pattern: Pattern) -> bool:
    return pattern.matches_name(event.name) or pattern.matches_name(event.label)


def _reject_unmatched_patterns(api: Api, selection: Selection) -> None:
    dead = [
        *(
            _build_unmatched_diagnostic("tag", each, _list_tags(api))
            for each in selection.tags
            if not any(each.matches_name(tag) for tag in _list_tags(api))
        ),
        *(
            _build_unmatched_diagnostic(
                "operation", each, _list_operation_names(api, each)
            )
            for each in selection.operations
            if not any(matches_operation(each, one) for one in api.operations)
        ),
        *(
            _build_unmatched_diagnostic("event", each, [one.name for one in api.events])
            for each in selection.events
            if not any(_matches_event(one, each) for one in api.events)
        ),
    ]
    if dead:
        raise DiagnosticError(*dead)


def _list_tags(api: Api) -> list[str]:
    return list(dict.fromkeys(tag for each in api.operations for tag in each.tags))


def _list_operation_names(api: Api, pattern: Pattern) -> list[str]:
    if " " in pattern.text:
        return [each.key for each in api.operations]
    return [each.id for each in api.operations if each.id]


def _build_unmatched_diagnostic(
    kind: str, pattern: Pattern, known: list[str]
) -> Diagnostic:
    near = _find_similar(pattern.text, known)
    return Diagnostic(
        code="nothing-selected",
        level=Level.ERROR,
        message=f"no {kind} matches {pattern.text!r}",
        location=pattern.location,
        help=(
            f"did you mean {' or '.join(map(repr, near))}?"
            if near
            else "run `flexprice-codegen inspect` to list all"
        ),
    )


def _find_similar(text: str, known: list[str]) -> list[str]:
    same = [each for each in known if each.casefold() == text.casefold()]
    if same:
        return same

    folded = {each.casefold(): each for each in known}
    found = difflib.get_close_matches(text.casefold(), folded, n=_NEAR)
    return [folded[each] for each in found]
