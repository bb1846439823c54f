"""Methods: the Python form of an operation.

In: an `ApiOperation`, its name, a `TypeMapper`. Out: a `Method`: the request body as
one positional argument, every parameter as a keyword argument, the success type as its
return type.

Source: OpenAPI 3.0.3 §4.7.10 (Operation), §4.7.12 (Parameter), §4.7.16 (Responses).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from flexprice_codegen.api.model import (
    ApiOperation,
    Content,
    Parameter,
    Response,
)
from flexprice_codegen.api.parameter_styles import (
    FORM_STYLE,
    get_default_style,
    is_exploded_by_default,
)
from flexprice_codegen.api.servers import fill_server_url
from flexprice_codegen.api.types import Nullable, Type
from flexprice_codegen.api.unread_facts import is_read_alike
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.frozen_values import frozen_value, replace
from flexprice_codegen.surface.batch_hints import read_batching
from flexprice_codegen.surface.bodies import BodyBuilder
from flexprice_codegen.surface.field_paths import NamedSchemas
from flexprice_codegen.surface.idempotency import read_idempotency_key
from flexprice_codegen.surface.media import (
    choose_content,
    choose_stream_content,
    get_content_kind,
    get_media_kind,
)
from flexprice_codegen.surface.model import (
    Argument,
    BodyArgument,
    IdempotencyKey,
    Method,
    StatusResponse,
    StreamingForm,
    StreamKind,
)
from flexprice_codegen.surface.nesting import can_be_list, can_nest, must_nest
from flexprice_codegen.surface.paging_hints import read_pagination
from flexprice_codegen.surface.paging_shapes import PagingContext
from flexprice_codegen.surface.python_types import (
    ANY_TYPE,
    BYTES_TYPE,
    NONE_TYPE,
    STR_TYPE,
    LiteralType,
    PyType,
    format_literal,
    join_types,
    widen_for_argument,
)
from flexprice_codegen.surface.reserved import ANNOTATION_NAMES, ARGUMENT_NAMES
from flexprice_codegen.surface.retry_hints import read_retry_hint
from flexprice_codegen.surface.stream_hints import (
    StreamHint,
    find_stream_switch,
    read_stream_hint,
)
from flexprice_codegen.surface.streams import get_chunk_types, get_stream_kind
from flexprice_codegen.surface.type_mapping import TypeMapper
from flexprice_codegen.surface.undeclared_content import apply_content_hint
from flexprice_codegen.surface.used_names import UsedNames
from flexprice_codegen.words import build_identifier


@frozen_value
class MethodBuilder:
    """A builder of methods from operations."""

    type_mapper: TypeMapper
    sink: DiagnosticSink
    keywords: Mapping[str, Mapping[str, str]]
    """Names of keyword arguments of an earlier run, by operation."""
    operations: Sequence[ApiOperation]
    """All operations of the API, to which a hint can refer."""

    def build_method(self, operation: ApiOperation, name: str) -> Method:
        """Build the method of one operation under a name."""
        success, errors = _split_responses(operation.responses)
        success = apply_content_hint(success, operation, self.sink)
        for each in success:
            self._note_other_responses(each)

        stream = get_stream_kind(
            choose_content(each.contents, answer=True) for each in success
        )
        hint = read_stream_hint(operation, self.sink)
        answers = tuple(
            self._build_response(each, stream, keeps_text=hint.keeps_text)
            for each in success
        )

        shape = _build_paging_context(operation, success, self.type_mapper.schemas)
        arguments = self._build_arguments(operation)
        retry = read_retry_hint(operation, self.sink)

        method = Method(
            key=operation.key,
            name=name,
            http_method=operation.method,
            route=operation.route,
            arguments=arguments,
            body=self._build_body(operation, arguments),
            returns=_join_returns(answers, stream),
            responses=answers,
            errors=tuple(self._build_response(each) for each in errors),
            security=operation.security,
            server=fill_server_url(operation.servers[0]) if operation.servers else "",
            safe=retry.safe,
            unprocessed_429=retry.unprocessed_429,
            idempotency=self._key(operation, shape, arguments),
            pagination=read_pagination(operation, shape, self.sink),
            stream=stream,
            skip=hint.skip if stream else None,
            about=operation.about,
        )
        form = self._build_streaming(method, operation, success, hint)
        mapper = self.type_mapper
        batching = read_batching(
            operation, method, shape.body, mapper, self.operations, self.sink
        )
        return replace(method, streaming=form, batching=batching)

    def _build_streaming(
        self,
        method: Method,
        operation: ApiOperation,
        success: Sequence[Response],
        hint: StreamHint,
    ) -> StreamingForm | None:
        """Build the form that streams, if a response has a stream and other content.

        A form without a switch gets its name later, when all methods have theirs.
        """
        found = [_keep_stream(each) for each in success]
        kind = get_stream_kind(each.contents[0] for each in found if each.contents)
        if method.stream or not kind:
            return None
        answers = tuple(
            self._build_response(each, kind, keeps_text=hint.keeps_text)
            for each in found
        )
        form = replace(
            method,
            returns=_join_returns(answers, kind),
            responses=answers,
            pagination=None,
            stream=kind,
            skip=hint.skip,
        )
        body = choose_content(
            () if operation.body is None else operation.body.contents, answer=False
        )
        switch = None
        # With several media types, the overloads already tell bodies apart.
        has_choice = method.body is not None and len(method.body.contents) > 1
        if body is not None and get_content_kind(body) == "json" and not has_choice:
            switch = find_stream_switch(body.type, self.type_mapper.schemas)
        names = {each.name for each in method.arguments} | {method.key_keyword}
        if switch is None or switch.property in names:
            return StreamingForm(method=form)
        return StreamingForm(method=form, switch=switch.property, usual=switch.usual)

    def _build_body(
        self, operation: ApiOperation, arguments: tuple[Argument, ...]
    ) -> BodyArgument | None:
        if operation.body is None:
            return None
        builder = BodyBuilder(operation.body, self.type_mapper, self.sink)
        return builder.build_body(UsedNames(each.name for each in arguments))

    def _key(
        self,
        operation: ApiOperation,
        shape: PagingContext,
        arguments: tuple[Argument, ...],
    ) -> IdempotencyKey | None:
        """Read the hint; the argument for the key gets a name that no parameter has."""
        key = read_idempotency_key(operation, shape.body, shape.definitions, self.sink)
        if key is None or not key.fields:
            return key
        taken = UsedNames(each.name for each in arguments)
        return replace(key, keyword=taken.take_name("idempotency_key"))

    def _build_arguments(self, operation: ApiOperation) -> tuple[Argument, ...]:
        """Build the arguments of an operation, required ones first."""
        known = self.keywords.get(operation.key)
        names = _assign_argument_names(operation.parameters, known)
        made = [
            self._build_argument(each, name)
            for each, name in zip(operation.parameters, names, strict=True)
        ]

        return tuple(
            sorted(made, key=lambda each: not (each.required or each.constant))
        )

    def _build_argument(self, parameter: Parameter, name: str) -> Argument:
        """Build one argument; the default `style` and `explode` are not set."""
        usual = parameter.style == get_default_style(parameter.location)
        explode = (
            parameter.explode
            if parameter.explode != is_exploded_by_default(parameter.style)
            else None
        )

        nests = can_nest(self.type_mapper.schemas, parameter.type)
        self._warn_of_nesting(parameter)

        type_ = widen_for_argument(
            self.type_mapper.map_type(_remove_null(parameter.type), "sent")
        )
        constant = _find_constant(type_) if parameter.required else ""

        return Argument(
            name=name,
            wire=parameter.wire,
            location=parameter.location,
            type=type_,
            required=parameter.required and not constant,
            constant=constant,
            style="" if usual else parameter.style,
            explode=explode,
            allow_reserved=parameter.allow_reserved,
            media=parameter.media,
            arrays=parameter.arrays if self._has_lists(parameter) else None,
            nests=nests,
            sent_as=self._find_sent_form(parameter),
            default=parameter.default,
            schema=parameter.type,
            about=parameter.about,
        )

    def _has_lists(self, parameter: Parameter) -> bool:
        """Return whether the notation of lists matters for a parameter."""
        schemas = self.type_mapper.schemas
        return can_be_list(schemas, parameter.type) or can_nest(schemas, parameter.type)

    def _find_sent_form(self, parameter: Parameter) -> str:
        """Return `date` for dates, which have no time, and `number` for JSON alone.

        In other parameters, numbers and strings look alike.
        """
        form = self.type_mapper.find_sent_form(parameter.type, "sent")
        is_told = form == "date" or (form == "number" and parameter.media)
        return form if is_told else ""

    def _warn_of_nesting(self, parameter: Parameter) -> None:
        """Warn of a parameter with parts that its style cannot send."""
        is_open = parameter.style == "deepObject" or (
            parameter.style == FORM_STYLE and parameter.explode
        )
        if parameter.media or is_open:
            return
        if must_nest(self.type_mapper.schemas, parameter.type):
            self.sink.add_warning(
                "nested-parameter",
                f"the {parameter.location} parameter {parameter.wire!r} has lists or "
                f"objects within another one, which {parameter.style} cannot send",
                at=parameter.about.origin,
                hint="declare it under `content` as application/json, or in the query "
                "with the style deepObject",
            )

    def _note_other_responses(self, response: Response) -> None:
        """Add a note if the document has other media types for a response."""
        content = choose_content(response.contents, answer=True)
        others = [
            each.media
            for each in response.contents
            if content is not None
            and not _is_same_answer(each, content)
            and each is not choose_stream_content(response.contents)
        ]
        if content is not None and others:
            self.sink.add_note(
                "media-type-chosen",
                f"the client requests {content.media}; "
                f"the document also declares {', '.join(others)}",
                at=response.about.origin,
                hint="remove other media types in an overlay",
            )

    def _build_response(
        self, response: Response, stream: StreamKind = "", *, keeps_text: bool = False
    ) -> StatusResponse:
        """Build the response for a status code."""
        content = choose_content(response.contents, answer=True)
        type_ = (
            NONE_TYPE if content is None else self._map_response_type(content, stream)
        )
        if stream and keeps_text and content is not None:
            type_ = join_types(type_, STR_TYPE)

        media = "" if content is None else content.media
        kinds = {each.media: get_content_kind(each) for each in response.contents}
        if media != "*/*" and not stream and kinds.get("*/*") == "binary":
            type_ = join_types(type_, BYTES_TYPE)  # `Content-Type` decides
            media = "*/*"

        return StatusResponse(
            status_code=response.status, type=type_, media=media, about=response.about
        )

    def _map_response_type(self, content: Content, stream: StreamKind) -> PyType:
        """Return the Python type of a response, or of a chunk of a stream."""
        if stream:
            pieces = get_chunk_types(content, stream, self.type_mapper.schemas)
            return join_types(
                *(self.type_mapper.map_type(each, "received") for each in pieces)
            )
        match get_content_kind(content):
            case "json" | "form" | "multipart":
                return (
                    ANY_TYPE
                    if content.type is None
                    else self.type_mapper.map_type(content.type, "received")
                )
            case "text" | "events" | "values":
                return STR_TYPE
            case _:
                return BYTES_TYPE


def _join_returns(answers: tuple[StatusResponse, ...], stream: StreamKind) -> PyType:
    """Return the type of a method's result, or of a chunk of its stream."""
    # A streaming response without content has no chunks, so it adds no type.
    returned = [each.type for each in answers if each.media or not stream]
    return join_types(*returned) if returned else NONE_TYPE


