"""The module `testing.py` of a client, if the configuration asks for it.

In: a `Surface`. Out: the draft of a file: the operations whose success is not a 200,
and sample values of fields that the type alone does not determine. The runtime has the
rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from flexprice_codegen.api.types import Literals, Nullable, String
from flexprice_codegen.emit.expression import ImportedName
from flexprice_codegen.emit.files import Draft
from flexprice_codegen.emit.imports import ModuleLocation, format_imports
from flexprice_codegen.emit.render import render_template
from flexprice_codegen.emit.samples import build_sample
from flexprice_codegen.surface.model import Field, Method, ModelClass, Surface
from flexprice_codegen.surface.python_types import (
    NONE_TYPE,
    format_literal,
    format_type,
    list_model_names,
)

_IMPORTS = frozenset(
    {
        ImportedName("runtime", "", "fake"),
        ImportedName("runtime", "fake", "Told"),
    }
)
_USUAL = "200"
_EMPTY = "204"


def draft_testing(surface: Surface, runtime: str) -> Draft:
    """Return the draft of `testing.py`.

    Args:
        surface: The client's classes and methods.
        runtime: The path of a shared runtime, relative to the client's directory; or
            empty.
    """
    location = ModuleLocation("", runtime)
    return Draft(
        path="testing.py",
        render=partial(_render_testing, surface, location),
        imports=_IMPORTS,
    )


def _render_testing(surface: Surface, location: ModuleLocation) -> str:
    error = surface.default_error
    return render_template(
        "package/testing.py.jinja",
        imports=format_imports(_IMPORTS, location),
        client=surface.client,
        key=format_example_credential(surface),
        error="" if error is None else format_literal(format_type(error)),
        statuses=[
            f"{format_literal(f'{method.http_method} {method.route}')}: {status}"
            for resource in surface.resources
            for method in resource.methods
            if (status := _get_success_status(method)) != _USUAL
        ],
        samples=[
            f"{format_literal(f'{model.name}.{field.wire}')}: {value}"
            for model in surface.models
            if isinstance(model, ModelClass) and model.use != "sent"
            for field in model.fields
            for value in _iter_sample(field)
        ],
    )


def format_example_credential(surface: Surface) -> str:
    """Return the first credential as a keyword argument; empty without credentials.

    The text ends in a comma and a space, so that other arguments can follow.
    """
    for each in surface.credentials[:1]:
        value = '("user", "x")' if each.is_password else '"x"'
        return f"{each.keyword}={value}, "
    return ""


def _get_success_status(method: Method) -> str:
    """Return the status code of a method's success: the one with content first."""
    shapes = [each for each in method.responses if each.type != NONE_TYPE]
    exact = [each.status_code for each in shapes or method.responses]
    found = next((each for each in exact if each.isdecimal()), _USUAL)
    return found if exact or method.returns != NONE_TYPE else _EMPTY


def _iter_sample(field: Field) -> Iterator[str]:
    """Yield the sample of a field as Python, at most one.

    `None` is the sample of a field that is better unset. Nothing is yielded if the type
    alone is enough to build a value.
    """
    schema = field.schema
    inner = schema.inner if isinstance(schema, Nullable) else schema
    if isinstance(inner, Literals) and not list_model_names(field.type):
        yield _format_value(inner.values[0])
    elif (value := build_sample(inner, field.wire, field.about.example)) is not None:
        yield _format_value(value)
    # No sample matches this pattern, and a string by type alone would be invalid.
    elif isinstance(inner, String) and inner.pattern and field.unset_value:
        yield "None"


def _format_value(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_format_value, value))}]"
    return format_literal(value)
