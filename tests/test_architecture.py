"""The floors of the house, as data: what may import what, and how large things are."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest
from support.package_code import (
    MODULES,
    SOURCES,
    list_nodes,
    parse_module,
    read_module,
)

FLOORS = {
    "frozen_values": 0,
    "hashes": 0,
    "json_pointers": 0,
    "diagnostics": 0,
    "words": 0,
    "config": 0,
    "config_values": 0,
    "output_paths": 0,
    "version": 0,
    "versions": 0,
    "spec": 1,
    "api": 2,
    "surface": 3,
    "emit": 4,
    "diff": 4,
    "vendor": 5,
    "conform": 4,
    "impact": 5,
    "report": 5,
    "pipeline": 6,
    "cli": 7,
    "__main__": 8,
}
"""A room imports only rooms on a lower floor, and modules of its own."""
EXTRA = {
    ("config", "diagnostics"),  # faults have places
    ("config", "config_values"),
    ("config", "version"),  # a file can require one
    ("config", "versions"),
    ("config_values", "diagnostics"),
    ("config", "frozen_values"),  # every room declares its values alike
    ("config", "output_paths"),
    ("diagnostics", "frozen_values"),
    ("diagnostics", "json_pointers"),  # a place is a pointer
    ("words", "hashes"),  # a long name ends in a hash
    ("report", "vendor"),  # a plan is reported
    ("report", "impact"),  # the lines that break are reported
}
"""Edges on one floor."""
DIFF_FLOORS = {
    "rules": 0,
    "finding": 1,
    "wire": 2,
    "source": 2,
    "grouping": 3,
    "levels": 4,
    "changes": 5,
    "compare": 5,
}
"""The same inside `diff/`: what is on one floor does not know its neighbor."""
MAX_LINES = 500
MAX_LINES_OF_A_FUNCTION = 60
MAX_PARAMETERS = 6

HIDDEN_FIELDS = {
    ("about", "compare"),
    ("location", "compare"),
    ("content", "compare"),
    ("names", "compare"),
    ("former_name", "compare"),
    ("_references", "compare"),
    ("_references", "repr"),
    ("headers", "repr"),
}
"""Fields of dataclasses that take no part in equality (prose, places, names of enum values,
and what follows the references of a document), or are not shown (that, and what may be a
secret)."""

FROZEN_AT_RUN_TIME = {
    "Default",  # its equality and its hash are its own: 0 is not false
    "SourceText",  # it caches a property, which slots have no room for
}
"""Dataclasses that cannot be made by `frozen_value`."""


def name_of(path: Path) -> str:
    parts = path.relative_to(SOURCES).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


@cache
def imports_of(path: Path) -> frozenset[str]:
    """Return the modules of the generator that a module imports."""
    found = set()
    for node in list_nodes(path):
        if isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = name_of(path).split(".")[: -node.level or None]
                base = ".".join([*package, base]) if base else ".".join(package)
            found.add(base)
            found.update(f"{base}.{each.name}" for each in node.names)
        elif isinstance(node, ast.Import):
            found.update(each.name for each in node.names)
    return frozenset(each for each in found if each.startswith("flexprice_codegen"))


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


ROOMS = {
    name: [path for path in MODULES if (room(name_of(path)) or "(root)") == name]
    for name in sorted({room(name_of(path)) or "(root)" for path in MODULES})
}


@pytest.mark.parametrize("paths", ROOMS.values(), ids=ROOMS)
def test_imports_run_downward(paths: list[Path]) -> None:
    for path in paths:
        own = room(name_of(path))
        for target in imports_of(path):
            other = room(target)
            if other in ("", own) or (own, other) in EXTRA:
                continue
            assert own != "runtime", f"the runtime imports {target}"
            assert FLOORS[other] < FLOORS[own], f"{own} imports {target}"


def test_the_diff_has_floors_of_its_own() -> None:
    for path in ROOMS["diff"]:
        parts = name_of(path).split(".")
        own = parts[2] if len(parts) > 2 else ""
        for target in imports_of(path):
            other = (
                target.split(".")[2]
                if target.startswith("flexprice_codegen.diff.")
                else ""
            )
            if own and other and own != other:
                assert DIFF_FLOORS[other] < DIFF_FLOORS[own], f"{path} imports {target}"


def test_no_module_imports_itself_through_others() -> None:
    names = {name_of(path) for path in MODULES}
    edges = {name_of(path): imports_of(path) & names for path in MODULES}
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, f"a circle: {' → '.join((*trail, module))}"
        if module not in done:
            for target in sorted(edges[module] - {module}):
                visit(target, (*trail, module))
            done.add(module)

    for name in sorted(names):
        visit(name, ())


def test_equal_means_equal_in_all_fields() -> None:
    """Where a field must not count, those who compare say so, with their reason."""
    found = set()
    for path in MODULES:
        if room(name_of(path)) == "runtime":
            continue
        for node in list_nodes(path):
            if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Call):
                found |= {
                    (ast.unparse(node.target), str(each.arg))
                    for each in node.value.keywords
                    if each.arg in {"compare", "repr", "hash"}
                }
    assert found == HIDDEN_FIELDS


def test_frozen_dataclasses_have_one_decorator() -> None:
    """The runtime stands alone in other repositories, so it has only the library's."""
    found = set()
    for path in MODULES:
        if room(name_of(path)) == "runtime":
            continue
        for node in list_nodes(path):
            if isinstance(node, ast.ClassDef):
                decorators = map(ast.unparse, node.decorator_list)
                found |= {node.name for each in decorators if "frozen=True" in each}
    assert found == FROZEN_AT_RUN_TIME


