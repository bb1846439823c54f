"""Names of classes: models, enums, and unions.

In: the `Api`, the names of methods, the names of an earlier run. Out: a class name for
every key that needs one, and the name of the request class of every split key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.model import Api, NamedSchema, get_sites
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.component_names import build_component_requests
from flexprice_codegen.surface.inline_names import build_inline_requests
from flexprice_codegen.surface.inline_paths import create_paths
from flexprice_codegen.surface.naming import NameRequest, NameScope, assign_names
from flexprice_codegen.surface.owner_words import list_successes
from flexprice_codegen.surface.renamed_keys import SENT_SUFFIX
from flexprice_codegen.surface.reserved import MODEL_NAMES
from flexprice_codegen.surface.type_mapping import needs_class


@frozen_value(kw_only=True)
class ClassNameInputs:
    """What the names of classes are made of, besides the API.

    Attributes:
        words: The words for operations and events, by their keys.
        shared: The schema whose class each inline schema has.
        split: The keys that need one class for requests and one for responses.
        previous: The class names of an earlier run, by key.
        deprecated: The names of deprecated aliases, which no class may have.
        imported: The types that options of the user add, whose names no class may have.
    """

    words: Mapping[str, str]
    shared: Mapping[str, str]
    split: frozenset[str]
    previous: Mapping[str, str]
    deprecated: frozenset[str]
    imported: frozenset[str] = frozenset()


def assign_class_names(
    api: Api, given: ClassNameInputs, sink: DiagnosticSink
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of all classes, and those of request classes for split keys.

    Args:
        api: The API.
        given: What the names are made of.
        sink: Receives a note for each name that is not the preferred one.

    Returns:
        Class names by key, and the names of request classes by key.
    """
    previous = given.previous
    never = MODEL_NAMES | given.deprecated | given.imported
    needed = {key: each for key, each in api.schemas.items() if needs_class(each)}
    owners = {key: each for key, each in needed.items() if SEPARATOR not in key}
    hoisted = {key: each for key, each in needed.items() if SEPARATOR in key}
    # Components are named first; they must not take the names of inline classes.
    remembered = set(_iter_previous_names(hoisted, given))

    names = assign_names(
        build_component_requests(api, owners, given.words),
        NameScope(title="schema", reserved=never | remembered),
        previous,
        sink,
    )

    paths = create_paths(
        api.schemas, hoisted, {**names, **given.words}, list_successes(api.operations)
    )
    taken = never | set(names.values())
    inline = assign_names(
        build_inline_requests(hoisted, given.shared, paths),
        NameScope(title="inline schema", reserved=frozenset(taken)),
        previous,
        sink,
    )
    names |= {key: inline[given.shared[key]] for key in hoisted}
    taken |= set(names.values())

    sent = assign_names(
        _list_sent_requests(names, given),
        NameScope(title="schema", reserved=frozenset(taken)),
        {
            key.removesuffix(SENT_SUFFIX): name
            for key, name in previous.items()
            if key.endswith(SENT_SUFFIX)
        },
        sink,
    )
    return names, {
        key: sent[given.shared.get(key, key)] for key in given.split if key in names
    }


def _list_sent_requests(
    names: Mapping[str, str], given: ClassNameInputs
) -> list[NameRequest]:
    """Return the requests for the names of request classes."""
    members: dict[str, list[str]] = defaultdict(list)
    for key in sorted(given.split & names.keys()):
        members[given.shared.get(key, key)].append(key)
    return [
        NameRequest(key=key, whole=f"{names[key]}Input", other_keys=tuple(others))
        for key, others in members.items()
    ]


def _iter_previous_names(
    hoisted: Mapping[str, NamedSchema], given: ClassNameInputs
) -> Iterator[str]:
    """Yield the previous names of inline and request classes, which are reserved."""
    previous = given.previous
    for key, each in hoisted.items():
        sites = (key, *get_sites(each))
        yield from (previous[site] for site in sites if site in previous)
    for key in given.split:
        if key + SENT_SUFFIX in previous:
            yield previous[key + SENT_SUFFIX]
