"""Calls in the user's code.

In: the node of a call. Out: what it returns. The keywords of methods and constructors of
the client are recorded, and what a call gives to functions of the user is passed on.
"""

from __future__ import annotations

import ast

from flexprice_codegen.impact.call_uses import record_call, record_passed_methods
from flexprice_codegen.impact.frame import (
    Frame,
    PassedArguments,
    get_position,
)
from flexprice_codegen.impact.functional_classes import (
    FUNCTIONAL_CLASSES,
    define_by_call,
)
from flexprice_codegen.impact.growing import grow_by_call
from flexprice_codegen.impact.library_calls import call_library, call_unknown_method
from flexprice_codegen.impact.members import find_in_class, get_attribute
from flexprice_codegen.impact.symbols import Position
from flexprice_codegen.impact.values import (
    OTHER,
    UNKNOWN,
    AliasValue,
    ClassValue,
    CollectionValue,
    EventValue,
    FunctionValue,
    GetterValue,
    HolderValue,
    LibraryValue,
    MethodValue,
    ModelValue,
    PartialValue,
    RecordValue,
    RegistrarValue,
    ReturningValue,
    SuperValue,
    TableValue,
    UnknownValue,
    UserInstance,
    Value,
    ValueSet,
    VariableValue,
    iterate_values,
    join_values,
)

_NOWHERE = Position(0, 0, 0)
# They name an attribute by a text, which is a use like any other.
_ATTRIBUTE_FUNCTIONS = frozenset(
    {"builtins.getattr", "builtins.setattr", "builtins.hasattr", "builtins.delattr"}
)
_PATCHING_FUNCTIONS = frozenset(
    {
        "unittest.mock.patch.object",
        "pytest.MonkeyPatch.setattr",
        "pytest.MonkeyPatch.delattr",
    }
)
"""Functions that put something else where an attribute of an object is."""
# What a variable is bound to is what a value of it can be.
_TYPE_VARIABLES = frozenset({"typing.TypeVar", "typing_extensions.TypeVar"})
# The arguments of `cast`, `NewType` and `getattr`, without a default.
_NAMED = 2


def evaluate_call(frame: Frame, node: ast.Call) -> ValueSet:
    """Return what a call returns, and record the uses in it."""
    callees = frame.evaluate(node.func)
    if isinstance(node.func, ast.Name) and node.func.id == "super":
        return _call_super(frame, node)
    if _is_cast(callees) and len(node.args) == _NAMED:
        frame.evaluate(node.args[1])
        return frame.read_hint(node.args[0])

    arguments = _evaluate_arguments(frame, node, callees)
    grow_by_call(frame, node, arguments)
    record_passed_methods(frame, callees, node, arguments)
    found: set[Value] = set()
    for each in callees:
        record_call(frame, each, node, arguments)
        special = _call_by_text(frame, each, node, arguments)
        found |= call_value(frame, each, arguments) if special is None else special
    item = _read_item(frame, node)
    found = (found - UNKNOWN) | item if item else found
    if isinstance(node.func, ast.Attribute) and not callees - UNKNOWN:
        passed = call_unknown_method(frame, node.func.attr, arguments)
        return passed or frozenset(found)
    return frozenset(found)


def _call_super(frame: Frame, node: ast.Call) -> ValueSet:
    """Return what `super()` or `super(Class, self)` returns."""
    if not node.args:
        return OTHER if frame.owner is None else frozenset({SuperValue(frame.owner)})
    arguments = [frame.evaluate(each) for each in node.args]
    return frozenset(
        SuperValue(each.of.number)
        for each in arguments[0]
        if isinstance(each, ClassValue) and isinstance(each.of, UserInstance)
    )


def _call_by_text(
    frame: Frame, callee: Value, node: ast.Call, arguments: PassedArguments
) -> ValueSet | None:
    """Return what a call returns whose texts are names, such as `getattr`; else None."""
    if not isinstance(callee, LibraryValue):
        return None
    if callee.name in _ATTRIBUTE_FUNCTIONS:
        return _read_attribute(frame, node, arguments)
    if callee.name in _PATCHING_FUNCTIONS:
        _read_attribute(frame, node, arguments)
        return UNKNOWN
    if callee.name == "operator.attrgetter":
        return frozenset(
            GetterValue(each.value, *_get_columns(each))
            for each in node.args
            if isinstance(each, ast.Constant) and isinstance(each.value, str)
        )
    if callee.name in _TYPE_VARIABLES:
        return _read_type_variable(frame, node)
    if callee.name == "typing.NewType" and len(node.args) == _NAMED:
        return frozenset({AliasValue(frame.read_hint(node.args[1]))})
    if callee.name in FUNCTIONAL_CLASSES:
        return define_by_call(frame, node, callee)
    return None


