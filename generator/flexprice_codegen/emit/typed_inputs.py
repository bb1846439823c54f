"""The modules of dict forms, and the type hints of arguments that take them.

In: `TypedInputs` of a `Surface`. Out: drafts of files, and `Expression` values.
"""

from __future__ import annotations

import keyword
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final, assert_never

from flexprice_codegen.emit.annotations import annotate
from flexprice_codegen.emit.digests import inputs_digest
from flexprice_codegen.emit.expression import (
    NO_IMPORTS,
    Expression,
    ImportedName,
    collect_imports,
    join_expressions,
    wrap_expression,
)
from flexprice_codegen.emit.files import Draft
from flexprice_codegen.emit.imports import ModuleLocation, format_imports
from flexprice_codegen.emit.render import render_template
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.python_types import (
    DictType,
    ListType,
    LiteralType,
    ModelType,
    PlainType,
    PyType,
    UnionType,
    format_literal,
    list_model_names,
    list_plain_names,
)
from flexprice_codegen.surface.typed_inputs import (
    InputDict,
    InputForm,
    InputUnion,
    InputValues,
    TypedInputs,
)

_PACKAGE = "models"
# A class with one of these names would hide what its module imports.
_OWN_NAMES: Final = frozenset(
    {"Mapping", "NotRequired", "Sequence", "TypedDict", "models"}
)
_TYPING = {
    name: ImportedName("library", "typing", name)
    for name in ("NotRequired", "TypeAlias", "TypedDict", "Union")
}


@frozen_value
class FormView:
    """A dict form as the template prints it.

    `members` are pairs of a name and a type hint. The form is a call unless a class
    can have each name; `hides` says that one would hide a type there. A union or an
    enum is an `alias`.
    """

    name: str
    model: str
    members: tuple[tuple[str, Expression], ...] = ()
    is_class: bool = True
    hides: bool = False
    alias: Expression | None = None


@frozen_value
class _Site:
    """A module of dict forms, and where the forms are that unions can import."""

    module: str
    homes: Mapping[str, ImportedName]


def annotate_input(
    type_: PyType,
    names: Mapping[str, str],
    prefix: str = "",
    *,
    hides_list: bool = False,
) -> Expression:
    """Return the type hint for a value with classes or their dict forms.

    Args:
        type_: The type of the value.
        names: The dict form of each class that has one, by class name.
        prefix: The prefix of the names `Sequence` and `Mapping` in the module.
        hides_list: Whether the hint is in a class that has a method `list`.
    """

    def annotate_part(part: PyType) -> Expression:
        return annotate_input(part, names, prefix, hides_list=hides_list)

    if not has_dict_form(type_, names):
        return annotate(type_, hides_list=hides_list)
    # A list of some classes is not a list of classes or dicts, but such a sequence.
    match type_:
        case ListType():
            return _subscript("Sequence", "", annotate_part(type_.item), prefix)
        case DictType():
            value = annotate_part(type_.value)
            return _subscript("Mapping", "str, ", value, prefix)
        case UnionType():
            return join_expressions(" | ", [*map(annotate_part, type_.variants)])
        case ModelType():
            form = annotate(ModelType(names[type_.name]))
            return join_expressions(" | ", (annotate(type_), form))
        case PlainType() | LiteralType():
            return annotate(type_)
        case _:
            assert_never(type_)


def _subscript(name: str, key: str, value: Expression, prefix: str) -> Expression:
    imported = f"{name} as {prefix}{name}" if prefix else name
    home = ImportedName("library", "collections.abc", imported)
    return Expression(f"{prefix}{name}[{key}{value.text}]", value.imports | {home})


def has_dict_form(type_: PyType, names: Mapping[str, str]) -> bool:
    """Return whether a type holds a class that has a dict form."""
    return not names.keys().isdisjoint(list_model_names(type_))


def draft_typed_inputs(inputs: TypedInputs, runtime: str) -> Iterator[Draft]:
    """Yield the drafts of the modules of dict forms.

    Args:
        inputs: The dict forms of the client.
        runtime: The path of a shared runtime, relative to the client's directory; empty
            if the client has its own.
    """
    names = dict(inputs.names)
    homes = {
        each.model: ImportedName("client", f"{_PACKAGE}.{each.module}", each.name)
        for each in inputs.forms
        if not isinstance(each, InputUnion)
    }
    modules: dict[str, list[InputForm]] = defaultdict(list)
    for each in inputs.forms:
        modules[each.module].append(each)

    for module, forms in sorted(modules.items()):
        site = _Site(f"{_PACKAGE}.{module}", homes)
        # A union names classes, and the others only quote them.
        ordered = sorted(forms, key=lambda each: isinstance(each, InputUnion))
        views = [_build_view(each, names, site) for each in ordered]
        imports = frozenset(_iter_imports(views))
        yield Draft(
            path=f"{_PACKAGE}/{module}.py",
            render=partial(
                _render_module,
                views,
                format_imports(imports, ModuleLocation(_PACKAGE, runtime)),
            ),
            inputs=inputs_digest(*_list_inputs(views)),
            imports=imports,
        )


