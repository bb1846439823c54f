"""What the template of a resource prints of a method.

In: a `Method`. Out: its operation constant, signatures, docstring and calls, as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from generator.emit.errors import raises
from generator.emit.facts import constraints, joined, says_more
from generator.emit.keys import KEY_ARGUMENT_TEXT, key_text, key_value
from generator.emit.quoting import docstring, one_line
from generator.emit.spread import assigned, declared, mapping, spread
from generator.emit.styles import body, is_usual, style
from generator.surface.model import Answer, Argument, Method, Pages
from generator.surface.python import NONE, UNSET_TYPE, PyType, either, literal, text

MODELS = "models."
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
    usual_errors: tuple[str, ...] = ()


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
    doc = docstring(_doc(method, context), 8) if context.docstrings else ""
    return MethodView(
        constant="\n".join(_constant(method, name, context)),
        signature=_signature(method, "def", returns_text(method)),
        async_signature=_signature(method, "async def", returns_text(method, "Async")),
        doc=doc,
        call=_call(method, name, "return "),
        async_call=_call(method, name, "return await ", "a"),
    )


def returns_text(method: Method, prefix: str = "") -> str:
    """Write the return type of a method; `prefix` begins names of asynchronous types."""
    plain = text(method.returns, MODELS)
    match method.stream:
        case "events":
            return f"{prefix}Streamed[ServerSentEvent[{plain}]]"
        case "values":
            return f"{prefix}Streamed[{plain}]"
        case _:
            return plain


def _signature(method: Method, keyword: str, returns: str) -> str:
    items = ["self"]
    given = method.body
    if given is not None:
        type_ = given.type if given.required else either(given.type, UNSET_TYPE)
        default = "" if given.required else " = UNSET"
        items.append(f"body: {text(type_, MODELS)}{default}")
    options = [_argument(each) for each in method.arguments]
    if method.key_keyword:
        options.append(f"{method.key_keyword}: str | None = None")
    if options:
        items += ["*", *options]
    lines = spread(f"{keyword} {method.name}(", items, f") -> {returns}:", 4)
    if len(items) == 1 and len(lines) > 1:
        lines[1] += ","  # black puts one where the brackets hold none
    return "\n".join(lines)


def _argument(argument: Argument) -> str:
    if argument.required:
        return f"{argument.name}: {text(argument.type, MODELS)}"
    type_ = text(either(argument.type, UNSET_TYPE), MODELS)
    return declared(argument.name, type_, "UNSET", 8)


def _call(method: Method, name: str, opening: str, prefix: str = "") -> str:
    streams = f"{prefix}stream_{method.stream}("
    opening += streams if method.stream else "self._call("
    items = ["self", name] if method.stream else [name]
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
    if method.key_keyword:
        items.append(f"idempotency_key={method.key_keyword}")
    return "\n".join(spread(opening, items, ")", 8))


def _constant(method: Method, name: str, context: Context) -> list[str]:
    items = [literal(method.http_method), literal(method.route)]
    items += _operation_keywords(method, context)
    return assigned(name, "Operation", text(method.returns, MODELS), items)


def _operation_keywords(method: Method, context: Context) -> Iterator[str]:
    shapes = [each.type for each in method.answers if each.type != NONE]
    usual = shapes[0] if shapes else NONE
    if usual != NONE:
        yield literal(text(usual))
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
    yield from _by_status("responses", method.answers, usual)
    errors = [each for each in method.errors if each.type != NONE]
    yield from _by_status("errors", errors, context.default_error)
    if method.server:
        yield f"server={literal(method.server.rstrip('/'))}"
    if method.about.deprecated:
        yield "deprecated=True"
    if method.idempotency is not None:
        yield key_value(method.idempotency)
    if method.pages is not None:
        yield f"paging={paging(method.pages)}"


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
    """Write the types that differ from the usual one; all, where a range is one."""
    other = [each for each in answers if each.type != usual]
    if any(not each.status.isdecimal() for each in other):
        other = list(answers)
    pairs = [(literal(each.status), literal(text(each.type))) for each in other]
    if pairs:
        yield mapping(keyword, pairs, 4)


def _accept(method: Method) -> str:
    """Give the header: what the success brings, and JSON for the errors."""
    media = dict.fromkeys(each.media for each in method.answers if each.media)
    if media.keys() <= {"application/json"}:
        return "application/json"
    if "*/*" in media:
        return "*/*"
    errors = [] if "application/json" in media else ["application/json;q=0.9"]
    return ", ".join([*media, *errors])


def tuples(alternatives: tuple[tuple[str, ...], ...]) -> str:
    """Write a tuple of tuples of strings."""
    inner = [
        f"({', '.join(literal(each) for each in one)}{',' if len(one) == 1 else ''})"
        for one in alternatives
    ]
    return f"({', '.join(inner)}{',' if len(inner) == 1 else ''})"


def _doc(method: Method, context: Context) -> str:
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
    if method.idempotency is not None:
        parts.append(key_text(method.idempotency))
    arguments = list(_argument_lines(method))
    if arguments:
        parts.append("\n".join(["Args:", *arguments]))
    errors = raises(method, context.usual_errors)
    if errors:
        parts.append(errors)
    return "\n\n".join(parts)


def _argument_lines(method: Method) -> Iterator[str]:
    given = method.body
    if given and says_more(given.text, method.name, text(given.type)):
        yield f"    body: {one_line(given.text)}"
    for each in method.arguments:
        facts = ["Deprecated."] if each.about.deprecated else []
        facts += constraints(each.schema, each.default)
        names = (method.name, each.name, text(each.type))
        if facts or says_more(each.about.text, *names):
            said = joined(one_line(each.about.text), facts)
            yield f"    {each.name}: {said}"
    if method.key_keyword:
        yield f"    {method.key_keyword}: {KEY_ARGUMENT_TEXT}"
