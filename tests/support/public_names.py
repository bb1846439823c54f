"""The public names of a generated client, and those that a later client lacks.

In: two imported packages of one client, before and after. Out: a line for each name of
the first that the second lacks, and one for each use of a name that both have and that
no longer works. Live objects are compared, not sources: a lazy export (PEP 562), a
member of a base class and a deprecated alias all count.
"""

from __future__ import annotations

import ast
import inspect
import pkgutil
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import import_module
from inspect import Parameter, Signature
from types import FunctionType, MethodType, ModuleType
from typing import NamedTuple

from support.values import Value

_BUILT_BY_THE_CLIENT = {"BaseResource", "EventPayloads", "EventType", "RawResponse"}
"""Classes, also as bases, that only the client itself calls."""
_INTERNAL = {
    "APIStatusError.repeat",
    "AsyncWebhookRouter.payloads",
    "EventPayloads.read",
    "FakeTransport.facts",
    "Router.payloads",
    "Told.take",
    "WebhookRouter.payloads",
}
"""Attributes without an underscore that only the client itself uses."""
_MODULES_OF_INTERNAL_BASES = {"abc", "msgspec", "msgspec._core", "typing"}
"""How a class is built is no promise: a Struct may become a dataclass."""
_MISSING = object()
_POSITIONAL = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
_KEYWORD = (Parameter.POSITIONAL_OR_KEYWORD, Parameter.KEYWORD_ONLY)


class Losses(NamedTuple):
    """What a later client lacks, sorted.

    `names` are modules, classes, attributes, members, constants, and keywords. `uses`
    are calls, values, and bases of names that are still there.
    """

    names: list[str]
    uses: list[str]


class _Loss(NamedTuple):
    text: str
    is_name: bool = True


def _lose_use(text: str) -> _Loss:
    return _Loss(text, is_name=False)


def find_losses(before: ModuleType, after: ModuleType) -> Losses:
    """Return the public names and their uses in `before` that `after` has not.

    Args:
        before: The package of a client, imported.
        after: The package of a later client of the same API, under another name.
    """
    with warnings.catch_warnings():
        # A deprecated alias is still a name.
        warnings.simplefilter("ignore", DeprecationWarning)
        found = sorted(set(_Comparison(before, after).find_losses()))
    return Losses(
        [each.text for each in found if each.is_name],
        [each.text for each in found if not each.is_name],
    )


