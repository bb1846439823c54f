"""The docstrings of methods: what they do, take and raise, as the document says.

In: a `Method`, and what all methods of a client share. Out: a docstring.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from flexprice_codegen.emit.doc_errors import format_raises
from flexprice_codegen.emit.doc_facts import (
    adds_information,
    append_facts,
    list_constraints,
)
from flexprice_codegen.emit.keys import KEY_ARGUMENT_TEXT, describe_key
from flexprice_codegen.emit.method_view import MethodContext
from flexprice_codegen.emit.python_text import format_docstring, join_lines
from flexprice_codegen.surface.model import Argument, Method
from flexprice_codegen.surface.python_types import format_type
from flexprice_codegen.words import build_identifier

_CONTENT_TYPE_TEXT: Final = (
    "The media type of the body; by default the one that fits what it holds."
)


def format_method_docstring(method: Method, context: MethodContext) -> str:
    """Return the docstring of a method, indented; empty without docstrings."""
    if not context.docstrings:
        return ""
    return format_docstring(_build_doc(method, context), 8)


def _build_doc(method: Method, context: MethodContext) -> str:
    about = method.about
    summary = join_lines(about.summary) or join_lines(about.description.split("\n")[0])
    if not summary:
        summary = f"{method.http_method} {method.route}"
    if not summary.endswith((".", "!", "?", ":")):
        summary += "."

    description = about.description.strip()
    parts = [summary]
    if description and join_lines(description).rstrip(".") != summary.rstrip("."):
        parts.append(description)
    if method.about.deprecated:
        parts.append("Deprecated.")
    if method.idempotency is not None:
        parts.append(describe_key(method.idempotency))

    arguments = list(_iter_argument_lines(method))
    if arguments:
        parts.append("\n".join(["Args:", *arguments]))

    errors = format_raises(method, context.usual_errors)
    if errors:
        parts.append(errors)

    return "\n\n".join(parts)


def _iter_argument_lines(method: Method) -> Iterator[str]:
    body = method.body
    if body and adds_information(
        body.about.description, method.name, format_type(body.type)
    ):
        yield f"    body: {join_lines(body.about.description)}"

    if body and body.keyword:
        yield f"    {body.keyword}: {_CONTENT_TYPE_TEXT}"

    often = Counter(_get_plain_name(each) for each in method.arguments)
    for argument in method.arguments:
        is_alone = often[_get_plain_name(argument)] == 1
        yield from _iter_argument_line(method, argument, is_alone=is_alone)

    if method.streaming is not None and method.streaming.switch:
        yield f"    {method.streaming.switch}: Whether to return a stream instead."

    if method.key_keyword:
        yield f"    {method.key_keyword}: {KEY_ARGUMENT_TEXT}"


def _get_plain_name(argument: Argument) -> str:
    """Return the name that an argument would have if it were the only one."""
    return build_identifier(argument.wire, "parameter")


def _iter_argument_line(
    method: Method, argument: Argument, *, is_alone: bool
) -> Iterator[str]:
    """Yield the docstring line of an argument, if it adds something to its name."""
    facts = ["Deprecated."] if argument.about.deprecated else []
    facts += list_constraints(argument.schema, argument.default)
    if not is_alone:
        facts.append(f"On the wire: {join_lines(argument.wire)} ({argument.location}).")
    names = (method.name, argument.name, format_type(argument.type))
    if facts or adds_information(argument.about.description, *names):
        said = append_facts(join_lines(argument.about.description), facts)
        yield f"    {argument.name}: {said}"
