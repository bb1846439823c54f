"""Calls of the standard library, and of the functions of the client's runtime.

In: the full name of a function, and its arguments. Out: what it returns.
"""

from __future__ import annotations

from collections.abc import Callable

from flexprice_codegen.impact.frame import Frame, PassedArguments
from flexprice_codegen.impact.protocols import enter, iterate
from flexprice_codegen.impact.values import (
    OTHER,
    UNKNOWN,
    ClassValue,
    CollectionValue,
    ConstantValue,
    EventValue,
    FunctionValue,
    HolderValue,
    MethodValue,
    ModelValue,
    PartialValue,
    RecordValue,
    RegistrarValue,
    ReturningValue,
    RowValue,
    TableValue,
    Value,
    ValueSet,
    join_values,
    list_instances,
)

_SAME = frozenset(
    {
        "copy.copy",
        "copy.deepcopy",
        "copy.replace",
        "dataclasses.replace",
        "asyncio.run",
        "asyncio.wait_for",
        "asyncio.shield",
        "anyio.run",
        "builtins.anext",
        "functools.cache",
        "functools.lru_cache",
        "typing.assert_type",
        "typing.final",
        "contextlib.closing",
        "contextlib.aclosing",
        "contextlib.nullcontext",
        "types.MappingProxyType",
        "operator.methodcaller",
    }
)
"""Functions that return their first argument, or what it returns."""
_COLLECTING = frozenset(
    {
        "builtins.list",
        "builtins.sorted",
        "builtins.set",
        "builtins.frozenset",
        "builtins.tuple",
        "builtins.reversed",
        "builtins.iter",
        "builtins.aiter",
        "collections.deque",
        "collections.UserList",
        "asyncio.Queue",
        "queue.Queue",
        "queue.LifoQueue",
        "queue.SimpleQueue",
        "itertools.islice",
        "itertools.cycle",
        "itertools.accumulate",
        "asyncio.as_completed",
        "concurrent.futures.as_completed",
        "random.sample",
        "random.choices",
    }
)
"""Functions that return the items of their first argument."""
_PICKING = frozenset({"builtins.next", "builtins.max", "builtins.min", "random.choice"})
"""Functions that return one item of their first argument, or a later argument."""
_FILTERING = frozenset(
    {
        "builtins.filter",
        "itertools.takewhile",
        "itertools.dropwhile",
        "itertools.filterfalse",
        "heapq.nlargest",
        "heapq.nsmallest",
    }
)
"""Functions that return items of their second argument."""
_MAPPING = frozenset({"map", "imap", "imap_unordered", "starmap"})
"""Methods of pools that call a function for each item."""
_SUBMITTING = frozenset({"submit", "apply_async", "apply", "run_sync"})
"""Methods of pools and task groups that call a function."""
# They turn the fields of a model into keys, so that its attributes are used.
_FIELD_CALLS = frozenset({"dataclasses.asdict", "builtins.vars"})
_INSTANCE_CALLS = frozenset(
    {"unittest.mock.create_autospec", "models.from_dict", "models.from_json"}
)
"""Functions that return an instance of the class that they get first."""


def call_library(frame: Frame, name: str, arguments: PassedArguments) -> ValueSet:
    """Return what a function of a library returns.

    Args:
        frame: The scope.
        name: The full name of the function.
        arguments: What it gets.
    """
    first = arguments.get(0)
    special = _SPECIAL.get(name)
    if special is not None:
        return special(frame, arguments)
    if name in _SAME:
        return first
    if name in _COLLECTING:
        _call_key(frame, arguments, iterate(frame, first))
        return _collect(iterate(frame, first))
    if name in _PICKING:
        return _pick(frame, arguments)
    if name in _FILTERING:
        return _collect(iterate(frame, arguments.get(1)))
    if name in _FIELD_CALLS:
        return frozenset(
            RecordValue(each.name) for each in first if isinstance(each, ModelValue)
        )
    if name in _INSTANCE_CALLS:
        return list_instances(first) | (first - _list_classes(first))
    return OTHER if name.startswith("builtins.") else UNKNOWN


def _list_classes(values: ValueSet) -> ValueSet:
    return frozenset(each for each in values if isinstance(each, ClassValue))


def _collect(items: ValueSet) -> ValueSet:
    return frozenset({CollectionValue(items)})


def _call_key(frame: Frame, arguments: PassedArguments, items: ValueSet) -> None:
    """Call the function by which items are sorted."""
    for each in arguments.get(len(arguments.positional), "key"):
        frame.reader.call(frame, each, PassedArguments((items,)))


