"""What the template of a resource prints of a method.

In: a `Method`. Out: its operation constant, signatures, docstring and calls, as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from generator.emit.facts import constraints, joined
from generator.emit.quoting import docstring, one_line
from generator.emit.spread import assigned, declared, mapping, spread
from generator.emit.styles import body, is_usual, style
from generator.surface.model import Answer, Argument, Key, Method, Pages
from generator.surface.python import NONE, UNSET_TYPE, PyType, either, literal, text

MODELS = "models."
_ERRORS = {
    "400": "BadRequestError",
    "401": "AuthenticationError",
    "403": "PermissionDeniedError",
    "404": "NotFoundError",
    "409": "ConflictError",
    "422": "UnprocessableEntityError",
    "429": "RateLimitError",
}
_PLACES = (
    ("path", "path"),
    ("query", "query"),
    ("header", "headers"),
    ("cookie", "cookies"),
)


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for all methods of a client."""

    security: tuple[tuple[str, ...], ...]
    default_error: PyType | None
    docstrings: bool


@dataclass(frozen=True, slots=True)
class MethodView:
    """A method, printed."""

    constant: str
    signature: str
    async_signature: str
    doc: str
    call: str
    async_call: str


def method_view(method: Method, context: Context) -> MethodView:
    """Print the parts of a method."""
    name = f"_{method.name.strip('_').upper()}"
    doc = docstring(_doc(method), 8) if context.docstrings else ""
    return MethodView(
        constant="\n".join(_constant(method, name, context)),
        signature=_signature(method, "def"),
        async_signature=_signature(method, "async def"),
        doc=doc,
        call=_call(method, name, "return self._call("),
        async_call=_call(method, name, "return await self._call("),
    )


def returns_text(method: Method) -> str:
    """Write the return type of a method."""
    return text(method.returns, MODELS)


def _signature(method: Method, keyword: str) -> str:
    items = ["self"]
    given = method.body
    if given is not None:
        type_ = given.type if given.required else either(given.type, UNSET_TYPE)
        default = "" if given.required else " = UNSET"
        items.append(f"body: {text(type_, MODELS)}{default}")
    if method.arguments:
        items.append("*")
    items += [_argument(each) for each in method.arguments]
    return "\n".join(
        spread(f"{keyword} {method.name}(", items, f") -> {returns_text(method)}:", 4)
    )


def _argument(argument: Argument) -> str:
    if argument.required:
        return f"{argument.name}: {text(argument.type, MODELS)}"
    type_ = text(either(argument.type, UNSET_TYPE), MODELS)
    return declared(argument.name, type_, "UNSET", 8)


def _call(method: Method, name: str, opening: str) -> str:
    items = [name]
    for place, keyword in _PLACES:
        pairs = [
            (literal(each.wire), each.name)
            for each in method.arguments
            if each.location == place
        ]
        if pairs:
            items.append(mapping(keyword, pairs, 12))
    if method.body is not None:
        items.append("body=body")
    return "\n".join(spread(opening, items, ")", 8))


def _constant(method: Method, name: str, context: Context) -> list[str]:
    items = [literal(method.http_method), literal(method.route)]
    items += _operation_keywords(method, context)
    return assigned(name, "Operation", returns_text(method), items)


def _operation_keywords(method: Method, context: Context) -> Iterator[str]:
    first = method.answers[0] if method.answers else None
    if first is not None and first.type != NONE:
        yield literal(text(first.type))
    writer = body(method.body)
    if writer:
        yield f"body={writer}"
    accept = _accept(method)
    if accept != "application/json":
        yield f"accept={literal(accept)}"
    styles = [
        (literal(f"{each.location}:{each.wire}"), style(each))
        for each in method.arguments
        if not is_usual(each)
    ]
    if styles:
        yield mapping("styles", styles, 4)
    if method.security != context.security:
        yield f"security={tuples(method.security)}"
    yield from _by_status(
        "responses", method.answers[1:], first.type if first else None
    )
    yield from _by_status("errors", method.errors, context.default_error)
    if method.server:
        yield f"server={literal(method.server.rstrip('/'))}"
    if method.about.deprecated:
        yield "deprecated=True"
    if method.idempotency is not None:
        yield f"idempotency={key(method.idempotency)}"
    if method.pages is not None:
        yield f"paging={paging(method.pages)}"


def key(given: Key) -> str:
    """Write what makes a call safe to repeat, over `runtime.idempotency`."""
    items = [literal(given.field)] if given.field else []
    if given.unless:
        items.append(f"unless={literal(given.unless)}")
    return f"{given.kind.capitalize()}({', '.join(items)})"


def paging(given: Pages) -> str:
    """Write how pages are asked for; `runtime.operation.Paging` has the defaults."""
    usual = Pages()
    items = [
        f"{each.name}={literal(getattr(given, each.name))}"
        for each in fields(given)
        if getattr(given, each.name) != getattr(usual, each.name)
    ]
    return f"Paging({', '.join(items)})"


def _by_status(
    keyword: str, answers: Sequence[Answer], usual: PyType | None
) -> Iterator[str]:
    pairs = [
        (literal(each.status), literal(text(each.type)))
        for each in answers
        if each.type != usual and not (keyword == "errors" and each.type == NONE)
    ]
    if pairs:
        yield mapping(keyword, pairs, 4)


def _accept(method: Method) -> str:
    """Give the header: what the success brings, and JSON for the errors."""
    media = dict.fromkeys(each.media for each in method.answers if each.media)
    if not media or all("json" in each for each in media):
        return "application/json"
    if "*/*" in media:
        return "*/*"
    return ", ".join([*media, "application/json;q=0.9"])


def tuples(alternatives: tuple[tuple[str, ...], ...]) -> str:
    """Write a tuple of tuples of strings."""
    inner = [
        f"({', '.join(literal(each) for each in one)}{',' if len(one) == 1 else ''})"
        for one in alternatives
    ]
    return f"({', '.join(inner)}{',' if len(inner) == 1 else ''})"


def _doc(method: Method) -> str:
    summary = one_line(method.summary) or one_line(method.about.text.split("\n")[0])
    if not summary:
        summary = f"{method.http_method} {method.route}"
    if not summary.endswith((".", "!", "?", ":")):
        summary += "."
    description = method.about.text.strip()
    parts = [summary]
    if description and one_line(description).rstrip(".") != summary.rstrip("."):
        parts.append(description)
    if method.about.deprecated:
        parts.append("Deprecated.")
    arguments = list(_argument_lines(method))
    if arguments:
        parts.append("\n".join(["Args:", *arguments]))
    raises = list(_raise_lines(method))
    if raises:
        parts.append("\n".join(["Raises:", *raises]))
    return "\n\n".join(parts)


def _argument_lines(method: Method) -> Iterator[str]:
    if method.body is not None and method.body.text:
        yield f"    body: {one_line(method.body.text)}"
    for each in method.arguments:
        facts = ["Deprecated."] if each.about.deprecated else []
        facts += constraints(each.schema, each.default)
        words = joined(one_line(each.about.text), facts)
        if words:
            yield f"    {each.name}: {words}"


def _raise_lines(method: Method) -> Iterator[str]:
    texts: dict[str, list[str]] = {}
    for each in method.errors:
        known = "ServerError" if each.status.startswith("5") else "APIStatusError"
        name = _ERRORS.get(each.status, known)
        said = one_line(each.text)
        if said and said not in texts.setdefault(name, []):
            texts[name].append(said)
    for name, sentences in texts.items():
        if sentences:
            yield f"    {name}: {'; '.join(sentences)}"
