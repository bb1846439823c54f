"""User code with a client of its own, and what type checkers say of both.

In: files of code and a document. Out: a folder with the code and the client that is
generated from the document, the errors of a checker in the code, and which of them lie
on lines that are reported.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias, get_args

from flexprice_codegen.cli.main import main

Checker: TypeAlias = Literal["mypy", "pyright"]
CHECKERS: tuple[Checker, ...] = get_args(Checker)
_AT_ONCE = 10
"""How many folders pyright reads in one run; each takes memory."""
_ERROR = re.compile(r"(?P<file>[^:]+):(?P<line>\d+): error: (?P<text>.*)")
_IGNORE = re.compile(r"# type: ignore(\[[^]]*\])?")


class CheckedError(NamedTuple):
    """An error of a type checker."""

    file: str
    line: int
    text: str


def write_code(folder: Path, files: Mapping[str, str]) -> None:
    """Write files of code, without comments that hide errors."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_IGNORE.sub("", text), encoding="utf-8")


def generate(folder: Path, spec: str, package: str, *options: str) -> None:
    """Generate a client in `src` of a folder."""
    output = str(folder / "src" / package)
    assert (
        main(["generate", spec, "--output", output, "--package", package, *options])
        == 0
    )


def check(folder: Path, package: str, checker: Checker = "mypy") -> set[CheckedError]:
    """Return the errors in the code of a folder, without those of the client."""
    is_mypy = checker == "mypy"
    errors = _run_mypy(folder, folder / ".cache") if is_mypy else _run_pyright(folder)
    return set(_leave_out_package(errors, package))


def _leave_out_package(
    errors: Iterable[CheckedError], package: str
) -> Iterator[CheckedError]:
    """Yield the errors outside of a package; it is empty for all."""
    own = f"/{package}/"
    return (each for each in errors if not package or own not in f"/{each.file}")


def check_all(
    folders: Sequence[Path], package: str, checker: Checker
) -> Iterator[set[CheckedError]]:
    """Yield what `check` returns for each of some folders that stand side by side.

    Pyright reads the libraries once for many of them; mypy keeps what it knows of them.
    """
    if checker == "mypy":
        for folder in folders:
            errors = _run_mypy(folder, folder.parent / ".cache")
            yield set(_leave_out_package(errors, package))
        return
    for first in range(0, len(folders), _AT_ONCE):
        some = folders[first : first + _AT_ONCE]
        found = defaultdict[str, set[CheckedError]](set)
        errors = _run_pyright(some[0].parent, [each.name for each in some])
        for error in _leave_out_package(errors, package):
            name, _, file = error.file.partition("/")
            found[name].add(error._replace(file=file))
        yield from (found[each.name] for each in some)


def _run_mypy(folder: Path, cache: Path) -> Iterator[CheckedError]:
    done = subprocess.run(
        [
            sys.executable,
            *("-m", "mypy", "--config-file=", "--cache-dir", str(cache)),
            *("--no-error-summary", "--check-untyped-defs", "--ignore-missing-imports"),
            *("--explicit-package-bases", "--namespace-packages", "--no-pretty"),
            *("--hide-error-context", "."),
        ],
        capture_output=True,
        text=True,
        cwd=folder,
        env=os.environ | {"MYPYPATH": "src"},
        check=False,
    )
    assert not done.stderr, done.stderr
    for line in done.stdout.splitlines():
        match = _ERROR.match(line)
        if match is not None:
            yield CheckedError(match["file"], int(match["line"]), match["text"])


def _run_pyright(
    folder: Path, projects: Sequence[str] = (".",)
) -> Iterator[CheckedError]:
    settings = {
        "include": projects,
        "typeCheckingMode": "standard",
        "executionEnvironments": [
            {"root": each, "extraPaths": [f"{each}/src"]} for each in projects
        ],
    }
    project = folder / "pyrightconfig.json"
    project.write_text(json.dumps(settings), encoding="utf-8")
    program = Path(sys.executable).with_name("pyright")
    done = subprocess.run(
        [program, "--pythonpath", sys.executable, "--outputjson"],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
    )
    for each in json.loads(done.stdout)["generalDiagnostics"]:
        if each["severity"] == "error":
            path = Path(each["file"]).relative_to(folder.resolve())
            line = each["range"]["start"]["line"] + 1
            yield CheckedError(path.as_posix(), line, each["message"])


