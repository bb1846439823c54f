"""The module `recording.py` of a client, if the configuration asks for it.

In: a `Surface`. Out: the draft of a file: where the security schemes put secrets, and
the property that names an event. The runtime has the rest.
"""

from __future__ import annotations

import re
from functools import partial

from flexprice_codegen.emit.expression import ImportedName
from flexprice_codegen.emit.files import Draft
from flexprice_codegen.emit.imports import ModuleLocation, format_imports
from flexprice_codegen.emit.render import render_template
from flexprice_codegen.emit.testing import format_example_credential
from flexprice_codegen.surface.model import ModelClass, Surface
from flexprice_codegen.surface.python_types import format_literal

_IMPORTS = frozenset(
    {
        ImportedName("runtime", "", "recorder"),
        ImportedName("runtime", "masks", "Masks"),
    }
)

# With digits or other signs, a name can be data: a key of a map, such as a date.
_PLAIN = re.compile("[A-Za-z_]{1,40}")


def draft_recording(surface: Surface, runtime: str) -> Draft:
    """Return the draft of `recording.py`.

    Args:
        surface: The client's classes and methods.
        runtime: The path of a shared runtime, relative to the client's directory; or
            empty.
    """
    location = ModuleLocation("", runtime)
    return Draft(
        path="recording.py",
        render=partial(_render_recording, surface, location),
        imports=_IMPORTS,
    )


def _render_recording(surface: Surface, location: ModuleLocation) -> str:
    packing = surface.events.delivery_format
    items = () if packing is None else packing.items
    return render_template(
        "package/recording.py.jinja",
        imports=format_imports(_IMPORTS, location),
        client=surface.client,
        key=format_example_credential(surface),
        headers=_list_places(surface, "header"),
        queries=_list_places(surface, "query"),
        names=_list_odd_names(surface),
        event_path=format_literal(surface.events.path),
        event_items=format_literal(items) if items else "",
        event_form="" if packing is None else format_literal(packing.form),
    )


def _list_places(surface: Surface, kind: str) -> list[str]:
    """Return the lowercase names of headers or parameters that hold API keys."""
    names = {each.wire.lower() for each in surface.credentials if each.kind == kind}
    return [format_literal(name) for name in sorted(names)]


def _list_odd_names(surface: Surface) -> list[str]:
    """Return the names of properties that could be values, such as dates or words."""
    names = {
        field.wire
        for model in surface.models
        if isinstance(model, ModelClass)
        for field in model.fields
        if not _PLAIN.fullmatch(field.wire)
    }
    return [format_literal(name) for name in sorted(names)]
