"""What the template of a resource prints of a method.

In: a `Method`. Out: a `MethodView`: names, annotations, the arguments of the operation's
constant, and the docstring.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from generator.emit.annotations import annotate
from generator.emit.errors import raises
from generator.emit.expression import (
    Expression,
    ImportedName,
    call_expression,
    collect_imports,
    dict_expression,
    import_expression,
    tuple_expression,
    wrap_expression,
)
from generator.emit.facts import constraints, joined, says_more
from generator.emit.quoting import docstring, one_line
from generator.emit.styles import JSON, get_body_writer, get_style, has_default_style
from generator.surface.model import Answer, Argument, Key, Method, Pages
from generator.surface.python import NONE, UNSET_TYPE, PyType, either, literal, text

_SENT_AS = {
    "path": "path",
    "query": "query",
    "header": "headers",
    "cookie": "cookies",
}
"""The argument of a call that takes the values of a location."""
_KEY_CLASSES = {
    "fill": import_expression(ImportedName("runtime", "idempotency", "Fill")),
    "derived": import_expression(ImportedName("runtime", "idempotency", "Derived")),
    "caller": import_expression(ImportedName("runtime", "idempotency", "Caller")),
}
_PAGING = import_expression(ImportedName("runtime", "operation", "Paging"))
_SENT_EVENT = import_expression(ImportedName("runtime", "streams", "ServerSentEvent"))
_STREAMS = {
    mode: import_expression(ImportedName("runtime", "streams", name))
    for mode, name in (("sync", "Streamed"), ("async", "AsyncStreamed"))
}
_STREAM_FUNCTIONS = {
    ("sync", "events"): "stream_events",
    ("sync", "values"): "stream_values",
    ("async", "events"): "astream_events",
    ("async", "values"): "astream_values",
}


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for all methods of a client."""

    security: tuple[tuple[str, ...], ...]
    default_error: PyType | None
    docstrings: bool
    usual_errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParameterView:
    """A parameter of a signature."""

    name: str
    annotation: Expression
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodView:
    """A method in one mode, `sync` or `async`, as a template prints it.

    `operation` are the arguments of the operation's constant, and `sent` says which
    argument of the call takes which values: pairs of a name on the wire and a parameter.
    """

    method: Method
    constant: str
    result: Expression
    operation: tuple[Expression, ...]
    body: ParameterView | None
    parameters: tuple[ParameterView, ...]
    returns: Expression
    async_returns: Expression
    sent: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    stream: str
    async_stream: str

    @property
    def name(self) -> str:
        """The name of the method."""
        return self.method.name


def build_method_view(method: Method, context: Context) -> MethodView:
    """Return what is printed of a method, but for its docstring."""
    body = method.body
    return MethodView(
        method=method,
        constant=f"_{method.name.strip('_').upper()}",
        result=annotate(method.returns),
        operation=tuple(_iter_operation_arguments(method, context)),
        body=(
            None
            if body is None
            else _build_parameter("body", body.type, required=body.required)
        ),
        parameters=tuple(
            _build_parameter(each.name, each.type, required=each.required)
            for each in method.arguments
        ),
        returns=_format_returns(method, "sync"),
        async_returns=_format_returns(method, "async"),
        sent=tuple(_iter_sent(method)),
        stream=_STREAM_FUNCTIONS.get(("sync", method.stream), ""),
        async_stream=_STREAM_FUNCTIONS.get(("async", method.stream), ""),
    )


def _build_parameter(name: str, type_: PyType, *, required: bool) -> ParameterView:
    given = type_ if required else either(type_, UNSET_TYPE)
    return ParameterView(name, annotate(given), required)


def _format_returns(method: Method, mode: str) -> Expression:
    """Return the annotation of what a method returns in a mode."""
    result = annotate(method.returns)
    match method.stream:
        case "events":
            return _subscript(_STREAMS[mode], _subscript(_SENT_EVENT, result))
        case "values":
            return _subscript(_STREAMS[mode], result)
        case _:
            return result


def _subscript(generic: Expression, argument: Expression) -> Expression:
    inner = wrap_expression(f"{generic.text}[", argument, "]")
    return Expression(inner.text, collect_imports([generic, argument]))