def _pick(frame: Frame, arguments: PassedArguments) -> ValueSet:
    first = arguments.get(0)
    rest = arguments.positional[1:]
    items = iterate(frame, first) | join_values(*rest)
    default = dict(arguments.keywords).get("default", OTHER)
    if rest:
        # `max(one, other)`: the arguments are the items themselves.
        items |= frozenset(each for each in first if isinstance(each, ModelValue))
    _call_key(frame, arguments, items)
    return items | default


def _iterate_all(frame: Frame, arguments: tuple[ValueSet, ...]) -> tuple[ValueSet, ...]:
    return tuple(iterate(frame, each) for each in arguments)


def _call_each(
    frame: Frame, callees: ValueSet, given: tuple[ValueSet, ...]
) -> ValueSet:
    """Return what any of some functions returns."""
    arguments = PassedArguments(given)
    return join_values(*(frame.reader.call(frame, each, arguments) for each in callees))


def _enumerate(frame: Frame, arguments: PassedArguments) -> ValueSet:
    return _collect(frozenset({RowValue((OTHER, iterate(frame, arguments.get(0))))}))


def _zip(frame: Frame, arguments: PassedArguments) -> ValueSet:
    return _collect(frozenset({RowValue(_iterate_all(frame, arguments.positional))}))


def _map(frame: Frame, arguments: PassedArguments) -> ValueSet:
    items = _iterate_all(frame, arguments.positional[1:])
    return _collect(_call_each(frame, arguments.get(0), items))


def _group(frame: Frame, arguments: PassedArguments) -> ValueSet:
    items = iterate(frame, arguments.get(0))
    keys = _call_each(frame, arguments.get(1, "key"), (items,))
    return _collect(frozenset({RowValue((keys, _collect(items)))}))


def _chain(frame: Frame, arguments: PassedArguments) -> ValueSet:
    return _collect(join_values(*_iterate_all(frame, arguments.positional)))


def _chain_nested(frame: Frame, arguments: PassedArguments) -> ValueSet:
    return _collect(iterate(frame, iterate(frame, arguments.get(0))))


def _pair_items(frame: Frame, arguments: PassedArguments) -> ValueSet:
    items = iterate(frame, arguments.get(0))
    return _collect(frozenset({RowValue((items, items))}))


def _tee(frame: Frame, arguments: PassedArguments) -> ValueSet:
    items = _collect(iterate(frame, arguments.get(0)))
    return frozenset({RowValue((items, items))})


def _star_map(frame: Frame, arguments: PassedArguments) -> ValueSet:
    rows = iterate(frame, arguments.get(1))
    return _collect(
        join_values(
            *(
                _call_each(frame, arguments.get(0), row.items)
                for row in rows
                if isinstance(row, RowValue)
            )
        )
    )


def _batch(frame: Frame, arguments: PassedArguments) -> ValueSet:
    return _collect(_collect(iterate(frame, arguments.get(0))))


def _gather(_frame: Frame, arguments: PassedArguments) -> ValueSet:
    if arguments.has_rest:
        return _collect(join_values(*arguments.positional))
    return frozenset({RowValue(arguments.positional)})


def _task(_frame: Frame, arguments: PassedArguments) -> ValueSet:
    """Return a task: it is awaited, or asked for its result."""
    content = arguments.get(0)
    return frozenset({HolderValue(content)}) | content


def _reduce(frame: Frame, arguments: PassedArguments) -> ValueSet:
    items = iterate(frame, arguments.get(1))
    start = arguments.get(2) or items
    return start | _call_each(frame, arguments.get(0), (start, items))


def _partial(_frame: Frame, arguments: PassedArguments) -> ValueSet:
    return frozenset(PartialValue(each) for each in arguments.get(0))


def _run_in_thread(frame: Frame, arguments: PassedArguments) -> ValueSet:
    return _call_each(frame, arguments.get(0), arguments.positional[1:])


def _dict(frame: Frame, arguments: PassedArguments) -> ValueSet:
    found: set[Value] = set()
    for each in arguments.get(0):
        if isinstance(each, TableValue):
            found.add(each)
    for row in iterate(frame, arguments.get(0)):
        if isinstance(row, RowValue) and len(row.items) > 1:
            found.add(TableValue(row.items[0], row.items[1]))
    if arguments.keywords:
        values = join_values(*(values for _, values in arguments.keywords))
        found.add(TableValue(OTHER, values, arguments.keywords))
    return frozenset(found) or frozenset({TableValue(OTHER, OTHER)})


