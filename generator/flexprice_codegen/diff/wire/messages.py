"""Bodies, media types and responses, compared.

In: an operation of both versions. Out: edits, and tasks for the types.

Source: OpenAPI 3.0.3 §4.7.13 to §4.7.17, RFC 9110 §8.3 (media types).
"""

from __future__ import annotations

from flexprice_codegen.api.model import (
    ApiOperation,
    Content,
    RequestBody,
    Response,
)
from flexprice_codegen.api.types import Bytes
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.diff.rules.rule_key import Change, Concept, Location, RuleKey
from flexprice_codegen.diff.wire import defaults, media_types
from flexprice_codegen.diff.wire.diff_state import DiffState
from flexprice_codegen.diff.wire.edits import (
    EditLocation,
    SchemaContext,
    classify_presence,
)
from flexprice_codegen.diff.wire.headers import compare_headers
from flexprice_codegen.diff.wire.locations import create_edit_location
from flexprice_codegen.frozen_values import replace

_OCTETS = Bytes(kept=(("contentMediaType", '"application/octet-stream"'),))
_REQUIRED_BODY_ADDED = RuleKey("request", "required-body", "itself", "added")
_OPTIONAL_BODY_ADDED = RuleKey("request", "optional-body", "itself", "added")


def compare_request(
    state: DiffState, old: ApiOperation, new: ApiOperation, node: int
) -> None:
    """Compare the bodies of a request."""
    before = old.body
    after = new.body
    location = create_edit_location(
        f"{new.key} request body",
        f"{new.key} body",
        old.about.origin if before is None else before.about.origin,
        new.about.origin if after is None else after.about.origin,
    )
    subject = f"the request body of {new.key}"
    context = SchemaContext(node, "request", "body", subject)
    if before is not None and after is not None:
        if before.required != after.required:
            concept: Concept = "required" if after.required else "optional"
            state.add_schema_edit(context, concept, "became", location)
        compare_contents(state, before, after, location, context)
    elif after is not None:
        key = _REQUIRED_BODY_ADDED if after.required else _OPTIONAL_BODY_ADDED
        state.add_rule_edit(context, key, location)
    elif before is not None:
        state.add_schema_edit(context, "itself", "removed", location)


def compare_responses(
    state: DiffState, old: ApiOperation, new: ApiOperation, node: int
) -> None:
    """Compare the responses of an operation."""
    before = {response.status: response for response in old.responses}
    after = {response.status: response for response in new.responses}
    for status in dict.fromkeys((*before, *after)):
        first = before.get(status)
        # A range answers for each status that has no response of its own any more.
        second = after.get(status) or (first and after.get(f"{status[0]}XX"))
        location = create_edit_location(
            f"{new.key} {status} response",
            f"{new.key} {status}",
            old.about.origin if first is None else first.about.origin,
            new.about.origin if second is None else second.about.origin,
        )
        subject = f"the {status} response of {new.key}"
        context = SchemaContext(node, "response", "body", subject)
        if first is not None and second is not None:
            compare_contents(state, first, second, location, context)
            compare_headers(state, first, second, location, context)
            _compare_links(state, first, second, location, context)
        else:
            change: Change = "added" if first is None else "removed"
            key = RuleKey("response", _get_status_location(status), "itself", change)
            state.add_rule_edit(context, key, location)


def _compare_links(
    state: DiffState,
    old: Response,
    new: Response,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    before = dict(old.links)
    after = dict(new.links)
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) == after.get(name):
            continue
        change = classify_presence(was_there=name in before, is_there=name in after)
        state.add_rule_edit(
            context,
            RuleKey("response", "link", "itself", change),
            location.locate_keyword("links"),
            detail=name,
            values=(
                name if name in before else "",
                name if change == "added" else "",
            ),
        )


def _get_status_location(status: str) -> Location:
    # `2XX` is a success as `200` is; `default` is what is left, and so a failure.
    return "success-status" if status.startswith("2") else "non-success-status"


