"""What is known of the user's code: its modules, classes and functions, and their values.

In: files of code. Out: `Project`, which collects the values of names, and knows which
modules have to be read again because they looked up too early. Nothing of a syntax tree
stays: the trees of large code are fifty times as large as its text.
"""

from __future__ import annotations

import ast
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, TypeAlias, TypeVar

from flexprice_codegen.impact.client_types import ClientTypes
from flexprice_codegen.impact.code_files import CodeFile
from flexprice_codegen.impact.recorder import Recorder
from flexprice_codegen.impact.values import (
    OTHER,
    UNKNOWN,
    ClientModule,
    ModuleValue,
    ValueSet,
    lift_unknown,
    limit_values,
)

_Key = TypeVar("_Key", bound=Hashable)


@lru_cache(maxsize=1)
def _encode_lines(file: CodeFile) -> tuple[bytes, ...]:
    """Return the lines of a file in UTF-8; one file is read at a time."""
    return tuple(line.encode() for line in file.list_lines())


@dataclass(slots=True, eq=False)
class Module:
    """A module of the user; `name` is its path with dots, from the root of the code."""

    file: CodeFile
    name: str

    @property
    def path(self) -> str:
        """The path of its file."""
        return self.file.path

    def get_line(self, number: int) -> bytes:
        """Return a line in UTF-8, by which columns count; lines count from one."""
        return _encode_lines(self.file)[number - 1]

    @property
    def package(self) -> str:
        """The package that relative imports start from."""
        if self.path.endswith("/__init__.py") or self.path == "__init__.py":
            return self.name
        return self.name.rpartition(".")[0]


_Place: TypeAlias = tuple[Module, int, int]
"""Where something is defined: a module, a line, and a column."""


@dataclass(slots=True)
class ReadingLog:
    """Which module is being read, and which ones have to be read again.

    A module is read again if it looked something up of which more became known.
    """

    current: Module | None = None
    outdated: set[Module] = field(default_factory=set)


@dataclass(slots=True)
class ValueTable(Generic[_Key]):
    """The values of names, which grow while modules are read.

    That a name can be anything may follow from what was not known yet. So a doubt lasts
    only until the module that has it is read again. Its own doubts give no reason to read
    a module again: it would forget them, and then have them again.
    """

    log: ReadingLog
    _values: dict[_Key, ValueSet] = field(default_factory=dict)
    _readers: dict[_Key, dict[Module | None, bool]] = field(default_factory=dict)
    """By name: who looked it up, and whether it had a doubt then."""
    _doubts: dict[_Key, set[Module | None]] = field(default_factory=dict)
    _doubtful: dict[Module | None, set[_Key]] = field(default_factory=dict)
    """By module: the names that it has doubts about."""
    _forgotten: dict[Module | None, set[_Key]] = field(default_factory=dict)
    """By module: the doubts that it had before it was last read."""

    def add(self, key: _Key, values: ValueSet) -> None:
        """Add what a name can be."""
        before = self._values.get(key)
        values = lift_unknown(values)
        if before is not None:
            values = limit_values(before | values)
        known = values - UNKNOWN
        if len(known) < len(values):
            self._add_doubt(key)
        if before is None:
            self._replace(key, known)
        elif not known <= before:
            self._replace(key, before | known)

    def set(self, key: _Key, values: ValueSet) -> None:
        """Set what a name can be, whatever was known before."""
        if self._values.get(key) != values:
            self._replace(key, values)

    def get(self, key: _Key) -> ValueSet | None:
        """Return what a name can be, or None if nothing was added."""
        is_doubtful = bool(self._doubts.get(key))
        readers = self._readers.get(key)
        if readers is None:
            self._readers[key] = {self.log.current: is_doubtful}
        else:
            readers[self.log.current] = is_doubtful
        values = self._values.get(key)
        return values | UNKNOWN if is_doubtful and values is not None else values

    def list_keys(self) -> list[_Key]:
        """Return the keys of all names so far."""
        return list(self._values)

    def forget_doubts(self, module: Module) -> None:
        """Forget the doubts that reading a module left, before it is read again."""
        keys = self._doubtful.pop(module, set())
        for key in keys:
            self._doubts[key].discard(module)
        self._forgotten[module] = keys

    def settle_doubts(self, module: Module) -> None:
        """Mark who saw a doubt that reading a module again did not leave."""
        kept = self._doubtful.get(module, set())
        for key in self._forgotten.pop(module, set()) - kept:
            if not self._doubts[key]:
                self._mark_others(key, has_seen_doubt=True)

    def _add_doubt(self, key: _Key) -> None:
        modules = self._doubts.setdefault(key, set())
        if not modules:
            self._mark_others(key, has_seen_doubt=False)
        modules.add(self.log.current)
        self._doubtful.setdefault(self.log.current, set()).add(key)

    def _mark_others(self, key: _Key, *, has_seen_doubt: bool) -> None:
        """Mark the other modules that looked a name up with or without its doubt."""
        self.log.outdated.update(
            module
            for module, has_seen in self._readers.get(key, {}).items()
            if module is not None
            and module is not self.log.current
            and has_seen is has_seen_doubt
        )

    def _replace(self, key: _Key, values: ValueSet) -> None:
        self._values[key] = values
        self.log.outdated.update(filter(None, self._readers.get(key, ())))


