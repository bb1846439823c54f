"""What a value in the user's code can be, as far as the client is concerned.

In: nothing. Out: a closed union of frozen values. A set of them says what an expression
can be: an empty one that it is nothing of the client, `UNKNOWN` that it can be anything.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

from flexprice_codegen.frozen_values import frozen_value


@frozen_value
class UnknownValue:
    """Anything: nothing is known of it."""


@frozen_value
class ModelValue:
    """An instance of a dataclass of the client."""

    name: str


@frozen_value
class MemberValue:
    """A member of an enum of the client."""

    name: str


@frozen_value
class ClientValue:
    """A client."""


@frozen_value
class ResourceValue:
    """A resource, such as `client.customers`; `is_raw` after `with_raw_response`."""

    name: str
    is_raw: bool = False


@frozen_value
class MethodValue:
    """A method of a resource."""

    resource: str
    name: str
    is_raw: bool = False


@frozen_value
class HolderValue:
    """An object that holds a value: a raw response, a future, or a server-sent event."""

    content: ValueSet


@frozen_value
class EventValue:
    """A webhook event; `payload` is what its payload can be."""

    payload: ValueSet


@frozen_value
class EventNameValue:
    """The name of a webhook event, as a text."""


@frozen_value
class ConstantValue:
    """The constant of a webhook event."""

    name: str


@frozen_value
class RouterValue:
    """A webhook router."""


@frozen_value
class RegistrarValue:
    """The decorator that registers a handler; `payload` is what its events bring."""

    payload: ValueSet


@frozen_value
class ClientModule:
    """The package of the client (an empty path), or a module in it (`models`)."""

    path: str


@frozen_value
class ModuleValue:
    """A module that is not the client's."""

    name: str


@frozen_value
class ClassValue:
    """The class of a value."""

    of: Value


@frozen_value
class UserInstance:
    """An instance of a class of the user; `arguments` are those of a generic class."""

    number: int
    arguments: ValueSet = frozenset()


@frozen_value
class SuperValue:
    """What `super()` returns in a class of the user."""

    number: int


@frozen_value
class FunctionValue:
    """A function of the user; `is_bound` if its first argument is given already.

    `receiver` has the type arguments of the instance that it is bound to.
    """

    number: int
    is_bound: bool = False
    receiver: ValueSet = frozenset()


@frozen_value
class LibraryValue:
    """A function of the standard library or of the client, by its full name."""

    name: str


@frozen_value
class PartialValue:
    """What `functools.partial` returns."""

    of: Value


@frozen_value
class GetterValue:
    """What `operator.attrgetter` returns, with the position of its text."""

    name: str
    line: int
    column: int
    end_column: int


@frozen_value
class ReturningValue:
    """A callable that returns a value, whatever its arguments are."""

    result: ValueSet


@frozen_value
class CollectionValue:
    """A collection, an iterator, or a list; `is_paged` if it has `pages()`."""

    items: ValueSet
    is_paged: bool = False


@frozen_value
class RowValue:
    """A tuple of known length."""

    items: tuple[ValueSet, ...]


@frozen_value
class TableValue:
    """A dictionary; `entries` are those of a display whose keys are texts."""

    keys: ValueSet
    values: ValueSet
    entries: tuple[tuple[str, ValueSet], ...] = ()


@frozen_value
class RecordValue:
    """A dictionary with the fields of a dataclass of the client, as `asdict` returns."""

    name: str


@frozen_value
class AliasValue:
    """A type alias; `of` are the values of the type.

    `name` is that of an alias which the client has, such as a union.
    """

    of: ValueSet
    name: str = ""


@frozen_value
class GuardValue:
    """What a function returns that says what its first argument is (`TypeGuard`)."""

    of: ValueSet


@frozen_value
class VariableValue:
    """A value of a type variable without a bound."""

    name: str


Value: TypeAlias = (
    UnknownValue
    | ModelValue
    | MemberValue
    | ClientValue
    | ResourceValue
    | MethodValue
    | HolderValue
    | EventValue
    | EventNameValue
    | ConstantValue
    | RouterValue
    | RegistrarValue
    | ClientModule
    | ModuleValue
    | ClassValue
    | UserInstance
    | SuperValue
    | FunctionValue
    | LibraryValue
    | PartialValue
    | GetterValue
    | ReturningValue
    | CollectionValue
    | RowValue
    | TableValue
    | RecordValue
    | AliasValue
    | GuardValue
    | VariableValue
)
ValueSet: TypeAlias = frozenset[Value]

