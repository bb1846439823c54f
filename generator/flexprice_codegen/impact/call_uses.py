"""The uses of the client in calls: keywords, the lack of them, and texts.

In: what is called, and the node of the call. Out: recorded uses.
"""

from __future__ import annotations

import ast
import fnmatch
from collections.abc import Iterable

from flexprice_codegen.impact.frame import (
    Frame,
    PassedArguments,
    get_name_position,
    get_position,
)
from flexprice_codegen.impact.members import iter_models
from flexprice_codegen.impact.symbols import Position, Symbol, Way
from flexprice_codegen.impact.texts import record_sent_text, record_target
from flexprice_codegen.impact.values import (
    ClassValue,
    ClientValue,
    LibraryValue,
    MemberValue,
    MethodValue,
    ModelValue,
    PartialValue,
    UserInstance,
    Value,
    ValueSet,
)

_PARTIAL = LibraryValue("functools.partial")
_COPYING = frozenset({"dataclasses.replace", "copy.replace", "functools.partial"})
"""Functions that take the keywords of what they get first."""
_IMPORTING = frozenset(
    {
        "unittest.mock.patch",
        "pytest.MonkeyPatch.setattr",
        "pytest.MonkeyPatch.delattr",
        "pkgutil.resolve_name",
    }
)
"""Functions that import what a dotted path leads to."""


def record_call(
    frame: Frame, callee: Value, node: ast.Call, arguments: PassedArguments
) -> None:
    """Record the uses of the client that are in a call itself.

    Args:
        frame: The scope.
        callee: What is called.
        node: The call.
        arguments: What it gets.
    """
    match callee:
        case MethodValue():
            _record_method(frame, callee, node)
        case ClassValue(of=ModelValue(name=name)):
            record_constructor(frame, name, node)
        case ClassValue(of=UserInstance(number=number)):
            owner = frame.project.classes[number]
            if frame.project.attributes.get((number, "__init__")) is None:
                for model in iter_models(frame, owner):
                    record_constructor(frame, model.name, node)
        case ClassValue(of=MemberValue(name=enum)) if node.args:
            _record_value(frame, enum, node.args[0])
        case ClassValue(of=ClientValue()):
            _record_options(frame, node)
        case LibraryValue(name=name):
            _record_library_call(frame, name, node, arguments)
        case PartialValue(of=inner):
            _record_keywords(frame, inner, node.keywords, "keyword")
        case _:
            pass


def record_passed_methods(
    frame: Frame, callees: ValueSet, node: ast.Call, arguments: PassedArguments
) -> None:
    """Record the methods among the arguments of a call: whoever gets them calls them.

    Args:
        frame: The scope.
        callees: What is called.
        node: The call.
        arguments: What it gets.
    """
    is_partial = _PARTIAL in callees
    given = [each.arg for each in node.keywords if each.arg and is_partial]
    for each, values in zip(node.args, arguments.positional, strict=True):
        record_passed(frame, each, values, given)
    named = [each.value for each in node.keywords if each.arg is not None]
    for each, (_, values) in zip(named, arguments.keywords, strict=True):
        record_passed(frame, each, values)
    if is_partial and node.args:
        _record_partial(frame, node.args[0], arguments.get(0), given)


def record_passed(
    frame: Frame, node: ast.expr, values: ValueSet, given: Iterable[str] = ()
) -> None:
    """Record a method that is passed on, with the keywords that it surely gets.

    Args:
        frame: The scope.
        node: The expression that is passed on.
        values: What it can be.
        given: The keywords.
    """
    for each in values:
        if isinstance(each, MethodValue):
            symbol = Symbol("call", each.resource, each.name)
            position = _get_reference_position(node)
            frame.record_given(position, symbol, given, "attribute")


def _record_partial(
    frame: Frame, node: ast.expr, values: ValueSet, given: Iterable[str]
) -> None:
    """Record a constructor that gets some of its keywords from `partial`."""
    for each in values:
        if isinstance(each, ClassValue) and isinstance(each.of, ModelValue):
            symbol = Symbol("constructor", "", each.of.name)
            position = _get_reference_position(node)
            frame.record_given(position, symbol, given, "attribute")


