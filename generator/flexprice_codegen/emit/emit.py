"""All files of a client, from its `Surface`.

In: a `Surface`, facts about the package, and the texts of an earlier run. Out: all
files of the package except the lock file, in black's layout, sorted by path.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flexprice_codegen.emit.agents import draft_agents
from flexprice_codegen.emit.batching import draft_batching, has_batches
from flexprice_codegen.emit.client import draft_client, find_usual_security
from flexprice_codegen.emit.digests import inputs_digest
from flexprice_codegen.emit.doc_errors import find_common_errors
from flexprice_codegen.emit.files import (
    Draft,
    GeneratedFile,
    ReuseFunction,
    reuse_nothing,
)
from flexprice_codegen.emit.former_types import (
    draft_former_types,
    list_former_types,
)
from flexprice_codegen.emit.layout import lay_out
from flexprice_codegen.emit.linter_header import CLIENT_CODES, add_exemptions
from flexprice_codegen.emit.method_view import MethodContext
from flexprice_codegen.emit.models import FormerNames, draft_index, draft_models
from flexprice_codegen.emit.package import PackageInfo, draft_package
from flexprice_codegen.emit.recording import draft_recording
from flexprice_codegen.emit.resources import draft_resource, draft_resources
from flexprice_codegen.emit.runtime_files import collect_runtime_files
from flexprice_codegen.emit.testing import draft_testing
from flexprice_codegen.emit.typed_inputs import (
    draft_typed_inputs,
    list_input_exports,
)
from flexprice_codegen.emit.webhooks import draft_webhooks
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.model import Surface
from flexprice_codegen.surface.selection import list_response_scalars
from flexprice_codegen.surface.typed_inputs import (
    NO_INPUTS,
    TypedInputs,
    build_typed_inputs,
)


@frozen_value(kw_only=True)
class EmitOptions:
    """Options of the user about the generated text."""

    docstrings: bool = True
    request_options: bool = False
    typed_inputs: bool = False
    runtime: str = ""
    """The path of a shared runtime, relative to the client's directory; or empty."""
    testing: bool = False
    recording: bool = False
    agents: bool = False


def emit_files(
    surface: Surface,
    about: PackageInfo,
    options: EmitOptions,
    keep: ReuseFunction = reuse_nothing,
) -> tuple[GeneratedFile, ...]:
    """Return all files of a client, sorted by path.

    Args:
        surface: The client's classes and methods.
        about: Facts about the package.
        options: Options of the user.
        keep: A function that returns the text of an earlier run for equal inputs.
    """
    inputs = build_typed_inputs(surface) if options.typed_inputs else NO_INPUTS
    drafts = [
        *_draft_package(surface, about, options),
        draft_index(
            surface.models,
            FormerNames(
                renamed=(*surface.deprecated_classes, *inputs.deprecated),
                types=list_former_types(surface),
            ),
            list_response_scalars(surface),
            options.runtime,
            list_input_exports(inputs),
        ),
        *draft_typed_inputs(inputs, options.runtime),
        *draft_former_types(surface, options.runtime),
        *draft_models(surface.models, options.runtime, docstrings=options.docstrings),
        *_draft_calls(surface, options, inputs),
    ]
    files = [_finish_file(draft, options.runtime, keep) for draft in drafts]

    if not options.runtime:
        files += collect_runtime_files(
            frozenset[str]().union(*(each.runtime for each in files))
        )

    return tuple(sorted(files))


def _finish_file(draft: Draft, runtime: str, keep: ReuseFunction) -> GeneratedFile:
    """Return the file of a draft, rendered or reused from an earlier run.

    A draft without inputs has its rendered text as input, so that only the layout is
    reused. The path of a shared runtime is an input of every file.
    """
    text = None
    inputs = draft.inputs
    if not inputs:
        text = draft.render()
        inputs = inputs_digest(text)

    if runtime:
        # The path is in the imports of the text, but not in the inputs of every draft.
        inputs = inputs_digest(inputs, runtime)

    kept = keep(draft.path, inputs)
    if kept is not None:
        return GeneratedFile(draft.path, kept, inputs, draft.runtime)
    if text is None:
        text = draft.render()
    if draft.path.endswith(".py"):
        text = add_exemptions(lay_out(text), CLIENT_CODES)

    return GeneratedFile(draft.path, text, inputs, draft.runtime)


def _draft_package(
    surface: Surface, about: PackageInfo, options: EmitOptions
) -> Iterator[Draft]:
    """Yield the drafts of the client and the package, which do not depend on models."""
    # Without models, a change of a schema leaves the hash of these files unchanged.
    seen = replace(surface, models=(), names=(), deprecated_aliases=())
    inputs = inputs_digest(seen, about, options)
    yield from draft_package(
        seen,
        about,
        options.runtime,
        inputs,
        testing=options.testing,
        recording=options.recording,
    )
    if options.agents:
        yield draft_agents(seen, about, inputs, testing=options.testing)
    if surface.has_client:
        yield draft_client(seen, options.runtime, inputs)


def _draft_calls(
    surface: Surface, options: EmitOptions, typed: TypedInputs
) -> Iterator[Draft]:
    """Yield the drafts of the resources, the webhooks, and the optional modules."""
    context = MethodContext(
        security=find_usual_security(surface),
        default_error=surface.default_error,
        docstrings=options.docstrings,
        request_options=options.request_options,
        dict_forms=typed.names,
        usual_errors=find_common_errors(surface),
    )

    if surface.resources:
        yield draft_resources(surface, options.runtime)

    for resource in surface.resources:
        yield draft_resource(resource, context, options.runtime)

    if surface.events.rows:
        yield draft_webhooks(surface, options.runtime)
    if has_batches(surface):
        yield draft_batching(surface, options.runtime, testing=options.testing)
    if options.testing and surface.resources:
        yield draft_testing(surface, options.runtime)
    if options.recording:
        yield draft_recording(surface, options.runtime)
