"""Methods: what Python sees of an operation.

In: an `Operation`, its name, an annotator. Out: a `Method`: the body one positional
argument, every parameter a keyword, the success type as its return type.

Source: OpenAPI 3.0.3 §4.7.10 (Operation), §4.7.12 (Parameter), §4.7.16 (Responses).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.api.model import Body, Content, Operation, Parameter, Response
from generator.api.types import Nullable, Type
from generator.api.unread_facts import is_read_alike
from generator.diagnostics import Sink
from generator.surface.annotate import STR, Annotator
from generator.surface.client import filled
from generator.surface.idempotency import key_of
from generator.surface.media import chosen, effective, kind_of
from generator.surface.model import Answer, Argument, BodyArgument, Method, Stream
from generator.surface.numbering import Taken
from generator.surface.paging import Shape, pages_of
from generator.surface.paths import Definitions
from generator.surface.python import ANY, NONE, Plain, PyType, as_argument, either
from generator.surface.reserved import ANNOTATION_NAMES, ARGUMENT_NAMES
from generator.surface.streams import piece_types, stream_of
from generator.words import identifier

_DEFAULT_STYLES = {
    "path": "simple",
    "query": "form",
    "header": "simple",
    "cookie": "form",
}
BYTES = Plain("bytes")
STREAM = Plain("Stream")
_PART_MEDIA = frozenset(
    {"", "application/json", "application/octet-stream", "text/plain"}
)


@dataclass(frozen=True, slots=True)
class Methods:
    """Makes methods of operations."""

    annotator: Annotator
    sink: Sink
    keywords: Mapping[str, Mapping[str, str]]
    """Names of keywords, by operation, that were given before."""

    def method(self, operation: Operation, name: str) -> Method:
        """Make the method of one operation."""
        success, errors = _sorted_out(operation.responses)
        for each in success:
            self._say_other_answers(each)
        stream = stream_of(chosen(each.contents, answer=True) for each in success)
        answers = tuple(self._answer(each, stream) for each in success)
        returned = [each.type for each in answers if each.media or not stream]
        returns = either(*returned) if returned else NONE
        shape = _shape(operation, success, self.annotator.definitions)
        return Method(
            key=operation.key,
            name=name,
            http_method=operation.method,
            route=operation.route,
            arguments=self._arguments(operation),
            body=None if operation.body is None else self._body(operation.body),
            returns=returns,
            answers=answers,
            errors=tuple(self._answer(each) for each in errors),
            security=operation.security,
            server=filled(operation.servers[0]) if operation.servers else "",
            idempotency=key_of(operation, shape.body, shape.definitions, self.sink),
            pages=pages_of(operation, shape, self.sink),
            stream=stream,
            about=operation.about,
        )

    def _arguments(self, operation: Operation) -> tuple[Argument, ...]:
        known = self.keywords.get(operation.key)
        names = _argument_names(operation.parameters, known)
        made = [
            self._argument(each, name)
            for each, name in zip(operation.parameters, names, strict=True)
        ]
        return tuple(sorted(made, key=lambda each: not each.required))

    def _argument(self, parameter: Parameter, name: str) -> Argument:
        usual = parameter.style == _DEFAULT_STYLES[parameter.location]
        explode = (
            parameter.explode
            if parameter.explode != (parameter.style == "form")
            else None
        )
        return Argument(
            name=name,
            wire=parameter.wire,
            location=parameter.location,
            type=as_argument(
                self.annotator.annotate(_not_null(parameter.type), "sent")
            ),
            required=parameter.required,
            style="" if usual else parameter.style,
            explode=explode,
            allow_reserved=parameter.allow_reserved,
            media=parameter.media,
            default=parameter.default,
            schema=parameter.type,
            about=parameter.about,
        )

    def _body(self, body: Body) -> BodyArgument | None:
        content = chosen(body.contents, answer=False)
        if content is None:
            return None
        self._say_others(body, content.media)
        self._say_parts(body, content)
        kind = effective(content)
        if kind in {"json", "form", "multipart"}:
            type_ = (
                ANY
                if content.type is None
                else self.annotator.annotate(content.type, "sent")
            )
        elif kind in {"text", "values", "events"}:
            type_ = STR
        else:
            type_ = STREAM
        media = content.media
        if "*" in media:
            media = {"json": "application/json", "text": "text/plain"}.get(
                kind, "application/octet-stream"
            )
        return BodyArgument(
            type=as_argument(type_),
            required=body.required,
            media=media,
            styles=tuple(_styles(content)) if kind == "form" else (),
            about=body.about,
        )

    def _say_others(self, body: Body, media: str) -> None:
        others = [each.media for each in body.contents if each.media != media]
        if others:
            self.sink.note(
                "media-type-chosen",
                f"the body is sent as {media}; the document also allows {', '.join(others)}",
                at=body.about.origin,
                hint="an overlay may remove the media types that you do not want",
            )

    def _say_other_answers(self, response: Response) -> None:
        content = chosen(response.contents, answer=True)
        others = [
            each.media
            for each in response.contents
            if content is not None and not _is_same_answer(each, content)
        ]
        if content is not None and others:
            self.sink.note(
                "media-type-chosen",
                f"the answer is asked for as {content.media}; "
                f"the document also has {', '.join(others)}",
                at=response.about.origin,
                hint="an overlay may remove the media types that you do not want",
            )

    def _say_parts(self, body: Body, content: Content) -> None:
        other = [each for each in content.encodings if each.media not in _PART_MEDIA]
        if other and effective(content) == "multipart":
            self.sink.note(
                "part-media-type",
                f"the part {other[0].property!r} is sent without the media type "
                f"{other[0].media}, which the document has for it",
                at=body.about.origin,
                hint="give a file as a tuple: (name, content, media type)",
            )

    def _answer(self, response: Response, stream: Stream = "") -> Answer:
        content = chosen(response.contents, answer=True)
        type_ = NONE if content is None else self._answer_type(content, stream)
        media = "" if content is None else content.media
        kinds = {each.media: effective(each) for each in response.contents}
        if media != "*/*" and not stream and kinds.get("*/*") == "binary":
            type_, media = either(type_, BYTES), "*/*"  # what comes, tells
        return Answer(
            status=response.status, type=type_, media=media, about=response.about
        )

    def _answer_type(self, content: Content, stream: Stream) -> PyType:
        if stream:
            pieces = piece_types(content, stream, self.annotator.definitions)
            return either(
                *(self.annotator.annotate(each, "received") for each in pieces)
            )
        match effective(content):
            case "json" | "form" | "multipart":
                return (
                    ANY
                    if content.type is None
                    else self.annotator.annotate(content.type, "received")
                )
            case "text" | "events" | "values":
                return STR
            case _:
                return BYTES


def _is_same_answer(one: Content, other: Content) -> bool:
    """Return whether it makes no difference to a client which of two contents comes."""
    if kind_of(one.media) != kind_of(other.media):
        return False
    if one.type is None or other.type is None:
        return one.type is other.type
    return is_read_alike(one.type, other.type)


def _shape(
    operation: Operation, success: list[Response], definitions: Definitions
) -> Shape:
    sent = () if operation.body is None else operation.body.contents
    body = chosen(sent, answer=False)
    answers = (chosen(each.contents, answer=True) for each in success)
    answer = next((each for each in answers if each is not None), None)
    if answer is not None and kind_of(answer.media) in {"events", "values"}:
        answer = None  # a stream is no list that comes in pages
    return Shape(
        query=frozenset(
            each.wire for each in operation.parameters if each.location == "query"
        ),
        body=None if body is None else body.type,
        answer=None if answer is None else answer.type,
        definitions=definitions,
    )


def _styles(content: Content) -> Iterator[tuple[str, str, bool]]:
    for each in content.encodings:
        style = each.style or "form"
        explode = style == "form" if each.explode is None else each.explode
        if (style, explode) != ("form", True):
            yield each.property, style, explode


def _sorted_out(
    responses: tuple[Response, ...],
) -> tuple[list[Response], list[Response]]:
    """Part the successes from the errors; a lone `default` is what success looks like."""
    success = [each for each in responses if each.status.startswith("2")]
    errors = [each for each in responses if each.status[0] in "45d"]
    if not success and len(errors) == 1 and errors[0].status == "default":
        return errors, []
    return sorted(success, key=lambda each: each.status), errors


def _not_null(type_: Type) -> Type:
    """A parameter that is null is one that is not given."""
    return type_.inner if isinstance(type_, Nullable) else type_


def keyword_key(location: str, wire: str) -> str:
    """Give the key under which the name of a keyword is remembered."""
    return f"{location} {wire}"


def _argument_names(
    parameters: tuple[Parameter, ...], known: Mapping[str, str] | None
) -> list[str]:
    """Name the keywords; those that clash take their location with them.

    `known` are names that the operation gave before, if it did: they come first, and
    queries stay what they are on the wire. `body` is never a keyword, for an operation
    that has none may get one.
    """
    is_new, known = known is None, known or {}
    keys = [keyword_key(each.location, each.wire) for each in parameters]
    taken = Taken({*ARGUMENT_NAMES, *(known[key] for key in keys if key in known)})
    plain = [identifier(each.wire, "parameter") for each in parameters]
    often = Counter(plain)
    names = []
    for each, key, name in zip(parameters, keys, plain, strict=True):
        if key in known:
            names.append(known[key])
            continue
        wanted = name
        stays = {"path"} if is_new else {"path", "query"}
        if (often[name] > 1 and each.location not in stays) or name in known.values():
            wanted = f"{name}_{each.location}"
        if wanted in taken or wanted in ANNOTATION_NAMES:
            wanted = f"{wanted}_"
        names.append(taken.take(wanted))
    return names
