"""From the `Api` to the `Surface`.

In: the `Api`, the names of an earlier run, a sink. Out: the `Surface`: every Python
name is assigned here, once, and nowhere else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from generator.api.model import Api
from generator.api.shape import Shapes, shapes
from generator.api.walk import reach
from generator.diagnostics import Sink
from generator.surface.annotate import Annotator
from generator.surface.class_names import class_names
from generator.surface.client import (
    CLIENT_KIND,
    UNDECIDED,
    ClientNames,
    choose_client_names,
    credentials,
    named_servers,
)
from generator.surface.cut import selected_credentials, selected_events, used
from generator.surface.events import events
from generator.surface.memory import Previous, recall
from generator.surface.methods import Methods
from generator.surface.model import Resource, Surface
from generator.surface.models import models
from generator.surface.python import NONE, PyType
from generator.surface.remembered import Given, with_memory
from generator.surface.resources import Names, method_names, resource_names, resources
from generator.surface.splitting import split_keys


def build(
    api: Api,
    previous: Previous,
    sink: Sink,
    selected: Api | None = None,
    chosen: ClientNames = UNDECIDED,
) -> Surface:
    """Assign every name and make every class and method.

    With `selected`, a part of `api`, only what it needs is made. Names are given, and
    directions are known, over the whole: no class and no name depends on the selection.
    """
    part = api if selected is None else selected
    found = shapes(api if previous.names else part)  # what moved is in the whole
    return build_by(found, api, previous, sink, selected, chosen)


def build_by(
    found: Shapes,
    api: Api,
    previous: Previous,
    sink: Sink,
    selected: Api | None,
    chosen: ClientNames,
) -> Surface:
    """Do the same with shapes that are known, or that nobody asks for."""
    part = api if selected is None else selected
    reached = reach(api)
    split = split_keys(api.definitions, reached)
    memory = recall(previous, api, found)
    methods = method_names(api, memory.methods, memory.groups, sink, memory.old_methods)
    classes, sent = class_names(
        api, methods, split, memory.classes, sink, memory.old_class_names()
    )
    annotator = Annotator(api.definitions, classes, sent)
    names = Names(
        methods=methods,
        groups=memory.groups,
        namespaces=resource_names(memory.all_groups(), previous.of("resource"), sink),
        old=memory.old_methods,
    )
    client = choose_client_names(api.title, chosen, previous.of(CLIENT_KIND))
    maker = Methods(annotator, sink, memory.keywords)
    made = resources(part, maker, names, client.class_name)
    definitions = models(api, annotator, reached, memory)
    secrets = credentials(api, client.env_prefix, previous.of("credential"), sink)
    rows = events(api, annotator, previous.of("event"), sink)
    if selected is not None:
        secrets = selected_credentials(secrets, selected)
        rows = selected_events(rows, selected)
        definitions = used(definitions, made, rows)
    surface = Surface(
        title=api.title,
        version=api.version,
        client=client.class_name,
        variable_prefix=client.env_prefix,
        models=definitions,
        resources=made,
        credentials=secrets,
        servers=named_servers(api.servers, previous.of("server"), sink),
        events=rows,
        default_error=_usual_error(made),
        names=(),
    )
    given = Given(names=names, annotator=annotator, shapes=found, memory=memory)
    return with_memory(surface, given)


def _usual_error(made: Iterable[Resource]) -> PyType | None:
    """Give the type that most error responses bring."""
    often = Counter(
        answer.type
        for resource in made
        for method in resource.methods
        for answer in method.errors
        if answer.type != NONE
    )
    return often.most_common(1)[0][0] if often else None
