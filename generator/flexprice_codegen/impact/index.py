"""The index of uses: where code uses the names of a client.

In: files of code, the types of a client, and the symbols that are asked for. Out: uses.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Sequence

from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.impact.calls import call_value
from flexprice_codegen.impact.client_types import ClientTypes
from flexprice_codegen.impact.code_files import CodeFile, SkippedFile, parse_code
from flexprice_codegen.impact.definitions import run_deferred
from flexprice_codegen.impact.evaluation import evaluate, name_value
from flexprice_codegen.impact.frame import Frame, PassedArguments
from flexprice_codegen.impact.hints import read_hint
from flexprice_codegen.impact.project import Module, Project, add_modules
from flexprice_codegen.impact.recorder import Recorder
from flexprice_codegen.impact.statements import bind, run_block
from flexprice_codegen.impact.symbols import Symbol, Use
from flexprice_codegen.impact.values import Value, ValueSet

_MAX_ROUNDS = 6
"""More rounds only follow longer chains of calls between modules without hints."""


@frozen_value
class _CodeReader:
    """The functions that read code, which call each other by way of a frame."""

    def evaluate(self, frame: Frame, node: ast.expr) -> ValueSet:
        return evaluate(frame, node)

    def read_hint(self, frame: Frame, node: ast.expr) -> ValueSet:
        return read_hint(frame, node)

    def call(self, frame: Frame, callee: Value, arguments: PassedArguments) -> ValueSet:
        return call_value(frame, callee, arguments)

    def run_block(self, frame: Frame, body: Sequence[ast.stmt]) -> bool:
        return run_block(frame, body)

    def name_value(self, frame: Frame, value: Value) -> Symbol | None:
        return name_value(frame, value)

    def bind(self, frame: Frame, target: ast.expr, values: ValueSet) -> None:
        bind(frame, target, values)


@frozen_value
class FoundUses:
    """The uses in code, and the files that are not Python."""

    uses: tuple[Use, ...]
    skipped: tuple[SkippedFile, ...] = ()


def find_uses(
    files: Iterable[CodeFile],
    types: ClientTypes,
    client_names: Collection[str],
    wanted: Collection[Symbol],
) -> FoundUses:
    """Return the uses of symbols in code.

    Args:
        files: The code.
        types: The client that it uses.
        client_names: The names by which the client can be imported.
        wanted: The symbols.
    """
    project = Project(types, Recorder(frozenset(wanted)))
    project.client_names = frozenset(client_names)
    project.client_roots = frozenset(each.partition(".")[0] for each in client_names)
    add_modules(project, files)
    reader = _CodeReader()
    outdated = list(project.modules.values())
    skipped: dict[str, SkippedFile] = {}
    for _ in range(_MAX_ROUNDS):
        for module in outdated:
            tree = parse_code(module.file)
            if isinstance(tree, SkippedFile):
                skipped[module.path] = tree
                continue
            project.start_module(module)
            _read_module(project, reader, module, tree)
            project.end_module(module)
        outdated = [
            each for each in project.modules.values() if each in project.log.outdated
        ]
    return FoundUses(project.recorder.list_uses(), tuple(skipped.values()))


def _read_module(
    project: Project, reader: _CodeReader, module: Module, tree: ast.Module
) -> None:
    frame = Frame(project, reader, module, is_module=True)
    run_block(frame, tree.body)
    run_deferred(frame)