def _read_item(frame: Frame, node: ast.Call) -> ValueSet:
    """Return what `get("field")` returns of `asdict(one)` or of a typed dictionary."""
    match node:
        case ast.Call(
            func=ast.Attribute(value=owner, attr="get" | "pop" | "setdefault"),
            args=[ast.Constant(value=str() as key) as text, *_],
        ):
            pass
        case _:
            return OTHER
    frame.silence += 1
    owners = frame.evaluate(owner)
    frame.silence -= 1
    found: set[Value] = set()
    for each in owners:
        if isinstance(each, RecordValue):
            model = frozenset({ModelValue(each.name)})
            found |= get_attribute(frame, model, key, get_position(text), "text")
        elif isinstance(each, UserInstance):
            item = find_in_class(frame, each.number, key, _NOWHERE, "text")
            found |= item or OTHER
    return frozenset(found)


def _get_columns(node: ast.expr) -> tuple[int, int, int]:
    position = get_position(node)
    return (position.line, position.column, position.end_column)


def _read_attribute(
    frame: Frame, node: ast.Call, arguments: PassedArguments
) -> ValueSet:
    """Return what `getattr` with a text returns, and record the attribute."""
    if len(node.args) < _NAMED or not isinstance(node.args[1], ast.Constant):
        return UNKNOWN
    text = node.args[1]
    return get_attribute(
        frame, arguments.get(0), str(text.value), get_position(text), "text"
    )


def _read_type_variable(frame: Frame, node: ast.Call) -> ValueSet:
    """Return the values of a type variable: its bound, its values, or anything."""
    hints = [
        *node.args[1:],
        *(each.value for each in node.keywords if each.arg == "bound"),
    ]
    values = join_values(*map(frame.read_hint, hints))
    if values:
        return frozenset({AliasValue(values)})
    name = (
        node.args[0].value
        if node.args and isinstance(node.args[0], ast.Constant)
        else ""
    )
    return frozenset({AliasValue(frozenset({VariableValue(str(name))}))})


def _is_cast(callees: ValueSet) -> bool:
    return LibraryValue("typing.cast") in callees


def _evaluate_arguments(
    frame: Frame, node: ast.Call, callees: ValueSet
) -> PassedArguments:
    positional: list[ValueSet] = []
    keywords: list[tuple[str, ValueSet]] = []
    has_rest = False
    for each in node.args:
        values = _evaluate_argument(frame, each, callees)
        if isinstance(each, ast.Starred):
            has_rest = True
            # `gather(*calls)`: each item is an argument.
            positional.append(iterate_values(values))
        else:
            positional.append(values)
    for keyword in node.keywords:
        values = _evaluate_argument(frame, keyword.value, callees)
        if keyword.arg is None:
            has_rest = True
        else:
            keywords.append((keyword.arg, values))

    made = PassedArguments(tuple(positional), tuple(keywords), has_rest)
    return _pass_items(frame, node, callees, made)


def _evaluate_argument(frame: Frame, node: ast.expr, callees: ValueSet) -> ValueSet:
    """Return what an argument can be; a lambda that gets items is read later."""
    is_read_later = isinstance(node, ast.Lambda) and any(
        isinstance(each, LibraryValue) and each.name in _OVER_ITEMS for each in callees
    )
    frame.silence += is_read_later
    values = frame.evaluate(node)
    frame.silence -= is_read_later
    return values


def _pass_items(
    frame: Frame, node: ast.Call, callees: ValueSet, arguments: PassedArguments
) -> PassedArguments:
    """Read the lambdas among the arguments again, with the items that they get."""
    given = _find_items(callees, _add_receiver(frame, node, callees, arguments))
    if given is None:
        return arguments
    by_node = [*zip(node.args, arguments.positional, strict=True)]
    keywords = dict(arguments.keywords)
    for keyword in node.keywords:
        if isinstance(keyword.value, ast.Lambda) and keyword.arg is not None:
            keywords[keyword.arg] = _read_lambda(frame, keyword.value, given)
    positional = [
        _read_lambda(frame, each, given) if isinstance(each, ast.Lambda) else values
        for each, values in by_node
    ]
    return PassedArguments(
        tuple(positional), tuple(keywords.items()), arguments.has_rest
    )


