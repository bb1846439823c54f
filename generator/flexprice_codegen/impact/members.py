"""The attributes of values.

In: a value and the name of an attribute. Out: what the attribute can be. A use of the
client is recorded at its position.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flexprice_codegen.impact.frame import Frame, PassedArguments
from flexprice_codegen.impact.project import UserClass
from flexprice_codegen.impact.symbols import Position, Symbol, Way
from flexprice_codegen.impact.values import (
    OTHER,
    UNKNOWN,
    ClassValue,
    ClientModule,
    ClientValue,
    CollectionValue,
    ConstantValue,
    EventNameValue,
    EventValue,
    FunctionValue,
    HolderValue,
    LibraryValue,
    MemberValue,
    MethodValue,
    ModelValue,
    ModuleValue,
    ResourceValue,
    ReturningValue,
    RouterValue,
    RowValue,
    SuperValue,
    TableValue,
    UnknownValue,
    UserInstance,
    Value,
    ValueSet,
    join_values,
)

_CLIENT_FUNCTIONS = frozenset({"paged", "download"})
_MODEL_FUNCTIONS = frozenset({"from_dict", "from_json"})
_NAMED_TUPLE = frozenset({LibraryValue("typing.NamedTuple")})
_ROUTERS = frozenset({"WebhookRouter", "AsyncWebhookRouter"})
# Methods that return one of the items.
_ITEM_METHODS = frozenset({"pop", "popleft", "__next__", "get", "get_nowait", "send"})
# Methods that return a collection with the same items.
_COPIES = frozenset(
    {"copy", "__iter__", "__aiter__", "union", "intersection", "difference"}
)


def get_attribute(
    frame: Frame, values: ValueSet, name: str, position: Position, way: Way
) -> ValueSet:
    """Return what an attribute of an expression can be, and record its uses.

    Args:
        frame: The scope.
        values: What the expression can be.
        name: The attribute.
        position: Where its name is.
        way: How it is used.
    """
    if not values:
        return UNKNOWN
    found: set[Value] = set()
    others = 0
    for each in values:
        got = _get_member(frame, each, name, position, way)
        found |= got
        others += isinstance(each, UserInstance | UnknownValue)
    # A place where something else can be must not be rewritten.
    if others and (others < len(values)):
        frame.record_mixed(position)
    return frozenset(found)


def _get_member(
    frame: Frame, value: Value, name: str, position: Position, way: Way
) -> ValueSet:
    """Return what an attribute of one value can be."""
    reader = _READERS.get(type(value))
    if reader is None:
        return UNKNOWN if isinstance(value, UnknownValue) else OTHER
    return reader(frame, value, name, position, way)


def _get_of_model(
    frame: Frame, value: Value, name: str, position: Position, way: Way
) -> ValueSet:
    assert isinstance(value, ModelValue)
    values = frame.project.types.fields.get(value.name, {}).get(name)
    if values is None:
        return OTHER
    frame.record(position, Symbol("field", value.name, name), way)
    return values


def _get_of_class(
    frame: Frame, value: Value, name: str, position: Position, way: Way
) -> ValueSet:
    assert isinstance(value, ClassValue)
    types = frame.project.types
    match value.of:
        case MemberValue(name=enum) if types.has_member(enum, name):
            frame.record(position, Symbol("member", enum, name), way)
            return frozenset({value.of})
        case ModelValue(name=model) if name in types.fields.get(model, {}):
            frame.record(position, Symbol("field", model, name), way)
        case ResourceValue(name=resource) if name in types.methods[resource]:
            frame.record(position, Symbol("method", resource, name), way)
        case ClientValue() if name in types.methods:
            frame.record(position, Symbol("namespace", "", name), way)
            return frozenset({ResourceValue(name)})
        case UserInstance(number=number):
            return _get_of_user_class(frame, number, name, position, way)
        case _:
            pass
    return OTHER


def _get_of_client(
    frame: Frame, value: Value, name: str, position: Position, way: Way
) -> ValueSet:
    if name in frame.project.types.methods:
        frame.record(position, Symbol("namespace", "", name), way)
        return frozenset({ResourceValue(name)})
    if name in ("with_options", "__enter__", "__aenter__"):
        return frozenset({ReturningValue(frozenset({value}))})
    return OTHER


def _get_of_member(
    _frame: Frame, value: Value, name: str, _position: Position, _way: Way
) -> ValueSet:
    # Its text is compared with texts like the member itself.
    return frozenset({value}) if name == "value" else OTHER


def _get_of_resource(
    frame: Frame, value: Value, name: str, position: Position, way: Way
) -> ValueSet:
    assert isinstance(value, ResourceValue)
    if name == "with_raw_response":
        return frozenset({ResourceValue(value.name, is_raw=True)})
    if name not in frame.project.types.methods[value.name]:
        return OTHER
    frame.record(position, Symbol("method", value.name, name), way)
    return frozenset({MethodValue(value.name, name, value.is_raw)})


def _get_of_method(
    _frame: Frame, _value: Value, _name: str, _position: Position, _way: Way
) -> ValueSet:
    # `return_value` of a mock that has the signature of the method, for one.
    return UNKNOWN


def _get_of_holder(
    _frame: Frame, value: Value, name: str, _position: Position, _way: Way
) -> ValueSet:
    assert isinstance(value, HolderValue)
    if name in ("parse", "result", "get"):
        return frozenset({ReturningValue(value.content)})
    return value.content if name == "data" else OTHER


def _get_of_event(
    _frame: Frame, value: Value, name: str, _position: Position, _way: Way
) -> ValueSet:
    assert isinstance(value, EventValue)
    if name == "name":
        return frozenset({EventNameValue()})
    return value.payload if name == "payload" else OTHER


def _get_of_constant(
    _frame: Frame, _value: Value, name: str, _position: Position, _way: Way
) -> ValueSet:
    return frozenset({EventNameValue()}) if name == "name" else OTHER


def _get_of_router(
    _frame: Frame, _value: Value, name: str, _position: Position, _way: Way
) -> ValueSet:
    if name in ("on", "on_group"):
        return frozenset({LibraryValue(f"webhooks.{name}")})
    return OTHER


def _get_of_collection(
    _frame: Frame, value: Value, name: str, _position: Position, _way: Way
) -> ValueSet:
    assert isinstance(value, CollectionValue)
    if name == "pages" and value.is_paged:
        page = CollectionValue(value.items)
        return frozenset(
            {ReturningValue(frozenset({CollectionValue(frozenset({page}))}))}
        )
    if name in _ITEM_METHODS:
        return frozenset({ReturningValue(value.items)})
    if name in _COPIES:
        return frozenset({ReturningValue(frozenset({value}))})
    if name == "sort":
        return frozenset({LibraryValue("builtins.sort")})
    return OTHER


def _get_of_table(
    _frame: Frame, value: Value, name: str, _position: Position, _way: Way
) -> ValueSet:
    assert isinstance(value, TableValue)
    result: ValueSet = OTHER
    if name == "values":
        result = frozenset({CollectionValue(value.values)})
    elif name == "keys":
        result = frozenset({CollectionValue(value.keys)})
    elif name == "items":
        row = RowValue((value.keys, value.values))
        result = frozenset({CollectionValue(frozenset({row}))})
    elif name in ("get", "pop", "setdefault"):
        result = value.values
    elif name == "copy":
        result = frozenset({value})
    return frozenset({ReturningValue(result)})


def _get_of_module(
    frame: Frame, value: Value, name: str, _position: Position, _way: Way
) -> ValueSet:
    assert isinstance(value, ModuleValue)
    found = frame.project.names.get((value.name, name))
    if found is not None:
        return found
    below = frame.project.find_module(f"{value.name}.{name}")
    if isinstance(below, ClientModule) or below.name in frame.project.modules:
        return frozenset({below})
    if value.name in frame.project.modules:
        return UNKNOWN
    return frozenset({LibraryValue(f"{value.name}.{name}")})


def _get_of_client_module(
    frame: Frame, value: Value, name: str, position: Position, way: Way
) -> ValueSet:
    assert isinstance(value, ClientModule)
    return get_client_name(frame, value.path, name, position, way)


def get_client_name(
    frame: Frame, path: str, name: str, position: Position, way: Way
) -> ValueSet:
    """Return what a module of the client has under a name.

    Args:
        frame: The scope.
        path: The path of the module in the package of the client.
        name: The name in it.
        position: Where the name is.
        way: How it is used.
    """
    types = frame.project.types
    found = types.get_class(path, name)
    if found:
        symbol = _name_class(frame, found, name)
        if symbol is not None:
            frame.record(position, symbol, way)
        return found
    if path == "webhooks":
        return _get_webhook_name(frame, name, position, way)
    if path == "models" and name in _MODEL_FUNCTIONS:
        return frozenset({LibraryValue(f"models.{name}")})
    if not path and name in types.exports:
        frame.record(position, Symbol("export", "", name), way)
    if not path and name in _CLIENT_FUNCTIONS:
        return frozenset({LibraryValue(f"client.{name}")})
    if path.startswith("resources") or not path:
        return frozenset({ClientModule(f"{path}.{name}".lstrip("."))})
    return OTHER


def _name_class(frame: Frame, found: ValueSet, name: str) -> Symbol | None:
    """Return the symbol of a class of the client; that of a resource is its namespace."""
    types = frame.project.types
    if name in types.classes:
        return Symbol("class", "", name)
    if name in types.resources:
        return Symbol("namespace", "", types.resources[name])
    if ClassValue(ClientValue()) in found:
        return Symbol("client", "", types.client)
    return None


def _get_webhook_name(
    frame: Frame, name: str, position: Position, way: Way
) -> ValueSet:
    if name in frame.project.types.events:
        frame.record(position, Symbol("event", "", name), way)
        return frozenset({ConstantValue(name)})
    if name in _ROUTERS:
        return frozenset({ClassValue(RouterValue())})
    if name in ("Event", "AnyEvent"):
        return frozenset({ClassValue(EventValue(UNKNOWN))})
    return frozenset({LibraryValue(f"webhooks.{name}")})


def _get_of_library(
    _frame: Frame, value: Value, name: str, _position: Position, _way: Way
) -> ValueSet:
    assert isinstance(value, LibraryValue)
    return frozenset({LibraryValue(f"{value.name}.{name}")})


def _get_of_instance(
    frame: Frame, value: Value, name: str, position: Position, way: Way
) -> ValueSet:
    assert isinstance(value, UserInstance)
    found = find_in_class(frame, value.number, name, position, way)
    if found is None and name == "_replace":
        return frozenset({ReturningValue(frozenset({value}))})
    if found is None:
        return UNKNOWN
    return join_values(*(_bind(frame, each, value) for each in found))


def _get_of_super(
    frame: Frame, value: Value, name: str, position: Position, way: Way
) -> ValueSet:
    assert isinstance(value, SuperValue)
    owner = frame.project.classes[value.number]
    found = _find_in_bases(frame, owner, name, position, way)
    if found is None:
        return UNKNOWN
    instance = UserInstance(value.number)
    return join_values(*(_bind(frame, each, instance) for each in found))


def _get_of_user_class(
    frame: Frame, number: int, name: str, position: Position, way: Way
) -> ValueSet:
    """Return an attribute of a class of the user; a class method is bound to it."""
    found = find_in_class(frame, number, name, position, way)
    if found is None:
        return UNKNOWN
    return frozenset(
        (
            FunctionValue(each.number, is_bound=True)
            if isinstance(each, FunctionValue)
            and "classmethod" in frame.project.functions[each.number].decorators
            else each
        )
        for each in found
    )


def _bind(frame: Frame, value: Value, instance: UserInstance) -> ValueSet:
    """Return an attribute as an instance has it: a bound method, or a property's value."""
    if not isinstance(value, FunctionValue) or value.is_bound:
        return frozenset({value})
    function = frame.project.functions[value.number]
    bound = FunctionValue(
        value.number, is_bound=function.takes_instance, receiver=instance.arguments
    )
    if function.is_property:
        return frame.reader.call(frame, bound, PassedArguments())
    return frozenset({bound})