def list_reported(report: str) -> set[tuple[str, int]]:
    """Return the lines that a report in JSON names."""
    return {
        (place["file"], place["line"])
        for impact in json.loads(report)["impacts"]
        for place in impact["places"]
    }


def find_unreported(
    errors: Iterable[CheckedError], reported: set[tuple[str, int]], folder: Path
) -> list[CheckedError]:
    """Return the errors that nothing reported explains.

    A checker reports a wrong keyword at the start of its call, and a value of another type
    where a variable is used that holds it. So an error is explained by its statement, or
    by a statement that assigns a name that it reads, also an alias of a type, or by a
    condition that narrows it.
    """
    return sorted(
        each
        for each in errors
        if not _list_explaining(folder / each.file, each.line)
        & {line for file, line in reported if file == each.file}
    )


def _list_explaining(path: Path, line: int) -> set[int]:
    """Return the lines that explain an error in a line."""
    code = _index_code(path.read_bytes())
    statements = [each for each in code.statements if _spans(each, line)]
    if not statements:
        return {line}
    own = max(statements, key=lambda each: each.lineno)
    end = own.end_lineno or own.lineno
    if isinstance(own, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        end = own.body[0].lineno
    read = _list_names(own)
    lines = {line, *range(own.lineno, end + 1), *_list_narrowing(statements, read)}
    functions = [
        each
        for each in statements
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    if functions:
        lines |= _list_assigning(_iter_assignments(functions[-1]), read)
        # An alias of a type that a parameter has.
        read |= _list_names(functions[-1].args)
    return lines | _list_assigning(code.assignments, read)


class _Assignment(NamedTuple):
    """A statement that assigns names, or says something of their types."""

    names: set[str]
    lines: range


class _IndexedCode(NamedTuple):
    """The statements of a file, and which names they assign."""

    statements: tuple[ast.stmt, ...]
    assignments: tuple[_Assignment, ...]


@lru_cache(maxsize=4)
def _index_code(data: bytes) -> _IndexedCode:
    """Return the index of a file; there are a thousand errors in some."""
    tree = ast.parse(data)
    statements = tuple(each for each in ast.walk(tree) if isinstance(each, ast.stmt))
    return _IndexedCode(statements, tuple(_iter_assignments(tree)))


def _list_narrowing(statements: Iterable[ast.stmt], names: set[str]) -> Iterator[int]:
    """Yield the lines of conditions around a statement that narrow what it reads."""
    for each in statements:
        if isinstance(each, ast.If | ast.While) and _list_names(each.test) & names:
            yield from range(each.lineno, each.body[0].lineno)


def _list_names(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def _list_assigning(assignments: Iterable[_Assignment], names: set[str]) -> set[int]:
    """Return the lines of the statements that assign one of some names."""
    return {line for each in assignments if each.names & names for line in each.lines}


def _iter_assignments(scope: ast.AST) -> Iterator[_Assignment]:
    """Yield the assignments in a scope."""
    for each in ast.walk(scope):
        match each:
            case ast.NamedExpr(target=target):
                yield _Assignment({target.id}, range(each.lineno, each.lineno + 1))
            # `found.append(value)` gives `found` its type.
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=owner))):
                yield _Assignment(_list_names(owner), _get_lines(each))
            case ast.Assign(targets=targets):
                names = set().union(*(_list_names(target) for target in targets))
                yield _Assignment(names, _get_lines(each))
            case ast.AnnAssign() | ast.AugAssign() | ast.For():
                yield _Assignment(_list_names(each.target), _get_lines(each))
            case _:
                pass


def _get_lines(node: ast.stmt) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _spans(node: ast.stmt, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or node.lineno)
