"""The files of `models/`: a module for each class, and the lazy index of all.

In: the classes of a Surface and the texts that datamodel-code-generator wrote. Out:
files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.emit.bundle import Schema, bundle
from generator.emit.digests import inputs_digest
from generator.emit.files import File, Keep
from generator.emit.imports import exports, import_lines
from generator.emit.model_imports import imports_of
from generator.emit.quoting import docstring
from generator.emit.render import render
from generator.emit.verify import verified
from generator.surface.model import (
    EnumClass,
    ModelClass,
    ModelDefinition,
    UnionClass,
)
from generator.surface.modules import needs
from generator.surface.python import classes_in, text


@dataclass(slots=True)
class Models:
    """The modules of models: which there are, what each is made from, and their texts."""

    definitions: Sequence[ModelDefinition]
    docstrings: bool = field(kw_only=True)
    modules: dict[str, tuple[ModelDefinition, ...]] = field(init=False)
    _homes: dict[str, str] = field(init=False)
    _inputs: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.modules = by_module(self.definitions)
        self._homes = {each.name: each.module for each in self.definitions}
        self._inputs = {module: self._digest(module) for module in self.modules}

    def path(self, module: str) -> str:
        """Give the path of a module in the package."""
        return f"models/{module}.py"

    def kept(self, keep: Keep) -> Iterator[File]:
        """Give the files that were made before from the same."""
        for module, inputs in self._inputs.items():
            text = keep(self.path(module), inputs)
            if text is not None:
                yield File(self.path(module), text, inputs)

    def classes(self, modules: Iterable[str]) -> list[ModelClass | EnumClass]:
        """Give the classes of some modules that the library writes."""
        return [
            each
            for module in modules
            for each in self.modules[module]
            if not isinstance(each, UnionClass)
        ]

    def written(
        self,
        share: Sequence[ModelClass | EnumClass],
        write: Callable[[Schema], dict[str, str]],
    ) -> list[tuple[str, str]]:
        """Have classes written; gives pairs of name and text.

        Those that they only refer to come back as stubs, unasked.
        """
        if not share:
            return []
        texts = write(bundle(share, docstrings=self.docstrings))
        return [(each.name, texts[each.name]) for each in share if each.name in texts]

    def files(
        self, modules: Iterable[str], written: Mapping[str, str]
    ) -> Iterator[File]:
        """Make the files of some modules.

        Raises:
            SpecError: The library wrote something else than it was asked to.
        """
        for module in modules:
            text = self._text(self.modules[module], written)
            yield File(self.path(module), text, self._inputs[module])

    def _digest(self, module: str) -> str:
        """Return the digest of what a module is made from: classes, and where others are."""
        classes = self.modules[module]
        homes = [(n, self._homes[n]) for each in classes for n in needs(each)]
        return inputs_digest(classes, homes, self.docstrings)

    def _text(
        self, classes: Sequence[ModelDefinition], written: Mapping[str, str]
    ) -> str:
        texts = [
            (
                _union(each, docstrings=self.docstrings)
                if isinstance(each, UnionClass)
                else verified(each, written[each.name])
            )
            for each in classes
        ]
        return render(
            "models/module.py.jinja",
            imports=import_lines(_imports(classes, self._homes)),
            starts_with_class=not isinstance(classes[0], UnionClass),
            classes=[each.rstrip("\n") for each in texts],
        )


def by_module(
    definitions: Sequence[ModelDefinition],
) -> dict[str, tuple[ModelDefinition, ...]]:
    """Group classes by module, those first that others of the module need."""
    groups: dict[str, list[ModelDefinition]] = defaultdict(list)
    for each in definitions:
        groups[each.module].append(each)
    return {module: _ordered(group) for module, group in sorted(groups.items())}


def _ordered(group: Sequence[ModelDefinition]) -> tuple[ModelDefinition, ...]:
    """Put a class behind those it needs, as far as a circle lets.

    In turns: all that need nothing more, else the first by name.
    """
    waiting = {each.name: each for each in group}
    turns = {name: number for number, name in enumerate(waiting)}
    open_ = {
        name: {need for need in needs(each) if need != name and need in waiting}
        for name, each in waiting.items()
    }
    needed_by: dict[str, list[str]] = defaultdict(list)
    for name, wanted in open_.items():
        for need in wanted:
            needed_by[need].append(name)
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


def _imports(
    classes: Sequence[ModelDefinition], modules: Mapping[str, str]
) -> set[tuple[str, str]]:
    found = imports_of(classes, modules)
    if any(_names_classes(each) for each in classes if isinstance(each, UnionClass)):
        found.add(("..", "models"))
    return found


def _names_classes(union: UnionClass) -> bool:
    return any(next(classes_in(each), None) for each in union.options)


def _union(union: UnionClass, *, docstrings: bool) -> str:
    words = union.about.text or union.about.title
    options = [text(each, "models.") for each in union.options]
    return render(
        "models/union.py.jinja",
        name=union.name,
        options=" | ".join(options),
        runtime_options=options,
        alone=len(options) == 1,
        doc=docstring(words, 4).split("\n") if docstrings and words else [],
        tag=union.tag if union.mapping else "",
        mapping=union.mapping,
    )


def index_file(
    definitions: Sequence[ModelDefinition], renamed: Sequence[tuple[str, str]]
) -> File:
    """Make `models/__init__.py`."""
    return File(
        path="models/__init__.py",
        text=render(
            "models/__init__.py.jinja",
            exports=exports(
                [(f".{each.module}", each.name) for each in definitions], 4
            ),
            homes=[(each.name, f".{each.module}") for each in definitions],
            renamed=renamed,
        ),
    )
