"""Rendering: the only place that knows Jinja.

In: the name of a template and its values. Out: text.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from flexprice_codegen.emit.templates import templates_folder
from flexprice_codegen.surface.python import literal


def render(template: str, **values: object) -> str:
    """Render a template; a value that it names and does not get is an error."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates_folder()),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Python is written, not HTML; filters quote
    )
    environment.filters["literal"] = literal
    return environment