def _keep_stream(response: Response) -> Response:
    """Return a response without content, other than a stream."""
    content = choose_stream_content(response.contents)
    contents = () if content is None else (content,)
    if contents == response.contents:
        return response
    return replace(response, contents=contents)


def _is_same_answer(one: Content, other: Content) -> bool:
    """Return whether a client parses two contents in the same way."""
    if get_media_kind(one.media) != get_media_kind(other.media):
        return False
    if one.type is None or other.type is None:
        return one.type is other.type
    return is_read_alike(one.type, other.type)


def _build_paging_context(
    operation: ApiOperation, success: list[Response], definitions: NamedSchemas
) -> PagingContext:
    """Return the parameters and bodies of an operation, for the paging hint."""
    sent = () if operation.body is None else operation.body.contents
    body = choose_content(sent, answer=False)

    answers = (choose_content(each.contents, answer=True) for each in success)
    answer = next((each for each in answers if each is not None), None)
    if answer is not None and get_media_kind(answer.media) in {"events", "values"}:
        answer = None  # a stream has no pages

    query = [each for each in operation.parameters if each.location == "query"]
    return PagingContext(
        query={each.wire: each.type for each in query},
        defaults={e.wire: e.default for e in query if e.default is not None},
        headers=frozenset(
            header.wire.lower() for each in success for header in each.headers
        ),
        body=None if body is None else body.type,
        response=None if answer is None else answer.type,
        definitions=definitions,
    )


