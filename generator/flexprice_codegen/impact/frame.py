"""The place from which code is read: its module, its scope, and the names in it.

In: a `Project`. Out: `Frame`. What reads expressions, hints and statements calls each
other in circles, so a frame has all three as functions.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.impact.project import Module, Project, UserFunction
from flexprice_codegen.impact.recorder import create_use
from flexprice_codegen.impact.symbols import Confidence, Position, Symbol, Use, Way
from flexprice_codegen.impact.values import (
    OTHER,
    UNKNOWN,
    Value,
    ValueSet,
    join_values,
    limit_values,
)

FunctionNode: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


@frozen_value
class FrameState:
    """What names and chains of attributes can be at one point of the code."""

    names: Mapping[str, ValueSet]
    narrowed: Mapping[str, ValueSet]


@frozen_value
class PassedArguments:
    """The arguments of a call; `has_rest` if some are unpacked."""

    positional: tuple[ValueSet, ...] = ()
    keywords: tuple[tuple[str, ValueSet], ...] = ()
    has_rest: bool = False

    def get(self, index: int, keyword: str = "") -> ValueSet:
        """Return an argument by its position or its keyword."""
        if index < len(self.positional):
            return self.positional[index]
        return dict(self.keywords).get(keyword, OTHER)


class Reader(Protocol):
    """The functions that read code."""

    def evaluate(self, frame: Frame, node: ast.expr) -> ValueSet:
        """Return what an expression can be, and record the uses in it."""
        ...

    def read_hint(self, frame: Frame, node: ast.expr) -> ValueSet:
        """Return the values of a type hint, and record the uses in it."""
        ...

    def call(self, frame: Frame, callee: Value, arguments: PassedArguments) -> ValueSet:
        """Return what a call returns; nothing is recorded but what it passes on."""
        ...

    def run_block(self, frame: Frame, body: Sequence[ast.stmt]) -> bool:
        """Read statements, and return whether the end of them can be reached."""
        ...

    def name_value(self, frame: Frame, value: Value) -> Symbol | None:
        """Return the symbol that a value is the class or the constant of."""
        ...

    def bind(self, frame: Frame, target: ast.expr, values: ValueSet) -> None:
        """Assign to a target."""
        ...


@dataclass(slots=True)
class Frame:
    """A scope that is being read, with the names that it has at this point."""

    project: Project
    reader: Reader
    module: Module
    names: dict[str, ValueSet] = field(default_factory=dict)
    narrowed: dict[str, ValueSet] = field(default_factory=dict)
    """What chains of attributes can be, such as `self.customer`, from here on."""
    outer: tuple[dict[str, ValueSet], ...] = ()
    owner: int | None = None
    function: UserFunction | None = None
    is_module: bool = False
    is_class_body: bool = False
    declared: dict[str, ValueSet] = field(default_factory=dict)
    """What the hints of names say, which something unknown does not change."""
    global_names: set[str] = field(default_factory=set)
    deferred: list[tuple[UserFunction, FunctionNode]] = field(default_factory=list)
    """The functions whose bodies are read at the end of the scope."""
    silence: int = 0

    def evaluate(self, node: ast.expr) -> ValueSet:
        """Return what an expression can be."""
        return self.reader.evaluate(self, node)

    def read_hint(self, node: ast.expr) -> ValueSet:
        """Return the values of a type hint."""
        return self.reader.read_hint(self, node)

    def look_up(self, name: str) -> ValueSet | None:
        """Return what a name can be, or None if nothing defines it."""
        if name in self.names:
            return self.names[name]
        for scope in reversed(self.outer):
            if name in scope:
                return scope[name]
        return self.project.names.get((self.module.name, name))

    def assign(self, name: str, values: ValueSet) -> None:
        """Assign a value to a name, from here on."""
        if name in self.declared and values >= UNKNOWN:
            values = (values - UNKNOWN) | self.declared[name]
        values = limit_values(values)
        if name in self.global_names:
            self.project.names.add((self.module.name, name), values)
            return
        self.names[name] = values
        if self.narrowed:
            self._forget_narrowed(name)
        if self.is_module:
            self.project.names.add((self.module.name, name), values)
        elif self.is_class_body and self.owner is not None:
            self.project.attributes.add((self.owner, name), values)

    def _forget_narrowed(self, name: str) -> None:
        """Forget what is known of the attributes of a name that has a new value."""
        for each in [one for one in self.narrowed if one.startswith(f"{name}.")]:
            del self.narrowed[each]

    def narrow(self, path: str, values: ValueSet) -> None:
        """Say what a name or a chain of attributes can be; nothing is assigned."""
        (self.narrowed if "." in path else self.names)[path] = values

    def save(self) -> FrameState:
        """Return what names can be at this point."""
        return FrameState(dict(self.names), dict(self.narrowed))

    def restore(self, state: FrameState) -> None:
        """Go back to what names could be at another point."""
        self.names = dict(state.names)
        self.narrowed = dict(state.narrowed)

    def merge(self, state: FrameState) -> None:
        """Add what names can be at the end of another branch."""
        for name, values in state.names.items():
            known = self.names.get(name)
            if known is None:
                self.names[name] = values
            elif known != values:
                self.names[name] = known | values

        # A narrowed attribute is only known where both branches narrow it.
        self.narrowed = {
            name: values | state.narrowed[name]
            for name, values in self.narrowed.items()
            if name in state.narrowed
        }

    def extend(self, name: str, values: ValueSet) -> None:
        """Say what a name can be as well."""
        self.assign(name, join_values(self.look_up(name) or OTHER, values))

    def record(
        self,
        position: Position,
        symbol: Symbol,
        way: Way,
        confidence: Confidence = "sure",
    ) -> None:
        """Record a use."""
        if not self.silence:
            self.project.recorder.add(
                create_use(self.module.path, position, symbol, way, confidence)
            )

    def record_given(
        self, position: Position, symbol: Symbol, given: Iterable[str], way: Way
    ) -> None:
        """Record a call or a constructor with the keywords that it has.

        It surely lacks the others only if no more can come with `**` or from elsewhere.
        """
        if self.silence:
            return
        confidence: Confidence = "sure" if way == "missing" else "likely"
        self.project.recorder.add(
            Use(
                self.module.path,
                position,
                symbol,
                way,
                confidence,
                tuple(sorted(given)),
            )
        )

    def record_mixed(self, position: Position) -> None:
        """Record that the value at a place can be something else as well."""
        if not self.silence:
            self.project.recorder.add_mixed(self.module.path, position)


def get_position(node: ast.expr | ast.keyword | ast.alias) -> Position:
    """Return the position of a node; a longer one than a line ends with its line."""
    end = node.end_col_offset
    if node.end_lineno != node.lineno or end is None:
        end = node.col_offset + 1
    return Position(node.lineno, node.col_offset, end)


def get_name_position(node: ast.Attribute) -> Position:
    """Return the position of the name behind the dot."""
    end = node.end_col_offset or 0
    start = end - len(node.attr.encode())
    return Position(node.end_lineno or node.lineno, start, end)


def get_dotted_name(node: ast.expr) -> str:
    """Return the text of a name or a chain of attributes; empty for any other node."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        head = get_dotted_name(node.value)
        return f"{head}.{node.attr}" if head else ""
    return ""
