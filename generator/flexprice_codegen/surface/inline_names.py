"""Names of the classes of inline schemas.

In: inline schemas with the words of their paths. Out: requests for their names. A class
that several places share is named after what they have in common, never after a single
operation. A title is a name if it is written like that of a class.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import assert_never

from flexprice_codegen.api.keys import SEPARATOR, get_last_name
from flexprice_codegen.api.model import (
    AliasSchema,
    EnumSchema,
    NamedSchema,
    ObjectSchema,
    get_sites,
)
from flexprice_codegen.surface.groups import list_telling_segments
from flexprice_codegen.surface.inline_paths import (
    InlinePaths,
    get_component,
    get_component_suffix,
    is_error_response,
)
from flexprice_codegen.surface.naming import NameRequest
from flexprice_codegen.words import build_class_name, split_words

_MOST_LETTERS = 60
"""The maximum length of a name; words in its middle are dropped to meet it."""
# What has spaces is prose, or made by FastAPI (`Response Get Item Items  Item Id  Get`).
_CLASS_TITLE = re.compile(r"[A-Z][A-Za-z0-9]*")
# Words for a place in a document or for what a method does, which say nothing about a
# schema.
_EMPTY_WORDS = frozenset(
    {"Body", "Item", "Parameter", "Payload", "Response", "Value"}
    | {"Create", "Delete", "Find", "Get", "List", "Patch", "Post", "Put", "Update"}
)


def build_inline_requests(
    inline: Mapping[str, NamedSchema], shared: Mapping[str, str], paths: InlinePaths
) -> list[NameRequest]:
    """Build a request for each class of inline schemas, by the key of its first one.

    Args:
        inline: The inline schemas, by key.
        shared: The schema whose class each of them has.
        paths: The words of their paths.
    """
    members: dict[str, list[str]] = {}
    for key in inline:
        members.setdefault(shared[key], []).append(key)
    titles = {first: _find_class_title(keys, inline) for first, keys in members.items()}
    # A title of several classes is the name of none.
    often = Counter(titles.values())
    requests = [
        _build_request(
            keys, inline, paths, titles[first] if often[titles[first]] == 1 else ""
        )
        for first, keys in members.items()
    ]
    return _tell_apart(requests, inline, paths)


def _tell_apart(
    requests: Sequence[NameRequest],
    inline: Mapping[str, NamedSchema],
    paths: InlinePaths,
) -> list[NameRequest]:
    """Return the requests, in which fewer want the same name.

    Args:
        requests: The requests.
        inline: The inline schemas, by key.
        paths: The words of their paths.
    """
    often = Counter(each.whole for each in requests)
    wholes = {each.key: each.whole for each in requests}
    wanted = {name for each in requests for name in (each.nickname, each.short)}
    for each in requests:
        if often[each.whole] > 1:
            other = _find_other_name(each.other_keys, inline[each.key], paths)
            wholes[each.key] = each.whole if other in {"", *wanted} else other
    often = Counter(wholes.values())
    return [
        replace(each, whole=wholes[each.key]) if often[wholes[each.key]] == 1 else each
        for each in requests
    ]


def _find_other_name(
    sites: Sequence[str], definition: NamedSchema, paths: InlinePaths
) -> str:
    """Return another name for a class of several sites; empty if there is none.

    It is that of a variant, or begins with what the paths of the operations share.
    """
    tail = _get_shared_tail(sites[0], definition)
    parent, _, part = sites[0].rpartition(SEPARATOR)
    if part.startswith("|"):
        words = paths.list_variant_words(parent, part)
        start = _list_common_words(sites, paths)
        return join_words(["".join(start), tail, *words]) if words else ""
    if len(sites) == 1 or not all(map(paths.is_in_operation, sites)):
        return ""
    often = Counter(part for site in sites for part in {*_list_segments(site)})
    common = [each for each, count in often.items() if 2 * count > len(sites)]
    if not common:
        return ""
    # Of those that most of them have, the one next to the end says most.
    places = {each: number for number, each in enumerate(_list_segments(sites[0]))}
    found = max(common, key=lambda each: (often[each], places.get(each, -1), each))
    return join_words([build_class_name(found, "Model"), tail])


def _list_segments(site: str) -> list[str]:
    """Return the fixed segments of the path of the operation that has a site."""
    _, _, path = site.partition(SEPARATOR)[0].partition(" ")
    return list_telling_segments(path)


def _find_class_title(keys: Sequence[str], inline: Mapping[str, NamedSchema]) -> str:
    """Return the title of a class if it is a name; empty if there is none.

    It has two words or more, as in `DocumentUpload`. One word is often that of a
    property, and a title that repeats the property says nothing.
    """
    titles = {inline[key].about.title for key in keys}
    if len(titles) != 1:
        return ""
    (title,) = titles
    names = {build_class_name(get_last_name(key), "Model").lower() for key in keys}
    is_name = _CLASS_TITLE.fullmatch(title) is not None and len(split_words(title)) > 1
    is_short = len(title) <= _MOST_LETTERS
    return title if is_name and is_short and title.lower() not in names else ""


def _build_request(
    keys: Sequence[str],
    inline: Mapping[str, NamedSchema],
    paths: InlinePaths,
    title: str,
) -> NameRequest:
    """Build the request of one class."""
    definition = inline[keys[0]]
    asked = definition.about.name
    sites = [site for key in keys for site in get_sites(inline[key]) or (key,)]
    short, whole = _choose_names(sites, definition, paths)
    return NameRequest(
        key=keys[0],
        exact=build_class_name(asked, "Model") if asked else "",
        nickname=title or short,
        short=short if title else "",
        whole=whole,
        # A component often has the name of a response, such as `FacetResponse`.
        last=f"{whole}Body" if whole.endswith("Response") else "",
        other_keys=tuple(dict.fromkeys((*keys, *sites))),
        origin=definition.about.origin,
    )


def _choose_names(
    sites: Sequence[str], definition: NamedSchema, paths: InlinePaths
) -> tuple[str, str]:
    """Return the short and the whole name for a class with some sites."""
    component = get_component(definition)
    if component and paths.is_in_operation(sites[0]):
        words = paths.list_words(sites[0])
        suffix = get_component_suffix(component)
        return join_words(words), join_words([words[0], suffix, *words[1:]])

    if len(sites) == 1:
        return "", join_words(paths.list_words(sites[0]))
    if all(paths.is_in_operation(site) and _is_error(site) for site in sites):
        return _name_errors(sites)
    return _name_common(sites, definition, paths)


def _is_error(site: str) -> bool:
    """Return whether a site in an operation is a whole error response."""
    _, *rest = site.split(SEPARATOR)
    return len(rest) == 1 and is_error_response(rest[0])


def _name_errors(sites: Iterable[str]) -> tuple[str, str]:
    """Return the names for an error that several operations have."""
    (status,) = {site.rpartition(SEPARATOR)[2] for site in sites}
    if status == "default":
        return "Error", "DefaultError"
    return f"Error{status}", f"ErrorResponse{status}"


def _name_common(
    sites: Sequence[str], definition: NamedSchema, paths: InlinePaths
) -> tuple[str, str]:
    """Return names for a class of several sites: what the sites have in common.

    A class of a component is next: it is better than a word for the kind of schema.
    """
    tail = _get_shared_tail(sites[0], definition)
    listed = [split_words("".join(paths.list_words(site))) for site in sites]
    short = tail
    if len(split_words(tail)) == 1:
        # One word, such as `Type`, says too little if there are more.
        end = [each[::-1] for each in listed]
        common = [each for each in _get_common(end) if each not in _EMPTY_WORDS]
        if common and tail in _EMPTY_WORDS:
            common.insert(0, tail)  # what the other words are about
        short = build_class_name("_".join(common[::-1]), "Model") if common else tail

    own = next((site for site in sites if not paths.is_in_operation(site)), "")
    if own:
        return short, join_words(paths.list_words(own))
    start = _list_common_words(sites, paths)
    return short, "".join((*start, tail)) if start else f"{tail}{_get_kind(definition)}"


def _list_common_words(sites: Sequence[str], paths: InlinePaths) -> list[str]:
    """Return the words that all sites of a class begin with, if they say something."""
    listed = [split_words("".join(paths.list_words(site))) for site in sites]
    return [each for each in _get_common(listed) if each not in _EMPTY_WORDS]


def _get_kind(definition: NamedSchema) -> str:
    """Return the word for the kind of a class."""
    match definition:
        case EnumSchema():
            return "Enum"
        case ObjectSchema():
            return "Object"
        case AliasSchema():
            return "Union"
        case _:
            assert_never(definition)


def _get_shared_tail(site: str, definition: NamedSchema) -> str:
    """Return the word that a class of several sites ends with."""
    last = get_last_name(site)
    # A list of enum values is named after its values.
    if isinstance(definition, EnumSchema) and not last.startswith("|"):
        return build_class_name(last, "Model")
    return _get_tail(site)


def _get_tail(key: str) -> str:
    """Return the last name in a key with what follows, as a class name."""
    found: list[str] = []
    for part in reversed(key.split(SEPARATOR)):
        if part == "[]":
            found.append("Item")
        elif part == "{}":
            found.append("Value")
        elif part.startswith("|"):
            found.append("" if part[1:].isdigit() else part[1:])
        else:
            found.append(part)
            break
    return build_class_name(" ".join(reversed(found)), "Model")


def _get_common(listed: Sequence[Sequence[str]]) -> list[str]:
    """Return the words that all names begin with."""
    pairs = zip(*listed, strict=False)
    return [words[0] for words in takewhile(lambda words: len(set(words)) == 1, pairs)]


def join_words(words: Sequence[str]) -> str:
    """Return words as a class name; those in the middle give way to the maximum."""
    owner, *middle, last = words if len(words) > 1 else ("", *words)
    while middle and len(owner) + sum(map(len, middle)) + len(last) > _MOST_LETTERS:
        del middle[0]
    if len(owner) + len(last) > _MOST_LETTERS:
        owner = ""
    return build_class_name("".join((owner, *middle, last)), "Model")
