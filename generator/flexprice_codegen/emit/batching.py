"""The module `batching.py` of a client, if an operation takes items in batches.

In: a `Surface`. Out: the draft of a file: the batches of the runtime, with the type of
the items of each method.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from flexprice_codegen.emit.annotations import annotate
from flexprice_codegen.emit.expression import Expression, ImportedName, collect_imports
from flexprice_codegen.emit.files import Draft
from flexprice_codegen.emit.imports import ModuleLocation, format_imports
from flexprice_codegen.emit.render import render_template
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.model import Surface

_IMPORTS = frozenset(
    {
        ImportedName("library", "__future__", "annotations"),
        ImportedName("library", "collections.abc", "Callable"),
        ImportedName("library", "collections.abc", "Coroutine"),
        ImportedName("library", "typing", "Any"),
        ImportedName("library", "typing", "Concatenate"),
        ImportedName("library", "typing", "TypeVar"),
        ImportedName("library", "typing", "Unpack"),
    }
)
_REFUSED = ImportedName("runtime", "batch_partial", "ItemRefusedError")
_OPTIONS = ImportedName("runtime", "batch_plan", "BatchOptions")
_SPOOL = ImportedName("runtime", "batch_spool", "Spool")
_SPOOL_OPTIONS = ImportedName("runtime", "batch_spool", "SpoolOptions")
_OVERLOAD = ImportedName("library", "typing", "overload")
_CLASSES = (("AsyncBatch", "batching", ""), ("Batch", "batching", ""))
"""The classes of a client, their modules in the runtime, and other base classes."""
_TEST_CLASSES = (
    ("AsyncCollected", "batch_collected", "AsyncBatch"),
    ("Collected", "batch_collected", "Batch"),
)
_RUNTIME_NAMES = {
    ImportedName("runtime", "batch_plan", "Flushed"),
    ImportedName("runtime", "batch_plan", "Stats"),
    ImportedName("runtime", "batch_queue", "BatchClosedError"),
    ImportedName("runtime", "batch_queue", "BatchFullError"),
}


@frozen_value
class BatchForm:
    """The types of a method that takes items in batches: its body, and an item."""

    body: Expression
    item: Expression


def has_batches(surface: Surface) -> bool:
    """Return whether an operation of a client takes items in batches."""
    return any(_iter_forms(surface))


def draft_batching(surface: Surface, runtime: str, *, testing: bool) -> Draft:
    """Return the draft of `batching.py`.

    Args:
        surface: The client's classes and methods.
        runtime: The path of a shared runtime, relative to the client's directory; or
            empty.
        testing: Whether the client has the classes for tests as well.
    """
    classes = (*_CLASSES, *(_TEST_CLASSES if testing else ()))
    forms = tuple(dict.fromkeys(_iter_forms(surface)))
    typed = [each for form in forms for each in (form.body, form.item)]
    names = _RUNTIME_NAMES | _list_optional_names(surface)
    modules = {ImportedName("runtime", "", module) for _, module, _ in classes}
    imports = _IMPORTS | names | modules | collect_imports(typed)
    if len(forms) > 1:
        imports |= {_OVERLOAD}
    return Draft(
        path="batching.py",
        render=partial(
            _render_batching,
            forms,
            imports,
            classes,
            sorted({name for name, _, _ in classes} | {each.name for each in names}),
            "SpoolOptions" if _SPOOL in names else "BatchOptions",
            ModuleLocation("", runtime),
        ),
        imports=imports,
    )


def _render_batching(
    forms: tuple[BatchForm, ...],
    imports: frozenset[ImportedName],
    classes: Sequence[tuple[str, str, str]],
    exports: list[str],
    options: str,
    location: ModuleLocation,
) -> str:
    return render_template(
        "client/batching.py.jinja",
        forms=forms,
        classes=classes,
        options=options,
        imports=format_imports(imports, location),
        exports=exports,
    )


def _list_optional_names(surface: Surface) -> set[ImportedName]:
    """Return what only some clients with batches need."""
    methods = [each for resource in surface.resources for each in resource.methods]
    batchings = [each.batching for each in methods if each.batching is not None]
    has_spool = any(each.spool for each in batchings)
    names = {_SPOOL, _SPOOL_OPTIONS} if has_spool else {_OPTIONS}
    if any(each.partial is not None for each in batchings):
        names.add(_REFUSED)
    return names


def _iter_forms(surface: Surface) -> Iterator[BatchForm]:
    for resource in surface.resources:
        for method in resource.methods:
            if method.batching is not None and method.body is not None:
                item = annotate(method.batching.item)
                yield BatchForm(annotate(method.body.type), item)