def find_lost_names(before: ModuleType, after: ModuleType) -> list[str]:
    """Return the public names and calls of `before` that do not work in `after`."""
    losses = find_losses(before, after)
    return sorted([*losses.names, *losses.uses])


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Two packages; a path starts with the last part of the first package's name."""

    before: ModuleType
    after: ModuleType

    def find_losses(self) -> Iterator[_Loss]:
        """Yield what is lost, module by module."""
        short = self.before.__name__.rpartition(".")[2]
        for module in _find_public_modules(self.before):
            tail = module.__name__.removeprefix(self.before.__name__)
            try:
                later = import_module(f"{self.after.__name__}{tail}")
            except ModuleNotFoundError:
                yield _Loss(f"{short}{tail}")
                continue
            for name in _list_public_names(module):
                yield from self._compare_members(f"{short}{tail}", name, module, later)

    def _compare_members(
        self, path: str, name: str, before: Value, after: Value
    ) -> Iterator[_Loss]:
        """Compare what two modules or two classes have under one name."""
        later = getattr(after, name, _MISSING)
        if later is not _MISSING:
            # Instances may have set it, and then their class has no value to compare.
            value = getattr(before, name, later)
            yield from self._compare_values(f"{path}.{name}", value, later)
        elif not isinstance(after, type) or name not in self._find_attributes(after):
            yield _Loss(f"{path}.{name}")

    def _compare_values(
        self, path: str, before: Value, after: Value
    ) -> Iterator[_Loss]:
        """Compare two values by what they are to a user."""
        if before is after:
            return  # such as `dict`, which both clients refer to
        match before:
            case type():
                yield from self._compare_classes(path, before, after)
            case Enum() if after != before.value:
                yield _lose_use(f"{path} == {before.value!r}")
            case str() if type(before).__name__ == "EventType" and after != before:
                yield _lose_use(f"{path} == {str(before)!r}")
            case Mapping():
                gone = (key for key in before if key not in after)
                yield from (_lose_use(f"{path}[{key!r}]") for key in gone)
            case FunctionType() | MethodType():
                yield from _find_lost_calls(path, before, after)

    def _compare_classes(
        self, path: str, before: type, after: Value
    ) -> Iterator[_Loss]:
        """Compare attributes, bases, the constructor, and a client's resources."""
        if type(before).__name__ == "Marker":
            return  # a union: only its name is public
        if not isinstance(after, type):
            yield _lose_use(f"{path} is a class")
            return
        # What an exported base has is compared there, and reported once.
        inherited = {
            name
            for base in before.__mro__[1:]
            if self._is_exported(base)
            for name in self._find_attributes(base)
        }
        for name in self._find_attributes(before) - inherited:
            yield from self._compare_members(path, name, before, after)
        yield from self._find_lost_bases(path, before, after)
        if _is_constructed(before):
            yield from _find_lost_calls(path, before, after)
        yield from self._compare_resources(path, before, after)

    def _compare_resources(
        self, path: str, before: Value, after: Value
    ) -> Iterator[_Loss]:
        """Compare the classes of `client.customers` and its like."""
        for name, attribute in vars(before).items():
            if type(attribute).__name__ == "Lazy":
                resource = getattr(_open_client(before), name)
                later = getattr(_open_client(after), name, None)
                if later is not None:
                    yield from self._compare_classes(
                        f"{path}.{name}", type(resource), type(later)
                    )

    def _find_lost_bases(self, path: str, before: type, after: type) -> Iterator[_Loss]:
        """Yield what instances no longer are; internal bases do not count."""
        for base in before.__mro__[1:-1]:
            if self._is_exported(base):
                later = getattr(self.after, base.__name__, base)
            elif self._is_own(base) or base.__module__ in _MODULES_OF_INTERNAL_BASES:
                continue
            else:
                later = base
            if later not in after.__mro__:
                yield _lose_use(f"{path} is a {base.__name__}")

    def _find_attributes(self, kind: type) -> set[str]:
        """Return the public attributes that a client's class has or sets on itself."""
        return {
            name
            for base in kind.__mro__
            if self._is_own(base)
            for name in vars(base).keys() | _find_assigned(base)
            if name[0] != "_" and f"{base.__name__}.{name}" not in _INTERNAL
        }

    def _is_exported(self, kind: type) -> bool:
        """Return whether the first package itself exports a class."""
        return getattr(self.before, kind.__name__, None) is kind

    def _is_own(self, kind: type) -> bool:
        """Return whether a class is defined in one of the two packages."""
        roots = (f"{self.before.__name__}.", f"{self.after.__name__}.")
        return kind.__module__.startswith(roots)


def _find_public_modules(package: ModuleType) -> Iterator[ModuleType]:
    """Yield a package and those of its modules that users import from."""
    yield package
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        parts = found.name.removeprefix(f"{package.__name__}.").split(".")
        if parts[0] != "runtime" and not any(part[0] == "_" for part in parts):
            yield import_module(found.name)


def _list_public_names(module: ModuleType) -> list[str]:
    """Return `__all__`, else the names that a module itself defines."""
    listed: list[str] | None = getattr(module, "__all__", None)
    if listed is not None:
        return listed
    bound = _find_bound(_parse_module(module.__name__).body)
    return [name for name in bound if name[0] != "_"]


def _find_bound(statements: Iterable[ast.stmt]) -> Iterator[str]:
    """Yield the names that statements assign or define."""
    for statement in statements:
        match statement:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)]):
                yield name
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name


@cache
def _find_assigned(kind: type) -> frozenset[str]:
    """Return the attributes that a class annotates, or that its methods set on self."""
    found: set[str] = set()
    for node in _parse_module(kind.__module__).body:
        if isinstance(node, ast.ClassDef) and node.name == kind.__name__:
            found.update(_find_bound(node.body))
            for inner in ast.walk(node):
                match inner:
                    case ast.Attribute(value=ast.Name(id="self"), ctx=ast.Store()):
                        found.add(inner.attr)
    return frozenset(found)


