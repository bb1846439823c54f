"""What a generated module may hold, as data: the judge of the tests with hostile text.

In: the files of a package. Out: a sentence for every import, statement, call, name or
character that no template of ours writes.
"""

from __future__ import annotations

import ast
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

OUTSIDE = {
    "collections.abc",
    "__future__",
    "builtins",
    "dataclasses",
    "datetime",
    "decimal",
    "functools",
    "httpx2",
    "msgspec",
    "typing",
}
CALLS = {
    "ServerTemplate",
    "BodyChoice",
    "ClientConfig",
    "CookieScheme",
    "DeepObject",
    "EventPayloads",
    "EventType",
    "HiddenSettings",
    "JsonHeader",
    "JsonText",
    "KeyFields",
    "Masks",
    "Label",
    "Lazy",
    "Matrix",
    "Nested",
    "Operation",
    "BatchPlan",
    "RefusedItems",
    "Paging",
    "PartEncoding",
    "QueryScheme",
    "Reserved",
    "Scheme",
    "SentAs",
    "TypeVar",
    "TypedDict",
    "_araw_stream",
    "_cookies",
    "_raw_stream",
    "_warn_of_call",
    "WireNames",
    "self._change",
    "Style",
    "__name__.rpartition",
    "araw",
    "astream_events",
    "astream_values",
    "_calls",
    "dataclass",
    "event_sources.NameSource",
    "packed_events.PackedPayloads",
    "packed_events.PackedSource",
    "event_sources.RuleHeader",
    "event_sources.SourcedPayloads",
    "fake.Facts",
    "field",
    "frozenset",
    "lazy",
    "lazy_with_former_names",
    "make_builder",
    "one_of",
    "partial",
    "raw",
    "self._call",
    "set_stream",
    "wants_stream",
    "with_content_type",
    "stream_events",
    "stream_values",
    "super",
    "super().__init__",
}
BASES = {
    "AsyncClient",
    "AsyncResource",
    "BaseClient[_HTTPClient]",
    "Generic[_Token, _HTTPClient]",
    "OpenIntEnum",
    "OpenStrEnum",
    "Resource",
    "SyncClient",
    "TypedDict",
    "_Client[AsyncToken, httpx2.AsyncClient]",
    "_Client[Token, httpx2.Client]",
    "_Client[httpx2.AsyncClient]",
    "_Client[httpx2.Client]",
    "batching.AsyncBatch[T]",
    "batching.Batch[T]",
    "fake.FakeTransport",
    "packed_events.AsyncPackedWebhookRouter",
    "packed_events.PackedWebhookRouter",
    "recorder.TrafficRecorder",
    "routing.AsyncWebhookRouter",
    "routing.WebhookRouter",
}
NAMES = {
    "_Async",
    "__name__",
    "bool",
    "bytes",
    "dict",
    "float",
    "hidden",
    "object",
    "frozenset",
    "int",
    "list",
    "str",
    "super",
}
OF_RAW = {"raw", "araw", "_raw_stream", "_araw_stream"}
"""The functions that say what a method returns in `with_raw_response`."""
DOCS = {"batching.AsyncBatch.__doc__", "batching.Batch.__doc__"}
REQUESTS = {"SyncClient.request_undocumented", "AsyncClient.request_undocumented"}
ATTRIBUTES = {
    "builtins.list",  # beside a method with that name
    "self._call",
    "self._change",
    "self._hidden",
    *DOCS,
    *REQUESTS,
    "batching.AsyncBatch",
    "batching.Batch",
    "super().__init__",
    "__name__.rpartition",
    "EVENT_PAYLOADS.make_body",
    "EVENT_PAYLOADS.make_event",
    "EVENT_PAYLOADS.parse",
    "EVENT_PAYLOADS.parse_all",
    "event_sources.NameSource",
    "packed_events.AsyncPackedWebhookRouter",
    "packed_events.PackedPayloads",
    "packed_events.PackedSource",
    "packed_events.PackedWebhookRouter",
    "event_sources.RuleHeader",
    "event_sources.SourcedPayloads",
    "fake.Facts",
    "fake.FakeTransport",
    "httpx2.AsyncClient",
    "httpx2.Client",
    "routing.AsyncWebhookRouter",
    "routing.WebhookRouter",
    "deliveries.Delivery",
    "deliveries.WebhookSignatureError",
    "deliveries.sign",
    "recorder.TrafficRecorder",
    "events.AnyEvent",
    "events.Event",
    "events.EventPayloads",
    "events.EventType",
    "events.UndocumentedEvent",
    "events.UnknownEvent",
    "events.WebhookPayloadError",
    "routing.Answer",
    "routing.AsyncMemory",
    "routing.Memory",
    "routing.RecentDeliveries",
    "routing.asgi_app",
    "routing.wsgi_app",
}
SECRETS_IN = {"__init__": "self._hidden", "with_options": "hidden"}
"""Where functions that are given secrets put them."""
NODES = (
    ast.Module,
    ast.Import,
    ast.ImportFrom,
    ast.alias,
    ast.If,
    ast.BoolOp,
    ast.Or,
    ast.ClassDef,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.arguments,
    ast.arg,
    ast.Assign,
    ast.AnnAssign,
    ast.Delete,
    ast.Expr,
    ast.Pass,
    ast.Return,
    ast.Await,
    ast.Call,
    ast.keyword,
    ast.Lambda,
    ast.Name,
    ast.Attribute,
    ast.Constant,
    ast.Subscript,
    ast.BinOp,
    ast.BitOr,
    ast.UnaryOp,
    ast.USub,
    ast.Tuple,
    ast.List,
    ast.Dict,
    ast.expr_context,
)
DECORATOR = "dataclass(slots=True, kw_only=True)"
HIDDEN = {"Cc", "Cs", "Zl", "Zp"}
DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def offences(files: Mapping[str, str]) -> list[str]:
    """Judge the Python files of a package, the runtime aside."""
    return [
        f"{path}: {said}"
        for path, text in files.items()
        if path.endswith(".py") and not path.startswith("runtime/")
        for said in (*_characters(text), *_of_module(path, text, files))
    ]


