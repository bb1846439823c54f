"""Bodies, media types, responses and headers, compared.

In: an operation of both versions. Out: edits, and tasks for the types.

Source: OpenAPI 3.0.3 §4.7.13 to §4.7.17, RFC 9110 §8.3 (media types).
"""

from __future__ import annotations

from dataclasses import replace

from generator.api.model import Body, Content, Header, Operation, Response
from generator.diff.rules.rule_key import Change, Concept, Location, RuleKey
from generator.diff.wire import defaults, media_types
from generator.diff.wire.diff_state import DiffState
from generator.diff.wire.edits import EditLocation, SchemaContext
from generator.diff.wire.locations import create_edit_location

_REQUIRED_BODY_ADDED = RuleKey("request", "required-body", "itself", "added")
_OPTIONAL_BODY_ADDED = RuleKey("request", "optional-body", "itself", "added")


def compare_request(
    comparison: DiffState, old: Operation, new: Operation, node: int
) -> None:
    """Compare the bodies of a request."""
    before, after = old.body, new.body
    if before is None and after is None:
        return
    where = create_edit_location(
        f"{new.key} request body",
        f"{new.key} body",
        old.about.origin if before is None else before.about.origin,
        new.about.origin if after is None else after.about.origin,
    )
    it = f"the request body of {new.key}"
    context = SchemaContext(node, "request", "body", it)
    if before is None or after is None:
        if after is None:
            comparison.add_schema_edit(context, "itself", "removed", where)
        elif after.required:
            comparison.add_rule_edit(context, _REQUIRED_BODY_ADDED, where)
        else:
            comparison.add_rule_edit(context, _OPTIONAL_BODY_ADDED, where)
        return
    if before.required != after.required:
        concept: Concept = "required" if after.required else "optional"
        comparison.add_schema_edit(context, concept, "became", where)
    compare_contents(comparison, before, after, where, context)


def compare_responses(
    comparison: DiffState, old: Operation, new: Operation, node: int
) -> None:
    """Compare the responses of an operation."""
    before = {each.status: each for each in old.responses}
    after = {each.status: each for each in new.responses}
    for status, each in before.items():
        other = after.get(status)
        where = create_edit_location(
            f"{new.key} {status} response",
            f"{new.key} {status}",
            each.about.origin,
            new.about.origin if other is None else other.about.origin,
        )
        it = f"the {status} response of {new.key}"
        context = SchemaContext(node, "response", "body", it)
        if other is None:
            key = RuleKey("response", _get_status_location(status), "itself", "removed")
            comparison.add_rule_edit(context, key, where)
        else:
            compare_contents(comparison, each, other, where, context)
            _compare_headers(comparison, each, other, where, context)
    for status, each in after.items():
        if status not in before:
            where = create_edit_location(
                f"{new.key} {status} response",
                f"{new.key} {status}",
                old.about.origin,
                each.about.origin,
            )
            it = f"the {status} response of {new.key}"
            context = SchemaContext(node, "response", "body", it)
            key = RuleKey("response", _get_status_location(status), "itself", "added")
            comparison.add_rule_edit(context, key, where)


def _get_status_location(status: str) -> Location:
    return "success-status" if status.startswith("2") else "non-success-status"


def compare_contents(
    comparison: DiffState,
    old: Body | Response,
    new: Body | Response,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare what a message may carry."""
    found = media_types.match_media_types(old.contents, new.contents)
    for first, second, change in found.both:
        there = _locate_content(where, first, second)
        if change and context.direction == "response":
            comparison.add_schema_edit(
                context,
                "media-type-name",
                change,
                there,
                detail=first.written,
                values=(first.written, second.written),
            )
        _compare_content(comparison, first, second, there, context)
    for each in found.removed:
        there = _locate_content(where, each, None)
        comparison.add_schema_edit(
            context,
            "media-type",
            "removed",
            there,
            detail=each.written,
            values=(each.written, ""),
        )
    for each in found.added:
        there = _locate_content(where, None, each)
        comparison.add_schema_edit(
            context,
            "media-type",
            "added",
            there,
            detail=each.written,
            values=("", each.written),
        )


def _locate_content(
    where: EditLocation, old: Content | None, new: Content | None
) -> EditLocation:
    known = new or old
    assert known is not None
    suffix = "" if known.media == "application/json" else f" ({known.media})"
    return EditLocation(
        f"{where.path}{suffix}",
        where.name,
        where.old if old is None or old.about is None else old.about.origin,
        where.new if new is None or new.about is None else new.about.origin,
    )


def _compare_content(
    comparison: DiffState,
    old: Content,
    new: Content,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    context = replace(context, text_only=not media_types.is_json(new.media))
    there = where.locate_keyword("schema")
    if (old.items is None) != (new.items is None):
        comparison.add_schema_edit(context, "streaming", "changed", where)
    elif old.items is not None and new.items is not None:
        inner = where.locate_child("items", "[]").locate_keyword("itemSchema")
        comparison.enqueue_types(old.items, new.items, inner, context.inside)
    elif old.type is not None and new.type is not None:
        defaults.compare_defaults(comparison, old.default, new.default, there, context)
        comparison.enqueue_types(old.type, new.type, there, context)
    elif old.type is not new.type:
        change: Change = "added" if old.type is None else "removed"
        comparison.add_schema_edit(context, "media-type-schema", change, where)
    _compare_encodings(comparison, old, new, where, context)


def _compare_encodings(
    comparison: DiffState,
    old: Content,
    new: Content,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    before = {each.property: each for each in old.encodings}
    after = {each.property: each for each in new.encodings}
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            there = where.locate_keyword("encoding")
            comparison.add_schema_edit(
                context, "encoding", "changed", there, detail=name
            )


def _compare_headers(
    comparison: DiffState,
    old: Response,
    new: Response,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    before = {each.wire.lower(): each for each in old.headers}
    after = {each.wire.lower(): each for each in new.headers}
    for name in dict.fromkeys((*before, *after)):
        _compare_header(comparison, before.get(name), after.get(name), where, context)


def _compare_header(
    comparison: DiffState,
    old: Header | None,
    new: Header | None,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    known = new or old
    assert known is not None
    there = create_edit_location(
        f"{where.path} header {known.wire}",
        known.wire,
        None if old is None else old.about.origin,
        None if new is None else new.about.origin,
    )
    there = there.with_origins(there.old or where.old, there.new or where.new)
    it = f"the header `{known.wire}` of {context.subject}"
    inner = replace(context, part="header", subject=it, text_only=True)
    if new is None:
        removed = RuleKey("response", _get_header_location(known), "itself", "removed")
        comparison.add_rule_edit(inner, removed, there)
    elif old is None:
        comparison.add_schema_edit(inner, "itself", "added", there)
    else:
        if old.required != new.required:
            concept: Concept = "required" if new.required else "optional"
            comparison.add_schema_edit(inner, concept, "became", there)
        if old.about.deprecated != new.about.deprecated:
            change: Change = "deprecated" if new.about.deprecated else "reactivated"
            comparison.add_schema_edit(inner, "itself", change, there)
        comparison.enqueue_types(
            old.type, new.type, there.locate_keyword("schema"), inner
        )


def _get_header_location(header: Header) -> Location:
    return "required-header" if header.required else "optional-header"