@cache
def _parse_module(name: str) -> ast.Module:
    """Parse the source of an imported module."""
    return ast.parse(inspect.getsource(sys.modules[name]))


def _is_constructed(kind: type) -> bool:
    """Return whether users call a class to get an instance."""
    names = {base.__name__ for base in kind.__mro__}
    return not issubclass(kind, Enum | Exception) and not names & _BUILT_BY_THE_CLIENT


def _open_client(client: Value) -> Value:
    """Open a client that calls nobody."""
    return client(base_url="http://localhost")


class _Call(NamedTuple):
    """A call as a user writes it: the arguments by position, and those by keyword."""

    positional: tuple[str, ...]
    keywords: tuple[str, ...]

    def __str__(self) -> str:
        """Format the arguments."""
        named = [f"{name}=" for name in self.keywords]
        return f"({', '.join([*self.positional, *named])})"

    def add_keywords(self, names: Iterable[str]) -> _Call:
        """Return the call with further keywords."""
        given = {*self.positional, *self.keywords}
        more = tuple(name for name in names if name not in given)
        return _Call(self.positional, (*self.keywords, *more))

    def binds(self, signature: Signature) -> bool:
        """Return whether a function accepts this call, no two arguments swapped."""
        named = {name: name for name in self.keywords}
        try:
            bound = signature.bind(*self.positional, **named)
        except TypeError:
            return False
        in_order = _list_parameters(signature, _POSITIONAL)
        return not any(
            argument in in_order and argument != name
            for name, argument in bound.arguments.items()
        )


def _find_lost_calls(path: str, before: Value, after: Value) -> Iterator[_Loss]:
    """Yield the keywords of a function or a class, and the calls, that are lost."""
    if not callable(after):
        yield _lose_use(f"{path}()")
        return
    former = _get_signature(before)
    signature = _get_signature(after)
    gone = {
        name
        for name in _list_parameters(former, _KEYWORD)
        if not _takes(signature, name)
    }
    yield from (_Loss(f"{path}({name}=)") for name in gone)

    added = tuple(
        name for name in _list_required(signature) if name not in _list_required(former)
    )
    yield from (_lose_use(f"{path} requires {name}") for name in added)
    for call in _list_calls(former):
        # What is lost or added once fails every call that needs it.
        whole = call.add_keywords(added)
        if gone.isdisjoint(call.keywords) and not whole.binds(signature):
            yield _lose_use(f"{path}{call}")


def _takes(signature: Signature, name: str) -> bool:
    """Return whether a function accepts a keyword."""
    kinds = {each.kind for each in signature.parameters.values()}
    accepted = name in _list_parameters(signature, _KEYWORD)
    return accepted or Parameter.VAR_KEYWORD in kinds


def _list_required(signature: Signature) -> tuple[str, ...]:
    """Return the keywords without a default."""
    return tuple(
        name
        for name in _list_parameters(signature, _KEYWORD)
        if signature.parameters[name].default is Parameter.empty
    )


def _get_signature(function: Value) -> Signature:
    """Return a signature as callers see it: without `self`."""
    found = inspect.signature(function)
    parameters = [
        parameter for name, parameter in found.parameters.items() if name != "self"
    ]
    return found.replace(parameters=parameters)


def _list_calls(signature: Signature) -> Iterator[_Call]:
    """Yield the shortest call, one with each optional argument, and one by position."""
    keywords = _list_parameters(signature, _KEYWORD)
    required = _list_required(signature)
    unnamed = _list_parameters(signature, (Parameter.POSITIONAL_ONLY,))
    yield _Call(unnamed, required)
    for name in keywords:
        if name not in required:
            yield _Call(unnamed, (*required, name))
    in_order = _list_parameters(signature, (*_POSITIONAL, Parameter.VAR_POSITIONAL))
    yield _Call(in_order, tuple(name for name in required if name not in in_order))


def _list_parameters(signature: Signature, kinds: Sequence[object]) -> tuple[str, ...]:
    """Return the names of the parameters of some kinds, in order."""
    parameters = signature.parameters.values()
    return tuple(each.name for each in parameters if each.kind in kinds)
