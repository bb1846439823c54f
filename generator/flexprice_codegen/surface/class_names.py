"""Names of classes: models, enums, and unions.

In: the `Api`, the names of methods, the names of an earlier run. Out: a class name for
every key that needs one, and the name of the request class of every split key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from flexprice_codegen.api.keys import SEPARATOR, get_last_name
from flexprice_codegen.api.model import Api, NamedSchema, get_sites
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.json_pointers import unescape_token
from flexprice_codegen.surface.naming import NameRequest, NameScope, assign_names
from flexprice_codegen.surface.renamed_keys import SENT_SUFFIX
from flexprice_codegen.surface.reserved import MODEL_NAMES
from flexprice_codegen.surface.type_mapping import needs_class
from flexprice_codegen.words import build_class_name, to_pascal_case


def assign_class_names(
    api: Api,
    methods: Mapping[str, str],
    split: frozenset[str],
    previous: Mapping[str, str],
    sink: DiagnosticSink,
    old: frozenset[str] = frozenset(),
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of all classes, and those of request classes for split keys.

    Args:
        api: The API.
        methods: The names of methods, by the keys of their operations.
        split: The keys that need one class for requests and one for responses.
        previous: The class names of an earlier run, by key.
        sink: Receives a note for each name that is not the preferred one.
        old: The names of deprecated aliases, which no class may have.

    Returns:
        Class names by key, and the names of request classes by key.
    """
    never = MODEL_NAMES | old
    needed = {key: each for key, each in api.schemas.items() if needs_class(each)}
    owners = {key: each for key, each in needed.items() if SEPARATOR not in key}
    hoisted = {key: each for key, each in needed.items() if SEPARATOR in key}
    # Components are named first; they must not take the names of inline classes.
    remembered = set(_iter_previous_names(hoisted, split, previous))

    names = assign_names(
        [_build_name_request(key, each) for key, each in owners.items()],
        NameScope(title="schema", reserved=never | remembered),
        previous,
        sink,
    )

    bases = _build_base_names(api, names, methods)
    taken = never | set(names.values())
    names |= assign_names(
        [_build_inline_request(key, each, bases) for key, each in hoisted.items()],
        NameScope(title="inline schema", reserved=frozenset(taken)),
        previous,
        sink,
    )
    taken |= set(names.values())

    sent = assign_names(
        [
            NameRequest(key=key, whole=f"{names[key]}Input")
            for key in sorted(split)
            if key in names
        ],
        NameScope(title="schema", reserved=frozenset(taken)),
        {
            key.removesuffix(SENT_SUFFIX): name
            for key, name in previous.items()
            if key.endswith(SENT_SUFFIX)
        },
        sink,
    )
    return names, sent


def _build_base_names(
    api: Api, names: Mapping[str, str], methods: Mapping[str, str]
) -> dict[str, str]:
    """Return the prefix for names of inline classes, by the key of the owner."""
    labels = Counter(each.label or each.name for each in api.events)
    return {
        **names,
        **{key: to_pascal_case(name) for key, name in methods.items()},
        **{
            f"event {label}": to_pascal_case(each.name if labels[label] == 1 else label)
            for each in api.events
            for label in [each.label or each.name]
        },
    }


def _iter_previous_names(
    hoisted: Mapping[str, NamedSchema],
    split: frozenset[str],
    previous: Mapping[str, str],
) -> Iterator[str]:
    """Yield the previous names of inline and request classes, which are reserved."""
    for key, each in hoisted.items():
        sites = (key, *get_sites(each))
        yield from (previous[site] for site in sites if site in previous)
    yield from (
        previous[key + SENT_SUFFIX] for key in split if key + SENT_SUFFIX in previous
    )


def list_possible_class_names(key: str, definition: NamedSchema) -> frozenset[str]:
    """Return the class names that a document can request for a component."""
    wanted = _build_name_request(key, definition)
    return frozenset({wanted.exact, wanted.short, wanted.whole})


def _build_name_request(key: str, definition: NamedSchema) -> NameRequest:
    """Build the request of a component; the last part of a dotted name is `short`."""
    asked = definition.about.name
    _, _, last = key.rpartition("." if "#/" not in key else "/")
    if "#/" in key:
        last = unescape_token(last)
    # Generators of documents write package names: `com.example.Customer`.

    whole = build_class_name(key if "#/" not in key else last, "Model")
    dotted = last != key

    return NameRequest(
        key=key,
        exact=build_class_name(asked, "Model") if asked else ("" if dotted else whole),
        short=build_class_name(last, "Model") if dotted else "",
        whole=whole,
        origin=definition.about.origin,
    )


def _build_inline_request(
    key: str, definition: NamedSchema, bases: Mapping[str, str]
) -> NameRequest:
    """Build the request of an inline schema, from its owner and its path below it."""
    asked = definition.about.name
    parts = key.split(SEPARATOR)
    sites = get_sites(definition)

    owner = parts[0]
    base = bases.get(owner) or build_class_name(owner, "Model")
    if owner.startswith("event "):
        whole = _build_inline_name(f"{base}Payload", parts[2:], is_call=False)
    else:
        whole = _build_inline_name(base, parts[1:], is_call=" " in owner)

    shared = ""
    # An enum that is used in several locations is not named after one of them.
    if len(sites) > 1:
        shared = build_class_name(get_last_name(key), "Model")

    return NameRequest(
        key=key,
        exact=build_class_name(asked, "Model") if asked else "",
        short=shared,
        whole=whole,
        other_keys=sites,
        origin=definition.about.origin,
    )


def _build_inline_name(base: str, parts: Iterable[str], *, is_call: bool) -> str:
    """Return a class name from the name of an owner and a path below it."""
    name = base
    for depth, part in enumerate(parts):
        if part == "[]":
            name += "Item"
        elif part == "{}":
            name += "Value"
        elif part.startswith("|"):
            name += build_class_name(part[1:], "Option")
        elif is_call and depth == 0:
            name += _format_operation_part(part)
        else:
            name += build_class_name(part, "Field")
    return build_class_name(name, "Model")


def _format_operation_part(part: str) -> str:
    """Return the word for a body, a response, or a parameter of an operation."""
    if part in {"default", "200", "201", "202", "2XX"}:
        return "Response"
    if part == "body":
        return "Body"
    return (
        f"Response{part}" if part[:1].isdigit() else build_class_name(part, "Parameter")
    )
