"""From the `Api` to the `Surface`.

In: the `Api`, the names of an earlier run, a sink. Out: the `Surface`. Every Python
name is assigned here once, and nowhere else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from flexprice_codegen.api.model import Api
from flexprice_codegen.api.reachability import SchemaUsage, find_schema_usage
from flexprice_codegen.api.shape import Shapes, compute_shapes
from flexprice_codegen.config import DEFAULT_OPTIONS, PythonOptions
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.frozen_values import frozen_value, replace
from flexprice_codegen.surface.class_names import ClassNameInputs, assign_class_names
from flexprice_codegen.surface.client import (
    CLIENT_KIND,
    build_credentials,
    choose_client_names,
)
from flexprice_codegen.surface.discriminators import Discriminators, find_discriminators
from flexprice_codegen.surface.events import build_event_table
from flexprice_codegen.surface.lock_names import NamingInputs, add_lock_names
from flexprice_codegen.surface.media import find_file_keys
from flexprice_codegen.surface.methods import MethodBuilder
from flexprice_codegen.surface.model import ResourceClass, Surface
from flexprice_codegen.surface.models import build_models
from flexprice_codegen.surface.modules import place_in_modules
from flexprice_codegen.surface.owner_words import build_owner_words
from flexprice_codegen.surface.places import list_places
from flexprice_codegen.surface.previous_names import (
    NameRegistry,
    PreviousNames,
    restore_names,
)
from flexprice_codegen.surface.python_types import NONE_TYPE, PyType
from flexprice_codegen.surface.resources import (
    ResourceNames,
    assign_method_names,
    assign_resource_names,
    build_resources,
)
from flexprice_codegen.surface.scalar_types import (
    OPTIONAL_FORMATS,
    get_string_formats,
)
from flexprice_codegen.surface.selection import (
    select_credentials,
    select_events,
    select_used_classes,
)
from flexprice_codegen.surface.servers import (
    VARIABLE_KIND,
    build_server_variables,
    name_servers,
)
from flexprice_codegen.surface.sharing import SharingInputs, share_schemas
from flexprice_codegen.surface.similar_variants import note_similar_variants
from flexprice_codegen.surface.splitting import find_split_keys
from flexprice_codegen.surface.type_mapping import TypeMapper


def build_surface(
    api: Api,
    previous: PreviousNames,
    sink: DiagnosticSink,
    selected: Api | None = None,
    options: PythonOptions = DEFAULT_OPTIONS,
) -> Surface:
    """Assign every name and build every class and method.

    Names and directions always come from the entire API, so no class and no name
    depends on the selection.

    Args:
        api: The API.
        previous: The names of an earlier run, if there was one.
        sink: Receives notes and warnings.
        selected: The part of `api` that the surface is for; None for all of it.
        options: The options of the user.
    """
    part = api if selected is None else selected
    # A renamed schema or operation can be outside of the selection.
    found = compute_shapes(api if previous.names else part)
    surface, inputs = _build_entire_surface(
        found, api, previous, sink, selected, options
    )

    # All classes have a module before some are selected: the selection changes none.
    placed = replace(surface, models=place_in_modules(surface.models))
    return _complete_surface(placed, inputs, selected)


@frozen_value(kw_only=True)
class ComparedSurface:
    """A surface without shapes, which depend on the version that it is compared with.

    Classes have no modules: no comparison looks at them.
    """

    surface: Surface
    inputs: NamingInputs
    api: Api
    selected: Api | None


def build_compared_surface(
    found: Shapes,
    api: Api,
    previous: PreviousNames,
    sink: DiagnosticSink,
    selected: Api | None,
    options: PythonOptions,
) -> ComparedSurface:
    """Build a surface for a comparison.

    Args:
        found: The shapes of `api`; `NO_SHAPES` if `previous` has no names.
        api: The API.
        previous: The names of an earlier run, if there was one.
        sink: Receives notes and warnings.
        selected: The part of `api` that the surface is for; None for all of it.
        options: The options of the user.
    """
    surface, inputs = _build_entire_surface(
        found, api, previous, sink, selected, options
    )
    return ComparedSurface(surface=surface, inputs=inputs, api=api, selected=selected)


def add_shapes(compared: ComparedSurface, found: Shapes) -> Surface:
    """Return a surface whose names have shapes.

    Args:
        compared: The surface.
        found: The shapes of its API; `NO_SHAPES` disables the detection of renames.
    """
    inputs = replace(
        compared.inputs, shapes=found, places=_list_shaped_places(compared.api, found)
    )
    return _complete_surface(compared.surface, inputs, compared.selected)


def _build_entire_surface(
    found: Shapes,
    api: Api,
    previous: PreviousNames,
    sink: DiagnosticSink,
    selected: Api | None,
    options: PythonOptions,
) -> tuple[Surface, NamingInputs]:
    """Return a surface with the classes of the entire API, and the inputs of its names.

    Args:
        found: The shapes of `api`.
        api: The API.
        previous: The names of an earlier run, if there was one.
        sink: Receives notes and warnings.
        selected: The part of `api` whose methods the surface has; None for all of it.
        options: The options of the user.
    """
    reached = find_schema_usage(api)
    discriminators = find_discriminators(api.schemas, reached.sent)
    memory = restore_names(previous, api, found, options)
    methods = assign_method_names(
        api, memory.methods, memory.groups, sink, memory.iter_reserved_methods()
    )
    # Classes come after methods: inline schemas are named after their methods.
    words = build_owner_words(api, methods, memory.groups)
    type_mapper = _name_classes(api, words, reached, discriminators, memory, sink)
    note_similar_variants(type_mapper, discriminators, sink)
    names = _name_resources(methods, memory, previous, sink)
    client = choose_client_names(
        api.title, memory.options, previous.get_names(CLIENT_KIND)
    )
    maker = MethodBuilder(type_mapper, sink, memory.keywords, api.operations)
    made = build_resources(selected or api, maker, names, client.class_name)
    surface = Surface(
        title=api.title,
        version=api.version,
        client=client.class_name,
        variable_prefix=client.env_prefix,
        models=build_models(api, type_mapper, discriminators, reached, memory),
        resources=made,
        credentials=build_credentials(
            api, client.env_prefix, previous.get_names("credential"), sink
        ),
        servers=(),
        events=build_event_table(api, type_mapper, previous.get_names("event"), sink),
        default_error=_find_common_error(made),
        names=(),
    )
    inputs = NamingInputs(
        names=names,
        type_mapper=type_mapper,
        shapes=found,
        registry=memory,
        places=_list_shaped_places(api, found),
    )
    return _add_servers(surface, api, previous, sink), inputs


def _list_shaped_places(api: Api, found: Shapes) -> dict[str, tuple[str, ...]]:
    # A class without a shape is not found again, wherever it is.
    return list_places(api, [key for key, each in found.schemas.items() if each.whole])


def _complete_surface(
    surface: Surface, inputs: NamingInputs, selected: Api | None
) -> Surface:
    """Return a surface of the selected part, with the names for the lock file."""
    part = surface if selected is None else _select_parts(surface, selected)
    return add_lock_names(part, inputs)


def _name_classes(
    api: Api,
    words: Mapping[str, str],
    usage: SchemaUsage,
    discriminators: Discriminators,
    memory: NameRegistry,
    sink: DiagnosticSink,
) -> TypeMapper:
    """Return the types of Python for all schemas, with the names of their classes."""
    split = find_split_keys(api.schemas, usage)
    file_keys = find_file_keys(api)
    sharing = SharingInputs(
        split=split,
        usage=usage,
        discriminators=discriminators,
        file_keys=file_keys,
        classes=memory.classes,
    )
    shared = share_schemas(api, sharing)
    inputs = ClassNameInputs(
        words=words,
        shared=shared,
        split=split,
        previous=memory.classes,
        deprecated=memory.get_deprecated_class_names(),
        imported=frozenset(OPTIONAL_FORMATS[each] for each in memory.options.formats),
    )
    names, sent_names = assign_class_names(api, inputs, sink)
    formats = get_string_formats(memory.options.formats)
    return TypeMapper(api.schemas, names, sent_names, shared, file_keys, formats)


def _name_resources(
    methods: Mapping[str, str],
    memory: NameRegistry,
    previous: PreviousNames,
    sink: DiagnosticSink,
) -> ResourceNames:
    """Return the names of methods and of the resources that hold them."""
    return ResourceNames(
        methods=methods,
        groups=memory.groups,
        namespaces=assign_resource_names(
            memory.list_groups(), previous.get_names("resource"), sink
        ),
        streams=memory.streams,
        old=memory.deprecated_methods,
    )


def _add_servers(
    surface: Surface, api: Api, previous: PreviousNames, sink: DiagnosticSink
) -> Surface:
    """Return a surface with servers; its credentials have their names before these."""
    servers = name_servers(api.servers, previous.get_names("server"), sink)
    variables = build_server_variables(
        servers.named, surface.credentials, previous.get_names(VARIABLE_KIND), sink
    )
    return replace(
        surface,
        servers=servers.named,
        server_variables=variables,
        base_path=servers.path,
    )


def _select_parts(surface: Surface, selected: Api) -> Surface:
    """Return a surface with only what the selected part of the API needs."""
    events = select_events(surface.events, selected)
    return replace(
        surface,
        models=select_used_classes(surface.models, surface.resources, events),
        credentials=select_credentials(surface.credentials, selected),
        events=events,
    )


def _find_common_error(made: Iterable[ResourceClass]) -> PyType | None:
    """Return the type that most error responses have, if any has one."""
    often = Counter(
        answer.type
        for resource in made
        for method in resource.methods
        for answer in method.errors
        if answer.type != NONE_TYPE
    )

    return often.most_common(1)[0][0] if often else None