OTHER: ValueSet = frozenset()
"""Nothing of the client: a text, a number, an object of another library."""
UNKNOWN: ValueSet = frozenset({UnknownValue()})


def join_values(*sets: ValueSet) -> ValueSet:
    """Return what any of several expressions can be."""
    return OTHER.union(*sets)


def limit_values(values: ValueSet) -> ValueSet:
    """Return values without deep or many containers, which code can build in loops.

    Without limits, a recursive structure would be another value in each round.
    """
    if not values:
        return values
    deep = {
        each
        for each in values
        # Most values hold nothing, and the question is asked for each assignment.
        if type(each) in _CONTAINERS and _measure_depth(each) > _DEEPEST
    }
    if not deep and len(values) <= _MOST_VALUES:
        return values
    kept = values - deep
    if len(kept) > _MOST_VALUES:
        kept = frozenset(each for each in kept if not _list_contents(each))
    return kept | UNKNOWN


@lru_cache(maxsize=100_000)
def _measure_depth(value: Value) -> int:
    """Return how deep containers are in a value."""
    inner = (each for part in _list_contents(value) for each in part)
    return 1 + max(map(_measure_depth, inner), default=0)


def _list_contents(value: Value) -> tuple[ValueSet, ...]:
    """Return the sets of values that a value holds."""
    match value:
        case CollectionValue(items=items):
            return (items,)
        case RowValue(items=rows):
            return rows
        case TableValue(keys=keys, values=content, entries=entries):
            return (keys, content, *(each for _, each in entries))
        case ReturningValue(result=result):
            return (result,)
        case HolderValue(content=content):
            return (content,)
        case UserInstance(arguments=arguments):
            return (arguments,)
        case FunctionValue(receiver=receiver):
            return (receiver,)
        case AliasValue(of=aliased):
            return (aliased,)
        case ClassValue(of=inner) | PartialValue(of=inner):
            return (frozenset({inner}),)
        case _:
            return ()


_CONTAINERS: frozenset[type[object]] = frozenset(
    {CollectionValue, RowValue, TableValue, ReturningValue, HolderValue, UserInstance}
)
# Loops can nest a collection in itself without end. What is deeper is unknown.
_DEEPEST = 6
# With more values an answer says little, and joining them takes quadratic time.
_MOST_VALUES = 40


def lift_unknown(values: ValueSet) -> ValueSet:
    """Return values where containers of something unknown are known, or unknown.

    A loop over both yields the same, and of the whole a doubt can be taken back.
    """
    found: set[Value] = set()
    for each in values:
        known = _drop_unknown(each)
        found.add(known)
        if known != each:
            found |= UNKNOWN
    return frozenset(found)


def _drop_unknown(value: Value) -> Value:
    """Return a container without something unknown in it."""
    match value:
        case CollectionValue(items=items, is_paged=is_paged):
            return CollectionValue(_drop_all(items), is_paged)
        case TableValue(keys=keys, values=content, entries=entries):
            return TableValue(keys, _drop_all(content), entries)
        case _:
            return value


def _drop_all(values: ValueSet) -> ValueSet:
    return frozenset(_drop_unknown(each) for each in values - UNKNOWN)


def list_instances(values: ValueSet) -> ValueSet:
    """Return the instances of classes, and the values of aliases."""
    found: set[Value] = set()
    for each in values:
        if isinstance(each, ClassValue):
            found.add(each.of)
        elif isinstance(each, AliasValue):
            found |= each.of
        elif isinstance(each, UnknownValue | VariableValue):
            found.add(each)
    return frozenset(found)


def iterate_values(values: ValueSet) -> ValueSet:
    """Return what a loop over an expression yields."""
    found: set[Value] = set()
    for each in values:
        match each:
            case CollectionValue():
                found |= each.items
            case TableValue():
                found |= each.keys
            case RowValue():
                found.update(*each.items)
            case ClassValue(of=MemberValue() as member):
                found.add(member)
            case UnknownValue():
                found.add(each)
            case _:
                pass
    return frozenset(found)