def find_in_class(
    frame: Frame, number: int, name: str, position: Position, way: Way
) -> ValueSet | None:
    """Return an attribute of a class of the user or its bases, if there is one."""
    owner = frame.project.classes[number]
    own = frame.project.attributes.get((number, name))
    # A subclass of a model has its fields, even where it assigns them.
    inherited = _find_in_models(frame, owner, name, position, way)
    if own is not None or inherited is not None:
        return join_values(own or OTHER, inherited or OTHER)
    return _find_in_bases(frame, owner, name, position, way)


def _find_in_models(
    frame: Frame, owner: UserClass, name: str, position: Position, way: Way
) -> ValueSet | None:
    found = [
        _get_of_model(frame, model, name, position, way)
        for model in iter_models(frame, owner)
        if name in frame.project.types.fields.get(model.name, {})
    ]
    return join_values(*found) if found else None


def iter_models(frame: Frame, owner: UserClass) -> Iterator[ModelValue]:
    """Yield the models that a class of the user derives from."""
    for each in iter_family(frame, owner):
        for base in each.bases:
            if isinstance(base, ClassValue) and isinstance(base.of, ModelValue):
                yield base.of


def iter_family(frame: Frame, owner: UserClass) -> Iterator[UserClass]:
    """Yield a class and the classes of the user that it derives from."""
    todo = [owner]
    seen: set[int] = set()
    while todo:
        each = todo.pop(0)
        if each.number in seen:
            continue
        seen.add(each.number)
        yield each
        todo += (
            frame.project.classes[base.of.number]
            for base in each.bases
            if isinstance(base, ClassValue) and isinstance(base.of, UserInstance)
        )


