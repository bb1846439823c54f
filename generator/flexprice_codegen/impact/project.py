"""What is known of the user's code: its modules, classes and functions, and their values.

In: syntax trees. Out: `Project`, which collects the values of names in rounds, until a
round finds nothing that the one before did not know.
"""

from __future__ import annotations

import ast
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from flexprice_codegen.impact.client_types import ClientTypes
from flexprice_codegen.impact.code_files import CodeFile, parse_code
from flexprice_codegen.impact.recorder import Recorder
from flexprice_codegen.impact.values import (
    OTHER,
    UNKNOWN,
    ClientModule,
    ModuleValue,
    ValueSet,
)

_Key = TypeVar("_Key", bound=Hashable)


@dataclass(slots=True)
class ValueTable(Generic[_Key]):
    """The values of names, which grow from round to round.

    That a name can be anything may follow from what an earlier round did not know yet,
    so that doubts count only from one round to the next.
    """

    is_changed: bool = False
    _values: dict[_Key, ValueSet] = field(default_factory=dict)
    _doubts: set[_Key] = field(default_factory=set)
    _former_doubts: set[_Key] = field(default_factory=set)

    def add(self, key: _Key, values: ValueSet) -> None:
        """Add what a name can be."""
        known = values - UNKNOWN
        if len(known) < len(values):
            self._doubts.add(key)
        before = self._values.get(key)
        if before is None or not known <= before:
            self._values[key] = known if before is None else before | known
            self.is_changed = True

    def get(self, key: _Key) -> ValueSet | None:
        """Return what a name can be, or None if nothing was added."""
        values = self._values.get(key)
        if values is None or key not in self._former_doubts:
            return values
        return values | UNKNOWN

    def list_keys(self) -> list[_Key]:
        """Return the keys of all names so far."""
        return list(self._values)

    def start_round(self) -> None:
        """Start a round: only what changes from now on counts as a change."""
        self.is_changed = False
        self._former_doubts = self._doubts
        self._doubts = set()


@dataclass(slots=True, eq=False)
class Module:
    """A module of the user; `name` is its path with dots, from the root of the code."""

    path: str
    name: str
    tree: ast.Module
    lines: tuple[bytes, ...] = ()
    """The lines in UTF-8, by which the columns of the syntax tree count."""

    def get_line(self, number: int) -> bytes:
        """Return a line in UTF-8; lines count from one."""
        return self.lines[number - 1]

    @property
    def package(self) -> str:
        """The package that relative imports start from."""
        if self.path.endswith("/__init__.py") or self.path == "__init__.py":
            return self.name
        return self.name.rpartition(".")[0]


@dataclass(slots=True, eq=False)
class UserClass:
    """A class of the user; `bases` are the values of its bases."""

    number: int
    module: Module
    node: ast.ClassDef
    bases: ValueSet = OTHER
    fields: list[str] = field(default_factory=list)
    """The names with a hint, in order: the arguments of a dataclass."""


@dataclass(slots=True, eq=False)
class UserFunction:
    """A function of the user, and what its decorators make of it."""

    number: int
    module: Module
    node: ast.FunctionDef | ast.AsyncFunctionDef
    owner: int | None
    outer: tuple[dict[str, ValueSet], ...] = ()
    decorators: frozenset[str] = frozenset()
    event: ValueSet = OTHER
    is_nested: bool = False

    @property
    def is_property(self) -> bool:
        """Whether reading the attribute calls it."""
        return not self.decorators.isdisjoint(("property", "cached_property"))

    @property
    def is_context_manager(self) -> bool:
        """Whether `with` gets what it yields."""
        names = ("contextmanager", "asynccontextmanager")
        return not self.decorators.isdisjoint(names)

    @property
    def is_fixture(self) -> bool:
        """Whether pytest gives its value to tests, by its name."""
        return "fixture" in self.decorators

    @property
    def takes_instance(self) -> bool:
        """Whether the first argument is the instance or the class."""
        return self.owner is not None and "staticmethod" not in self.decorators


