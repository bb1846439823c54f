"""The index over code that nobody here wrote, with uses that nobody here named.

The code is that of packages which are installed for development. A module of each, with
dataclasses and enums, takes the part of a client's models, and a class with methods that
of a resource. What uses them is known from pyright, which is asked for the references to
each name.
"""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from support.checked_code import write_code
from support.patience import PATIENCE

from flexprice_codegen.frozen_values import replace
from flexprice_codegen.impact.client_types import ClientTypes, MethodTypes
from flexprice_codegen.impact.code_files import CodeFile
from flexprice_codegen.impact.definitions_in_client import (
    Definition,
    find_definitions,
)
from flexprice_codegen.impact.index import find_uses
from flexprice_codegen.impact.language_server import start_server
from flexprice_codegen.impact.refining import UseRefiner
from flexprice_codegen.impact.symbols import Symbol, Use
from flexprice_codegen.impact.values import (
    OTHER,
    ClassValue,
    CollectionValue,
    MemberValue,
    ModelValue,
    ResourceValue,
    TableValue,
    Value,
    ValueSet,
    iterate_values,
    join_values,
)

CLIENT = "acme"
MODELS = f"{CLIENT}/models/__init__.py"
PACKAGES = {"black": "mode", "coverage": "results", "rich": "console"}
"""By package: the module that is the client."""
_LEAST_USES = 50
"""So many that what is found of them means something."""
RESOURCES = {
    "coverage": ("sqldata", "CoverageData"),
    "httpx2": ("_client", "Client"),
    "jinja2": ("environment", "Environment"),
    "rich": ("console", "Console"),
    "_pytest": ("terminal", "TerminalReporter"),
}
"""By package: the module that is the client, and the class that is a resource of it."""
_LEAST_CALLS = 8
_COLLECTIONS = frozenset({"set", "list", "frozenset", "Sequence", "Iterable"})


def read_package(package: str, module: str, home: str = MODELS) -> dict[str, str]:
    """Return the code of a package, which imports a module of its own from the client.

    Args:
        package: The package.
        module: The module of it that is one of the client.
        home: The path that this module has there.
    """
    path_there = home.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    root = Path(spec.origin).parent
    files = {}
    for path in sorted(root.rglob("*.py")):
        name = path.relative_to(root).as_posix()
        text = path.read_text(encoding="utf-8")
        if name == f"{module}.py":
            # It is the only module that moves.
            text = re.sub(r"from \.(\w)", rf"from {package}.\1", text)
            files[home] = text.replace("from . import", f"from {package} import")
            continue
        for former in (f"from {package}.{module} import", f"from .{module} import"):
            text = text.replace(former, f"from {path_there} import")
        files[f"{package}/{name}"] = text
    return files


def index_module(text: str) -> ClientTypes:
    """Return the dataclasses and enums of a module as those of a client."""
    classes = {
        each.name: each
        for each in ast.parse(text).body
        if isinstance(each, ast.ClassDef)
    }
    enums = {name for name, each in classes.items() if _is_enum(each)}
    values: dict[str, Value] = {
        name: MemberValue(name) if name in enums else ModelValue(name)
        for name in classes
    }
    return ClientTypes(
        client="Acme",
        classes={name: frozenset({ClassValue(each)}) for name, each in values.items()},
        fields={
            name: {
                attribute: _read_hint(hint, values)
                for attribute, hint in _iter_attributes(each)
            }
            for name, each in classes.items()
            if name not in enums
        },
        members={
            name: dict(_iter_members(each))
            for name, each in classes.items()
            if name in enums
        },
        other_members={},
        methods={},
        resources={},
        modules={},
        events={},
        events_by_name={},
        variables=frozenset(),
        options=frozenset(),
        servers=frozenset(),
        exports=frozenset(),
    )


def index_resource(text: str, name: str) -> ClientTypes:
    """Return a class with methods as a resource of a client that has nothing else."""
    (node,) = (
        each
        for each in ast.walk(ast.parse(text))
        if isinstance(each, ast.ClassDef) and each.name == name
    )
    resource: Value = ResourceValue(name)
    methods = {}
    for each in node.body:
        if not isinstance(each, ast.FunctionDef) or each.name.startswith("_"):
            continue
        # A resource has neither class methods nor properties.
        if not each.decorator_list:
            returns = each.returns
            result = OTHER if returns is None else _read_hint(returns, {name: resource})
            keywords = {keyword.arg: OTHER for keyword in each.args.kwonlyargs}
            methods[each.name] = MethodTypes(result, iterate_values(result), keywords)
    return replace(index_module(""), methods={name: methods}, resources={name: name})


def _is_enum(node: ast.ClassDef) -> bool:
    return any("Enum" in ast.unparse(each) for each in node.bases)


