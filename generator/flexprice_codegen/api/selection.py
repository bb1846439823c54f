"""What a client uses of an API: some operations, some events, and what they reach.

In: an `Api` and a `Selection` of the configuration. Out: the `Api` with nothing else in
it. Names are no concern of it: they are given over the whole, so that a selection that
grows renames nothing.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from flexprice_codegen.api.model import Api, Event, Operation
from flexprice_codegen.api.types import Type
from flexprice_codegen.api.walk import closure, reach
from flexprice_codegen.config import Pattern, Selection
from flexprice_codegen.diagnostics import Diagnostic, Level, Origin, SpecError
from flexprice_codegen.words import snake

_NEAR = 3
_LEFT_OUT = re.compile(r"/paths/([^/]+)/([^/]+)")


def select(api: Api, selection: Selection) -> Api:
    """Take the operations and events that are selected, and the closure of their types.

    An empty selection takes everything. The names of all events stay known: those
    outside the selection are undocumented events of the client.

    Raises:
        SpecError: A pattern matches nothing; each such pattern is named.
    """
    if not selection:
        return api
    _refuse_dead(api, selection)
    operations = tuple(each for each in api.operations if _is_selected(each, selection))
    events = tuple(
        each
        for each in api.events
        if any(_fits(each, pattern) for pattern in selection.events)
    )
    needed = {key for each in operations for way in each.security for key in way}
    smaller = replace(
        api,
        schemes=tuple(each for each in api.schemes if each.key in needed),
        operations=operations,
        events=events,
    )
    reached = reach(smaller)
    kept = (
        reached.sent | reached.received | closure(_headers(operations), api.definitions)
    )
    return replace(
        smaller,
        definitions={key: each for key, each in api.definitions.items() if key in kept},
    )


def concerns(
    whole: Api, selected: Api, selection: Selection
) -> Callable[[Diagnostic], bool]:
    """Make the test of what is said about the whole: does it concern the selection?

    An operation that was left out counts where a pattern may mean it.
    """
    known, inside = set(_origins(whole)), set(_origins(selected))

    def is_inside(said: Diagnostic) -> bool:
        if not selection or not isinstance(said.at, Origin):
            return True
        above = {Origin(said.at.resource, each) for each in _above(said.at.pointer)}
        if above & known:
            return bool(above & inside)
        left_out = _LEFT_OUT.match(said.at.pointer)
        return left_out is None or _may_mean(selection, *left_out.groups())

    return is_inside


def _may_mean(selection: Selection, path: str, method: str) -> bool:
    path = path.replace("~1", "/").replace("~0", "~")
    return bool(selection.tags) or any(
        _means_call(each, method, path) if " " in each.text else each.is_wild
        for each in (*selection.operations, *selection.events)
    )


def _origins(api: Api) -> Iterator[Origin]:
    yield from (each.about.origin for each in api.operations)
    yield from (each.about.origin for each in api.events)
    yield from (each.about.origin for each in api.definitions.values())


def _above(pointer: str) -> Iterator[str]:
    """Give a pointer and all that contain it."""
    while pointer:
        yield pointer
        pointer = pointer.rpartition("/")[0]


def _headers(operations: Iterable[Operation]) -> Iterator[Type]:
    for operation in operations:
        for response in operation.responses:
            yield from (each.type for each in response.headers)


def _is_selected(operation: Operation, selection: Selection) -> bool:
    return any(
        pattern.fits(tag) for pattern in selection.tags for tag in operation.tags
    ) or any(_means(pattern, operation) for pattern in selection.operations)


def _means(pattern: Pattern, operation: Operation) -> bool:
    """Compare with `METHOD /path`, or with the id as the document or Python writes it."""
    if " " in pattern.text:
        return _means_call(pattern, operation.method, operation.path)
    return bool(operation.id) and (
        pattern.fits(operation.id) or pattern.fits(snake(operation.id))
    )


def _means_call(pattern: Pattern, method: str, path: str) -> bool:
    wanted, _, rest = pattern.text.partition(" ")
    return Pattern(wanted.upper()).fits(method.upper()) and Pattern(rest).fits(path)


def _fits(event: Event, pattern: Pattern) -> bool:
    return pattern.fits(event.name) or pattern.fits(event.label)


def _refuse_dead(api: Api, selection: Selection) -> None:
    dead = [
        *(
            _dead("tag", each, _tags(api))
            for each in selection.tags
            if not any(each.fits(tag) for tag in _tags(api))
        ),
        *(
            _dead("operation", each, _operation_names(api, each))
            for each in selection.operations
            if not any(_means(each, one) for one in api.operations)
        ),
        *(
            _dead("event", each, [one.name for one in api.events])
            for each in selection.events
            if not any(_fits(one, each) for one in api.events)
        ),
    ]
    if dead:
        raise SpecError(*dead)


def _tags(api: Api) -> list[str]:
    return list(dict.fromkeys(tag for each in api.operations for tag in each.tags))


def _operation_names(api: Api, pattern: Pattern) -> list[str]:
    if " " in pattern.text:
        return [each.key for each in api.operations]
    return [each.id for each in api.operations if each.id]


def _dead(kind: str, pattern: Pattern, known: list[str]) -> Diagnostic:
    near = _near(pattern.text, known)
    return Diagnostic(
        code="nothing-selected",
        level=Level.ERROR,
        message=f"no {kind} of the document matches {pattern.text!r}",
        at=pattern.at,
        hint=(
            f"did you mean {' or '.join(map(repr, near))}?"
            if near
            else "`flexprice-codegen inspect` lists what there is"
        ),
    )


def _near(text: str, known: list[str]) -> list[str]:
    same = [each for each in known if each.casefold() == text.casefold()]
    if same:
        return same
    folded = {each.casefold(): each for each in known}
    found = difflib.get_close_matches(text.casefold(), folded, n=_NEAR)
    return [folded[each] for each in found]