def _default_dict(frame: Frame, arguments: PassedArguments) -> ValueSet:
    """Return a table whose items are what a function makes, if there are none."""
    made = _call_each(frame, arguments.get(0), ())
    return frozenset({TableValue(OTHER, made)})


def _chain_map(_frame: Frame, arguments: PassedArguments) -> ValueSet:
    return join_values(*arguments.positional)


def _type(_frame: Frame, arguments: PassedArguments) -> ValueSet:
    return frozenset(ClassValue(each) for each in arguments.get(0))


def _paged(frame: Frame, arguments: PassedArguments) -> ValueSet:
    methods = frame.project.types.methods
    return frozenset(
        ReturningValue(
            frozenset(
                {
                    CollectionValue(
                        methods[each.resource][each.name].items, is_paged=True
                    )
                }
            )
        )
        for each in arguments.get(0)
        if isinstance(each, MethodValue)
    )


def _make_event(frame: Frame, arguments: PassedArguments) -> ValueSet:
    return frozenset({EventValue(_get_payload(frame, arguments.get(0)))})


def _on(frame: Frame, arguments: PassedArguments) -> ValueSet:
    payload = join_values(*(_get_payload(frame, each) for each in arguments.positional))
    return frozenset({RegistrarValue(payload)})


def _on_group(_frame: Frame, _arguments: PassedArguments) -> ValueSet:
    return frozenset({RegistrarValue(UNKNOWN)})


def _get_payload(frame: Frame, constants: ValueSet) -> ValueSet:
    """Return what the payload of any of some events can be."""
    events = frame.project.types.events
    return join_values(
        *(
            events[each.name].payload
            for each in constants
            if isinstance(each, ConstantValue)
        )
    )


def _parse_event(_frame: Frame, _arguments: PassedArguments) -> ValueSet:
    return frozenset({EventValue(UNKNOWN)})


_Special = Callable[[Frame, PassedArguments], ValueSet]
_SPECIAL: dict[str, _Special] = {
    "builtins.enumerate": _enumerate,
    "builtins.zip": _zip,
    "itertools.zip_longest": _zip,
    "itertools.product": _zip,
    "builtins.map": _map,
    "itertools.groupby": _group,
    "itertools.chain": _chain,
    "itertools.chain.from_iterable": _chain_nested,
    "itertools.pairwise": _pair_items,
    "itertools.tee": _tee,
    "itertools.starmap": _star_map,
    "itertools.batched": _batch,
    "asyncio.create_task": _task,
    "asyncio.ensure_future": _task,
    "asyncio.gather": _gather,
    "functools.reduce": _reduce,
    "functools.partial": _partial,
    "functools.partialmethod": _partial,
    "asyncio.to_thread": _run_in_thread,
    "anyio.to_thread.run_sync": _run_in_thread,
    "builtins.dict": _dict,
    "collections.OrderedDict": _dict,
    "collections.defaultdict": _default_dict,
    "collections.ChainMap": _chain_map,
    "builtins.type": _type,
    "client.paged": _paged,
    "webhooks.make_event": _make_event,
    "webhooks.parse_event": _parse_event,
    "webhooks.on": _on,
    "webhooks.on_group": _on_group,
}


def call_unknown_method(
    frame: Frame, name: str, arguments: PassedArguments
) -> ValueSet:
    """Return what a method of something unknown returns, if it calls what it gets.

    Pools and event loops are recognized by the names of their methods, because they come
    from libraries.

    Args:
        frame: The scope.
        name: The method.
        arguments: What it gets.
    """
    callees = _list_callables(arguments.get(0))
    if name in _MAPPING and callees:
        items = _iterate_all(frame, arguments.positional[1:])
        return _collect(_call_each(frame, callees, items))
    if name in _SUBMITTING and callees:
        result = _call_each(frame, callees, arguments.positional[1:])
        return frozenset({HolderValue(result)}) | result
    if name == "run_in_executor":
        callees = _list_callables(arguments.get(1))
        return _call_each(frame, callees, arguments.positional[2:])
    if name == "run_until_complete":
        return arguments.get(0)
    if name in ("enter_context", "enter_async_context"):
        return enter(frame, arguments.get(0))
    if name in ("create_task", "start_soon"):
        return _task(frame, arguments)
    return OTHER


def _list_callables(values: ValueSet) -> ValueSet:
    return frozenset(
        each
        for each in values
        if isinstance(each, FunctionValue | MethodValue | ReturningValue | PartialValue)
    )
