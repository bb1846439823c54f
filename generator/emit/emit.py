"""From the `Surface` to files.

In: a `Surface`, what the package says of itself, and a way to have models written. Out:
all files of the package but the lock, laid out, sorted by path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from generator.emit.bundle import Schema
from generator.emit.client import client_file, usual_security
from generator.emit.digests import inputs_digest
from generator.emit.errors import usual_errors
from generator.emit.files import File, Keep, keep_nothing
from generator.emit.layout import laid_out
from generator.emit.method_view import Context
from generator.emit.models import Models, index_file
from generator.emit.package import PACKAGE_FILES, About, package_files
from generator.emit.render import render
from generator.emit.resources import resource_file
from generator.emit.runtime_files import roots_of, runtime_files
from generator.emit.shares import shared_out
from generator.emit.sharing import retargeted
from generator.emit.testing import testing_file
from generator.emit.webhooks import webhooks_file
from generator.surface.model import Surface


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the user decides about the text."""

    docstrings: bool = True
    runtime: str = ""
    """Where a shared runtime stands, seen from the client's folder; else it has its own."""
    testing: bool = False


def emit(
    surface: Surface,
    about: About,
    options: Options,
    write_models: Callable[[Schema], dict[str, str]],
    keep: Keep = keep_nothing,
) -> tuple[File, ...]:
    """Make all files of the client; what `keep` still has is not made again.

    Raises:
        SpecError: datamodel-code-generator failed, or wrote what it was not asked to.
    """
    said = _Sealed(keep, options.runtime)
    models = Models(surface.models, docstrings=options.docstrings)
    kept = {each.path: each for each in models.kept(said.keep)}
    due = [each for each in models.modules if models.path(each) not in kept]
    processes, shares = shared_out({each: models.classes([each]) for each in due})
    with ThreadPoolExecutor(processes) as beside:
        # The models are written by other processes; what needs none of them is made
        # while those work.
        answers = [
            beside.submit(models.written, models.classes(share), write_models)
            for share in shares
        ]
        made = [
            *_index(surface, said.keep),
            *_front(surface, about, options, said.keep),
            *_calls(surface, options, said.keep),
        ]
        files = [*kept.values(), *(said.laid_out(each) for each in made)]
        for share, answer in zip(shares, answers, strict=True):
            made_now = models.files(share, dict(answer.result()))
            files += (said.laid_out(each) for each in made_now)
    files = [replace(each, inputs=said.sealed(each.inputs)) for each in files]
    if not options.runtime:
        files += runtime_files(roots_of(files))
    return tuple(sorted(files))


@dataclass(frozen=True, slots=True)
class _Sealed:
    """What `before` kept of a client with the same runtime: its own, or a shared one."""

    before: Keep
    runtime: str

    def sealed(self, inputs: str) -> str:
        """Let the place of a shared runtime count among the inputs."""
        if not inputs or not self.runtime:
            return inputs
        return inputs_digest(inputs, self.runtime)

    def keep(self, path: str, inputs: str) -> str | None:
        """Give the text that was made of the same inputs."""
        return self.before(path, self.sealed(inputs))

    def laid_out(self, file: File) -> File:
        """Lay out a file, if that was not done before with the same text."""
        if not file.path.endswith(".py"):
            return file
        inputs = file.inputs or inputs_digest(file.text)
        text = self.keep(file.path, inputs)
        if text is None:
            here = retargeted(file, self.runtime) if self.runtime else file
            text = laid_out(here).text
        return File(file.path, text, inputs)


def _index(surface: Surface, keep: Keep) -> list[File]:
    """Make the index of the models, which knows their names and where they are."""
    homes = [(each.name, each.module) for each in surface.models]
    key = inputs_digest(homes, surface.old_classes)
    return _unless_kept(
        ["models/__init__.py"],
        key,
        keep,
        lambda: [index_file(surface.models, surface.old_classes)],
    )


def _front(surface: Surface, about: About, options: Options, keep: Keep) -> list[File]:
    """Make the client and what stands around it; it does not see inside of models."""
    seen = replace(surface, models=(), names=(), old_names=())
    paths = [*PACKAGE_FILES, *(["_client.py"] if surface.has_client else [])]
    return _unless_kept(
        paths,
        inputs_digest(seen, about, options),
        keep,
        lambda: [
            *package_files(seen, about, testing=options.testing),
            *([client_file(seen)] if surface.has_client else []),
        ],
    )


def _unless_kept(
    paths: Sequence[str], inputs: str, keep: Keep, make: Callable[[], Sequence[File]]
) -> list[File]:
    """Give files as they were made of the same inputs, or make them."""
    texts = [keep(path, inputs) for path in paths]
    if None in texts:
        return [replace(each, inputs=inputs) for each in make()]
    pairs = zip(paths, texts, strict=True)
    return [File(path, text or "", inputs) for path, text in pairs]


def _calls(surface: Surface, options: Options, keep: Keep) -> Iterator[File]:
    context = Context(
        security=usual_security(surface),
        default_error=surface.default_error,
        docstrings=options.docstrings,
        usual_errors=usual_errors(surface),
    )
    if surface.resources:
        yield File("resources/__init__.py", render("client/resources.py.jinja"))
    for each in surface.resources:
        yield resource_file(each, context, keep)
    if surface.events.rows:
        yield webhooks_file(surface)
    if options.testing and surface.resources:
        yield testing_file(surface)