def test_no_two_public_classes_have_one_name() -> None:
    homes: dict[str, list[str]] = {}
    for path in MODULES:
        for node in list_nodes(path):
            is_public = isinstance(node, ast.ClassDef) and not node.name.startswith("_")
            if isinstance(node, ast.ClassDef) and is_public:
                homes.setdefault(node.name, []).append(name_of(path))
    assert {name: where for name, where in homes.items() if len(where) > 1} == {}


@pytest.mark.parametrize("paths", ROOMS.values(), ids=ROOMS)
def test_every_package_is_only_a_docstring(paths: list[Path]) -> None:
    for path in paths:
        if path.name == "__init__.py":
            body = parse_module(path).body
            assert len(body) == 1, "an __init__.py holds a docstring and nothing else"
        assert ast.get_docstring(
            parse_module(path)
        ), "a module says what comes in and what goes out"


@pytest.mark.parametrize("paths", ROOMS.values(), ids=ROOMS)
def test_modules_functions_and_signatures_stay_small(paths: list[Path]) -> None:
    for path in paths:
        assert read_module(path).count("\n") <= MAX_LINES, path
        for node in list_nodes(path):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            assert node.end_lineno is not None
            size = node.end_lineno - node.lineno + 1
            assert size <= MAX_LINES_OF_A_FUNCTION, f"{node.name} has {size} lines"
            positional = [*node.args.posonlyargs, *node.args.args]
            count = len(
                [each for each in positional if each.arg not in ("self", "cls")]
            )
            limit = MAX_PARAMETERS if room(name_of(path)) != "runtime" else None
            if limit is not None:
                assert (
                    count + len(node.args.kwonlyargs) <= limit
                ), f"{node.name} takes {count}"


BUILT_NAMES = {
    # The destinations of arguments are attributes, and have the names of the options.
    ("cli.client_selection", "select_clients"),
    ("cli.client_selection", "_build_client"),
    # A table has the attributes of types, each beside the keyword that it is.
    ("diff.wire.scalars", "_get_bound"),
    # Every field of a dataclass counts, whatever its name.
    ("api.shape_format_1", "_write"),
    ("emit.digests", "_build_reader"),
    ("emit.method_view", "_format_paging"),
    ("frozen_values", "_build_methods"),
    ("frozen_values", "_build_repr"),
    ("frozen_values", "_compile_init"),
    ("frozen_values", "_get_init_fields"),
    ("frozen_values", "_make_value"),
    ("frozen_values", "__repr__"),
    ("emit.method_view", "_format_batching"),
}
"""Functions that read an attribute whose name does not stand beside it, with reasons."""


