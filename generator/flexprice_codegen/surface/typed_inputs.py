"""The dict forms of request classes: a `TypedDict` for each class that a body can hold.

The dict form of an enum is a `Literal` of its values.

In: a `Surface`. Out: `TypedInputs`: the dict forms, every name assigned. Names of dict
forms follow from those of the classes, so the lock file does not record them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias, assert_never

from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.model import (
    EnumClass,
    Field,
    Method,
    ModelClass,
    ModelDefinition,
    Surface,
    UnionClass,
)
from flexprice_codegen.surface.python_types import (
    UNSET_TYPE,
    LiteralType,
    PyType,
    get_variants,
    join_types,
    list_model_names,
)
from flexprice_codegen.surface.used_names import UsedNames


@frozen_value
class InputMember:
    """A key of a dict form, and the type of its value."""

    wire: str
    type: PyType
    required: bool


@frozen_value(kw_only=True)
class InputDict:
    """The dict form of the class `model`."""

    name: str
    module: str
    model: str
    members: tuple[InputMember, ...]


@frozen_value(kw_only=True)
class InputUnion:
    """The dict forms of the variants of the union `model`."""

    name: str
    module: str
    model: str
    variants: tuple[PyType, ...]


@frozen_value(kw_only=True)
class InputValues:
    """The values of the enum `model`, which a dict can have in place of its members."""

    name: str
    module: str
    model: str
    values: LiteralType


InputForm: TypeAlias = InputDict | InputUnion | InputValues


@frozen_value
class TypedInputs:
    """The dict forms of a client.

    `deprecated` has pairs of a deprecated alias and the name of a form.
    """

    forms: tuple[InputForm, ...] = ()
    deprecated: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Pairs of a class and its dict form."""
        return tuple((each.model, each.name) for each in self.forms)


NO_INPUTS = TypedInputs()


def build_typed_inputs(surface: Surface) -> TypedInputs:
    """Return the dict forms of all classes that the request bodies of a client hold."""
    classes = {each.name: each for each in surface.models}
    sent = _collect_sent(surface, classes)
    models = [
        each
        for each in surface.models
        if each.name in sent and _has_dict_form(each, classes)
    ]
    former = (*surface.deprecated_classes, *surface.deprecated_types)
    taken = UsedNames([*classes, *(old for old, _ in former)])
    names = {each.name: taken.take_name(_choose_name(each)) for each in models}
    modules = _assign_modules(models, {each.module for each in surface.models})
    tags = {tag for each in models for tag in _iter_tags(each)}
    forms = tuple(
        _build_form(each, names, modules[each.module], tags) for each in models
    )

    return TypedInputs(forms, tuple(_iter_deprecated(surface, names, taken)))


def _iter_deprecated(
    surface: Surface, names: Mapping[str, str], taken: UsedNames
) -> Iterator[tuple[str, str]]:
    """Yield the aliases of forms whose classes have deprecated aliases."""
    classes = {each.name: each for each in surface.models}
    for old, new in surface.deprecated_classes:
        if new in names:
            alias = _choose_name(replace(classes[new], name=old))
            if alias not in taken:
                yield taken.take_name(alias), names[new]


def _choose_name(model: ModelDefinition) -> str:
    return f"{model.name}{'Value' if isinstance(model, EnumClass) else 'Dict'}"


def _assign_modules(
    models: Iterable[ModelDefinition], taken: Iterable[str]
) -> dict[str, str]:
    """Return the module of dict forms for each module of classes."""
    used = UsedNames(taken)
    modules = sorted({each.module for each in models})
    return {each: used.take_name(f"_inputs{each}") for each in modules}


def _build_form(
    model: ModelDefinition,
    names: Mapping[str, str],
    module: str,
    tags: set[tuple[str, str]],
) -> InputForm:
    match model:
        case ModelClass():
            members = tuple(
                _build_member(each, is_tag=(model.name, each.wire) in tags)
                for each in model.fields
                if each.name != model.extra
            )
            return InputDict(
                name=names[model.name],
                module=module,
                model=model.name,
                members=members,
            )
        case UnionClass():
            return InputUnion(
                name=names[model.name],
                module=module,
                model=model.name,
                variants=tuple(
                    each
                    for each in model.variants
                    if not names.keys().isdisjoint(list_model_names(each))
                ),
            )
        case EnumClass():
            # An enum may have a value twice, by another name.
            values = dict.fromkeys(each.value for each in model.members)
            return InputValues(
                name=names[model.name],
                module=module,
                model=model.name,
                values=LiteralType(tuple(values)),
            )
        case _:
            assert_never(model)


def _build_member(field: Field, *, is_tag: bool) -> InputMember:
    options = [each for each in get_variants(field.type) if each != UNSET_TYPE]
    # A class knows its constant, but a dict needs it to say which class it is.
    required = is_tag and isinstance(field.type, LiteralType)
    return InputMember(
        field.wire, join_types(*options), required or not field.unset_value
    )


def _iter_tags(model: ModelDefinition) -> Iterator[tuple[str, str]]:
    """Yield the classes of a union that a discriminator selects, each with its name."""
    if isinstance(model, UnionClass):
        for _, name in model.mapping:
            yield name, model.discriminator


def _collect_sent(
    surface: Surface, classes: Mapping[str, ModelDefinition]
) -> frozenset[str]:
    """Return the classes that request bodies hold, at any depth."""
    waiting = [
        name for method in _iter_methods(surface) for name in _list_body_names(method)
    ]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += _list_parts(classes[name])
    return frozenset(seen)


def _iter_methods(surface: Surface) -> Iterator[Method]:
    for resource in surface.resources:
        for method in resource.methods:
            yield method
            if method.streaming is not None:
                yield method.streaming.method


def _list_body_names(method: Method) -> list[str]:
    body = method.body
    contents = () if body is None else body.contents
    return [name for each in contents for name in list_model_names(each.type)]


def _list_parts(model: ModelDefinition) -> list[str]:
    match model:
        case ModelClass():
            types = [each.type for each in model.fields]
        case UnionClass():
            types = list(model.variants)
        case EnumClass():
            types = []
        case _:
            assert_never(model)
    return [name for each in types for name in list_model_names(each)]


def _has_dict_form(
    model: ModelDefinition, classes: Mapping[str, ModelDefinition]
) -> bool:
    """Return whether a class is an object, an enum, or a union with such a variant."""
    waiting = [model]
    seen: set[str] = set()
    while waiting:
        each = waiting.pop()
        if not isinstance(each, UnionClass):
            return True
        if each.name not in seen:
            seen.add(each.name)
            waiting += [classes[name] for name in _list_parts(each)]
    return False
