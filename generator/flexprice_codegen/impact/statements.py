"""Statements of the user's code.

In: statements, and a frame. Out: the frame as it is after them.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Sequence

from flexprice_codegen.impact.call_uses import record_passed
from flexprice_codegen.impact.definitions import (
    define_alias,
    define_class,
    define_function,
    import_modules,
    import_names,
)
from flexprice_codegen.impact.frame import (
    Frame,
    get_dotted_name,
    get_position,
)
from flexprice_codegen.impact.growing import grow_by_assignment
from flexprice_codegen.impact.hints import get_last_name
from flexprice_codegen.impact.members import as_row, iter_models
from flexprice_codegen.impact.narrowing import narrow
from flexprice_codegen.impact.patterns import match_pattern, record_choice
from flexprice_codegen.impact.protocols import enter, iterate
from flexprice_codegen.impact.symbols import Position, Symbol
from flexprice_codegen.impact.texts import record_sent_text
from flexprice_codegen.impact.values import (
    OTHER,
    UNKNOWN,
    CollectionValue,
    MemberValue,
    RowValue,
    UserInstance,
    ValueSet,
    iterate_values,
    join_values,
)

_NOWHERE = Position(0, 0, 0)


def run_block(frame: Frame, body: Sequence[ast.stmt]) -> bool:
    """Read statements, and return whether the end of them can be reached.

    Code behind a `return` is read as well: it is in the file, and can be wrong.
    """
    goes_on = True
    for each in body:
        run = _RUNNERS.get(type(each))
        if run is None:
            _run_expressions(frame, each)
        elif not run(frame, each):
            goes_on = False
    return goes_on


def _run_expressions(frame: Frame, node: ast.stmt) -> None:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            frame.evaluate(child)


def _run_end(frame: Frame, node: ast.stmt) -> bool:
    """Read a statement that leaves the block."""
    _run_expressions(frame, node)
    return False


def _run_return(frame: Frame, node: ast.stmt) -> bool:
    assert isinstance(node, ast.Return)
    values = OTHER if node.value is None else frame.evaluate(node.value)
    if node.value is not None:
        record_passed(frame, node.value, values)
    if frame.function is not None:
        frame.project.returns.add(frame.function.number, values)
    return False


def _run_import(frame: Frame, node: ast.stmt) -> bool:
    assert isinstance(node, ast.Import)
    import_modules(frame, node)
    return True


def _run_import_from(frame: Frame, node: ast.stmt) -> bool:
    assert isinstance(node, ast.ImportFrom)
    import_names(frame, node)
    return True


def _run_function(frame: Frame, node: ast.stmt) -> bool:
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    define_function(frame, node)
    return True


def _run_class(frame: Frame, node: ast.stmt) -> bool:
    assert isinstance(node, ast.ClassDef)
    define_class(frame, node)
    return True


def _run_global(frame: Frame, node: ast.stmt) -> bool:
    assert isinstance(node, ast.Global)
    frame.global_names.update(node.names)
    return True


def _run_annotated(frame: Frame, node: ast.stmt) -> bool:
    assert isinstance(node, ast.AnnAssign)
    if get_last_name(node.annotation) == "TypeAlias" and node.value is not None:
        define_alias(frame, get_last_name(node.target), node.value)
        return True
    hint = frame.read_hint(node.annotation)
    values = OTHER if node.value is None else frame.evaluate(node.value)
    if node.value is not None:
        # A checker compares its parameters with those of the hint.
        record_passed(frame, node.value, values)
    # `Final` and `ClassVar` alone say nothing of the value.
    if get_last_name(node.annotation) in ("Final", "ClassVar", "Any"):
        hint = values or UNKNOWN
    elif isinstance(node.target, ast.Name):
        frame.declared[node.target.id] = hint
    bind(frame, node.target, hint)
    return True


def _run_assignment(frame: Frame, node: ast.stmt) -> bool:
    assert isinstance(node, ast.Assign)
    values = frame.evaluate(node.value)
    for target in node.targets:
        bind(frame, target, values)
        _record_exports(frame, target, node.value)
        _record_text(frame, target, node.value)
    return True


def _record_text(frame: Frame, target: ast.expr, value: ast.expr) -> None:
    """Record a text that is assigned to a field of an enum."""
    if isinstance(target, ast.Attribute) and isinstance(value, ast.Constant):
        frame.silence += 1
        expected = frame.evaluate(target)
        frame.silence -= 1
        record_sent_text(frame, expected, value)


def _record_exports(frame: Frame, target: ast.expr, value: ast.expr) -> None:
    """Record the names of the client that `__all__` lists."""
    if not isinstance(target, ast.Name) or target.id != "__all__":
        return
    for each in value.elts if isinstance(value, ast.List | ast.Tuple) else ():
        if not isinstance(each, ast.Constant) or not isinstance(each.value, str):
            continue
        exported = frame.project.names.get((frame.module.name, each.value))
        for known in exported or ():
            symbol = frame.reader.name_value(frame, known)
            if symbol is not None:
                frame.record(get_position(each), symbol, "text")


def _run_augmented(frame: Frame, node: ast.stmt) -> bool:
    assert isinstance(node, ast.AugAssign)
    values = frame.evaluate(node.value)
    _record_exports(frame, node.target, node.value)
    if isinstance(node.target, ast.Name):
        frame.extend(node.target.id, values)
    else:
        grow_by_assignment(frame, node.target, values)
        frame.evaluate(node.target)
    return True


def bind(frame: Frame, target: ast.expr, values: ValueSet) -> None:
    """Assign to a target: a name, an attribute, an item, or several of them.

    Args:
        frame: The frame, which changes.
        target: What is assigned to.
        values: What it can be.
    """
    match target:
        case ast.Name(id=name):
            frame.assign(name, values)
        case ast.Attribute():
            _bind_attribute(frame, target, values)
        case ast.Starred(value=inner):
            items = iterate(frame, values)
            bind(frame, inner, frozenset({CollectionValue(items)}))
        case ast.Tuple(elts=targets) | ast.List(elts=targets):
            _bind_items(frame, targets, values)
        case ast.Subscript():
            frame.evaluate(target)
            grow_by_assignment(frame, target, values)
        case _:
            frame.evaluate(target)


def _bind_items(frame: Frame, targets: list[ast.expr], values: ValueSet) -> None:
    values = frozenset(as_row(frame, each) for each in values)
    rows = [
        each
        for each in values
        if isinstance(each, RowValue) and len(each.items) == len(targets)
    ]
    loose = frozenset(each for each in values if not isinstance(each, RowValue))
    for index, target in enumerate(targets):
        if isinstance(target, ast.Starred):
            bind(frame, target, values)
            continue
        found = join_values(*(row.items[index] for row in rows))
        bind(frame, target, found | iterate_values(loose))


def _bind_attribute(frame: Frame, target: ast.Attribute, values: ValueSet) -> None:
    frame.silence += 1
    owners = frame.evaluate(target.value)
    frame.silence -= 1
    for each in owners:
        if isinstance(each, UserInstance) and not _has_field(frame, each, target.attr):
            frame.project.attributes.add((each.number, target.attr), values)
    # Last: a module that looks up what it has not assigned yet is read again.
    frame.evaluate(target)
    path = get_dotted_name(target)
    # What is assigned is known more exactly than what the attribute can be. Nothing of
    # the client may be a `None` that another method replaces before the next line.
    if path and values and UNKNOWN.isdisjoint(values):
        frame.narrow(path, values)
    else:
        frame.narrowed.pop(path, None)


def _has_field(frame: Frame, value: UserInstance, name: str) -> bool:
    """Return whether an instance has a field of the client by that name."""
    owner = frame.project.classes[value.number]
    fields = frame.project.types.fields
    return any(name in fields[each.name] for each in iter_models(frame, owner))


def _run_for(frame: Frame, node: ast.stmt) -> bool:
    assert isinstance(node, ast.For | ast.AsyncFor)
    items = iterate(frame, frame.evaluate(node.iter))
    _run_loop(frame, lambda: _run_iteration(frame, node, items))
    run_block(frame, node.orelse)
    return True


def _run_iteration(frame: Frame, node: ast.For | ast.AsyncFor, items: ValueSet) -> None:
    bind(frame, node.target, items)
    run_block(frame, node.body)


def _run_while(frame: Frame, node: ast.stmt) -> bool:
    assert isinstance(node, ast.While)

    def run_once() -> None:
        frame.evaluate(node.test)
        narrow(frame, node.test, is_true=True)
        run_block(frame, node.body)

    _run_loop(frame, run_once)
    run_block(frame, node.orelse)
    return True


def _run_loop(frame: Frame, run_once: Callable[[], None]) -> None:
    """Read a loop; again if a later line says more of a name than an earlier one knew."""
    before = frame.save()
    run_once()
    frame.merge(before)
    if any(frame.names[name] != values for name, values in before.names.items()):
        again = frame.save()
        run_once()
        frame.merge(again)


def _run_if(frame: Frame, node: ast.stmt) -> bool:
    assert isinstance(node, ast.If)
    frame.evaluate(node.test)
    _record_chain(frame, node)
    before = frame.save()
    narrow(frame, node.test, is_true=True)
    goes_on = run_block(frame, node.body)
    after = frame.save()

    frame.restore(before)
    narrow(frame, node.test, is_true=False)
    otherwise = run_block(frame, node.orelse)
    if not otherwise:
        if goes_on:
            frame.restore(after)
    elif goes_on:
        frame.merge(after)
    return goes_on or otherwise


def _record_chain(frame: Frame, node: ast.If) -> None:
    """Record a chain of comparisons with an enum that has no `else`."""
    length = 0
    last: ast.stmt = node
    while isinstance(last, ast.If) and isinstance(last.test, ast.Compare):
        length += 1
        if not last.orelse:
            break
        last = last.orelse[0] if len(last.orelse) == 1 else ast.Pass()
    else:
        return
    if length < _SHORTEST_CHAIN:
        return
    assert isinstance(node.test, ast.Compare)
    frame.silence += 1
    compared = frame.evaluate(node.test.left)
    frame.silence -= 1
    for each in compared:
        if isinstance(each, MemberValue):
            symbol = Symbol("choice", "", each.name)
            frame.record(
                Position(
                    node.test.lineno, node.test.col_offset, node.test.col_offset + 1
                ),
                symbol,
                "missing",
            )


# One comparison is only a question; two of the same value choose between cases.
_SHORTEST_CHAIN = 2


def _run_with(frame: Frame, node: ast.stmt) -> bool:
    assert isinstance(node, ast.With | ast.AsyncWith)
    for each in node.items:
        values = frame.evaluate(each.context_expr)
        if each.optional_vars is not None:
            bind(frame, each.optional_vars, enter(frame, values))
    return run_block(frame, node.body)


def _run_match(frame: Frame, node: ast.stmt) -> bool:
    assert isinstance(node, ast.Match)
    values = frame.evaluate(node.subject)
    path = get_dotted_name(node.subject)
    record_choice(frame, node, values)
    before = frame.save()
    after = []
    for each in node.cases:
        frame.restore(before)
        matched = match_pattern(frame, each.pattern, values)
        if path and matched != values:
            frame.narrow(path, matched)
        if each.guard is not None:
            frame.evaluate(each.guard)
            narrow(frame, each.guard, is_true=True)
        if run_block(frame, each.body):
            after.append(frame.save())
    frame.restore(before)
    for state in after:
        frame.merge(state)
    return True


def _run_try(frame: Frame, node: ast.stmt) -> bool:
    assert isinstance(node, ast.Try | ast.TryStar)
    before = frame.save()
    goes_on = run_block(frame, node.body)
    after = frame.save()
    ends = [after] if goes_on and run_block(frame, node.orelse) else []
    if ends:
        ends = [frame.save()]
    for handler in node.handlers:
        frame.restore(before)
        frame.merge(after)
        if handler.type is not None:
            frame.evaluate(handler.type)
        if handler.name is not None:
            frame.assign(handler.name, OTHER)
        if run_block(frame, handler.body):
            ends.append(frame.save())
    if ends:
        frame.restore(ends[0])
        for state in ends[1:]:
            frame.merge(state)
    return run_block(frame, node.finalbody) and bool(ends)


def _run_assert(frame: Frame, node: ast.stmt) -> bool:
    assert isinstance(node, ast.Assert)
    frame.evaluate(node.test)
    narrow(frame, node.test, is_true=True)
    if node.msg is not None:
        frame.evaluate(node.msg)
    return True


def _run_delete(frame: Frame, node: ast.stmt) -> bool:
    assert isinstance(node, ast.Delete)
    for each in node.targets:
        frame.evaluate(each)
    return True


def _run_alias(frame: Frame, node: ast.stmt) -> bool:
    """Read `type X = …` (PEP 695), which Python 3.11 cannot parse."""
    name, value = (
        child for _, child in ast.iter_fields(node) if isinstance(child, ast.expr)
    )
    define_alias(frame, get_last_name(name), value)
    return True


_Runner = Callable[[Frame, ast.stmt], bool]
_RUNNERS: dict[type[ast.stmt], _Runner] = {
    ast.Import: _run_import,
    ast.ImportFrom: _run_import_from,
    ast.FunctionDef: _run_function,
    ast.AsyncFunctionDef: _run_function,
    ast.ClassDef: _run_class,
    ast.Global: _run_global,
    ast.AnnAssign: _run_annotated,
    ast.Assign: _run_assignment,
    ast.AugAssign: _run_augmented,
    ast.For: _run_for,
    ast.AsyncFor: _run_for,
    ast.While: _run_while,
    ast.If: _run_if,
    ast.With: _run_with,
    ast.AsyncWith: _run_with,
    ast.Match: _run_match,
    ast.Try: _run_try,
    ast.TryStar: _run_try,
    ast.Assert: _run_assert,
    ast.Delete: _run_delete,
    ast.Return: _run_return,
    ast.Raise: _run_end,
    ast.Continue: _run_end,
    ast.Break: _run_end,
}
if sys.version_info >= (3, 12):
    _RUNNERS[ast.TypeAlias] = _run_alias