def list_input_exports(inputs: TypedInputs) -> list[ImportedName]:
    """Return the names that `models` exports for dict forms."""
    return [
        ImportedName("client", f"{_PACKAGE}.{each.module}", each.name)
        for each in inputs.forms
    ]


def _list_inputs(views: Sequence[FormView]) -> list[object]:
    """Return what the text of a module follows from; sets of imports have no order."""
    return [
        (
            each.name,
            each.model,
            [(name, hint.text) for name, hint in each.members],
            each.alias and each.alias.text,
        )
        for each in views
    ]


def _render_module(views: Sequence[FormView], imports: str) -> str:
    return render_template("models/inputs.py.jinja", forms=views, imports=imports)


def _build_view(form: InputForm, names: Mapping[str, str], site: _Site) -> FormView:
    match form:
        case InputDict():
            hints = [
                _format_member(each.type, names, required=each.required)
                for each in form.members
            ]
            members = tuple(
                (each.wire, hint)
                for each, hint in zip(form.members, hints, strict=True)
            )
            is_plain = all(map(_is_plain_name, (name for name, _ in members)))
            hides = is_plain and _hides_types(form)
            return FormView(
                form.name,
                form.model,
                members,
                is_class=is_plain and not hides,
                hides=hides,
            )
        case InputUnion():
            variants = [_format_variant(each, names, site) for each in form.variants]
            return FormView(form.name, form.model, alias=_join_variants(variants))
        case InputValues():
            return FormView(form.name, form.model, alias=annotate(form.values))
        case _:
            assert_never(form)


def _format_member(
    type_: PyType, names: Mapping[str, str], *, required: bool
) -> Expression:
    hint = annotate_input(type_, names)
    # The classes load where somebody asks for the type, because they may need each other.
    if list_model_names(type_):
        hint = _quote(hint)
    return hint if required else wrap_expression("NotRequired[", hint, "]")


def _format_variant(type_: PyType, names: Mapping[str, str], site: _Site) -> Expression:
    """Return a variant of a union of dict forms, without the class itself.

    Whoever looks the union up need not know `models`, so its classes are real. What may
    hold the union itself is quoted.
    """
    match type_:
        case ModelType() if type_.name in site.homes:
            home = site.homes[type_.name]
            is_here = home.module == site.module
            return Expression(home.name, NO_IMPORTS if is_here else frozenset({home}))
        case ModelType():
            return _quote(annotate(ModelType(names[type_.name])))
        case _:
            return _quote_parts(type_, names)


def _join_variants(variants: Sequence[Expression]) -> Expression:
    """Return a union; Python has no `|` for what is quoted."""
    if not any(each.text.startswith(("'", '"')) for each in variants):
        return join_expressions(" | ", variants)
    union = wrap_expression("Union[", join_expressions(", ", variants), "]")
    return Expression(union.text, union.imports | {_TYPING["Union"]})


def _quote_parts(type_: PyType, names: Mapping[str, str]) -> Expression:
    """Return a type hint whose containers are real and whose classes are quoted."""
    match type_:
        case ListType():
            return _subscript("Sequence", "", _quote_parts(type_.item, names), "")
        case DictType():
            return _subscript("Mapping", "str, ", _quote_parts(type_.value, names), "")
        case _:
            return _quote(annotate_input(type_, names))


def _quote(hint: Expression) -> Expression:
    return Expression(format_literal(hint.text), hint.imports)


def _is_plain_name(name: str) -> bool:
    """Return whether a class can have a member of this name.

    Python changes names that begin with two underscores.
    """
    return (
        name.isidentifier()
        and not keyword.iskeyword(name)
        and not name.startswith("__")
    )


def _hides_types(form: InputDict) -> bool:
    """Return whether a key has the name of a type that the hints use."""
    used = {*_OWN_NAMES}
    for each in form.members:
        used.update(list_plain_names(each.type))
    return not used.isdisjoint(each.wire for each in form.members)


def _iter_imports(views: Sequence[FormView]) -> Iterator[ImportedName]:
    for each in views:
        if each.alias is not None:
            yield _TYPING["TypeAlias"]
            yield from each.alias.imports
            continue
        hints = [hint for _, hint in each.members]
        yield from collect_imports(hints)
        yield _TYPING["TypedDict"]
        if any(hint.text.startswith("NotRequired[") for hint in hints):
            yield _TYPING["NotRequired"]
