"""Patterns for operations that are written as the methods of a client.

In: a selection with patterns such as `customers.create_*`. Out: the same selection with
the operations of these methods (`POST /customers`), so that names as `inspect` prints
them can be selected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from flexprice_codegen.api.model import Api
from flexprice_codegen.api.selection import matches_operation
from flexprice_codegen.api.shape import NO_SHAPES, compute_shapes
from flexprice_codegen.config import DEFAULT_OPTIONS, Pattern, Selection
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.surface.previous_names import PreviousNames, restore_names
from flexprice_codegen.surface.resources import (
    assign_method_names,
    assign_resource_names,
)


def resolve_method_patterns(
    selection: Selection, api: Api, previous: PreviousNames
) -> Selection:
    """Return a selection in which patterns for methods are those of their operations.

    Args:
        selection: The selection; a pattern that matches no method stays as it is.
        api: The API.
        previous: The names of an earlier run.
    """
    if not any(_is_method_pattern(each, api) for each in selection.operations):
        return selection

    names = _name_methods(api, previous)
    patterns = []
    for each in selection.operations:
        found = (
            list(_iter_operations(each, names)) if _is_method_pattern(each, api) else []
        )
        patterns += found or [each]
    return replace(selection, operations=tuple(dict.fromkeys(patterns)))


def join_resolved(selection: Selection, resolved: Iterable[Selection]) -> Selection:
    """Return what is selected in several versions, as one selection.

    Args:
        selection: The selection as the user wrote it.
        resolved: The results of `resolve_method_patterns` for each version.
    """
    found = [each.operations for each in resolved]
    # A pattern for methods that matches in one version need not match in the others.
    settled = {
        each
        for each in selection.operations
        if any(each not in operations for operations in found)
    }
    joined = dict.fromkeys(each for operations in found for each in operations)
    return replace(
        selection, operations=tuple(each for each in joined if each not in settled)
    )


def _is_method_pattern(pattern: Pattern, api: Api) -> bool:
    """Return whether a pattern can be for methods: it matches no operation itself."""
    has_period = "." in pattern.text and " " not in pattern.text
    return has_period and not any(
        matches_operation(pattern, each) for each in api.operations
    )


def _name_methods(api: Api, previous: PreviousNames) -> dict[str, str]:
    """Return each method after its resource, by the key of its operation."""
    sink = DiagnosticSink()  # the names are assigned again, with notes
    shapes = compute_shapes(api) if previous.names else NO_SHAPES
    known = restore_names(previous, api, shapes, DEFAULT_OPTIONS)
    methods = assign_method_names(
        api, known.methods, known.groups, sink, known.iter_reserved_methods()
    )
    resources = assign_resource_names(
        known.list_groups(), previous.get_names("resource"), sink
    )
    return {
        key: f"{resources[known.groups[key]]}.{name}" for key, name in methods.items()
    }


def _iter_operations(pattern: Pattern, names: Mapping[str, str]) -> Iterator[Pattern]:
    """Yield the patterns of the operations whose methods match."""
    for key, name in names.items():
        if pattern.matches_name(name):
            yield Pattern(key, pattern.location)