@dataclass(slots=True)
class Project:
    """The user's code, and what is known of it so far."""

    types: ClientTypes
    recorder: Recorder
    modules: dict[str, Module] = field(default_factory=dict)
    short_names: dict[str, Module] = field(default_factory=dict)
    client_names: frozenset[str] = frozenset()
    client_roots: frozenset[str] = frozenset()
    """The first parts of the names by which the client can be imported."""
    functions: list[UserFunction] = field(default_factory=list)
    classes: list[UserClass] = field(default_factory=list)
    fixtures: dict[str, list[UserFunction]] = field(default_factory=dict)
    names: ValueTable[tuple[str, str]] = field(default_factory=ValueTable)
    """By module and name."""
    attributes: ValueTable[tuple[int, str]] = field(default_factory=ValueTable)
    """By class and name."""
    arguments: ValueTable[tuple[int, str]] = field(default_factory=ValueTable)
    """By function and parameter: what callers give."""
    returns: ValueTable[int] = field(default_factory=ValueTable)
    yields: ValueTable[int] = field(default_factory=ValueTable)
    results: dict[int, ValueSet] = field(default_factory=dict)
    """By function: what its hint says that it returns."""
    hints: dict[tuple[int, str], ValueSet] = field(default_factory=dict)
    """By function and parameter, where a hint has type variables."""
    _is_changed: bool = False
    _function_numbers: dict[ast.AST, int] = field(default_factory=dict)
    _class_numbers: dict[ast.AST, int] = field(default_factory=dict)

    def start_round(self) -> None:
        """Start a round over all modules."""
        self.recorder.clear()
        self._is_changed = False
        for table in (self.names, self.attributes, self.arguments):
            table.start_round()
        self.returns.start_round()
        self.yields.start_round()

    @property
    def is_changed(self) -> bool:
        """Whether this round found something new."""
        return (
            self._is_changed
            or self.names.is_changed
            or self.attributes.is_changed
            or self.arguments.is_changed
            or self.returns.is_changed
            or self.yields.is_changed
        )

    def get_function(
        self,
        module: Module,
        node: ast.FunctionDef | ast.AsyncFunctionDef,
        owner: int | None,
    ) -> UserFunction:
        """Return the function of a node, the same in each round."""
        number = self._function_numbers.get(node)
        if number is None:
            number = len(self.functions)
            self._function_numbers[node] = number
            self.functions.append(UserFunction(number, module, node, owner))
        return self.functions[number]

    def get_class(self, module: Module, node: ast.ClassDef) -> UserClass:
        """Return the class of a node, the same in each round."""
        number = self._class_numbers.get(node)
        if number is None:
            number = len(self.classes)
            self._class_numbers[node] = number
            self.classes.append(UserClass(number, module, node))
        return self.classes[number]

    def set_result(self, number: int, values: ValueSet) -> None:
        """Set what the hint of a function says that it returns."""
        if self.results.get(number) != values:
            self.results[number] = values
            self._is_changed = True

    def add_fixture(self, function: UserFunction) -> None:
        """Add a fixture of pytest."""
        known = self.fixtures.setdefault(function.node.name, [])
        if function not in known:
            known.append(function)

    def is_in_client(self, path: str) -> bool:
        """Return whether a dotted path leads into the client."""
        return self._find_in_client(path) is not None

    def list_names(self, module: str) -> Iterator[tuple[str, ValueSet]]:
        """Yield the public names of a module of the user, with what they can be."""
        for owner, name in self.names.list_keys():
            if owner == module and not name.startswith("_"):
                yield name, self.names.get((owner, name)) or OTHER

    def find_module(self, name: str) -> ClientModule | ModuleValue:
        """Return the module that an absolute import means."""
        path = self._find_in_client(name)
        if path is not None:
            return ClientModule(path)
        module = self.modules.get(name) or self.short_names.get(name)
        return ModuleValue(name if module is None else module.name)

    def _find_in_client(self, name: str) -> str | None:
        """Return the path of a module in the client; None for any other module."""
        head = name
        while head:
            if head in self.client_names:
                return name[len(head) + 1 :]
            head = head.rpartition(".")[0]
        return None


def list_import_names(path: str, packages: Iterable[str]) -> list[str]:
    """Return the names by which a module can be imported, the longest first.

    Args:
        path: Its path without a suffix, with slashes, from the root of the code.
        packages: The directories that have an `__init__.py`.
    """
    known = set(packages)
    parts = path.split("/")
    top = len(parts) - 1
    while top > 0 and "/".join(parts[:top]) in known:
        top -= 1
    return [".".join(parts[start:]) for start in range(top + 1)]


def list_packages(paths: Iterable[str]) -> frozenset[str]:
    """Return the directories of some files that have an `__init__.py`."""
    return frozenset(
        path.rpartition("/")[0] for path in paths if path.endswith("/__init__.py")
    )


def add_modules(project: Project, files: Iterable[CodeFile]) -> None:
    """Add the modules of the code."""
    files = list(files)
    packages = list_packages(each.path for each in files)
    shared: set[str] = set()
    for file in files:
        stem = file.path.rpartition(".")[0].removesuffix("/__init__")
        lines = tuple(line.encode() for line in file.list_lines())
        module = Module(file.path, stem.replace("/", "."), parse_code(file), lines)
        project.modules.setdefault(module.name, module)
        for name in list_import_names(stem, packages):
            if project.short_names.setdefault(name, module) is not module:
                shared.add(name)
    # Two modules answer to the name, and only a search path decides between them.
    for name in shared:
        del project.short_names[name]
