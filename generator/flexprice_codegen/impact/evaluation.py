"""Expressions of the user's code.

In: the node of an expression. Out: what it can be; uses in it are recorded.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Iterable
from typing import TypeAlias, cast

from flexprice_codegen.impact.calls import evaluate_call
from flexprice_codegen.impact.frame import (
    Frame,
    get_dotted_name,
    get_name_position,
    get_position,
)
from flexprice_codegen.impact.hints import get_last_name, read_hint
from flexprice_codegen.impact.members import as_row, find_in_class, get_attribute
from flexprice_codegen.impact.narrowing import narrow
from flexprice_codegen.impact.protocols import get_item, iterate
from flexprice_codegen.impact.symbols import Position, Symbol, Way
from flexprice_codegen.impact.texts import record_event, record_text, record_value
from flexprice_codegen.impact.values import (
    OTHER,
    UNKNOWN,
    AliasValue,
    ClassValue,
    ClientValue,
    CollectionValue,
    ConstantValue,
    EventNameValue,
    LibraryValue,
    MemberValue,
    ModelValue,
    RecordValue,
    ReturningValue,
    RowValue,
    TableValue,
    UnknownValue,
    UserInstance,
    Value,
    ValueSet,
    iterate_values,
    join_values,
)

# A name of ours can hide them, but nobody has to import them.
_BUILTINS = frozenset(dir(builtins))
_NOWHERE = Position(0, 0, 0)
# In brackets they are type hints, not subscripts.
_GENERIC_BUILTINS = frozenset({"list", "dict", "set", "frozenset", "tuple", "type"})


def evaluate(frame: Frame, node: ast.expr) -> ValueSet:
    """Return what an expression can be, and record the uses in it."""
    read = _EVALUATORS.get(type(node))
    if read is not None:
        return read(frame, node)
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            evaluate(frame, child)
    return OTHER


def _evaluate_name(frame: Frame, node: ast.expr) -> ValueSet:
    assert isinstance(node, ast.Name)
    values = frame.look_up(node.id)
    if values is None:
        if node.id in _BUILTINS:
            return frozenset({LibraryValue(f"builtins.{node.id}")})
        return UNKNOWN
    for each in values:
        symbol = name_value(frame, each)
        if symbol is not None:
            frame.record(get_position(node), symbol, "name")
    return values


def name_value(frame: Frame, value: Value) -> Symbol | None:
    """Return the symbol that a name in the code means, if it is one of a client."""
    match value:
        case ClassValue(of=ModelValue(name=name) | MemberValue(name=name)):
            return Symbol("class", "", name)
        case AliasValue(name=name) if name:
            return Symbol("class", "", name)
        case ClassValue(of=ClientValue()):
            return Symbol("client", "", frame.project.types.client)
        case ConstantValue(name=name):
            return Symbol("event", "", name)
        case LibraryValue(name="client.paged"):
            return Symbol("export", "", "paged")
        case _:
            return None


def _evaluate_attribute(frame: Frame, node: ast.expr) -> ValueSet:
    assert isinstance(node, ast.Attribute)
    way: Way = "attribute" if isinstance(node.ctx, ast.Load) else "write"
    receivers = evaluate(frame, node.value)
    position = get_name_position(node)
    values = get_attribute(frame, receivers, node.attr, position, way)
    if UnknownValue() in receivers:
        _record_untyped(frame, node, position)
    if frame.narrowed and isinstance(node.ctx, ast.Load):
        return frame.narrowed.get(get_dotted_name(node), values)
    return values


def _record_untyped(frame: Frame, node: ast.Attribute, position: Position) -> None:
    """Record an attribute of something unknown that has the name of a wanted symbol."""
    for symbol in frame.project.recorder.list_named(node.attr):
        if symbol.kind == "method" and symbol.owner == _get_namespace(node.value):
            frame.record(position, symbol, "untyped", "likely")
        else:
            frame.record(position, symbol, "untyped", "maybe")


def _get_namespace(node: ast.expr) -> str:
    """Return the name in front of that of a method: `customers` in `x.customers.y`."""
    if isinstance(node, ast.Attribute) and node.attr == "with_raw_response":
        return get_last_name(node.value)
    return get_last_name(node)


def _evaluate_value(frame: Frame, node: ast.expr) -> ValueSet:
    assert isinstance(node, ast.Await | ast.Starred)
    return evaluate(frame, node.value)


def _evaluate_operators(frame: Frame, node: ast.expr) -> ValueSet:
    """Return what `and` and `or` return: any of their operands."""
    assert isinstance(node, ast.BoolOp)
    state = frame.save()
    found = []
    for each in node.values:
        found.append(evaluate(frame, each))
        narrow(frame, each, is_true=isinstance(node.op, ast.And))
    frame.restore(state)
    return join_values(*found)


def _evaluate_condition(frame: Frame, node: ast.expr) -> ValueSet:
    assert isinstance(node, ast.IfExp)
    evaluate(frame, node.test)
    state = frame.save()
    narrow(frame, node.test, is_true=True)
    body = evaluate(frame, node.body)
    frame.restore(state)
    narrow(frame, node.test, is_true=False)
    otherwise = evaluate(frame, node.orelse)
    frame.restore(state)
    return body | otherwise


def _evaluate_assignment(frame: Frame, node: ast.expr) -> ValueSet:
    assert isinstance(node, ast.NamedExpr)
    values = evaluate(frame, node.value)
    frame.assign(node.target.id, values)
    return values


def _evaluate_binary(frame: Frame, node: ast.expr) -> ValueSet:
    assert isinstance(node, ast.BinOp)
    left = evaluate(frame, node.left)
    right = evaluate(frame, node.right)
    if isinstance(node.op, ast.BitOr | ast.Add):
        return left | right
    return OTHER


def _evaluate_subscript(frame: Frame, node: ast.expr) -> ValueSet:
    assert isinstance(node, ast.Subscript)
    if get_last_name(node.value) in _GENERIC_BUILTINS:
        return frozenset({AliasValue(read_hint(frame, node))})
    values = evaluate(frame, node.value)
    evaluate(frame, node.slice)
    found: set[Value] = set()
    for each in values:
        found |= _index(frame, as_row(frame, each), node)
    return frozenset(found)


def _index(frame: Frame, value: Value, node: ast.Subscript) -> ValueSet:
    """Return an item of a value."""
    key = node.slice.value if isinstance(node.slice, ast.Constant) else None
    match value:
        case CollectionValue() if isinstance(node.slice, ast.Slice):
            return frozenset({value})
        case CollectionValue(items=items):
            return items
        case RowValue(items=items):
            return _index_row(items, node.slice)
        case TableValue():
            return dict(value.entries).get(str(key), value.values)
        case RecordValue(name=name) if isinstance(key, str):
            position = get_position(node.slice)
            return get_attribute(
                frame, frozenset({ModelValue(name)}), key, position, "text"
            )
        case ClassValue(of=MemberValue(name=name)) if isinstance(key, str):
            return _index_enum(frame, name, key, node.slice)
        case ClassValue():
            return frozenset({value})
        case UserInstance(number=number) if isinstance(key, str):
            # A `TypedDict`: its keys are the names in its class.
            field = find_in_class(frame, number, key, _NOWHERE, "text")
            return get_item(frame, value) if field is None else field
        case UserInstance():
            return get_item(frame, value)
        case LibraryValue(name=name):
            return _index_library(frame, name, node)
        case UnknownValue():
            return UNKNOWN
        case _:
            return OTHER


def _index_row(items: tuple[ValueSet, ...], index: ast.expr) -> ValueSet:
    number = index.value if isinstance(index, ast.Constant) else None
    if isinstance(number, int) and -len(items) <= number < len(items):
        return items[number]
    if isinstance(index, ast.Slice):
        return frozenset({CollectionValue(join_values(*items))})
    return join_values(*items)


def _index_enum(frame: Frame, enum: str, name: str, node: ast.expr) -> ValueSet:
    """Record `Enum["MEMBER"]`."""
    if frame.project.types.has_member(enum, name):
        frame.record(get_position(node), Symbol("member", enum, name), "text")
    return frozenset({MemberValue(enum)})


def _index_library(frame: Frame, name: str, node: ast.Subscript) -> ValueSet:
    """Return an alias for a generic type in an expression, such as `Optional[X]`."""
    if name == "webhooks.EVENT_PAYLOADS":
        record_event(frame, node.slice)
        return UNKNOWN
    return frozenset({AliasValue(read_hint(frame, node))})


def _evaluate_comprehension(frame: Frame, node: ast.expr) -> ValueSet:
    assert isinstance(
        node, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
    )
    state = frame.save()
    was_module = frame.is_module
    was_class = frame.is_class_body
    # The variables of a comprehension do not become names of the module.
    frame.is_module = False
    frame.is_class_body = False
    for generator in node.generators:
        items = iterate(frame, evaluate(frame, generator.iter))
        frame.reader.bind(frame, generator.target, items)
        for each in generator.ifs:
            evaluate(frame, each)
            narrow(frame, each, is_true=True)

    if isinstance(node, ast.DictComp):
        keys = evaluate(frame, node.key)
        made: Value = TableValue(keys, evaluate(frame, node.value))
    else:
        made = CollectionValue(evaluate(frame, node.elt))
    frame.restore(state)
    frame.is_module = was_module
    frame.is_class_body = was_class
    return frozenset({made})


def _evaluate_list(frame: Frame, node: ast.expr) -> ValueSet:
    assert isinstance(node, ast.List | ast.Set)
    return frozenset({CollectionValue(_join_elements(frame, node.elts))})


def _evaluate_tuple(frame: Frame, node: ast.expr) -> ValueSet:
    assert isinstance(node, ast.Tuple)
    if any(isinstance(each, ast.Starred) for each in node.elts):
        return frozenset({CollectionValue(_join_elements(frame, node.elts))})
    return frozenset({RowValue(tuple(evaluate(frame, each) for each in node.elts))})


def _join_elements(frame: Frame, nodes: Iterable[ast.expr]) -> ValueSet:
    found: set[Value] = set()
    for each in nodes:
        values = evaluate(frame, each)
        found |= iterate(frame, values) if isinstance(each, ast.Starred) else values
    return frozenset(found)


def _evaluate_dict(frame: Frame, node: ast.expr) -> ValueSet:
    assert isinstance(node, ast.Dict)
    keys: set[Value] = set()
    values: set[Value] = set()
    entries: list[tuple[str, ValueSet]] = []
    for key, value in zip(node.keys, node.values, strict=True):
        found = evaluate(frame, value)
        if key is None:
            inner = [each for each in found if isinstance(each, TableValue)]
            values |= join_values(*(each.values for each in inner))
            continue
        keys |= evaluate(frame, key)
        values |= found
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            entries.append((key.value, found))
    _record_choice(frame, node, keys)
    table = TableValue(frozenset(keys), frozenset(values), tuple(entries))
    return frozenset({table})


def _record_choice(frame: Frame, node: ast.Dict, keys: Iterable[Value]) -> None:
    """Record a dictionary with several members of one enum as its keys."""
    enums = {each.name for each in keys if isinstance(each, MemberValue)}
    if len(enums) == 1 and len(node.keys) > 1:
        frame.record(get_position(node), Symbol("choice", "", *enums), "missing")


def _evaluate_lambda(frame: Frame, node: ast.expr) -> ValueSet:
    assert isinstance(node, ast.Lambda)
    return evaluate_lambda(frame, node, ())


def evaluate_lambda(
    frame: Frame, node: ast.Lambda, given: tuple[ValueSet, ...]
) -> ValueSet:
    """Return a lambda as a value; its parameters are what a call gives.

    Args:
        frame: The scope.
        node: The lambda.
        given: The arguments, as far as they are known.
    """
    state = frame.save()
    parameters = [*node.args.posonlyargs, *node.args.args]
    for index, each in enumerate(parameters):
        frame.names[each.arg] = given[index] if index < len(given) else UNKNOWN
    for each in node.args.kwonlyargs:
        frame.names[each.arg] = UNKNOWN
    for default in [*node.args.defaults, *filter(None, node.args.kw_defaults)]:
        evaluate(frame, default)
    result = evaluate(frame, node.body)
    frame.restore(state)
    return frozenset({ReturningValue(result)})


def _evaluate_comparison(frame: Frame, node: ast.expr) -> ValueSet:
    assert isinstance(node, ast.Compare)
    sides = [node.left, *node.comparators]
    values = join_values(*(evaluate(frame, each) for each in sides))
    if EventNameValue() in values:
        for side in sides:
            for text in _iter_constants(side):
                record_event(frame, text)
    enums = {
        each.name for each in _iter_compared(values) if isinstance(each, MemberValue)
    }
    for enum in enums:
        for side in sides:
            for text in _iter_constants(side):
                record_value(frame, enum, text, "text")
    return OTHER


def _iter_compared(values: ValueSet) -> Iterable[Value]:
    """Yield the values that are compared, and the items of collections."""
    yield from values
    for each in values:
        if isinstance(each, CollectionValue | RowValue):
            yield from iterate_values(frozenset({each}))


def _iter_constants(node: ast.expr) -> Iterable[ast.Constant]:
    if isinstance(node, ast.Constant):
        yield node
    elif isinstance(node, ast.List | ast.Tuple | ast.Set):
        yield from (each for each in node.elts if isinstance(each, ast.Constant))


def _evaluate_constant(frame: Frame, node: ast.expr) -> ValueSet:
    assert isinstance(node, ast.Constant)
    record_text(frame, node)
    return OTHER


def _evaluate_yield(frame: Frame, node: ast.expr) -> ValueSet:
    assert isinstance(node, ast.Yield | ast.YieldFrom)
    values = evaluate(frame, node.value) if node.value is not None else OTHER
    if isinstance(node, ast.YieldFrom):
        values = iterate(frame, values)
    if frame.function is not None:
        frame.project.yields.add(frame.function.number, values)
    return UNKNOWN


def _evaluate_call(frame: Frame, node: ast.expr) -> ValueSet:
    return evaluate_call(frame, cast("ast.Call", node))


_Evaluator: TypeAlias = Callable[[Frame, ast.expr], ValueSet]
_EVALUATORS: dict[type[ast.expr], _Evaluator] = {
    ast.Name: _evaluate_name,
    ast.Attribute: _evaluate_attribute,
    ast.Call: _evaluate_call,
    ast.Await: _evaluate_value,
    ast.Starred: _evaluate_value,
    ast.BoolOp: _evaluate_operators,
    ast.IfExp: _evaluate_condition,
    ast.NamedExpr: _evaluate_assignment,
    ast.BinOp: _evaluate_binary,
    ast.Subscript: _evaluate_subscript,
    ast.ListComp: _evaluate_comprehension,
    ast.SetComp: _evaluate_comprehension,
    ast.GeneratorExp: _evaluate_comprehension,
    ast.DictComp: _evaluate_comprehension,
    ast.List: _evaluate_list,
    ast.Set: _evaluate_list,
    ast.Tuple: _evaluate_tuple,
    ast.Dict: _evaluate_dict,
    ast.Lambda: _evaluate_lambda,
    ast.Compare: _evaluate_comparison,
    ast.Constant: _evaluate_constant,
    ast.Yield: _evaluate_yield,
    ast.YieldFrom: _evaluate_yield,
}
