"""An example of a call, for the pages of a client.

In: a `Surface`. Out: the method that a reader can call most easily.
"""

from __future__ import annotations

from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.model import Method, ResourceClass, Surface
from flexprice_codegen.surface.python_types import ModelType


@frozen_value
class ExampleCall:
    """A call for an example: the shortest that a reader can complete."""

    resource: ResourceClass
    method: Method
    arguments: str
    model: str


def find_example_call(surface: Surface) -> ExampleCall | None:
    """Return a method for an example: one with a model as body if possible."""
    methods = [(each, method) for each in surface.resources for method in each.methods]
    best = min(methods, key=lambda pair: _rank_example(pair[1]), default=None)
    if best is None:
        return None

    resource, method = best
    parts = []
    model = ""
    if method.body is not None and isinstance(method.body.type, ModelType):
        model = method.body.type.name
        parts.append(f"models.{model}(...)")
    elif method.body is not None and method.body.required:
        parts.append("...")

    parts += [f"{each.name}=..." for each in method.arguments if each.required]
    return ExampleCall(resource, method, ", ".join(parts), model)


def _rank_example(method: Method) -> tuple[int, int, str]:
    body = method.body
    plain = body is not None and isinstance(body.type, ModelType)
    required = sum(each.required for each in method.arguments)
    return (
        0 if plain and method.name.startswith("create") else 1 if plain else 2,
        required,
        method.name,
    )