def _add_receiver(
    frame: Frame, node: ast.Call, callees: ValueSet, arguments: PassedArguments
) -> PassedArguments:
    """Return the arguments of `list.sort` as those of `sorted`."""
    if LibraryValue("builtins.sort") not in callees:
        return arguments
    assert isinstance(node.func, ast.Attribute)
    frame.silence += 1
    items = frame.evaluate(node.func.value)
    frame.silence -= 1
    return PassedArguments((items, *arguments.positional), arguments.keywords)


def _read_lambda(
    frame: Frame, node: ast.Lambda, given: tuple[ValueSet, ...]
) -> ValueSet:
    """Return a lambda whose parameters are known."""
    state = frame.save()
    parameters = [*node.args.posonlyargs, *node.args.args]
    for parameter, values in zip(parameters, given, strict=False):
        frame.names[parameter.arg] = values
    result = frame.evaluate(node.body)
    frame.restore(state)
    return frozenset({ReturningValue(result)})


# Their first argument is what a function gets item by item (`key=`).
_OVER_FIRST = frozenset(
    {
        "builtins.sorted",
        "builtins.max",
        "builtins.min",
        "itertools.groupby",
        "builtins.sort",
    }
)
# Here it is the second argument.
_OVER_SECOND = frozenset(
    {
        "builtins.map",
        "builtins.filter",
        "heapq.nlargest",
        "heapq.nsmallest",
        "itertools.takewhile",
        "itertools.dropwhile",
        "itertools.filterfalse",
    }
)

_OVER_ITEMS = _OVER_FIRST | _OVER_SECOND | {"functools.reduce"}


def _find_items(
    callees: ValueSet, arguments: PassedArguments
) -> tuple[ValueSet, ...] | None:
    """Return what a function of the library gives to the functions that it gets."""
    for each in callees:
        if not isinstance(each, LibraryValue):
            continue
        if each.name in _OVER_FIRST:
            if len(arguments.positional) > 1:
                return (join_values(*arguments.positional),)
            return (iterate_values(arguments.get(0)),)
        if each.name in _OVER_SECOND:
            return tuple(map(iterate_values, arguments.positional[1:]))
        if each.name == "functools.reduce":
            items = iterate_values(arguments.get(1))
            return (items | arguments.get(2), items)
    return None


def call_value(frame: Frame, callee: Value, arguments: PassedArguments) -> ValueSet:
    """Return what calling one value returns.

    Args:
        frame: The scope.
        callee: What is called.
        arguments: What it gets.
    """
    match callee:
        # An alias that is called is a `NewType`, or one of a class.
        case ReturningValue(result=result) | AliasValue(of=result):
            return result
        case MethodValue():
            return _call_method(frame, callee)
        case ClassValue(of=inner):
            return _construct(frame, inner, arguments)
        case FunctionValue():
            return call_function(frame, callee, arguments)
        case LibraryValue(name=name):
            return call_library(frame, name, arguments)
        case PartialValue(of=inner):
            return call_value(frame, inner, arguments)
        case GetterValue():
            position = Position(callee.line, callee.column, callee.end_column)
            values = arguments.get(0)
            for part in callee.name.split("."):
                values = get_attribute(frame, values, part, position, "text")
            return values
        case RegistrarValue():
            return _register(frame, callee, arguments)
        case UserInstance(number=number):
            return _call_instance(frame, number, callee, arguments)
        case UnknownValue():
            return UNKNOWN
        case _:
            return OTHER


def _call_method(frame: Frame, method: MethodValue) -> ValueSet:
    result = frame.project.types.methods[method.resource][method.name].result
    return frozenset({HolderValue(result)}) if method.is_raw else result


def _construct(frame: Frame, value: Value, arguments: PassedArguments) -> ValueSet:
    """Return a new instance of a class."""
    if isinstance(value, UserInstance):
        found = find_in_class(frame, value.number, "__init__", _NOWHERE, "attribute")
        for each in found or OTHER:
            if isinstance(each, FunctionValue):
                bound = FunctionValue(each.number, is_bound=True)
                call_function(frame, bound, arguments)
        _fill_fields(frame, value.number, arguments)
        joined = join_values(*arguments.positional)
        return frozenset({UserInstance(value.number, value.arguments or joined)})
    return frozenset({value})


