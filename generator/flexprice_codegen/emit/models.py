"""The files of `models/`: a module for each class, and a lazy index of all classes.

In: the classes of a `Surface`. Out: drafts of files.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial

from flexprice_codegen.emit.digests import inputs_digest
from flexprice_codegen.emit.expression import ImportedName
from flexprice_codegen.emit.files import Draft
from flexprice_codegen.emit.imports import (
    ModuleLocation,
    format_exports,
    format_imports,
    order_name,
)
from flexprice_codegen.emit.model_imports import find_model_imports
from flexprice_codegen.emit.python_text import format_docstring
from flexprice_codegen.emit.render import render_template
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.model import (
    EnumClass,
    ModelClass,
    ModelDefinition,
    UnionClass,
)
from flexprice_codegen.surface.modules import (
    FORMER_TYPES_MODULE,
    iter_required_classes,
)
from flexprice_codegen.surface.python_types import (
    drop_qualifiers,
    format_literal,
    format_type,
)
from flexprice_codegen.surface.scalar_types import OPTIONAL_MODULES

_PACKAGE = "models"
# Between the words of a name in CamelCase.
_WORD_BREAK = re.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_CHECKING = ImportedName("library", "typing", "TYPE_CHECKING")
_CODEC = (
    ImportedName("runtime", "decoding", "from_dict"),
    ImportedName("runtime", "decoding", "from_json"),
    ImportedName("runtime", "encoding", "to_dict"),
    ImportedName("runtime", "encoding", "to_json"),
    ImportedName("runtime", "encoding", "unknown_fields"),
)
"""The functions of `models`, which do for a value what a call does for its body."""


def draft_models(
    definitions: Sequence[ModelDefinition], runtime: str, *, docstrings: bool
) -> Iterator[Draft]:
    """Yield the drafts of the modules of models.

    The inputs of a module are its classes, and the modules of the classes they refer
    to.

    Args:
        definitions: All classes of the client.
        runtime: The path of a shared runtime, relative to the client's directory; empty
            if the client has its own.
        docstrings: Whether descriptions of the document become docstrings.
    """
    homes = {each.name: each.module for each in definitions}
    needs = {each.name: tuple(iter_required_classes(each)) for each in definitions}
    for module, classes in _group_by_module(definitions, needs).items():
        named = [(name, homes[name]) for each in classes for name in needs[each.name]]
        imports = find_model_imports(classes, homes, needs)
        yield Draft(
            path=f"{_PACKAGE}/{module}.py",
            render=partial(
                _render_module,
                classes,
                imports,
                ModuleLocation(_PACKAGE, runtime),
                docstrings=docstrings,
            ),
            inputs=inputs_digest(classes, named, docstrings),
            imports=imports,
        )


def _render_module(
    classes: Sequence[ModelDefinition],
    imports: frozenset[ImportedName],
    location: ModuleLocation,
    *,
    docstrings: bool,
) -> str:
    unions = {each.name for each in classes if isinstance(each, UnionClass)}
    return render_template(
        "models/module.py.jinja",
        imports=format_imports(imports, location),
        starts_with_class=not isinstance(classes[0], UnionClass),
        classes=[
            _print_definition(each, unions, docstrings=docstrings).rstrip("\n")
            for each in classes
        ],
    )


def _print_definition(
    definition: ModelDefinition, unions: Collection[str], *, docstrings: bool
) -> str:
    """Return the text of a class; datamodel-code-generator prints all but unions."""
    if isinstance(definition, UnionClass):
        own = unions if len(unions) > 1 else ()
        return _render_union(definition, own, docstrings=docstrings)
    return _print_class(definition, docstrings=docstrings)


def _print_class(definition: ModelClass | EnumClass, *, docstrings: bool) -> str:
    # Late: the library takes 0.2 s to import, and many runs print no class.
    from flexprice_codegen.emit.model_classes import print_class

    return print_class(definition, docstrings=docstrings)


def _group_by_module(
    definitions: Sequence[ModelDefinition], needs: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[ModelDefinition, ...]]:
    """Return classes by module, sorted so that a class follows those it needs."""
    groups: dict[str, list[ModelDefinition]] = defaultdict(list)
    for each in definitions:
        groups[each.module].append(each)
    return {
        module: _sort_classes(group, needs) for module, group in sorted(groups.items())
    }


def _sort_classes(
    group: Sequence[ModelDefinition], needs: Mapping[str, tuple[str, ...]]
) -> tuple[ModelDefinition, ...]:
    """Return classes sorted so that each follows those it needs, except in a cycle.

    In each turn, all classes without open needs are appended, or else the first by
    name.
    """
    if len(group) == 1:  # as almost all are
        return tuple(group)
    waiting = {each.name: each for each in group}
    turns = {name: number for number, name in enumerate(waiting)}
    open_ = {
        name: {need for need in needs[name] if need != name and need in waiting}
        for name in waiting
    }
    needed_by: dict[str, list[str]] = defaultdict(list)
    for name, wanted in open_.items():
        for need in wanted:
            needed_by[need].append(name)

    # One iterator for the whole loop, so that many cycles do not cost quadratic time.
    by_name = iter(sorted(waiting))
    free = [name for name in waiting if not open_[name]]
    ordered: list[ModelDefinition] = []
    while waiting:
        taken = free or [next(name for name in by_name if name in waiting)]
        ordered += [waiting.pop(name) for name in taken]
        for each in taken:
            for other in needed_by[each]:
                open_[other].discard(each)
        after = {other for each in taken for other in needed_by[each]}
        free = sorted(
            (name for name in after if name in waiting and not open_[name]),
            key=turns.__getitem__,
        )

    return tuple(ordered)


def _render_union(union: UnionClass, own: Collection[str], *, docstrings: bool) -> str:
    """Return the text of a union; `own` are those of its module, if it is not alone."""
    words = union.about.description or union.about.title
    options = [format_type(each, "models.") for each in union.variants]
    # The alias of a union below is a forward reference, which a string can be.
    alias = " | ".join(
        format_type(drop_qualifiers(each, own), "models.") for each in union.variants
    )
    return render_template(
        "models/union.py.jinja",
        name=union.name,
        options=format_literal(alias) if own else alias,
        runtime_options=options,
        alone=len(options) == 1,
        doc=format_docstring(words, 4).split("\n") if docstrings and words else [],
        tag=union.discriminator if union.mapping else "",
        is_declared=union.is_declared,
        mapping=union.mapping,
    )


@frozen_value(kw_only=True)
class FormerNames:
    """The former names of classes that `models` still has.

    `renamed` has pairs of a deprecated alias and the class name, `types` the text of
    the type for each name of a class that has none now.
    """

    renamed: tuple[tuple[str, str], ...] = ()
    types: tuple[tuple[str, str], ...] = ()


def draft_index(
    definitions: Sequence[ModelDefinition],
    former: FormerNames,
    scalars: Sequence[str],
    runtime: str,
    dict_forms: Sequence[ImportedName] = (),
) -> Draft:
    """Return the draft of `models/__init__.py`, which imports each class on first use.

    Args:
        definitions: All classes of the client.
        former: The former names of classes.
        scalars: The types of the runtime in responses, whose names are looked up here.
        runtime: The path of a shared runtime, relative to the client's directory; empty
            if the client has its own.
        dict_forms: The dict forms of classes.
    """
    homes = [(each.name, each.module) for each in definitions]
    imported = [
        ImportedName("runtime", OPTIONAL_MODULES[each], each) for each in scalars
    ]
    exports = [
        ImportedName("client", f"{_PACKAGE}.{module}", name) for name, module in homes
    ]
    exports += [*imported, *dict_forms]
    loader = _choose_loader(former)
    return Draft(
        path=f"{_PACKAGE}/__init__.py",
        render=partial(
            _render_index, exports, former, loader, ModuleLocation(_PACKAGE, runtime)
        ),
        inputs=inputs_digest(
            [*homes, *imported, *dict_forms], former.renamed, former.types
        ),
        imports=(
            frozenset({_CHECKING, loader, *imported, *_CODEC})
            if exports
            else frozenset()
        ),
    )


def _choose_loader(former: FormerNames) -> ImportedName:
    """Return the function of the runtime that looks names up; few indexes need more."""
    if former.types or former.renamed:
        return ImportedName("runtime", "renamed", "lazy_with_former_names")
    return ImportedName("runtime", "lazy", "lazy")


def get_module_of_class(name: str) -> str:
    """Return the module of a class where `models` has no other for it.

    The runtime looks it up in the same way; a test compares the two functions.
    """
    return "._" + _WORD_BREAK.sub("_", name).lower()


def _render_index(
    exports: Sequence[ImportedName],
    former: FormerNames,
    loader: ImportedName,
    location: ModuleLocation,
) -> str:
    types = [
        ImportedName("client", f"{_PACKAGE}.{FORMER_TYPES_MODULE}", name)
        for name, _ in former.types
    ]
    if not exports:
        return render_template("models/__init__.py.jinja", names=())
    return render_template(
        "models/__init__.py.jinja",
        imports=format_imports(frozenset({_CHECKING, loader, *_CODEC}), location),
        names=sorted((each.name for each in (*exports, *_CODEC)), key=order_name),
        exports=format_imports(exports, location, indent=4),
        former_types=format_exports(types, location, indent=4),
        loader=loader.name,
        homes=[
            (each.name, location.get_module(each))
            for each in exports
            if location.get_module(each) != get_module_of_class(each.name)
        ],
        renamed=former.renamed,
        types=former.types,
        types_module=FORMER_TYPES_MODULE,
    )