def _record_method(frame: Frame, method: MethodValue, node: ast.Call) -> None:
    _record_keywords(frame, method, node.keywords, "keyword")
    symbol = Symbol("call", method.resource, method.name)
    _record_given(frame, symbol, node, _get_reference_position(node.func))


def _record_given(
    frame: Frame, symbol: Symbol, node: ast.Call, position: Position
) -> None:
    """Record the keywords of a call, or that some of them are not known."""
    given = [each.arg for each in node.keywords if each.arg is not None]
    is_unpacked = len(given) < len(node.keywords)
    way: Way = "unpacked" if is_unpacked else "missing"
    frame.record_given(position, symbol, given, way)


def _get_reference_position(node: ast.expr) -> Position:
    """Return the position of a name, or of the last one in a chain of attributes."""
    if isinstance(node, ast.Attribute):
        return get_name_position(node)
    return get_position(node)


def record_constructor(frame: Frame, name: str, node: ast.Call) -> None:
    """Record the keywords of a constructor, and those that it lacks.

    Args:
        frame: The scope.
        name: The class.
        node: The call.
    """
    model = ClassValue(ModelValue(name))
    _record_keywords(frame, model, node.keywords, "keyword")
    symbol = Symbol("constructor", "", name)
    _record_given(frame, symbol, node, _get_reference_position(node.func))


def _record_keywords(
    frame: Frame, callee: Value, keywords: Iterable[ast.keyword], way: Way
) -> None:
    """Record the keywords of a call that the client has."""
    types = frame.project.types
    for each in keywords:
        if each.arg is None:
            continue
        position = Position(
            each.lineno, each.col_offset, each.col_offset + len(each.arg.encode())
        )
        match callee:
            case ClassValue(of=ModelValue(name=name)) | ModelValue(name=name):
                if each.arg in types.fields[name]:
                    frame.record(position, Symbol("field", name, each.arg), way)
                    record_sent_text(frame, types.fields[name][each.arg], each.value)
            case MethodValue(resource=resource, name=method):
                keywords_of = types.methods[resource][method].keywords
                if each.arg in keywords_of:
                    owner = f"{resource}.{method}"
                    frame.record(position, Symbol("keyword", owner, each.arg), way)
                    record_sent_text(frame, keywords_of[each.arg], each.value)
            case PartialValue(of=inner):
                _record_keywords(frame, inner, [each], way)
            case ClassValue(of=UserInstance(number=number)):
                owned = frame.project.classes[number]
                for model in iter_models(frame, owned):
                    _record_keywords(frame, model, [each], way)
            case _:
                pass


def _record_options(frame: Frame, node: ast.Call) -> None:
    """Record the credentials and the server that a client is created with."""
    types = frame.project.types
    for each in node.keywords:
        if each.arg in types.options:
            position = Position(
                each.lineno, each.col_offset, each.col_offset + len(each.arg.encode())
            )
            frame.record(position, Symbol("option", types.client, each.arg), "keyword")
        elif each.arg == "server":
            _record_server(frame, each.value)


def _record_server(frame: Frame, node: ast.expr) -> None:
    types = frame.project.types
    if isinstance(node, ast.Constant) and node.value in types.servers:
        symbol = Symbol("server", types.client, str(node.value))
        frame.record(get_position(node), symbol, "text")


def _record_value(frame: Frame, enum: str, node: ast.expr) -> None:
    if isinstance(node, ast.Constant):
        for symbol in frame.project.types.find_members(enum, node.value):
            frame.record(get_position(node), symbol, "text")


def _record_library_call(
    frame: Frame, name: str, node: ast.Call, arguments: PassedArguments
) -> None:
    if name in _COPYING:
        for each in arguments.get(0):
            _record_keywords(frame, each, node.keywords, "keyword")
    elif name in _IMPORTING and node.args:
        record_target(frame, node.args[0])
    elif name == "webhooks.on_group" and node.args:
        _record_group(frame, node.args[0])


def _record_group(frame: Frame, node: ast.expr) -> None:
    """Record the events that a group of events has."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return
    for wire, constant in frame.project.types.events_by_name.items():
        if fnmatch.fnmatchcase(wire, node.value):
            frame.record(get_position(node), Symbol("event", "", constant), "group")