def _iter_attributes(node: ast.ClassDef) -> Iterator[tuple[str, ast.expr]]:
    """Yield the attributes of a class with their hints, or the classes of their values."""
    for each in ast.walk(node):
        match each:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=hint):
                yield name, hint
            case ast.Assign(
                targets=[ast.Attribute(value=ast.Name(id="self"), attr=name)],
                value=ast.Call(func=hint),
            ):
                yield name, hint
            case _:
                pass


def _iter_members(node: ast.ClassDef) -> Iterator[tuple[str, str | int]]:
    for each in node.body:
        match each:
            case ast.Assign(
                targets=[ast.Name(id=name)], value=ast.Constant(value=value)
            ):
                yield name, value if isinstance(value, str | int) else name
            case ast.Assign(targets=[ast.Name(id=name)]):
                yield name, name
            case _:
                pass


def _read_hint(node: ast.expr, values: Mapping[str, Value]) -> ValueSet:
    match node:
        case ast.Name(id=name):
            return frozenset({values[name]}) if name in values else OTHER
        case ast.Subscript(value=ast.Name(id=name), slice=inner):
            if name in _COLLECTIONS:
                return frozenset({CollectionValue(_read_hint(inner, values))})
            items = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            read = [_read_hint(each, values) for each in items]
            if name == "dict":
                return frozenset({TableValue(read[0], read[1])})
            return join_values(*read)
        case ast.BinOp(left=left, right=right):
            return _read_hint(left, values) | _read_hint(right, values)
        case _:
            return OTHER


def list_rows(uses: Iterable[Use]) -> set[tuple[str, int, Symbol]]:
    return {(each.file, each.position.line, each.symbol) for each in uses}


@pytest.mark.slow
@pytest.mark.parametrize(("package", "module"), PACKAGES.items())
def test_uses_that_a_checker_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str, module: str
) -> None:
    files = read_package(package, module)
    monkeypatch.chdir(tmp_path)
    text = files[MODELS]
    types = index_module(text)
    definitions = find_definitions({MODELS.partition("/")[2]: text}, types)
    known, further = compare_with_checker(files, types, definitions)
    assert known >= _LEAST_USES
    assert further <= 0.05 * known


@pytest.mark.slow
@pytest.mark.parametrize(("package", "resource"), RESOURCES.items())
def test_uses_of_methods_that_a_checker_knows(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    package: str,
    resource: tuple[str, str],
) -> None:
    module, name = resource
    home = f"{CLIENT}/resources/{module}.py"
    files = read_package(package, module, home)
    files[f"{CLIENT}/resources/__init__.py"] = ""
    monkeypatch.chdir(tmp_path)
    types = index_resource(files[home], name)
    methods = types.methods[name]
    found = find_definitions({home.partition("/")[2]: files[home]}, types)
    definitions = {
        symbol: places
        for symbol, places in found.items()
        if f"{symbol.owner}.{symbol.name}".split(".")[1] in methods
    }
    known, _ = compare_with_checker(files, types, definitions)
    assert known >= _LEAST_CALLS


def compare_with_checker(
    files: Mapping[str, str],
    types: ClientTypes,
    definitions: Mapping[Symbol, Collection[Definition]],
) -> tuple[int, int]:
    """Compare what is found with what pyright knows, in the working directory.

    At least 85 of 100 uses are found without a checker, and surely; none is wrong.

    Returns:
        How many uses pyright knows, and how many further ones are found.
    """
    write_code(Path(), {**files, f"{CLIENT}/__init__.py": ""})
    texts = {
        path.removeprefix(f"{CLIENT}/"): text
        for path, text in files.items()
        if path.startswith(f"{CLIENT}/")
    }
    code = {
        path: CodeFile(path, Path(path).read_bytes())
        for path in sorted(files)
        if not path.startswith(f"{CLIENT}/")
    }
    wanted = frozenset(definitions)
    uses = find_uses(code.values(), types, {CLIENT}, wanted).uses
    found = [each for each in uses if each.confidence == "sure"]

    program = str(Path(sys.executable).with_name("pyright-langserver"))
    here = Path().absolute()
    with start_server((program, "--stdio"), here, (here.as_posix(),)) as server:
        server.patience = PATIENCE
        refiner = UseRefiner(server, code, CLIENT, texts, definitions)
        known = list_rows(refiner.refine((), wanted))
        # Keywords of `replace`, for one. Where the server knows a name, it is not another.
        further = [
            replace(each, confidence="maybe")
            for each in found
            if list_rows([each]).isdisjoint(known)
        ]
        assert list_rows(refiner.refine(further, ())) == list_rows(further)

    assert len(known & list_rows(found)) >= 0.85 * len(known)
    return len(known), len(further)
