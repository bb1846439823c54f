"""A runtime beside the client: one copy for all clients of a repository.

In: a module that imports from its own `runtime`, and where the shared one stands, seen
from the client's folder (`../_runtime`). Out: the same module, importing from there; the
relative imports are sorted again, as isort and ruff sort them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.emit.files import File
from generator.emit.imports import module_order, name_order

_IMPORT = re.compile(r"^( *from )(\.+)runtime(\.\w+)?(?= import )", re.MULTILINE)
_HOME = re.compile(r'^( +"\w+": ")\.runtime(\.\w+",)$', re.MULTILINE)
_RELATIVE = re.compile(r"( *)from (\.\S*) import \(?\s*(\w+)")
_FRONT_DOOR = "__init__.py"


def retargeted(file: File, runtime: str) -> File:
    """Let a module import from the shared runtime."""
    ups, path = dotted(runtime)
    text = _IMPORT.sub(
        lambda found: f"{found[1]}{found[2]}{'.' * ups}{path}{found[3] or ''}",
        file.text,
    )
    if file.path == _FRONT_DOOR:  # it imports by name when it is asked
        text = _HOME.sub(rf"\1.{'.' * ups}{path}\2", text)
    return file if text == file.text else replace(file, text=_sorted(text))


def dotted(runtime: str) -> tuple[int, str]:
    """Read `../../common/_runtime` as two packages up, then `common._runtime`."""
    parts = runtime.split("/")
    ups = parts.count("..")
    return ups, ".".join(parts[ups:])


def _sorted(text: str) -> str:
    """Sort each run of relative imports anew."""
    lines: list[str] = []
    run: list[list[str]] = []
    for statement in _statements(text.split("\n")):
        if _RELATIVE.match(statement[0]):
            run.append(statement)
            continue
        lines += _flat(sorted(run, key=_order))
        run = []
        lines += statement
    return "\n".join([*lines, *_flat(sorted(run, key=_order))])


def _statements(lines: Sequence[str]) -> Iterator[list[str]]:
    """Give the lines, those of an import in brackets together."""
    waiting: list[str] = []
    for line in lines:
        waiting.append(line)
        is_open = _RELATIVE.match("\n".join(waiting) + "\n_") and waiting[0].endswith(
            "("
        )
        if not is_open or line.strip() == ")":
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _flat(run: Sequence[Sequence[str]]) -> list[str]:
    return [line for statement in run for line in statement]


def _order(statement: Sequence[str]) -> tuple[object, ...]:
    found = _RELATIVE.match("\n".join(statement))
    assert found is not None
    return module_order(found[2]), name_order(found[3])
