"""From the `Surface` to files.

In: a `Surface`, what the package says of itself, and a way to have models written. Out:
all files of the package but the lock, laid out, sorted by path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from generator.emit.bundle import Schema, bundle
from generator.emit.client import client_file, usual_security
from generator.emit.files import File
from generator.emit.layout import laid_out
from generator.emit.method_view import Context
from generator.emit.models import by_module, index_file, model_file
from generator.emit.package import About, package_files
from generator.emit.render import render
from generator.emit.resources import resource_file
from generator.emit.runtime_files import roots_of, runtime_files
from generator.emit.shares import shared_out
from generator.emit.testing import testing_file
from generator.emit.webhooks import webhooks_file
from generator.surface.model import EnumClass, ModelClass, Surface, UnionClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the user decides about the text."""

    docstrings: bool = True
    testing: bool = False


def emit(
    surface: Surface,
    about: About,
    options: Options,
    write_models: Callable[[Schema], dict[str, str]],
) -> tuple[File, ...]:
    """Make all files of the client.

    Raises:
        SpecError: datamodel-code-generator failed, or wrote what it was not asked to.
    """
    shares = shared_out(
        [each for each in surface.models if not isinstance(each, UnionClass)]
    )
    with ThreadPoolExecutor(len(shares)) as beside:
        # The models are written by other processes; what needs none of them is made
        # while those work.
        answers = [
            beside.submit(_written, share, options, write_models) for share in shares
        ]
        made = [
            *_calls(surface, options),
            *package_files(surface, about, testing=options.testing),
        ]
        written = {n: each for answer in answers for n, each in answer.result()}
        made += _models(surface, options, written)
    laid = [laid_out(each) if each.path.endswith(".py") else each for each in made]
    return tuple(sorted((*laid, *runtime_files(roots_of(laid)))))


def _written(
    share: Sequence[ModelClass | EnumClass],
    options: Options,
    write_models: Callable[[Schema], dict[str, str]],
) -> list[tuple[str, str]]:
    """Have classes written; those that they only refer to come as stubs, unasked."""
    if not share:
        return []
    written = write_models(bundle(share, docstrings=options.docstrings))
    return [(each.name, written[each.name]) for each in share if each.name in written]


def _models(
    surface: Surface, options: Options, written: Mapping[str, str]
) -> Iterator[File]:
    definitions = surface.models
    modules = {each.name: each.module for each in definitions}
    yield index_file(definitions)
    for module, classes in by_module(definitions).items():
        yield model_file(
            module, classes, modules, written, docstrings=options.docstrings
        )


def _calls(surface: Surface, options: Options) -> Iterator[File]:
    context = Context(
        security=usual_security(surface),
        default_error=surface.default_error,
        docstrings=options.docstrings,
    )
    yield client_file(surface)
    if surface.resources:
        yield File("resources/__init__.py", render("client/resources.py.jinja"))
    for each in surface.resources:
        yield resource_file(each, context)
    if surface.events.rows:
        yield webhooks_file(surface)
    if options.testing and surface.resources:
        yield testing_file(surface)