def _iter_sent(method: Method) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Yield each argument of the call that takes values, and which."""
    for location, keyword in _SENT_AS.items():
        pairs = tuple(
            (each.wire, each.name)
            for each in method.arguments
            if each.location == location
        )
        if pairs:
            yield keyword, pairs


def _iter_operation_arguments(method: Method, context: Context) -> Iterator[Expression]:
    """Yield the arguments of `Operation`, those with a value of its own default left."""
    yield Expression(literal(method.http_method))
    yield Expression(literal(method.route))
    with_content = [each.type for each in method.answers if each.type != NONE]
    usual = with_content[0] if with_content else NONE
    if usual != NONE:
        yield Expression(literal(text(usual)))
    for name, value in _iter_operation_keywords(method, context, usual):
        yield wrap_expression(f"{name}=", value, "")


def _iter_operation_keywords(
    method: Method, context: Context, usual: PyType
) -> Iterator[tuple[str, Expression]]:
    writer = get_body_writer(method.body)
    if writer is not None:
        yield "body", writer
    accept = _get_accept(method)
    if accept != JSON:
        yield "accept", Expression(literal(accept))
    styled = [each for each in method.arguments if not has_default_style(each)]
    if styled:
        yield "styles", dict_expression(
            (literal(f"{each.location}:{each.wire}"), get_style(each))
            for each in styled
        )
    if method.security != context.security:
        yield "security", format_security(method.security)
    yield from _iter_by_status("responses", method.answers, usual)
    errors = [each for each in method.errors if each.type != NONE]
    yield from _iter_by_status("errors", errors, context.default_error)
    if method.server:
        yield "server", Expression(literal(method.server.rstrip("/")))
    if method.about.deprecated:
        yield "deprecated", Expression("True")
    if method.idempotency is not None:
        yield "idempotency", _format_key(method.idempotency)
    if method.pages is not None:
        yield "paging", _format_paging(method.pages)


def _format_key(key: Key) -> Expression:
    """Return what makes a call safe to retry, over `runtime.idempotency`."""
    arguments = [Expression(literal(key.field))] if key.field else []
    unless = {"unless": Expression(literal(key.unless))} if key.unless else {}
    return call_expression(_KEY_CLASSES[key.kind], *arguments, keywords=unless)


def _format_paging(pages: Pages) -> Expression:
    """Return how pages are asked for; `runtime.operation.Paging` has the defaults."""
    usual = Pages()
    keywords = {
        each.name: Expression(literal(getattr(pages, each.name)))
        for each in fields(pages)
        if getattr(pages, each.name) != getattr(usual, each.name)
    }
    return call_expression(_PAGING, keywords=keywords)


def _iter_by_status(
    keyword: str, answers: Sequence[Answer], usual: PyType | None
) -> Iterator[tuple[str, Expression]]:
    """Yield the types that differ from the usual one; all, where a range is one."""
    other = [each for each in answers if each.type != usual]
    if any(not each.status.isdecimal() for each in other):
        other = list(answers)
    if other:
        yield keyword, dict_expression(
            (literal(each.status), Expression(literal(text(each.type))))
            for each in other
        )


def _get_accept(method: Method) -> str:
    """Return the header: what the success brings, and JSON for the errors."""
    media = dict.fromkeys(each.media for each in method.answers if each.media)
    if media.keys() <= {JSON}:
        return JSON
    if "*/*" in media:
        return "*/*"
    errors = [] if JSON in media else [f"{JSON};q=0.9"]
    return ", ".join([*media, *errors])


def format_security(alternatives: tuple[tuple[str, ...], ...]) -> Expression:
    """Return alternatives of schemes as a tuple of tuples."""
    return tuple_expression(
        tuple_expression(Expression(literal(scheme)) for scheme in schemes)
        for schemes in alternatives
    )


def format_method_docstring(method: Method, context: Context) -> str:
    """Return the docstring of a method, as deep as it stands; empty where unwanted."""
    if not context.docstrings:
        return ""
    return docstring(_build_doc(method, context), 8)


def _build_doc(method: Method, context: Context) -> str:
    about = method.about
    summary = one_line(about.summary) or one_line(about.text.split("\n")[0])
    if not summary:
        summary = f"{method.http_method} {method.route}"
    if not summary.endswith((".", "!", "?", ":")):
        summary += "."
    description = about.text.strip()
    parts = [summary]
    if description and one_line(description).rstrip(".") != summary.rstrip("."):
        parts.append(description)
    if method.about.deprecated:
        parts.append("Deprecated.")
    arguments = list(_iter_argument_lines(method))
    if arguments:
        parts.append("\n".join(["Args:", *arguments]))
    errors = raises(method, context.usual_errors)
    if errors:
        parts.append(errors)
    return "\n\n".join(parts)


def _iter_argument_lines(method: Method) -> Iterator[str]:
    body = method.body
    if body and says_more(body.about.text, method.name, text(body.type)):
        yield f"    body: {one_line(body.about.text)}"
    for argument in method.arguments:
        yield from _iter_argument_line(method, argument)


def _iter_argument_line(method: Method, argument: Argument) -> Iterator[str]:
    """Yield what there is to say of an argument, if it is more than its name."""
    facts = ["Deprecated."] if argument.about.deprecated else []
    facts += constraints(argument.schema, argument.default)
    names = (method.name, argument.name, text(argument.type))
    if facts or says_more(argument.about.text, *names):
        said = joined(one_line(argument.about.text), facts)
        yield f"    {argument.name}: {said}"