@dataclass(slots=True, eq=False)
class UserClass:
    """A class of the user; `bases` are the values of its bases."""

    number: int
    bases: ValueSet = OTHER
    fields: list[str] = field(default_factory=list)
    """The names with a hint, in order: the arguments of a dataclass."""


@dataclass(slots=True, eq=False)
class UserFunction:
    """A function of the user, and what its decorators make of it."""

    number: int
    module: Module
    name: str
    owner: int | None
    positional: tuple[str, ...] = ()
    """The names of the parameters that can be passed by position."""
    keyword_only: tuple[str, ...] = ()
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
    def is_test_or_fixture(self) -> bool:
        """Whether pytest gives values to its parameters by their names."""
        return self.is_fixture or self.name.startswith("test")

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
    log: ReadingLog = field(default_factory=ReadingLog)
    names: ValueTable[tuple[str, str]] = field(init=False)
    """By module and name."""
    attributes: ValueTable[tuple[int, str]] = field(init=False)
    """By class and name."""
    arguments: ValueTable[tuple[int, str]] = field(init=False)
    """By function and parameter: what callers give."""
    returns: ValueTable[int] = field(init=False)
    yields: ValueTable[int] = field(init=False)
    results: ValueTable[int] = field(init=False)
    """By function: what its hint says that it returns."""
    hints: ValueTable[tuple[int, str]] = field(init=False)
    """By function and parameter: what its hint says."""
    _function_numbers: dict[_Place, int] = field(default_factory=dict)
    _class_numbers: dict[_Place, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = ValueTable(self.log)
        self.attributes = ValueTable(self.log)
        self.arguments = ValueTable(self.log)
        self.returns = ValueTable(self.log)
        self.yields = ValueTable(self.log)
        self.results = ValueTable(self.log)
        self.hints = ValueTable(self.log)

    def start_module(self, module: Module) -> None:
        """Start to read a module: what reading it before left is forgotten."""
        if module in self.log.outdated:
            for table in self._list_tables():
                table.forget_doubts(module)
        self.log.outdated.discard(module)
        self.log.current = module
        self.recorder.clear(module.path)

    def end_module(self, module: Module) -> None:
        """End to read a module: who saw a doubt that is gone is read again."""
        for table in self._list_tables():
            table.settle_doubts(module)

    def _list_tables(self) -> tuple[ValueTable[Any], ...]:
        """Return the tables that can have doubts; a hint has none."""
        return (self.names, self.attributes, self.arguments, self.returns, self.yields)

    def get_function(
        self,
        module: Module,
        node: ast.FunctionDef | ast.AsyncFunctionDef,
        owner: int | None,
    ) -> UserFunction:
        """Return the function that a node defines, the same in each round."""
        place = _get_place(module, node)
        number = self._function_numbers.get(place)
        if number is None:
            number = len(self.functions)
            self._function_numbers[place] = number
            spec = node.args
            positional = tuple(each.arg for each in (*spec.posonlyargs, *spec.args))
            keyword_only = tuple(each.arg for each in spec.kwonlyargs)
            self.functions.append(
                UserFunction(number, module, node.name, owner, positional, keyword_only)
            )
        return self.functions[number]

    def get_class(self, module: Module, node: ast.ClassDef | ast.Call) -> UserClass:
        """Return the class that a node defines, the same in each round."""
        place = _get_place(module, node)
        number = self._class_numbers.get(place)
        if number is None:
            number = len(self.classes)
            self._class_numbers[place] = number
            self.classes.append(UserClass(number))
        return self.classes[number]

    def add_fixture(self, function: UserFunction) -> None:
        """Add a fixture of pytest."""
        known = self.fixtures.setdefault(function.name, [])
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


def _get_place(
    module: Module,
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Call,
) -> _Place:
    return (module, node.lineno, node.col_offset)


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
        module = Module(file, stem.replace("/", "."))
        project.modules.setdefault(module.name, module)
        for name in list_import_names(stem, packages):
            if project.short_names.setdefault(name, module) is not module:
                shared.add(name)
    # Two modules answer to the name, and only a search path decides between them.
    for name in shared:
        del project.short_names[name]
