"""Bodies, media types, responses and headers, compared.

In: an operation of both versions. Out: edits, and tasks for the types.

Source: OpenAPI 3.0.3 §4.7.13 to §4.7.17, RFC 9110 §8.3 (media types).
"""

from __future__ import annotations

from dataclasses import replace

from generator.api.model import Body, Content, Header, Operation, Response
from generator.diff.rules.message_parts import Spot
from generator.diff.wire import defaults, media_types
from generator.diff.wire.diff_state import Comparison
from generator.diff.wire.edits import Context, Where
from generator.diff.wire.locations import place


def request(comparison: Comparison, old: Operation, new: Operation, node: int) -> None:
    """Compare the bodies of a request."""
    before, after = old.body, new.body
    known = after or before
    if known is None:
        return
    where = place(
        f"{new.key} request body",
        f"{new.key} body",
        old.about.origin if before is None else before.about.origin,
        new.about.origin if after is None else after.about.origin,
    )
    it = f"the request body of {new.key}"
    context = Context(node, "request", Spot.BODY, it)
    if before is None or after is None:
        word = "added" if before is None else "removed"
        required = "required" if known.required else "optional"
        rule = (
            f"request-body-added-{required}"
            if word == "added"
            else "request-body-removed"
        )
        comparison.note(context, rule, where)
        return
    if before.required != after.required:
        word = "required" if after.required else "optional"
        comparison.note(context, f"request-body-became-{word}", where)
    contents(comparison, before, after, where, context)


def responses(
    comparison: Comparison, old: Operation, new: Operation, node: int
) -> None:
    """Compare the responses of an operation."""
    before = {each.status: each for each in old.responses}
    after = {each.status: each for each in new.responses}
    for status, each in before.items():
        other = after.get(status)
        where = place(
            f"{new.key} {status} response",
            f"{new.key} {status}",
            each.about.origin,
            new.about.origin if other is None else other.about.origin,
        )
        it = f"the {status} response of {new.key}"
        context = Context(node, "response", Spot.BODY, it)
        if other is None:
            comparison.note(context, _status(status, "removed"), where)
        else:
            contents(comparison, each, other, where, context)
            _headers(comparison, each, other, where, context)
    for status, each in after.items():
        if status not in before:
            where = place(
                f"{new.key} {status} response",
                f"{new.key} {status}",
                old.about.origin,
                each.about.origin,
            )
            it = f"the {status} response of {new.key}"
            context = Context(node, "response", Spot.BODY, it)
            comparison.note(context, _status(status, "added"), where)


def _status(status: str, word: str) -> str:
    kind = "success" if status.startswith("2") else "non-success"
    return f"response-{kind}-status-{word}"


def contents(
    comparison: Comparison,
    old: Body | Response,
    new: Body | Response,
    where: Where,
    context: Context,
) -> None:
    """Compare what a message may carry."""
    found = media_types.matched(old.contents, new.contents)
    prefix = (
        "request-body-media-type" if context.way == "request" else "response-media-type"
    )
    for first, second, change in found.both:
        there = _content_place(where, first, second)
        if change and context.way == "response":
            comparison.note(
                context,
                f"{prefix}-name-{change}",
                there,
                detail=first.written,
                values=(first.written, second.written),
            )
        _content(comparison, first, second, there, context)
    for each in found.gone:
        there = _content_place(where, each, None)
        comparison.note(
            context,
            f"{prefix}-removed",
            there,
            detail=each.written,
            values=(each.written, ""),
        )
    for each in found.fresh:
        there = _content_place(where, None, each)
        comparison.note(
            context,
            f"{prefix}-added",
            there,
            detail=each.written,
            values=("", each.written),
        )


def _content_place(where: Where, old: Content | None, new: Content | None) -> Where:
    known = new or old
    assert known is not None
    suffix = "" if known.media == "application/json" else f" ({known.media})"
    return Where(
        f"{where.path}{suffix}",
        where.name,
        where.old if old is None or old.about is None else old.about.origin,
        where.new if new is None or new.about is None else new.about.origin,
    )


def _content(
    comparison: Comparison, old: Content, new: Content, where: Where, context: Context
) -> None:
    context = replace(context, loose=not media_types.is_json(new.media))
    there = where.keyword("schema")
    if (old.items is None) != (new.items is None):
        comparison.note(context, f"{context.way}-body-streaming-changed", where)
    elif old.items is not None and new.items is not None:
        inner = where.child("items", "[]").keyword("itemSchema")
        comparison.later(old.items, new.items, inner, context.inside)
    elif old.type is not None and new.type is not None:
        defaults.compare(comparison, old.default, new.default, there, context)
        comparison.later(old.type, new.type, there, context)
    elif old.type is not new.type:
        word = "added" if old.type is None else "removed"
        comparison.note(context, f"{context.way}-body-media-type-schema-{word}", where)
    _encodings(comparison, old, new, where, context)


def _encodings(
    comparison: Comparison, old: Content, new: Content, where: Where, context: Context
) -> None:
    before = {each.property: each for each in old.encodings}
    after = {each.property: each for each in new.encodings}
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            rule = f"{context.way}-body-encoding-changed"
            comparison.note(context, rule, where.keyword("encoding"), detail=name)


def _headers(
    comparison: Comparison,
    old: Response,
    new: Response,
    where: Where,
    context: Context,
) -> None:
    before = {each.wire.lower(): each for each in old.headers}
    after = {each.wire.lower(): each for each in new.headers}
    for name in dict.fromkeys((*before, *after)):
        _header(comparison, before.get(name), after.get(name), where, context)


def _header(
    comparison: Comparison,
    old: Header | None,
    new: Header | None,
    where: Where,
    context: Context,
) -> None:
    known = new or old
    assert known is not None
    there = place(
        f"{where.path} header {known.wire}",
        known.wire,
        None if old is None else old.about.origin,
        None if new is None else new.about.origin,
    )
    there = there.at(there.old or where.old, there.new or where.new)
    it = f"the header `{known.wire}` of {context.what}"
    inner = replace(context, spot=Spot.HEADER, what=it, loose=True)
    if new is None:
        required = "required" if known.required else "optional"
        comparison.note(inner, f"{required}-response-header-removed", there)
    elif old is None:
        comparison.note(inner, "response-header-added", there)
    else:
        if old.required != new.required:
            word = "required" if new.required else "optional"
            comparison.note(inner, f"response-header-became-{word}", there)
        if old.about.deprecated != new.about.deprecated:
            word = "deprecated" if new.about.deprecated else "reactivated"
            comparison.note(inner, f"response-header-{word}", there)
        comparison.later(old.type, new.type, there.keyword("schema"), inner)
