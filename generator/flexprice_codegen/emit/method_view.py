"""The values that the template of a resource prints for a method.

In: a `Method`. Out: a `MethodView`: names, type hints, the arguments of the operation's
constant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace

from flexprice_codegen.emit.annotations import annotate
from flexprice_codegen.emit.expression import (
    Expression,
    ImportedName,
    call_expression,
    collect_imports,
    dict_expression,
    import_expression,
    tuple_expression,
    wrap_expression,
)
from flexprice_codegen.emit.keys import format_key
from flexprice_codegen.emit.styles import (
    JSON,
    get_body_writer,
    get_style,
    has_default_style,
)
from flexprice_codegen.emit.typed_inputs import annotate_input, has_dict_form
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.batching import Batching
from flexprice_codegen.surface.model import (
    BodyArgument,
    BodyContent,
    Method,
    Pagination,
    StatusResponse,
)
from flexprice_codegen.surface.python_types import (
    NONE_TYPE,
    UNSET_TYPE,
    LiteralType,
    ModelType,
    PyType,
    format_literal,
    format_type,
    join_types,
)
from flexprice_codegen.words import append_underscores

_SENT_AS = {
    "path": "path",
    "query": "query",
    "header": "headers",
    "cookie": "cookies",
}
"""The argument of a call that takes the values of a parameter location."""
_PAGING = import_expression(ImportedName("runtime", "page_plan", "Paging"))
_FOLLOWED_PAGES = import_expression(
    ImportedName("runtime", "followed_pages", "FollowedPages")
)
_BATCH_PLAN = import_expression(ImportedName("runtime", "batch_plan", "BatchPlan"))
_REFUSED_ITEMS = import_expression(
    ImportedName("runtime", "batch_partial", "RefusedItems")
)
_SENT_EVENT = import_expression(
    ImportedName("runtime", "stream_reading", "ServerSentEvent")
)
_STREAMS = {
    mode: import_expression(ImportedName("runtime", "streams", name))
    for mode, name in (("sync", "Streamed"), ("async", "AsyncStreamed"))
}
_RAW_STREAMS = {"sync": "RawStream", "async": "AsyncRawStream"}
# Only type checkers import these: a resource can have a class of such a name.
RAW_TYPES = tuple(
    ImportedName("runtime", module, f"{name} as _{name}")
    for module, name in (
        ("answers", "RawResponse"),
        *(("streams", name) for name in _RAW_STREAMS.values()),
    )
)
# The functions of the runtime that call an operation and iterate over its response.
_STREAM_FUNCTIONS = {
    ("sync", "events"): "stream_events",
    ("sync", "values"): "stream_values",
    ("async", "events"): "astream_events",
    ("async", "values"): "astream_values",
}


@frozen_value
class MethodContext:
    """Values that all methods of a client share."""

    security: tuple[tuple[str, ...], ...]
    default_error: PyType | None
    docstrings: bool
    request_options: bool = False
    dict_forms: tuple[tuple[str, str], ...] = ()
    """Pairs of a class and its dict form."""
    usual_errors: tuple[str, ...] = ()
    hides_list: bool = False
    """Whether the class of the method has one that is called `list`."""


@frozen_value
class ParameterView:
    """A parameter of a signature; `default` is code, empty for a required one."""

    name: str
    annotation: Expression
    default: str


@frozen_value
class OverloadView:
    """A way to call a method with a body of several media types."""

    body: ParameterView
    content_type: ParameterView


@frozen_value(kw_only=True)
class MethodView:
    """A method in both modes, sync and async, as a template prints it.

    `operation` has the arguments of the operation's constant. `sent` maps arguments of
    the call to the values that they take: pairs of a name on the wire and a parameter.
    """

    method: Method
    constant: str
    result: Expression
    operation: tuple[Expression, ...]
    body: ParameterView | None
    content_type: ParameterView | None
    overloads: tuple[OverloadView, ...]
    parameters: tuple[ParameterView, ...]
    returns: Expression
    async_returns: Expression
    raw_returns: Expression
    async_raw_returns: Expression
    sent: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    stream: str
    async_stream: str
    skip: str = ""
    options_keyword: str = ""
    body_type: str = ""
    """The type of the body, as code, if it can hold dict forms of classes."""
    streaming: MethodView | None = None

    @property
    def switch(self) -> str:
        """The keyword argument that asks for a stream; empty if there is none."""
        form = self.method.streaming
        return "" if form is None else form.switch

    @property
    def name(self) -> str:
        """The name of the method."""
        return self.method.name

    @property
    def key_keyword(self) -> str:
        """The parameter that takes an idempotency key; empty if there is none."""
        return self.method.key_keyword


def build_method_view(method: Method, context: MethodContext) -> MethodView:
    """Return the values to print for a method, except its docstring."""
    body = method.body
    options = _choose_options_keyword(method) if context.request_options else ""
    return MethodView(
        method=method,
        constant=f"_{method.name.strip('_').upper()}",
        result=annotate(method.returns),
        operation=tuple(_iter_operation_arguments(method, context)),
        body=(
            None
            if body is None
            else _build_body(body.type, context, required=body.required)
        ),
        content_type=(
            None
            if body is None or not body.keyword
            else _build_content_type(
                body.keyword, body.contents, context, required=False
            )
        ),
        overloads=() if body is None else tuple(_iter_overloads(body, context)),
        parameters=tuple(
            _build_parameter(
                each.name,
                each.type,
                context,
                required=each.required,
                constant=each.constant,
            )
            for each in method.arguments
        ),
        returns=_format_returns(method, "sync", context),
        async_returns=_format_returns(method, "async", context),
        raw_returns=_format_raw_returns(method, "sync", context),
        async_raw_returns=_format_raw_returns(method, "async", context),
        sent=tuple(_iter_sent(method)),
        stream=_STREAM_FUNCTIONS.get(("sync", method.stream), ""),
        async_stream=_STREAM_FUNCTIONS.get(("async", method.stream), ""),
        skip="" if method.skip is None else _format_texts(method.skip),
        options_keyword=options,
        body_type=_format_body_type(method, context),
        streaming=_build_streaming_view(method, context, options),
    )


def _choose_options_keyword(method: Method) -> str:
    """Return the keyword for the options of one call; no argument has its name."""
    names = {each.name for each in method.arguments} | {method.key_keyword}
    if method.body is not None:
        names.add(method.body.keyword)
    if method.streaming is not None:
        names.add(method.streaming.switch)
    return append_underscores("request_options", names)


def _build_streaming_view(
    method: Method, context: MethodContext, options: str
) -> MethodView | None:
    """Return the view of a method's streaming form, if it has one.

    A form that shares the method's signature has its keyword `options`.
    """
    if method.streaming is None:
        return None
    view = build_method_view(method.streaming.method, context)
    if not method.streaming.switch:
        return view
    # Two underscores, because a method may be called `chat_stream`.
    constant = f"{view.constant}__STREAM"
    return replace(view, constant=constant, options_keyword=options)


def _format_texts(texts: tuple[str, ...]) -> str:
    return str(tuple_expression(Expression(format_literal(each)) for each in texts))


def _build_parameter(
    name: str,
    type_: PyType,
    context: MethodContext,
    *,
    required: bool,
    constant: str = "",
) -> ParameterView:
    is_given = required or bool(constant)
    # An omitted argument is `UNSET`, because `None` is sent as `null`.
    taken = type_ if is_given else join_types(type_, UNSET_TYPE)
    hint = annotate(taken, hides_list=context.hides_list)
    return ParameterView(name, hint, constant if is_given else "UNSET")


def _build_body(
    type_: PyType, context: MethodContext, *, required: bool
) -> ParameterView:
    """Return the parameter of a body, which takes the dict forms that there are."""
    usual = _build_parameter("body", type_, context, required=required)
    names = dict(context.dict_forms)
    if not has_dict_form(type_, names):
        return usual
    taken = type_ if required else join_types(type_, UNSET_TYPE)
    # A class of a resource can have the name of a container.
    hint = annotate_input(taken, names, "_", hides_list=context.hides_list)
    return replace(usual, annotation=hint)


def _format_body_type(method: Method, context: MethodContext) -> str:
    if method.body is None:
        return ""
    type_ = method.body.type
    with_forms = has_dict_form(type_, dict(context.dict_forms))
    return format_type(type_, "models.") if with_forms else ""


def _build_content_type(
    name: str,
    contents: Sequence[BodyContent],
    context: MethodContext,
    *,
    required: bool,
) -> ParameterView:
    chosen = LiteralType(tuple(each.media for each in contents))
    return _build_parameter(name, chosen, context, required=required)


def _iter_overloads(
    body: BodyArgument, context: MethodContext
) -> Iterator[OverloadView]:
    """Yield a signature for each type of the body, if there are several."""
    types = list(dict.fromkeys(each.type for each in body.contents))
    if len(types) == 1:
        return

    for type_ in types:
        contents = [each for each in body.contents if each.type == type_]
        # What the client cannot tell from the usual one, the caller has to say.
        is_clear = type_ == types[0] or any(
            each.files or isinstance(each.type, ModelType) for each in contents
        )
        yield OverloadView(
            _build_body(type_, context, required=body.required or not is_clear),
            _build_content_type(body.keyword, contents, context, required=not is_clear),
        )


def _format_returns(method: Method, mode: str, context: MethodContext) -> Expression:
    """Return the type hint of a method's result in a mode, `sync` or `async`."""
    content = _format_content(method, context)
    return _subscript_type(_STREAMS[mode], content) if method.stream else content


