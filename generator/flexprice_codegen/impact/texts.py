"""Texts in the user's code that are names of a client.

In: the node of a constant. Out: recorded uses: sure where the type of the other side says
what the text means, likely where only the text does.
"""

from __future__ import annotations

import ast

from flexprice_codegen.impact.frame import Frame, get_position
from flexprice_codegen.impact.members import get_attribute
from flexprice_codegen.impact.symbols import Symbol, Way
from flexprice_codegen.impact.values import MemberValue, Value, ValueSet


def record_event(frame: Frame, node: ast.expr) -> None:
    """Record the name of an event where a text is known to be one."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        constant = frame.project.types.events_by_name.get(node.value)
        if constant is not None:
            frame.record(get_position(node), Symbol("event", "", constant), "text")


def record_value(frame: Frame, enum: str, node: ast.Constant, way: Way) -> None:
    """Record a text that is the value of an enum's member."""
    for symbol in frame.project.types.find_members(enum, node.value):
        frame.record(get_position(node), symbol, way)


def record_sent_text(frame: Frame, values: ValueSet, node: ast.expr) -> None:
    """Record a text that is given where a value of an enum is expected."""
    if not isinstance(node, ast.Constant):
        return
    for each in values:
        if isinstance(each, MemberValue):
            record_value(frame, each.name, node, "text")


def record_target(frame: Frame, node: ast.expr) -> None:
    """Record what the dotted path leads to that a function imports, as `mock.patch` does.

    Other texts only look like a path; Python follows this one.
    """
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return
    head, *inner = node.value.split(".")
    if not inner:
        return
    module: Value = frame.project.find_module(head)
    values: ValueSet = frozenset({module})
    position = get_position(node)
    for name in inner:
        values = get_attribute(frame, values, name, position, "text")
        for each in values:
            # A module of the user has it by way of an import.
            symbol = frame.reader.name_value(frame, each)
            if symbol is not None:
                frame.record(position, symbol, "text")


def record_text(frame: Frame, node: ast.Constant) -> None:
    """Record a text that is the name of an event, of a variable, or a dotted path."""
    if isinstance(node.value, bytes):
        _record_body(frame, node, node.value)
    if not isinstance(node.value, str):
        return
    symbol = _find_symbol(frame, node.value)
    if symbol is not None:
        frame.record(get_position(node), symbol, "text", "likely")


def _record_body(frame: Frame, node: ast.Constant, body: bytes) -> None:
    """Record the events that the body of a delivery names."""
    for wire, constant in frame.project.types.events_by_name.items():
        if f'"{wire}"'.encode() in body:
            symbol = Symbol("event", "", constant)
            frame.record(get_position(node), symbol, "text", "likely")


def _find_symbol(frame: Frame, text: str) -> Symbol | None:
    types = frame.project.types
    if text in types.events_by_name:
        return Symbol("event", "", types.events_by_name[text])
    if text in types.variables:
        return Symbol("variable", "", text)
    if "." in text and text.partition(".")[0] in frame.project.client_roots:
        return _find_path(frame, text)
    return None


def _find_path(frame: Frame, text: str) -> Symbol | None:
    """Return what a dotted path leads to, as `mock.patch` takes it."""
    if not frame.project.is_in_client(text):
        return None
    types = frame.project.types
    head, _, name = text.rpartition(".")
    owner = head.rpartition(".")[2]
    resource = types.resources.get(owner)
    if resource is not None and name in types.methods[resource]:
        return Symbol("method", resource, name)
    if owner in types.fields and name in types.fields[owner]:
        return Symbol("field", owner, name)
    if types.has_member(owner, name):
        return Symbol("member", owner, name)
    if owner == "webhooks" and name in types.events:
        return Symbol("event", "", name)
    return Symbol("class", "", name) if name in types.classes else None