def test_every_import_and_attribute_is_called_by_its_name() -> None:
    """So that a search for a name finds all that use it."""
    found = set()
    for path in MODULES:
        if room(name_of(path)) == "runtime":
            continue
        module = name_of(path).removeprefix("flexprice_codegen.")
        for function in list_nodes(path):
            if isinstance(function, ast.FunctionDef):
                found |= {
                    (module, function.name)
                    for node in ast.walk(function)
                    if isinstance(node, ast.Call) and is_by_built_name(node)
                }
        # Of the module itself, outside of functions.
        assert not [
            node
            for statement in parse_module(path).body
            if not isinstance(statement, ast.FunctionDef | ast.ClassDef)
            for node in ast.walk(statement)
            if isinstance(node, ast.Call) and is_by_built_name(node)
        ], path
    assert found == BUILT_NAMES


def is_by_built_name(call: ast.Call) -> bool:
    """Return whether a call imports or reads something by a name that it computes."""
    match ast.unparse(call.func).rpartition(".")[2], call.args:
        case ("import_module" | "__import__", [name, *_]):
            return not isinstance(name, ast.Constant)
        case ("getattr" | "setattr" | "delattr" | "attrgetter", [*_, _]):
            names = call.args[1:2] or call.args
            return not isinstance(names[0], ast.Constant)
        case ("globals" | "eval" | "exec", _):
            return True
    return False


OF_NAMED_TUPLES = {"_asdict", "_fields", "_make", "_replace"}
"""Names of the standard library that are public all the same."""


def test_the_runtime_uses_no_private_name_of_others() -> None:
    """It runs with versions of httpx2 and msgspec that nobody has seen yet."""
    trees = [path for path in MODULES if room(name_of(path)) == "runtime"]
    nodes = [node for path in trees for node in list_nodes(path)]
    own = OF_NAMED_TUPLES | {"_hidden"}  # which generated clients set
    for node in nodes:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                own.add(node.name)
            case ast.Name(id=name, ctx=ast.Store()):
                own.add(name)
            case ast.Attribute(value=ast.Name(id="self"), ctx=ast.Store(), attr=name):
                own.add(name)
    used = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    assert {name for name in used if is_private(name)} <= own
    imported = {
        part
        for node in nodes
        if isinstance(node, ast.ImportFrom) and not node.level
        for part in (*(node.module or "").split("."), *(n.name for n in node.names))
    }
    assert not {name for name in imported if is_private(name)}


def is_private(name: str) -> bool:
    """Return whether a name says that only its own package may use it.

    One that ends so as well, such as `_value_` of an enum, is Python's.
    """
    return name.startswith("_") and not name.endswith("_")


def test_the_runtime_looks_nothing_up_in_its_scopes() -> None:
    """Its parameters are written out, so that readers and type checkers see them."""
    assert not [
        f"{name_of(path)}: {ast.unparse(node)}"
        for path in MODULES
        if room(name_of(path)) == "runtime"
        for node in list_nodes(path)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"globals", "locals", "vars", "eval", "exec"}
        and (not node.args or ast.unparse(node.func) in {"eval", "exec"})
    ]


PROSE = {"cli.arguments", "cli.diff_arguments"}
"""Modules that capitalize a sentence."""


def test_no_name_is_made_by_capitalizing_another() -> None:
    found = {
        name_of(path).removeprefix("flexprice_codegen.")
        for path in MODULES
        for node in list_nodes(path)
        if isinstance(node, ast.Attribute) and node.attr in {"capitalize", "title"}
        if isinstance(node.ctx, ast.Load) and is_called(parse_module(path), node)
    }
    assert found == PROSE


def is_called(tree: ast.Module, attribute: ast.Attribute) -> bool:
    """Return whether an attribute is called without arguments, as a method of `str`."""
    text = ast.unparse(attribute)
    return any(
        isinstance(node, ast.Call) and not node.args and ast.unparse(node.func) == text
        for node in ast.walk(tree)
    )