def _format_raw_returns(
    method: Method, mode: str, context: MethodContext
) -> Expression:
    """Return the type hint of what a method returns in `with_raw_response`."""
    name = _RAW_STREAMS[mode] if method.stream else "RawResponse"
    return _subscript_type(Expression(f"_{name}"), _format_content(method, context))


def _format_content(method: Method, context: MethodContext) -> Expression:
    """Return the type hint of what a response has: a value, or one of a stream."""
    result = annotate(method.returns, hides_list=context.hides_list)
    return _subscript_type(_SENT_EVENT, result) if method.stream == "events" else result


def _subscript_type(generic: Expression, argument: Expression) -> Expression:
    inner = wrap_expression(f"{generic.text}[", argument, "]")
    return Expression(inner.text, collect_imports([generic, argument]))


def _iter_sent(method: Method) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Yield each argument of the call that takes values, with these values."""
    for location, keyword in _SENT_AS.items():
        pairs = tuple(
            (each.wire, each.name)
            for each in method.arguments
            if each.location == location
        )
        if pairs:
            yield keyword, pairs


def _iter_operation_arguments(
    method: Method, context: MethodContext
) -> Iterator[Expression]:
    """Yield the arguments of `Operation`, except those that equal its defaults."""
    yield Expression(format_literal(method.http_method))
    yield Expression(format_literal(method.route))
    # A 204 next to a 200 is common, and is never the usual type.
    with_content = [each.type for each in method.responses if each.type != NONE_TYPE]
    usual = with_content[0] if with_content else NONE_TYPE
    if usual != NONE_TYPE:
        yield Expression(format_literal(format_type(usual)))
    for name, value in _iter_operation_keywords(method, context, usual):
        yield wrap_expression(f"{name}=", value, "")


def _iter_operation_keywords(
    method: Method, context: MethodContext, usual: PyType
) -> Iterator[tuple[str, Expression]]:
    writer = get_body_writer(method.body)
    if writer is not None:
        yield "body", writer

    accept = _get_accept(method)
    if accept != JSON:
        yield "accept", Expression(format_literal(accept))

    styled = [each for each in method.arguments if not has_default_style(each)]
    if styled:
        yield "styles", dict_expression(
            (format_literal(f"{each.location}:{each.wire}"), get_style(each))
            for each in styled
        )

    if method.security != context.security:
        yield "security", format_security(method.security)
    yield from _iter_by_status("responses", method.responses, usual)
    errors = [each for each in method.errors if each.type != NONE_TYPE]
    yield from _iter_by_status("errors", errors, context.default_error)
    if method.server:
        yield "server", Expression(format_literal(method.server.rstrip("/")))
    if method.about.deprecated:
        yield "deprecated", Expression("True")
    if method.safe:
        yield "safe", Expression("True")
    if method.unprocessed_429:
        yield "unprocessed_429", Expression("True")
    if method.idempotency is not None:
        yield "idempotency", format_key(method.idempotency)
    if method.pagination is not None:
        yield "paging", _format_paging(method.pagination)
    if method.batching is not None:
        yield "batch", _format_batching(method.batching)


def _format_paging(pages: Pagination) -> Expression:
    """Return the `Paging` of a method, without arguments that equal its defaults."""
    usual = Pagination()
    # The fields have the names of the arguments; a test compares the two classes.
    keywords = {
        each.name: Expression(format_literal(getattr(pages, each.name)))
        for each in fields(pages)
        if getattr(pages, each.name) != getattr(usual, each.name)
    }
    if pages.by in ("cursor", "link"):
        keywords["steps"] = _FOLLOWED_PAGES
    return call_expression(_PAGING, keywords=keywords)


def _format_batching(batching: Batching) -> Expression:
    """Return the `BatchPlan` of a method, without arguments that equal its defaults."""
    given = replace(batching, item=NONE_TYPE, spool=False, partial=None)
    usual = Batching(items=batching.items, item=NONE_TYPE)
    # The fields have the names of the arguments; a test compares the two classes.
    keywords = {
        each.name: Expression(repr(getattr(given, each.name)))
        for each in fields(given)
        if getattr(given, each.name) != getattr(usual, each.name)
    }
    if batching.partial is not None:
        names = (batching.partial.path, batching.partial.key)
        literals = [Expression(format_literal(each)) for each in names]
        keywords["partial"] = call_expression(_REFUSED_ITEMS, *literals)
    items = Expression(format_literal(batching.items))
    return call_expression(_BATCH_PLAN, items, keywords=keywords)


def _iter_by_status(
    keyword: str, answers: Sequence[StatusResponse], usual: PyType | None
) -> Iterator[tuple[str, Expression]]:
    """Yield the response types that differ from the usual one, by status code.

    If one of them is for a range (`4XX`) or `default`, all types are yielded: an exact
    status code takes precedence over a range (OpenAPI 3.1.1 §4.8.16.2).
    """
    other = [each for each in answers if each.type != usual]
    if any(not each.status_code.isdecimal() for each in other):
        other = list(answers)

    if other:
        yield keyword, dict_expression(
            (
                format_literal(each.status_code),
                Expression(format_literal(format_type(each.type))),
            )
            for each in other
        )


def _get_accept(method: Method) -> str:
    """Return the `Accept` header: the media types of success, and JSON for errors."""
    media = dict.fromkeys(each.media for each in method.responses if each.media)
    if media.keys() <= {JSON}:
        return JSON
    if "*/*" in media:
        return "*/*"
    # A lower weight (RFC 9110 §12.4.2), so that no server sends JSON for a success.
    errors = [] if JSON in media else [f"{JSON};q=0.9"]
    return ", ".join([*media, *errors])


def format_security(alternatives: tuple[tuple[str, ...], ...]) -> Expression:
    """Return security alternatives as an expression: a tuple of tuples of schemes."""
    return tuple_expression(
        tuple_expression(Expression(format_literal(scheme)) for scheme in schemes)
        for schemes in alternatives
    )