def as_row(frame: Frame, value: Value) -> Value:
    """Return a named tuple of the user as a tuple, and any other value as it is."""
    if not isinstance(value, UserInstance):
        return value
    owner = frame.project.classes[value.number]
    if _NAMED_TUPLE.isdisjoint(owner.bases):
        return value
    attributes = frame.project.attributes
    return RowValue(
        tuple(attributes.get((value.number, each)) or OTHER for each in owner.fields)
    )


def _find_in_bases(
    frame: Frame, owner: UserClass, name: str, position: Position, way: Way
) -> ValueSet | None:
    family = iter_family(frame, owner)
    next(family)
    for each in family:
        own = frame.project.attributes.get((each.number, name))
        if own is not None:
            return own
    found = join_values(
        *(
            _get_member(frame, base.of, name, position, way)
            for base in owner.bases
            if isinstance(base, ClassValue)
            and isinstance(base.of, ClientValue | ResourceValue | RouterValue)
        )
    )
    return found or None


_Reader = Callable[[Frame, Value, str, Position, Way], ValueSet]
_READERS: dict[type[object], _Reader] = {
    ModelValue: _get_of_model,
    MemberValue: _get_of_member,
    ClassValue: _get_of_class,
    ClientValue: _get_of_client,
    ResourceValue: _get_of_resource,
    MethodValue: _get_of_method,
    HolderValue: _get_of_holder,
    EventValue: _get_of_event,
    ConstantValue: _get_of_constant,
    RouterValue: _get_of_router,
    CollectionValue: _get_of_collection,
    TableValue: _get_of_table,
    ModuleValue: _get_of_module,
    ClientModule: _get_of_client_module,
    LibraryValue: _get_of_library,
    UserInstance: _get_of_instance,
    SuperValue: _get_of_super,
}
"""What reads the attributes of each kind of value; others have none of interest."""
