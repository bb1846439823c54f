"""Functions, classes and imports of the user's code.

In: the node of a definition. Out: the name that it defines; bodies of functions are read
after the scope around them, which they see as a whole.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flexprice_codegen.impact.frame import Frame, FunctionNode, get_position
from flexprice_codegen.impact.hints import get_last_name
from flexprice_codegen.impact.members import get_client_name, iter_family
from flexprice_codegen.impact.project import UserFunction
from flexprice_codegen.impact.symbols import Position
from flexprice_codegen.impact.values import (
    OTHER,
    UNKNOWN,
    AliasValue,
    ClassValue,
    ClientModule,
    CollectionValue,
    EventValue,
    FunctionValue,
    LibraryValue,
    ModuleValue,
    RegistrarValue,
    RowValue,
    TableValue,
    UserInstance,
    Value,
    ValueSet,
    VariableValue,
    iterate_values,
    join_values,
)


def define_function(frame: Frame, node: FunctionNode) -> None:
    """Define a function; its body is read at the end of the scope."""
    is_method = frame.is_class_body
    owner = frame.owner if is_method else None
    function = frame.project.get_function(frame.module, node, owner)
    function.outer = _list_outer(frame)
    function.is_nested = frame.function is not None
    event: set[Value] = set()
    names: set[str] = set()
    for each in node.decorator_list:
        values = frame.evaluate(each)
        names |= _name_decorator(each, values)
        _pass_parameters(frame, function, each)
        for value in values:
            if isinstance(value, RegistrarValue):
                event.add(EventValue(value.payload))
    function.decorators = frozenset(names)
    function.event = frozenset(event)
    if function.is_fixture:
        frame.project.add_fixture(function)

    _read_signature(frame, function, node)
    frame.assign(node.name, frozenset({FunctionValue(function.number)}))
    frame.deferred.append((function, node))


def _list_outer(frame: Frame) -> tuple[dict[str, ValueSet], ...]:
    """Return the scopes that a function in this one sees, but for the module's.

    The names of a class are not seen from its methods.
    """
    if frame.is_module or frame.is_class_body:
        return frame.outer
    return (*frame.outer, frame.names)


def _name_decorator(node: ast.expr, values: ValueSet) -> set[str]:
    """Return the names by which a decorator is known."""
    target = node.func if isinstance(node, ast.Call) else node
    names = {get_last_name(target)}
    for each in values:
        if isinstance(each, LibraryValue):
            names.add(each.name.rpartition(".")[2])
    return names


def _pass_parameters(frame: Frame, function: UserFunction, decorator: ast.expr) -> None:
    """Assign the values of `pytest.mark.parametrize` to the parameters of a test."""
    match decorator:
        case ast.Call(
            func=ast.Attribute(attr="parametrize"),
            args=[ast.Constant(value=str() as text), values, *_],
        ):
            pass
        case _:
            return
    frame.silence += 1
    items = iterate_values(frame.evaluate(values))
    frame.silence -= 1
    names = [each.strip() for each in text.split(",")]
    for index, name in enumerate(names):
        given = items
        if len(names) > 1:
            rows = (each for each in items if isinstance(each, RowValue))
            given = join_values(*(row.items[index] for row in rows))
        frame.project.arguments.add((function.number, name), given)


def _bind_type_parameters(frame: Frame, node: FunctionNode | ast.ClassDef) -> None:
    """Bind the type parameters of a function or class (PEP 695).

    The nodes of Python 3.11 have none.
    """
    for each in getattr(node, "type_params", ()):
        bound = getattr(each, "bound", None)
        variable: ValueSet = frozenset({VariableValue(each.name)})
        values = variable if bound is None else frame.read_hint(bound)
        frame.names[each.name] = frozenset({AliasValue(values)})


def _read_signature(frame: Frame, function: UserFunction, node: FunctionNode) -> None:
    """Read the hints of a function, and its defaults."""
    spec = node.args
    state = frame.save()
    _bind_type_parameters(frame, node)
    for default in (*spec.defaults, *spec.kw_defaults):
        if default is not None:
            frame.evaluate(default)
    for each in _iter_parameters(node):
        if each.annotation is None:
            continue
        values = frame.read_hint(each.annotation)
        frame.project.hints.set((function.number, each.arg), values)
    if node.returns is not None:
        result = frame.read_hint(node.returns)
        frame.project.results.set(function.number, result)
    frame.restore(state)


def _iter_parameters(node: FunctionNode) -> Iterator[ast.arg]:
    spec = node.args
    yield from (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)
    yield from filter(None, (spec.vararg, spec.kwarg))


def run_function(outer: Frame, function: UserFunction, node: FunctionNode) -> None:
    """Read the body of a function.

    Args:
        outer: The scope that it is defined in, at its end.
        function: The function.
        node: Its definition.
    """
    frame = Frame(
        outer.project,
        outer.reader,
        outer.module,
        outer=function.outer,
        owner=outer.owner if function.owner is None else function.owner,
        function=function,
    )
    _bind_type_parameters(frame, node)
    frame.names.update(_bind_parameters(frame, function, node.args))
    frame.reader.run_block(frame, node.body)
    run_deferred(frame)


def run_deferred(frame: Frame) -> None:
    """Read the bodies of the functions that were defined in a scope."""
    for function, node in frame.deferred:
        if function.is_nested:
            # A nested function sees what its scope has at the end.
            function.outer = (*frame.outer, frame.names)
        run_function(frame, function, node)
    frame.deferred.clear()


def _bind_parameters(
    frame: Frame, function: UserFunction, spec: ast.arguments
) -> dict[str, ValueSet]:
    """Return what the parameters of a function can be."""
    positional = [*spec.posonlyargs, *spec.args]
    bound: dict[str, ValueSet] = {}
    for index, each in enumerate([*positional, *spec.kwonlyargs]):
        bound[each.arg] = _bind_parameter(frame, function, each, index)
    if spec.vararg is not None:
        hint = frame.project.hints.get((function.number, spec.vararg.arg))
        items = UNKNOWN if hint is None else hint
        bound[spec.vararg.arg] = frozenset({CollectionValue(items)})
    if spec.kwarg is not None:
        hint = frame.project.hints.get((function.number, spec.kwarg.arg))
        values = UNKNOWN if hint is None else hint
        if _is_unpacked(spec.kwarg.annotation):
            bound[spec.kwarg.arg] = values
        else:
            bound[spec.kwarg.arg] = frozenset({TableValue(OTHER, values)})
    return bound


def _is_unpacked(hint: ast.expr | None) -> bool:
    """Return whether a hint says what all keywords are together: `Unpack[Row]`."""
    return isinstance(hint, ast.Subscript) and get_last_name(hint.value) == "Unpack"


def _bind_parameter(
    frame: Frame, function: UserFunction, parameter: ast.arg, index: int
) -> ValueSet:
    key = (function.number, parameter.arg)
    if index == 0 and function.takes_instance and function.owner is not None:
        instance = UserInstance(function.owner)
        if "classmethod" in function.decorators:
            return frozenset({ClassValue(instance)})
        return frozenset({instance})
    hint = frame.project.hints.get(key)
    if hint is not None:
        return _apply_variables(frame, key, hint)
    if index == 0 and function.event:
        return function.event
    passed = frame.project.arguments.get(key)
    if passed is not None:
        return passed
    fixture = _find_fixture(frame, function, parameter.arg)
    if fixture is not None:
        return fixture
    if function.is_test_or_fixture and parameter.arg in _FOREIGN_FIXTURES:
        return frozenset({LibraryValue(_FOREIGN_FIXTURES[parameter.arg])})
    return _inherit_parameter(frame, function, parameter.arg)


# `mocker.patch` of pytest-mock is that of the standard library.
_FOREIGN_FIXTURES = {"mocker": "unittest.mock", "monkeypatch": "pytest.MonkeyPatch"}
"""By name: fixtures that come with pytest and pytest-mock, and what they are like."""


def _apply_variables(frame: Frame, key: tuple[int, str], hint: ValueSet) -> ValueSet:
    """Return the values of a hint; a type variable is what callers give."""
    if not any(isinstance(each, VariableValue) for each in hint):
        return hint
    passed = frame.project.arguments.get(key)
    known = frozenset(each for each in hint if not isinstance(each, VariableValue))
    return known | (UNKNOWN if passed is None else passed)


def _find_fixture(frame: Frame, function: UserFunction, name: str) -> ValueSet | None:
    """Return the value of the fixture that a test asks for by the name of a parameter."""
    if not function.is_test_or_fixture:
        return None
    found = [
        each
        for each in frame.project.fixtures.get(name, ())
        if each is not function and _is_visible(each, function)
    ]
    if not found:
        return None
    # The nearest one: of the module itself, else of the deepest `conftest.py`.
    nearest = max(
        found, key=lambda each: (each.module is function.module, len(each.module.path))
    )
    value = FunctionValue(nearest.number, is_bound=nearest.owner is not None)
    return _get_fixture_value(frame, value)


def _get_fixture_value(frame: Frame, value: FunctionValue) -> ValueSet:
    project = frame.project
    yielded = project.yields.get(value.number)
    result = project.results.get(value.number)
    if yielded is not None:
        return iterate_values(result) if result is not None else yielded
    if result is not None:
        return result
    returned = project.returns.get(value.number)
    return OTHER if returned is None else returned


def _is_visible(fixture: UserFunction, test: UserFunction) -> bool:
    """Return whether pytest finds a fixture from the module of a test."""
    if fixture.module is test.module:
        return True
    folder, _, name = fixture.module.path.rpartition("/")
    is_below = not folder or test.module.path.startswith(f"{folder}/")
    return name == "conftest.py" and is_below


def _inherit_parameter(frame: Frame, function: UserFunction, name: str) -> ValueSet:
    """Return what the method of a base class says of a parameter, if there is one."""
    if function.owner is None:
        return UNKNOWN
    owner = frame.project.classes[function.owner]
    for each in iter_family(frame, owner):
        found = frame.project.attributes.get((each.number, function.name))
        for value in found or OTHER:
            if isinstance(value, FunctionValue) and value.number != function.number:
                hint = frame.project.hints.get((value.number, name))
                if hint is not None:
                    return hint
    return UNKNOWN


def define_class(frame: Frame, node: ast.ClassDef) -> None:
    """Define a class, and read its body."""
    owner = frame.project.get_class(frame.module, node)
    for each in node.decorator_list:
        frame.evaluate(each)
    owner.bases = join_values(
        *(_read_base(frame, each) for each in node.bases),
    )
    for keyword in node.keywords:
        frame.evaluate(keyword.value)
    inner = Frame(
        frame.project,
        frame.reader,
        frame.module,
        outer=_list_outer(frame),
        owner=owner.number,
        function=frame.function,
        is_class_body=True,
    )
    _bind_type_parameters(inner, node)
    owner.fields = _list_fields(frame, node)
    # Before the body, which can name the class in the hints of its methods.
    frame.assign(node.name, frozenset({ClassValue(UserInstance(owner.number))}))
    frame.reader.run_block(inner, node.body)
    frame.deferred += inner.deferred


def _read_base(frame: Frame, node: ast.expr) -> ValueSet:
    """Return the classes that a base names, also that of a generic one."""
    if isinstance(node, ast.Subscript):
        values = frame.evaluate(node.value)
        # Of `list[Customer]`, a class has the items.
        containers = frozenset(
            each
            for each in frame.read_hint(node)
            if isinstance(each, CollectionValue | TableValue)
        )
        return values | {AliasValue(containers)} if containers else values
    return frame.evaluate(node)


def _list_fields(frame: Frame, node: ast.ClassDef) -> list[str]:
    """Return the names with a hint in a class and its bases, in order."""
    names: list[str] = []
    for base in node.bases:
        for value in frame.look_up(get_last_name(base)) or OTHER:
            if isinstance(value, ClassValue) and isinstance(value.of, UserInstance):
                names += frame.project.classes[value.of.number].fields
    names += (
        each.target.id
        for each in node.body
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
    )
    return list(dict.fromkeys(names))


def import_modules(frame: Frame, node: ast.Import) -> None:
    """Bind the names of `import a.b`."""
    for each in node.names:
        if each.asname is not None:
            module = frame.project.find_module(each.name)
            frame.assign(each.asname, frozenset({module}))
            continue
        root = each.name.partition(".")[0]
        frame.assign(root, frozenset({_find_root(frame, root)}))


def _find_root(frame: Frame, root: str) -> Value:
    """Return the module that `import root.rest` binds."""
    found = frame.project.find_module(root)
    if isinstance(found, ModuleValue) and root in frame.project.client_roots:
        return ModuleValue(root)
    return found


def import_names(frame: Frame, node: ast.ImportFrom) -> None:
    """Bind the names of `from a import b`, and record those of the client."""
    base = resolve_import(frame, node)
    module = frame.project.find_module(base)
    for each in node.names:
        if each.name == "*":
            _import_all(frame, module)
            continue
        values = _import_name(frame, module, each)
        frame.assign(each.asname or each.name, values)


def resolve_import(frame: Frame, node: ast.ImportFrom) -> str:
    """Return the absolute name of the module that an import names."""
    base = node.module or ""
    if not node.level:
        return base
    parts = frame.module.package.split(".")
    parts = parts[: len(parts) - node.level + 1]
    return ".".join([*parts, base] if base else parts)


def _import_name(
    frame: Frame, module: ClientModule | ModuleValue, alias: ast.alias
) -> ValueSet:
    position = get_position(alias)
    width = len(alias.name.encode())
    position = Position(position.line, position.column, position.column + width)
    if isinstance(module, ClientModule):
        return get_client_name(frame, module.path, alias.name, position, "import")
    found = frame.project.names.get((module.name, alias.name))
    if found is not None:
        for each in found:
            _record_import(frame, each, position)
        return found
    below = frame.project.find_module(f"{module.name}.{alias.name}")
    if isinstance(below, ClientModule) or below.name in frame.project.modules:
        return frozenset({below})
    if module.name in frame.project.modules:
        return UNKNOWN
    return frozenset({LibraryValue(f"{module.name}.{alias.name}")})


def _record_import(frame: Frame, value: Value, position: Position) -> None:
    """Record the import of a name of the client by way of another module."""
    symbol = frame.reader.name_value(frame, value)
    if symbol is not None:
        frame.record(position, symbol, "import")


def _import_all(frame: Frame, module: ClientModule | ModuleValue) -> None:
    """Bind all names of a module."""
    if isinstance(module, ModuleValue):
        for name, values in frame.project.list_names(module.name):
            frame.assign(name, values)
        return
    types = frame.project.types
    names: list[str] = []
    if module.path == "models":
        names += types.classes
    elif module.path == "webhooks":
        names += types.events
    elif not module.path:
        names += (*types.client_classes, "paged", "download", "models", "webhooks")
    nowhere = Position(0, 0, 0)
    frame.silence += 1
    for name in names:
        frame.assign(name, get_client_name(frame, module.path, name, nowhere, "import"))
    frame.silence -= 1


def define_alias(frame: Frame, name: str, node: ast.expr) -> None:
    """Bind a type alias."""
    frame.assign(name, frozenset({AliasValue(frame.read_hint(node))}))
