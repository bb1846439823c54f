"""Corrections of a document, as OpenAPI Overlays.

In: the actions of overlays, and the data of a document. Out: corrected data, and which
actions matched. The rules are those of the Overlay Specification 1.1 (§4.4.3), which
spells out what 1.0 leaves open; they apply to both versions:

- an object in `update` is merged into each selected object, property by property: a
  scalar replaces a scalar, an array is appended to an array, an object is merged into
  an object, and every other pair is an error;
- a selected array gets the elements of an array, or any other value as one element;
- a selected scalar is replaced by a scalar;
- `remove` deletes every selected node; `copy` updates with a node of the document.

Unlike in the specification, an action that selects nothing is an error, so that no
correction is lost if the document changes. `x-optional: true` allows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from flexprice_codegen.diagnostics import Diagnostic, Level
from flexprice_codegen.json_pointers import build_pointer
from flexprice_codegen.spec.former_pointers import FormerPointers
from flexprice_codegen.spec.json_path import Query, QueryError
from flexprice_codegen.spec.json_segments import NodePath
from flexprice_codegen.spec.limits import DEFAULT_LIMITS, Limits
from flexprice_codegen.spec.nodes import Json, get_json_type
from flexprice_codegen.spec.overlay_file import (
    ActionEffect,
    CopyEffect,
    OverlayAction,
    RemoveEffect,
    UpdateEffect,
)
from flexprice_codegen.spec.overlay_result import ActionMatch, OverlayResult

_SCALAR = "a scalar"


class _MisfitError(Exception):
    """An action does not fit its selected nodes; it has the reason and a help text."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def apply_actions(
    data: Mapping[str, Json],
    actions: Sequence[OverlayAction],
    limits: Limits = DEFAULT_LIMITS,
) -> OverlayResult:
    """Apply actions in order, each to the result of those before it.

    Args:
        data: The root of the document; it is not changed.
        actions: The actions of all overlays.
        limits: The limits for the corrected document.

    Returns:
        The corrected document, with the errors of actions that do not fit.
    """
    correcting = _OverlayApplier(data, limits)
    matches: list[ActionMatch] = []
    faults: list[Diagnostic] = []

    for action in actions:
        ways: Sequence[NodePath] = ()
        try:
            ways = action.query.select(correcting.root)
            correcting.apply_effect(action.effect, ways)
        except _MisfitError as error:
            faults.append(_build_misfit_diagnostic(action, str(error), error.hint))
        except QueryError as error:
            faults.append(
                _build_misfit_diagnostic(action, str(error), "use a simpler query")
            )
        match = ActionMatch(action.at, action.query.text, bool(ways), action.optional)
        matches.append(match)

    return OverlayResult(
        correcting.root, correcting.moves, tuple(matches), tuple(faults)
    )


