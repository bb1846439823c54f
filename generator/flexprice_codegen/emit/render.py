"""Rendering of templates; no other generator code uses Jinja, except the HTML report.

In: the name of a template and its values. Out: text.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from flexprice_codegen.emit.template_cache import TemplateCache
from flexprice_codegen.emit.templates import get_templates_directory
from flexprice_codegen.surface.python_types import format_literal


def render_template(template: str, **values: object) -> str:
    """Return the text of a template.

    Args:
        template: Its path in the directory of templates.
        values: Its variables.

    Raises:
        jinja2.UndefinedError: The template uses a variable without a value.
    """
    return get_template(template).render(**values)


@cache
def get_template(template: str) -> Template:
    """Return a template that is ready to be rendered.

    Args:
        template: Its path in the directory of templates.
    """
    return _build_environment().get_template(template)


@cache
def _build_environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(get_templates_directory()),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Python is written, not HTML; filters quote
        auto_reload=False,  # the templates stay the same while a process runs
    )
    environment.bytecode_cache = TemplateCache(environment)
    environment.filters["literal"] = format_literal

    return environment