def _characters(text: str) -> Iterator[str]:
    for each in set(text) - {"\n"}:
        hidden = unicodedata.category(each) in HIDDEN
        if hidden or unicodedata.bidirectional(each) in DIRECTIONS or each == "\u061c":
            yield f"the hidden character {each!r}"


def _of_module(path: str, text: str, files: Mapping[str, str]) -> Iterator[str]:
    tree = ast.parse(text)
    known = NAMES | _bound(tree)
    typed = _raw_methods(tree)
    calls = CALLS | _builders(tree)
    for statement in tree.body:
        yield from _of_statement(statement)
    for node in ast.walk(tree):
        if not isinstance(node, NODES):
            yield f"{node.lineno if hasattr(node, 'lineno') else 0}: a {type(node).__name__}"
        match node:
            case ast.Import() | ast.ImportFrom():
                yield from _of_import(path, node, files)
            case ast.Call() if ast.unparse(node.func) not in calls:
                yield f"{node.lineno}: a call of {ast.unparse(node.func)}"
            case ast.Attribute() if not _is_known(node) and id(node) not in typed:
                yield f"{node.lineno}: the attribute {ast.unparse(node)}"
            case ast.Name(ctx=ast.Load()) if node.id not in known:
                yield f"{node.lineno}: the name {node.id}"
            case ast.Constant() if isinstance(node.value, complex):
                yield f"{node.lineno}: the number {node.value}"
            case _:
                pass