def compare_contents(
    state: DiffState,
    old: RequestBody | Response,
    new: RequestBody | Response,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare what a message may carry.

    Args:
        state: The comparison.
        old: The message as it was.
        new: The message as it is.
        location: Where it is.
        context: Who sends it.
    """
    found = media_types.match_media_types(old.contents, new.contents)
    is_only = len(old.contents) <= 1 and len(new.contents) <= 1
    for first, second, change in found.both:
        here = _locate_content(location, first, second)
        # A caller chooses the name that it sends; of a response it cannot.
        if change is not None and context.direction == "response":
            state.add_schema_edit(
                context,
                "media-type-name",
                change,
                here,
                detail=first.written,
                values=(first.written, second.written),
            )
        if is_only:
            _compare_content(state, first, second, here, context)
        else:
            # Else two findings about two media would have one subject.
            told, named = _name_medium(here, context, second)
            _compare_content(state, first, second, told, named)
    for content in found.removed:
        state.add_schema_edit(
            context,
            "media-type",
            "removed",
            _locate_content(location, content, None),
            detail=content.written,
            values=(content.written, ""),
        )
    for content in found.added:
        state.add_schema_edit(
            context,
            "media-type",
            "added",
            _locate_content(location, None, content),
            detail=content.written,
            values=("", content.written),
        )


def _locate_content(
    location: EditLocation, old: Content | None, new: Content | None
) -> EditLocation:
    known = new or old
    assert known is not None
    # Nearly all messages are JSON alone: only another medium is worth its name.
    medium = "" if known.media == "application/json" else f" ({known.media})"
    return EditLocation(
        f"{location.path}{medium}",
        location.name,
        _get_content_origin(old, location.old),
        _get_content_origin(new, location.new),
    )


def _name_medium(
    location: EditLocation, context: SchemaContext, content: Content
) -> tuple[EditLocation, SchemaContext]:
    """Return a place and its context with the name of the medium in what people read."""
    subject = f"{context.subject} as {content.media}"
    named = replace(location, name=f"{location.name} ({content.media})")
    return named, replace(context, subject=subject)


def _get_content_origin(content: Content | None, owner: Origin | None) -> Origin | None:
    return owner if content is None or content.about is None else content.about.origin


def _compare_content(
    state: DiffState,
    old: Content,
    new: Content,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    text_only = not media_types.is_json(new.media)
    in_xml = media_types.is_xml(new.media)
    # Nearly all contents are JSON, as the context is at first.
    if (text_only, in_xml) != (context.text_only, context.in_xml):
        context = replace(context, text_only=text_only, in_xml=in_xml)
    schema = location.locate_keyword("schema")
    if (old.items is None) != (new.items is None):
        state.add_schema_edit(context, "streaming", "changed", location)
    elif old.items is not None and new.items is not None:
        # OpenAPI 3.2 §4.14: each value of a stream has the schema of `itemSchema`.
        item = location.locate_child("items", "[]").locate_keyword("itemSchema")
        state.enqueue_types(old.items, new.items, item, context.inside)
    elif _is_any_bytes(old) and _is_any_bytes(new):
        pass
    elif old.type is not None and new.type is not None:
        defaults.compare_defaults(state, old.default, new.default, schema, context)
        state.enqueue_types(old.type, new.type, schema, context)
    elif old.type is not new.type:
        change: Change = "added" if old.type is None else "removed"
        state.add_schema_edit(context, "media-type-schema", change, location)
    _compare_encodings(state, old, new, location, context)


def _is_any_bytes(content: Content) -> bool:
    """Return whether a message may be any bytes, however that is spelled.

    OpenAPI 3.0 has `format: binary` for it, OpenAPI 3.1 no schema at all.
    Source: OpenAPI 3.1.0 §4.8.14.1.
    """
    if content.type is None:
        return not media_types.is_json(content.media)
    return content.type in (Bytes(), _OCTETS)


def _compare_encodings(
    state: DiffState,
    old: Content,
    new: Content,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    before = {encoding.property: encoding for encoding in old.encodings}
    after = {encoding.property: encoding for encoding in new.encodings}
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            state.add_schema_edit(
                context,
                "encoding",
                "changed",
                location.locate_keyword("encoding"),
                detail=name,
            )
