"""Rendering: the only place that knows Jinja.

In: the name of a template and its values. Out: text.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from flexprice_codegen.emit.templates import get_templates_directory
from flexprice_codegen.surface.python_types import format_literal


def render_template(template: str, **values: object) -> str:
    """Render a template; a value that it names and does not get is an error."""
    return _build_environment().get_template(template).render(**values)


@cache
def _build_environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(get_templates_directory()),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Python is written, not HTML; filters quote
    )
    environment.filters["literal"] = format_literal
    return environment