class _OverlayApplier:
    """A copy of a document while it is corrected."""

    def __init__(self, data: Mapping[str, Json], limits: Limits) -> None:
        self.root: dict[str, Json] = {
            key: _copy_json(each) for key, each in data.items()
        }
        self.moves = FormerPointers()
        self._limits = limits
        self._room = limits.values

    def apply_effect(self, effect: ActionEffect, ways: Sequence[NodePath]) -> None:
        """Apply the effect of one action to the nodes at `ways`."""
        match effect:
            case RemoveEffect():
                for way in sorted(ways, key=_get_removal_key, reverse=True):
                    self._remove_node(way)
            case UpdateEffect(value):
                self._update_all(ways, value)
            case CopyEffect(query):
                if ways:
                    self._update_all(ways, self._copy_selected(query))
            case _:
                assert_never(effect)

    def _remove_node(self, way: NodePath) -> None:
        if not way:
            raise _MisfitError(
                "the document root cannot be removed",
                "select something below the root",
            )

        key = way[-1]
        parent = _get_node(self.root, way[:-1])
        if isinstance(parent, list) and isinstance(key, int):
            self.moves.remove_element(parent, key)
        elif isinstance(parent, dict) and isinstance(key, str):
            self.moves.remove_property(parent, key)

    def _copy_selected(self, query: Query) -> Json:
        """Return a copy of the one node that the query of a `copy` selects."""
        ways = query.select(self.root)
        if len(ways) != 1:
            raise _MisfitError(
                f"`copy` selects {len(ways)} nodes, expected one",
                "correct the query of `copy`",
            )
        return _copy_json(_get_node(self.root, ways[0]))

    def _update_all(self, ways: Sequence[NodePath], value: Json) -> None:
        kinds = {_get_update_kind(_get_node(self.root, way)) for way in ways}
        if len(kinds) > 1:
            raise _MisfitError(
                f"the target selects {' and '.join(sorted(kinds))}",
                "use one action for each kind",
            )

        self._check_limits(ways, value)
        for way in ways:
            self._update_node(way, value)

    def _check_limits(self, ways: Sequence[NodePath], value: Json) -> None:
        """Raise an error if the update exceeds the limits of a document."""
        size, depth = _measure_json(value)
        self._room -= size * len(ways)
        deepest = depth + max((len(way) for way in ways), default=0)
        if self._room < 0 or deepest > self._limits.depth:
            raise _MisfitError(
                "the document becomes too large or too deep", "reduce the update"
            )

    def _update_node(self, way: NodePath, value: Json) -> None:
        """Update the node at a path."""
        node = _get_node(self.root, way)
        if isinstance(node, dict) and isinstance(value, Mapping):
            _merge_object(node, value, way)
        elif isinstance(node, list):
            node.extend(map(_copy_json, value if isinstance(value, list) else [value]))
        elif way and _get_update_kind(node) == _get_update_kind(value) == _SCALAR:
            parent = _get_node(self.root, way[:-1])
            assert isinstance(parent, (dict, list))
            parent[way[-1]] = value  # type: ignore[index]  # a way fits its containers
        else:
            raise _build_misfit_error(way, node, value)


def _get_removal_key(way: NodePath) -> tuple[int, int]:
    """Return a sort key; in reverse order, a removal does not move a later one."""
    # Deeper paths go first, and in one array higher indices go first.
    return len(way), way[-1] if way and isinstance(way[-1], int) else 0


def _merge_object(
    target: dict[str, Json], update: Mapping[str, Json], way: NodePath
) -> None:
    """Merge the properties of `update` into the object `target` at the path `way`."""
    for key, new in update.items():
        old = target.get(key)
        if key not in target:
            target[key] = _copy_json(new)
        elif isinstance(old, dict) and isinstance(new, Mapping):
            _merge_object(old, new, (*way, key))
        elif isinstance(old, list) and isinstance(new, list):
            old.extend(map(_copy_json, new))
        elif _get_update_kind(old) == _get_update_kind(new) == _SCALAR:
            target[key] = new
        else:
            raise _build_misfit_error((*way, key), old, new)


def _get_node(root: Json, way: NodePath) -> Json:
    node = root
    for key in way:
        assert isinstance(node, (dict, list))
        node = node[key]  # type: ignore[index]  # a way fits its containers
    return node


def _copy_json(value: Json) -> Json:
    """Return a deep copy, so that a change of one value does not change others."""
    # Most values are neither, and need no call of their own.
    if isinstance(value, dict):
        return {
            key: _copy_json(each) if isinstance(each, (dict, list)) else each
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [_copy_json(each) for each in value]
    return value


def _measure_json(value: Json) -> tuple[int, int]:
    """Return the number of values in a value, and how many levels they are nested."""
    if not isinstance(value, (dict, list)):
        return 1, 0
    inside = [
        _measure_json(each)
        for each in (value.values() if isinstance(value, dict) else value)
    ]

    depth = max((depth for _, depth in inside), default=0)
    return 1 + sum(size for size, _ in inside), 1 + depth


def _get_update_kind(value: Json) -> str:
    return get_json_type(value) if isinstance(value, (dict, list)) else _SCALAR


def _build_misfit_error(way: NodePath, old: Json, new: Json) -> _MisfitError:
    where = build_pointer(way) or "the root"
    return _MisfitError(
        f"{where} is {get_json_type(old)}, but the update is {get_json_type(new)}",
        "change the update, or remove the old value with an earlier action",
    )


def _build_misfit_diagnostic(
    action: OverlayAction, reason: str, hint: str
) -> Diagnostic:
    return Diagnostic(
        code="overlay-mismatch",
        level=Level.ERROR,
        message=f"cannot apply the action to {action.query.text:.200}: {reason}",
        help=hint,
        location=action.at,
    )
