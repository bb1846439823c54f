"""Successes whose content the document does not declare.

In: an operation with its responses, or the methods of a client. Out: the responses that
the hint `content` gives any content, and a note about those that return nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flexprice_codegen.api.model import ApiOperation, Content, Response
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.surface.model import Method
from flexprice_codegen.surface.python_types import NONE_TYPE

CONTENT_HINT = "content"
_ANY = "any"
# RFC 9110 §15.3.5 and §15.3.6: these never have content.
_EMPTY = frozenset({"204", "205"})


def apply_content_hint(
    responses: Sequence[Response], operation: ApiOperation, sink: DiagnosticSink
) -> list[Response]:
    """Return the successes of an operation, with any content if its hint says so.

    Args:
        responses: The successes.
        operation: The operation with its hints.
        sink: Receives a warning for an invalid hint.
    """
    hint = dict(operation.hints).get(CONTENT_HINT)
    if hint is None:
        return list(responses)
    if hint != _ANY:
        sink.add_warning(
            "content-hint",
            f"ignored the hint `{CONTENT_HINT}` of {operation.key}: "
            f"expected `{_ANY}`, got {hint!r:.80}",
            at=operation.about.origin.get_child("x-codegen").get_child(CONTENT_HINT),
            hint="write `content: any`, or remove it",
        )
        return list(responses)
    anything = Content(media="*/*", type=None)
    return [
        (
            each
            if each.contents or each.status in _EMPTY
            else replace(each, contents=(anything,))
        )
        for each in responses
    ]


def has_undeclared_content(method: Method) -> bool:
    """Return whether a success may have content that the document does not declare."""
    return (
        method.returns == NONE_TYPE
        and method.http_method != "HEAD"
        and any(each.status_code not in _EMPTY for each in method.responses)
    )


def note_undeclared_content(methods: Sequence[Method], sink: DiagnosticSink) -> None:
    """Add one note about all methods that return nothing of what may come."""
    found = [method for method in methods if has_undeclared_content(method)]
    if not found:
        return
    others = len(found) - 1
    rest = f" and {others} more operation{'s' * (others > 1)}" if others else ""
    verb = "declare" if others else "declares"
    sink.add_note(
        "undeclared-content",
        f"{found[0].key}{rest} {verb} no content of a success: the client returns None",
        at=found[0].about.origin,
        hint="`x-codegen: {content: any}` returns JSON, text or bytes, as they come; "
        "`download` writes them to a file",
    )
