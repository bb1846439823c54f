"""From the `Surface` to files.

In: a `Surface`, what the package says of itself, and a way to have models written. Out:
all files of the package but the lock, laid out, sorted by path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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
from generator.emit.testing import testing_file
from generator.emit.webhooks import webhooks_file
from generator.surface.model import Surface, UnionClass


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
    with ThreadPoolExecutor(1) as beside:
        # The models are written by another process; what needs none of them is made
        # while it works.
        answer = beside.submit(_written, surface, options, write_models)
        made = [
            *_calls(surface, options),
            *package_files(surface, about, testing=options.testing),
        ]
        made += _models(surface, options, answer.result())
    laid = [laid_out(each) if each.path.endswith(".py") else each for each in made]
    return tuple(sorted((*laid, *runtime_files(roots_of(laid)))))


def _written(
    surface: Surface, options: Options, write_models: Callable[[Schema], dict[str, str]]
) -> dict[str, str]:
    printed = [each for each in surface.models if not isinstance(each, UnionClass)]
    if not printed:
        return {}
    return write_models(bundle(printed, docstrings=options.docstrings))


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