def _fill_fields(frame: Frame, number: int, arguments: PassedArguments) -> None:
    """Assign what callers pass to the fields of a dataclass without a hint of use."""
    fields = frame.project.classes[number].fields
    for name, values in zip(fields, arguments.positional, strict=False):
        _fill_field(frame, number, name, values)
    for name, values in arguments.keywords:
        if name in fields:
            _fill_field(frame, number, name, values)


def _fill_field(frame: Frame, number: int, name: str, values: ValueSet) -> None:
    # A hint that says something is believed.
    if frame.project.attributes.get((number, name)) == UNKNOWN:
        frame.project.attributes.add((number, name), values)


def call_function(
    frame: Frame, value: FunctionValue, arguments: PassedArguments
) -> ValueSet:
    """Return what a function of the user returns, and pass on what it gets.

    Args:
        frame: The scope of the call.
        value: The function.
        arguments: What it gets.
    """
    function = frame.project.functions[value.number]
    variables = _pass_arguments(frame, value, arguments)
    result = frame.project.results.get(value.number)
    if result is None:
        result = frame.project.returns.get(value.number)
        yielded = frame.project.yields.get(value.number)
        if yielded is not None:
            result = frozenset({CollectionValue(yielded)})
        if result is None:
            return OTHER
    if function.is_context_manager:
        result = iterate_values(result)
    return _substitute(result, variables, value.receiver)


def _pass_arguments(
    frame: Frame, value: FunctionValue, arguments: PassedArguments
) -> dict[str, ValueSet]:
    """Pass arguments on to parameters; return what type variables are."""
    function = frame.project.functions[value.number]
    names = function.positional
    keywords = {*names, *function.keyword_only}
    if value.is_bound:
        names = names[1:]
    given = [*zip(names, arguments.positional, strict=False)]
    given += [each for each in arguments.keywords if each[0] in keywords]

    variables: dict[str, ValueSet] = {}
    for name, values in given:
        frame.project.arguments.add((value.number, name), values)
        hint = frame.project.hints.get((value.number, name))
        if hint:
            _match_variables(hint, values, variables)
    return variables


def _match_variables(
    hint: ValueSet, values: ValueSet, variables: dict[str, ValueSet]
) -> None:
    """Find what type variables in a hint are where it gets some values."""
    for each in hint:
        if isinstance(each, VariableValue):
            variables[each.name] = variables.get(each.name, OTHER) | values
        elif isinstance(each, CollectionValue) and each.items:
            _match_variables(each.items, iterate_values(values), variables)
        elif isinstance(each, ReturningValue) and each.result:
            results = (one.result for one in values if isinstance(one, ReturningValue))
            _match_variables(each.result, join_values(*results), variables)


def _substitute(
    result: ValueSet, variables: dict[str, ValueSet], receiver: ValueSet
) -> ValueSet:
    """Replace type variables by their values."""
    found: set[Value] = set()
    for each in result:
        if isinstance(each, VariableValue):
            found |= variables.get(each.name, receiver or UNKNOWN)
        elif isinstance(each, CollectionValue):
            items = _substitute(each.items, variables, receiver)
            found.add(CollectionValue(items, each.is_paged))
        elif isinstance(each, TableValue):
            values = _substitute(each.values, variables, receiver)
            found.add(TableValue(each.keys, values, each.entries))
        else:
            found.add(each)
    return frozenset(found)


def _call_instance(
    frame: Frame, number: int, callee: Value, arguments: PassedArguments
) -> ValueSet:
    """Return what calling an instance returns: its `__call__`."""
    del number
    found = get_attribute(frame, frozenset({callee}), "__call__", _NOWHERE, "attribute")
    return join_values(*(call_value(frame, each, arguments) for each in found))


def _register(
    frame: Frame, registrar: RegistrarValue, arguments: PassedArguments
) -> ValueSet:
    """Assign its event to a handler that is registered by a call."""
    handlers = arguments.get(0)
    event: ValueSet = frozenset({EventValue(registrar.payload)})
    for each in handlers:
        if isinstance(each, FunctionValue):
            call_function(frame, each, PassedArguments((event,)))
    return handlers
