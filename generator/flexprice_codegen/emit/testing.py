"""The module for tests, where the configuration asks for it.

In: a `Surface`. Out: the draft of a file: which successes are not 200, and the values of fields that
want more than their type says. The rest is in the runtime.
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
    iter_model_names,
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
    """Return the draft of `testing.py`."""
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
    """Give the credential that an example cannot do without."""
    for each in surface.credentials[:1]:
        value = '("user", "x")' if each.kind == "basic" else '"x"'
        return f"{each.keyword}={value}, "
    return ""


def _get_success_status(method: Method) -> str:
    """Give the status of the success that a call is expected to have."""
    shapes = [each for each in method.responses if each.type != NONE_TYPE]
    exact = [each.status_code for each in shapes or method.responses]
    found = next((each for each in exact if each.isdecimal()), _USUAL)
    return found if exact or method.returns != NONE_TYPE else _EMPTY


def _iter_sample(field: Field) -> Iterator[str]:
    """Give the value of a field, None for one that is better left out."""
    schema = field.schema
    inner = schema.inner if isinstance(schema, Nullable) else schema
    if isinstance(inner, Literals) and next(iter_model_names(field.type), None) is None:
        yield _format_value(inner.values[0])
    elif (value := build_sample(inner, field.wire)) is not None:
        yield _format_value(value)
    elif isinstance(inner, String) and inner.pattern and field.unset_value:
        yield "None"


def _format_value(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_format_value, value))}]"
    return format_literal(value)
