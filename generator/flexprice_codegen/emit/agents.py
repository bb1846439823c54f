"""The page `AGENTS.md` of a client, if the configuration asks for it.

In: a `Surface`. Out: the draft of a file: rules for coding agents, which read vendored
code first, and tables of all operations and events.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from flexprice_codegen.emit.examples import find_example_call
from flexprice_codegen.emit.files import Draft
from flexprice_codegen.emit.package import PackageInfo
from flexprice_codegen.emit.python_text import escape_markdown, join_lines
from flexprice_codegen.emit.render import render_template
from flexprice_codegen.emit.testing import format_example_credential
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.model import EventRow, Method, ResourceClass, Surface
from flexprice_codegen.surface.python_types import PyType, format_type


@frozen_value
class OperationRow:
    """A row of the table of operations."""

    operation: str
    method: str
    body: str
    returns: str


@frozen_value
class EventTableRow:
    """A row of the table of events."""

    name: str
    constant: str
    payload: str


def draft_agents(
    surface: Surface, about: PackageInfo, inputs: str, *, testing: bool
) -> Draft:
    """Return the draft of `AGENTS.md`.

    Args:
        surface: The client's classes and methods.
        about: Facts about the package.
        inputs: The hash of what the text is made from.
        testing: Whether there is a module `testing.py`.
    """
    render = partial(_render_agents, surface, about, testing=testing)
    return Draft("AGENTS.md", render, inputs)


def _render_agents(surface: Surface, about: PackageInfo, *, testing: bool) -> str:
    methods = [method for each in surface.resources for method in each.methods]
    return render_template(
        "package/AGENTS.md.jinja",
        surface=surface,
        about=about,
        title=escape_markdown(surface.title) or surface.client,
        example=find_example_call(surface),
        key=format_example_credential(surface),
        pages=any(method.pagination for method in methods),
        testing=testing and surface.resources,
        calls=list(_iter_operation_rows(surface.resources)),
        events=[_build_event_row(each) for each in surface.events.rows],
    )


def _iter_operation_rows(
    resources: tuple[ResourceClass, ...],
) -> Iterator[OperationRow]:
    for resource in resources:
        for method in resource.methods:
            yield OperationRow(
                operation=_escape_cell(f"{method.http_method} {method.route}"),
                method=f"{resource.name}.{method.name}",
                body=_format_cell(method.body.type) if method.body else "",
                returns=_format_returns(method),
            )


def _format_returns(method: Method) -> str:
    cell = _format_cell(method.returns)
    return f"stream of {cell}" if method.stream else cell


def _build_event_row(row: EventRow) -> EventTableRow:
    return EventTableRow(
        name=_escape_cell(row.name),
        constant=row.constant,
        payload=_escape_cell(format_type(row.payload, "models.")),
    )


def _format_cell(type_: PyType) -> str:
    return f"`{_escape_cell(format_type(type_, 'models.'))}`"


def _escape_cell(text: str) -> str:
    """Return a text for inline code in a table: one line without marks that end it."""
    return join_lines(text).replace("`", "'").replace("|", "\\|")