def _split_responses(
    responses: tuple[Response, ...],
) -> tuple[list[Response], list[Response]]:
    """Return successes and errors; a lone `default` response is a success."""
    success = [each for each in responses if each.status.startswith("2")]
    # Status codes `4XX`, `5XX`, and `default` start with these characters.
    errors = [each for each in responses if each.status[0] in "45d"]
    if not success and len(errors) == 1 and errors[0].status == "default":
        return errors, []
    return sorted(success, key=lambda each: each.status), errors


def _remove_null(type_: Type) -> Type:
    """Return the type of a parameter without null: a null parameter is omitted."""
    return type_.inner if isinstance(type_, Nullable) else type_


def build_argument_key(location: str, wire: str) -> str:
    """Return the key of an argument in the lock file."""
    return f"{location} {wire}"


def _find_constant(type_: PyType) -> str:
    """Return the only value of a type, as code; empty if it has several."""
    if isinstance(type_, LiteralType) and len(type_.values) == 1:
        return format_literal(type_.values[0])
    return ""


def _assign_argument_names(
    parameters: tuple[Parameter, ...], known: Mapping[str, str] | None
) -> list[str]:
    """Return the names of the arguments; names that clash get their location as suffix.

    `known` has the names of an earlier run, if there was one. They come first, and
    query parameters then keep their names on the wire. `body` is reserved, because an
    operation without a body can get one later.
    """
    if not parameters:
        return []
    is_new = known is None
    known = known or {}

    keys = [build_argument_key(each.location, each.wire) for each in parameters]
    taken = UsedNames({*ARGUMENT_NAMES, *(known[key] for key in keys if key in known)})
    plain = [build_identifier(each.wire, "parameter") for each in parameters]
    often = Counter(plain)
    # In a first run, a query parameter that clashes gets the suffix as well.
    stays = {"path"} if is_new else {"path", "query"}
    # What has the name on the wire has it here, such as `filter` next to `$filter`.
    claims = Counter(
        name
        for each, name in zip(parameters, plain, strict=True)
        if each.location in stays or each.wire == name
    )

    names = []
    for each, key, name in zip(parameters, keys, plain, strict=True):
        if key in known:
            names.append(known[key])
            continue

        wanted = name
        is_own = is_new and each.wire == name and claims[name] == 1
        clashes = often[name] > 1 and each.location not in stays and not is_own
        if clashes or name in known.values():
            wanted = f"{name}_{each.location}"
        if wanted in taken or wanted in ANNOTATION_NAMES:
            wanted = f"{wanted}_"
        names.append(taken.take_name(wanted))
    return names
