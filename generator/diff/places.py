"""Places of the parts of an operation.

In: the origins of a part in both documents. Out: `Where`, which is the same for all
operations that share the part, because a component or a path declares it.
"""

from __future__ import annotations

from generator.diagnostics import Origin
from generator.diff.edits import Where

_SHARED = ("parameters", "responses", "requestBodies", "headers", "examples")


def place(path: str, name: str, old: Origin | None, new: Origin | None) -> Where:
    """Give the place of a part: that of a component, where it is one."""
    shared = _component(new) or _component(old)
    if shared:
        return Where(f"components/{shared}", shared.rpartition("/")[2], old, new)
    return Where(path, name, old, new)


def _component(origin: Origin | None) -> str:
    """Give `responses/NotFound` for a part that stands among the components."""
    if origin is None:
        return ""
    parts = origin.pointer.split("/")
    is_component = (
        len(parts) == 4 and parts[1] == "components" and parts[2] in _SHARED
    )  # "", components, kind, name
    return f"{parts[2]}/{parts[3]}" if is_component and not origin.resource else ""


def declared_by_path(origin: Origin) -> bool:
    """Tell whether a parameter stands beside the operations of a path."""
    parts = origin.pointer.split("/")
    return (
        len(parts) == 5 and parts[1] == "paths" and parts[3] == "parameters"
    )  # "", paths, path, parameters, number
