"""The docstrings of methods: what they do, take and raise, as the document says.

In: a `Method`, and what all methods of a client share. Out: a docstring.
"""

from __future__ import annotations

from collections.abc import Iterator

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

    for argument in method.arguments:
        yield from _iter_argument_line(method, argument)

    if method.streaming is not None and method.streaming.switch:
        yield f"    {method.streaming.switch}: Whether to return a stream instead."

    if method.key_keyword:
        yield f"    {method.key_keyword}: {KEY_ARGUMENT_TEXT}"


def _iter_argument_line(method: Method, argument: Argument) -> Iterator[str]:
    """Yield the docstring line of an argument, if it adds something to its name."""
    facts = ["Deprecated."] if argument.about.deprecated else []
    facts += list_constraints(argument.schema, argument.default)
    names = (method.name, argument.name, format_type(argument.type))
    if facts or adds_information(argument.about.description, *names):
        said = append_facts(join_lines(argument.about.description), facts)
        yield f"    {argument.name}: {said}"
