"""Headers of responses, compared.

In: a response of both versions. Out: edits, and tasks for the types of its headers.

Source: OpenAPI 3.0.3 §4.7.21 (Header), RFC 9110 §5.1 (names).
"""

from __future__ import annotations

from dataclasses import replace

from flexprice_codegen.api.model import Header, Response
from flexprice_codegen.diff.rules.rule_key import Change, Concept, Location, RuleKey
from flexprice_codegen.diff.wire.diff_state import DiffState
from flexprice_codegen.diff.wire.edits import EditLocation, SchemaContext
from flexprice_codegen.diff.wire.locations import create_edit_location


def compare_headers(
    state: DiffState,
    old: Response,
    new: Response,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Add the edits of the headers of a response that both versions have."""
    # RFC 9110 §5.1: names of headers are case-insensitive.
    before = {header.wire.lower(): header for header in old.headers}
    after = {header.wire.lower(): header for header in new.headers}
    for name in dict.fromkeys((*before, *after)):
        _compare_header(state, before.get(name), after.get(name), location, context)


def _compare_header(
    state: DiffState,
    old: Header | None,
    new: Header | None,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    known = new or old
    assert known is not None
    here = create_edit_location(
        f"{location.path} header {known.wire}",
        known.wire,
        None if old is None else old.about.origin,
        None if new is None else new.about.origin,
    )
    # Where the header is missing, the response is the place to look at.
    here = here.with_origins(here.old or location.old, here.new or location.new)
    subject = f"the header `{known.wire}` of {context.subject}"
    inner = replace(context, part="header", subject=subject, text_only=True)
    if old is not None and new is not None:
        _compare_header_parts(state, old, new, here, inner)
    elif old is not None:
        removed: Location = "required-header" if old.required else "optional-header"
        key = RuleKey("response", removed, "itself", "removed")
        state.add_rule_edit(inner, key, here)
    else:
        state.add_schema_edit(inner, "itself", "added", here)


def _compare_header_parts(
    state: DiffState,
    old: Header,
    new: Header,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    if old.required != new.required:
        concept: Concept = "required" if new.required else "optional"
        state.add_schema_edit(context, concept, "became", location)
    if old.about.deprecated != new.about.deprecated:
        change: Change = "deprecated" if new.about.deprecated else "reactivated"
        state.add_schema_edit(context, "itself", change, location)
    schema = location.locate_keyword("schema")
    state.enqueue_types(old.type, new.type, schema, context)
