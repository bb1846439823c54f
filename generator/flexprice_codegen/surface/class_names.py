"""Names for classes: records, enumerations and choices.

In: the `Api`, the names of methods, the names of an earlier run. Out: a class name for
every key that needs one, and the name of the sending class of every split key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.model import Api, Definition, Enumeration
from flexprice_codegen.diagnostics import Sink
from flexprice_codegen.surface.annotate import needs_class
from flexprice_codegen.surface.moves import SENT
from flexprice_codegen.surface.naming import Namespace, Wanted, assign
from flexprice_codegen.surface.reserved import MODEL_NAMES
from flexprice_codegen.words import class_name, pascal


def class_names(
    api: Api,
    methods: Mapping[str, str],
    split: frozenset[str],
    previous: Mapping[str, str],
    sink: Sink,
    old: frozenset[str] = frozenset(),
) -> tuple[dict[str, str], dict[str, str]]:
    """Give the names of all classes, and of those that are sent where two are needed.

    `old` holds names that mean something from before.
    """
    never = MODEL_NAMES | old
    needed = {key: each for key, each in api.definitions.items() if needs_class(each)}
    owners = {key: each for key, each in needed.items() if SEPARATOR not in key}
    hoisted = {key: each for key, each in needed.items() if SEPARATOR in key}
    remembered = set(_remembered(hoisted, split, previous))
    names = assign(
        [_wanted(key, each) for key, each in owners.items()],
        Namespace(title="schema", reserved=never | remembered),
        previous,
        sink,
    )
    bases = _bases(api, names, methods)
    taken = never | set(names.values())
    names |= assign(
        [_wanted_inline(key, each, bases) for key, each in hoisted.items()],
        Namespace(title="inline schema", reserved=frozenset(taken)),
        previous,
        sink,
    )
    taken |= set(names.values())
    sent = assign(
        [
            Wanted(key=key, whole=f"{names[key]}Input")
            for key in sorted(split)
            if key in names
        ],
        Namespace(title="schema", reserved=frozenset(taken)),
        {
            key.removesuffix(SENT): name
            for key, name in previous.items()
            if key.endswith(SENT)
        },
        sink,
    )
    return names, sent


def _bases(
    api: Api, names: Mapping[str, str], methods: Mapping[str, str]
) -> dict[str, str]:
    """Give what the names of inline classes start with, by the keys of their owners."""
    labels = Counter(each.label or each.name for each in api.events)
    return {
        **names,
        **{key: pascal(name) for key, name in methods.items()},
        **{
            f"event {label}": pascal(each.name if labels[label] == 1 else label)
            for each in api.events
            for label in [each.label or each.name]
        },
    }


def _remembered(
    hoisted: Mapping[str, Definition],
    split: frozenset[str],
    previous: Mapping[str, str],
) -> Iterator[str]:
    """Give the names that inline and sending classes had, which no newcomer takes."""
    for key, each in hoisted.items():
        sites = each.sites if isinstance(each, Enumeration) else ()
        yield from (previous[site] for site in (key, *sites) if site in previous)
    yield from (previous[key + SENT] for key in split if key + SENT in previous)


def wanted_class(key: str, definition: Definition) -> frozenset[str]:
    """Give the names that the document has for the class of a component."""
    wanted = _wanted(key, definition)
    return frozenset({wanted.exact, wanted.short, wanted.whole})


def _wanted(key: str, definition: Definition) -> Wanted:
    asked = definition.about.name
    _, _, last = key.rpartition("." if "#/" not in key else "/")
    if "#/" in key:
        last = last.replace("~1", "/").replace("~0", "~")
    whole = class_name(key if "#/" not in key else last, "Model")
    dotted = last != key
    return Wanted(
        key=key,
        exact=class_name(asked, "Model") if asked else ("" if dotted else whole),
        short=class_name(last, "Model") if dotted else "",
        whole=whole,
        origin=definition.about.origin,
    )


def _wanted_inline(
    key: str, definition: Definition, bases: Mapping[str, str]
) -> Wanted:
    asked = definition.about.name
    parts = key.split(SEPARATOR)
    sites = definition.sites if isinstance(definition, Enumeration) else ()
    owner = parts[0]
    base = bases.get(owner) or class_name(owner, "Model")
    if owner.startswith("event "):
        whole = _below(f"{base}Payload", parts[2:], is_call=False)
    else:
        whole = _below(base, parts[1:], is_call=" " in owner)
    shared = ""
    if len(sites) > 1:
        last = next(part for part in reversed(parts) if part not in {"[]", "{}"})
        shared = class_name(last, "Model")
    return Wanted(
        key=key,
        exact=class_name(asked, "Model") if asked else "",
        short=shared,
        whole=whole,
        sites=sites,
        origin=definition.about.origin,
    )


def _below(base: str, parts: Iterable[str], *, is_call: bool) -> str:
    """Write the path of an inline schema below its owner as the end of a class name."""
    name = base
    for depth, part in enumerate(parts):
        if part == "[]":
            name += "Item"
        elif part == "{}":
            name += "Value"
        elif part.startswith("|"):
            name += class_name(part[1:], "Option")
        elif is_call and depth == 0:
            name += _answer(part)
        else:
            name += class_name(part, "Field")
    return class_name(name, "Model")


def _answer(part: str) -> str:
    """Name what an operation carries: its body, a response, or a parameter."""
    if part in {"default", "200", "201", "202", "2XX"}:
        return "Response"
    if part == "body":
        return "Body"
    return f"Response{part}" if part[:1].isdigit() else class_name(part, "Parameter")