def _bound(tree: ast.Module) -> set[str]:
    """Return the names that a module imports, defines or takes as arguments."""
    found = set()
    for node in ast.walk(tree):
        match node:
            case ast.alias():
                found.add(node.asname or node.name)
            case ast.ClassDef():
                found.add(node.name)
            case ast.arg():
                found.add(node.arg)
            case _:
                pass
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=targets):
                found.update(n.id for n in targets if isinstance(n, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                found.add(name)
            case _:
                pass
    return found


def _builders(tree: ast.Module) -> set[str]:
    """Return the functions that make bodies of dicts."""
    found = set()
    for statement in tree.body:
        match statement:
            case ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.Call(func=ast.Name(id="make_builder")),
            ):
                found.add(name)
    return found


def _is_known(node: ast.Attribute) -> bool:
    packages = ("models", "_resources")
    is_class = isinstance(node.value, ast.Name) and node.value.id in packages
    return is_class or ast.unparse(node) in ATTRIBUTES


def _raw_methods(tree: ast.Module) -> set[int]:
    """Return the nodes of `name = raw(Owner.name)`, which types raw answers."""
    owners = {each.name for each in tree.body if isinstance(each, ast.ClassDef)}
    return {
        id(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in OF_RAW
        if len(node.args) == 1 and not node.keywords
        if ast.unparse(node.args[0]).partition(".")[0] in owners | {"_Async"}
    }


def _is_base(node: ast.expr) -> bool:
    match node:
        case ast.Subscript(
            value=ast.Name(id="Resource" | "AsyncResource"),
            slice=ast.Constant(value=str(name)),
        ):
            return name.isidentifier() and name.endswith("WithRawResponse")
    return ast.unparse(node) in BASES


def _of_import(
    path: str, node: ast.Import | ast.ImportFrom, files: Mapping[str, str]
) -> Iterator[str]:
    if isinstance(node, ast.Import):
        outside = [each.name for each in node.names]
    elif node.level == 0:
        outside = [node.module or ""]
    else:
        outside = []
        base = PurePosixPath(path).parents[node.level - 1]
        target = base.joinpath(*(node.module or "").split("."))
        inside = {f"{target}.py", f"{target}/__init__.py", "__init__.py"}
        if not inside & files.keys():
            yield f"{node.lineno}: an import of {node.module}"
    for each in outside:
        if each not in OUTSIDE:
            yield f"{node.lineno}: an import of {each}"


def _of_statement(node: ast.stmt) -> Iterator[str]:
    """Judge a statement at the top of a module."""
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Assign() | ast.AnnAssign():
            return
        case ast.Expr(value=ast.Constant(value=str())):
            return
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            for each in (*node.body, *node.orelse):
                yield from _of_statement(each)
        case ast.ClassDef():
            yield from _of_class(node)
        case _:
            yield f"{node.lineno}: the statement {ast.unparse(node)[:60]}"


def _of_class(node: ast.ClassDef) -> Iterator[str]:
    for decorator in node.decorator_list:
        if ast.unparse(decorator) != DECORATOR:
            yield f"{node.lineno}: the decorator {ast.unparse(decorator)}"
    if not all(map(_is_base, node.bases)) or node.keywords:
        yield f"{node.lineno}: the bases of {node.name}"
    for each in node.body:
        match each:
            case (
                ast.AnnAssign() | ast.Pass() | ast.Expr(value=ast.Constant(value=str()))
            ):
                pass
            case ast.Assign(value=value):
                if not _is_member(node, value):
                    yield f"{each.lineno}: the member {ast.unparse(each)}"
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield from _of_function(each)
            case _:
                yield f"{each.lineno}: the statement {ast.unparse(each)[:60]}"


def _is_member(owner: ast.ClassDef, value: ast.expr) -> bool:
    """Return whether a class may have a value as a member."""
    match value:
        case ast.Call(func=ast.Name(id=function)) if function in OF_RAW:
            return True
        case ast.Call(func=ast.Name(id="Lazy"), args=[ast.Lambda(body=found)]):
            return isinstance(found, ast.Attribute) and _is_known(found)
        case ast.Attribute():
            return ast.unparse(value) in REQUESTS | DOCS
        case ast.UnaryOp(operand=ast.Constant()) | ast.Constant() | ast.Name():
            return True
    return _is_setting_of_recorder(owner, value)


def _is_setting_of_recorder(owner: ast.ClassDef, value: ast.expr) -> bool:
    """Decide whether a member of the recorder is strings, or what is masked."""
    if [ast.unparse(base) for base in owner.bases] != ["recorder.TrafficRecorder"]:
        return False
    given = [value]
    if isinstance(value, ast.Call) and ast.unparse(value.func) == "Masks":
        given = [keyword.value for keyword in value.keywords]
    return all(
        isinstance(each, ast.Tuple)
        and all(isinstance(element, ast.Constant) for element in each.elts)
        for each in given
    )


def _after_hiding(
    node: ast.FunctionDef | ast.AsyncFunctionDef, body: list[ast.stmt]
) -> list[ast.stmt]:
    """Return what a function of a client does once it has put its secrets away."""
    names = {each.arg for each in node.args.kwonlyargs}
    match body:
        case [
            ast.Assign(
                targets=[target], value=ast.Call(func=ast.Name("HiddenSettings"))
            ),
            # black puts brackets around names that need more than a line
            ast.Delete(targets=[ast.Tuple(elts=deleted)] | deleted),
            *rest,
        ] if ast.unparse(target) == SECRETS_IN[node.name] and names.issuperset(
            map(ast.unparse, deleted)
        ):
            return rest
    return body


def _is_of_operation(decorator: ast.expr) -> bool:
    """Return whether a decorator says which operation a method calls."""
    match decorator:
        case ast.Call(func=ast.Name(id="_calls"), args=[ast.Name()], keywords=[]):
            return True
    return False


def _is_warning(statement: ast.stmt) -> bool:
    """Return whether a statement warns of a deprecated operation."""
    match statement:
        case ast.Expr(
            value=ast.Call(
                func=ast.Name(id="_warn_of_call"), args=[ast.Name()], keywords=[]
            )
        ):
            return True
    return False


def _is_stream_switch(body: list[ast.stmt]) -> bool:
    """Return whether a body calls one operation or, if it is asked to, its stream."""
    match body:
        case [
            ast.If(
                test=ast.Call(func=ast.Name(id="wants_stream")),
                body=[ast.Return()],
                orelse=[],
            ),
            ast.Return(),
        ]:
            return True
    return False


def _of_function(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    body = node.body
    decorators = [*map(ast.unparse, node.decorator_list)]
    # A signature without a body does nothing.
    is_typing = decorators in ([], ["overload"]) and [*map(ast.unparse, body)] == [
        "..."
    ]
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    if node.name in SECRETS_IN:
        body = _after_hiding(node, body)
    if body and _is_warning(body[0]):
        body = body[1:]
    plain = len(body) == 1 and isinstance(body[0], ast.Return | ast.Expr)
    plain = plain or _is_stream_switch(body)
    is_of_operation = all(map(_is_of_operation, node.decorator_list))
    if not is_typing and not (plain and is_of_operation):
        yield f"{node.lineno}: the function {node.name}"
    for default in (*node.args.defaults, *node.args.kw_defaults):
        if default is not None and not _is_plain(default):
            yield f"{default.lineno}: the default {ast.unparse(default)}"


def _is_plain(default: ast.expr) -> bool:
    """Return whether a default is a constant, with or without a sign, or a name."""
    plain = default.operand if isinstance(default, ast.UnaryOp) else default
    return isinstance(plain, ast.Constant | ast.Name)
