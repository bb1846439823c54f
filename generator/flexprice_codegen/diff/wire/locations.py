"""Places of the parts of an operation.

In: the origins of a part in both documents. Out: `EditLocation`, which is the same for
all operations that share the part, because a component or a path declares it.
"""

from __future__ import annotations

from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.diff.wire.edits import EditLocation
from flexprice_codegen.json_pointers import split_pointer

_SHARED_KINDS = frozenset({"parameters", "responses", "requestBodies", "headers"})
_COMPONENTS = "/components/"


def create_edit_location(
    path: str, name: str, old: Origin | None, new: Origin | None
) -> EditLocation:
    """Create the place of a part of an operation.

    Args:
        path: Its path if it is the operation's own; that of a component goes before.
        name: The name that people know it by then.
        old: Its node in the older document.
        new: Its node in the newer one.
    """
    shared = _get_component(new) or _get_component(old)
    if shared:
        return EditLocation(f"components/{shared}", shared.rpartition("/")[2], old, new)
    return EditLocation(path, name, old, new)


def _get_component(origin: Origin | None) -> str:
    """Return `responses/NotFound` for a part that is among the components."""
    if origin is None or origin.resource:
        return ""
    match split_pointer(origin.pointer):
        case ["components", kind, _] if kind in _SHARED_KINDS:
            # As references write it: a `/` in a name is escaped there.
            return origin.pointer.removeprefix(_COMPONENTS)
        case _:
            return ""


def is_declared_by_path(origin: Origin) -> bool:
    """Return whether a parameter is next to the operations of a path."""
    match split_pointer(origin.pointer):
        case ["paths", _, "parameters", _]:
            return True
        case _:
            return False
