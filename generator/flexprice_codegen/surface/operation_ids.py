"""Operation IDs that frameworks make of a function, a path, and a method.

In: an operation and the key of its group. Out: the part of its ID that a person wrote.
An ID is shortened only if it is exactly what a framework makes.

Source: FastAPI (`generate_unique_id`: function, path, and method), NestJS Swagger
(controller and method), drf-spectacular (`AutoSchema.get_operation_id`: path and
action).
"""

from __future__ import annotations

import re

from flexprice_codegen.api.model import ApiOperation
from flexprice_codegen.api.path_templates import list_fixed_segments
from flexprice_codegen.surface.groups import list_telling_segments
from flexprice_codegen.words import to_snake_case

# What NestJS makes by default: `UsersController_findAll`.
_CONTROLLER = re.compile(r"[A-Za-z0-9]+Controller_(\w+)")
# What generators of documents put between a group and an action.
_SEPARATORS = (":", "/", ".", "_", "-")
_ACTIONS = {
    "GET": ("list", "retrieve"),
    "POST": ("create",),
    "PUT": ("update",),
    "PATCH": ("partial_update",),
    "DELETE": ("destroy",),
}
"""The actions of drf-spectacular by method."""


def shorten_operation_id(operation: ApiOperation, group: str) -> str:
    """Return the ID of an operation without what a framework added, in snake_case.

    Args:
        operation: The operation.
        group: The key of its group, whose name may be at the start of the ID.

    Returns:
        The short form; empty if there is none.
    """
    id_ = operation.id
    function = _cut_path_and_method(operation)
    if function:
        return to_snake_case(function)
    controller = _CONTROLLER.fullmatch(id_)
    if controller:
        return to_snake_case(controller[1])
    return _cut_path(operation) or _cut_group(id_, group)


def _cut_path_and_method(operation: ApiOperation) -> str:
    """Return the function in an ID of FastAPI; empty if it is none."""
    end = re.sub(r"\W", "_", operation.path) + f"_{operation.method.lower()}"
    return operation.id.removesuffix(end) if operation.id.endswith(end) else ""


def _cut_path(operation: ApiOperation) -> str:
    """Return the end of an ID of drf-spectacular, after the group in its path."""
    tokens = [each.replace("-", "_") for each in list_fixed_segments(operation.path)]
    telling = [each.replace("-", "_") for each in list_telling_segments(operation.path)]
    for action in _ACTIONS.get(operation.method, ()):
        # The prefix that all paths have in common may be missing.
        ids = {"_".join((*tokens[n:], action)) for n in range(len(tokens))}
        if operation.id in ids:
            return to_snake_case("_".join((*telling[1:], action)))
    return ""


def _cut_group(id_: str, group: str) -> str:
    """Return an ID without the name of its group and the separator at its start.

    `searchPoints` has no separator: the verb of a person can be the name of a group.
    """
    for separator in _SEPARATORS:
        head, _, rest = id_.partition(separator)
        while rest:
            if to_snake_case(head) == to_snake_case(group):
                return to_snake_case(rest)
            more, _, rest = rest.partition(separator)
            head = f"{head}{separator}{more}"
    return ""
