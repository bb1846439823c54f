"""Places of the parts of an operation.

In: the origins of a part in both documents. Out: `Where`, which is the same for all
operations that share the part, because a component or a path declares it.
"""

from __future__ import annotations

import re

from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.diff.wire.edits import EditLocation

_COMPONENT = re.compile(
    r"/components/((?:parameters|responses|requestBodies|headers)/[^/]+)"
)
_OF_PATH = re.compile(r"/paths/[^/]+/parameters/\d+")


def create_edit_location(
    path: str, name: str, old: Origin | None, new: Origin | None
) -> EditLocation:
    """Give the place of a part: that of a component, where it is one."""
    shared = _get_component(new) or _get_component(old)
    if shared:
        return EditLocation(f"components/{shared}", shared.rpartition("/")[2], old, new)
    return EditLocation(path, name, old, new)


def _get_component(origin: Origin | None) -> str:
    """Give `responses/NotFound` for a part that stands among the components."""
    if origin is None:
        return ""
    found = _COMPONENT.fullmatch(origin.pointer)
    return found[1] if found and not origin.resource else ""


def is_declared_by_path(origin: Origin) -> bool:
    """Tell whether a parameter stands beside the operations of a path."""
    return _OF_PATH.fullmatch(origin.pointer) is not None
