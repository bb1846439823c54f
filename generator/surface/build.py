"""From the `Api` to the `Surface`.

In: the `Api`, the names of an earlier run, a sink. Out: the `Surface`: every Python
name is assigned here, once, and nowhere else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator.api.model import Api
from generator.api.walk import reach
from generator.diagnostics import Sink
from generator.surface.annotate import Annotator
from generator.surface.class_names import SENT, class_names
from generator.surface.client import (
    client_name,
    credentials,
    named_servers,
    variable_prefix,
)
from generator.surface.cut import selected_credentials, selected_events, used
from generator.surface.events import events
from generator.surface.methods import Methods
from generator.surface.model import (
    AssignedName,
    EnumClass,
    ModelDefinition,
    Resource,
    Surface,
)
from generator.surface.models import models
from generator.surface.python import NONE, PyType
from generator.surface.resources import (
    group_of,
    method_names,
    resource_names,
    resources,
)
from generator.surface.splitting import split_keys


@dataclass(frozen=True, slots=True)
class Previous:
    """The names of an earlier run, by kind and key."""

    names: tuple[AssignedName, ...] = ()
    _by_kind: dict[str, dict[str, str]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        grouped: dict[str, dict[str, str]] = defaultdict(dict)
        for each in self.names:
            grouped[each.kind][each.key] = each.name
        object.__setattr__(self, "_by_kind", grouped)

    def of(self, kind: str) -> Mapping[str, str]:
        """Give the names of one kind by key."""
        return self._by_kind.get(kind, {})

    def prefixes(self) -> Mapping[str, str]:
        """Give the prefixes that were taken off the members of enums, by key."""
        return {each.key: each.prefix for each in self.names if each.kind == "enum"}


def build(
    api: Api, previous: Previous, sink: Sink, selected: Api | None = None
) -> Surface:
    """Assign every name and make every class and method.

    With `selected`, a part of `api`, only what it needs is made. Names are given, and
    directions are known, over the whole: no class and no name depends on the selection.
    """
    part = api if selected is None else selected
    reached = reach(api)
    split = split_keys(api.definitions, reached)
    methods = method_names(api, previous.of("method"), sink)
    classes = {**previous.of("class"), **previous.of("enum")}
    names, sent = class_names(api, methods, split, classes, sink)
    annotator = Annotator(api.definitions, names, sent)
    namespaces = resource_names(api, previous.of("resource"), sink)
    client = client_name(api.title)
    maker = Methods(annotator, sink)
    made = resources(part, maker, methods=methods, namespaces=namespaces, client=client)
    definitions = models(api, annotator, reached, previous.prefixes())
    prefix = variable_prefix(client)
    secrets = credentials(api, prefix, previous.of("credential"), sink)
    rows = events(api, annotator, previous.of("event"), sink)
    if selected is not None:
        secrets = selected_credentials(secrets, selected)
        rows = selected_events(rows, selected)
        definitions = used(definitions, made, rows)
    given = (
        *_class_entries(definitions, names, sent, api),
        *(_entry("method", each.key, methods[each.key]) for each in part.operations),
        *(_entry("resource", *each) for each in _used(namespaces, part)),
        *(_entry("credential", each.scheme, each.keyword) for each in secrets),
        *(_entry("event", each.name, each.constant) for each in rows.rows),
    )
    return Surface(
        title=api.title,
        version=api.version,
        text=api.text,
        client=client,
        variable_prefix=prefix,
        models=definitions,
        resources=made,
        credentials=secrets,
        servers=named_servers(api.servers, sink),
        events=rows,
        default_error=_usual_error(made),
        names=tuple(sorted(given, key=lambda each: (each.kind, each.key))),
    )


def _used(namespaces: Mapping[str, str], part: Api) -> Iterable[tuple[str, str]]:
    groups = dict.fromkeys(group_of(each) for each in part.operations)
    return ((each, namespaces[each]) for each in groups)


def _entry(kind: str, key: str, name: str) -> AssignedName:
    return AssignedName(kind=kind, key=key, name=name)


def _class_entries(
    definitions: Iterable[ModelDefinition],
    names: Mapping[str, str],
    sent: Mapping[str, str],
    api: Api,
) -> Iterable[AssignedName]:
    """Remember the classes that are made; shared enumerations under all their keys."""
    made = {each.name: each for each in definitions}
    for key, name in names.items():
        if name not in made:
            continue
        each = made[name]
        prefix = each.prefix if isinstance(each, EnumClass) else ""
        kind = "enum" if isinstance(each, EnumClass) else "class"
        for site in getattr(api.definitions[key], "sites", ()) or (key,):
            yield AssignedName(kind=kind, key=site, name=name, prefix=prefix)
    for key, name in sent.items():
        if name in made:
            yield _entry("class", key + SENT, name)


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
