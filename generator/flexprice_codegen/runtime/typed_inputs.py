# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Dicts in place of classes of `models`, in what a call sends.

In: a body with dicts that have wire names. Out: the same with the classes that the
document has for them, which are checked and sent as usual.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from functools import cache
from typing import Any, get_origin

from msgspec import UNSET

from .encoding import to_plain
from .shapes import Hint, Marker, get_item_hint, get_table, is_class, list_options

_MODULE = re.compile(r"\b(?:\w+\.)+")


def make_builder(find_hint: Callable[[], Hint]) -> Callable[[Any], Any]:
    """Return what builds bodies of a type, whose classes load with the first body."""
    find = cache(find_hint)
    return lambda body: build_input(find(), body)


def build_input(hint: Hint, value: Any, place: str = "body") -> Any:
    """Return a value with instances of classes where it has dicts.

    Args:
        hint: The type of the value.
        value: An instance, a dict, or a list or a dict of such.
        place: What messages call the value.

    Raises:
        TypeError: a key of a class is missing, or is none of its keys.
        ValueError: a dict fits no class of a union.
    """
    try:
        return _build_value(hint, value, place)
    except RecursionError:
        raise ValueError(f"{place}: nested too deeply, or contains itself") from None


def _build_value(hint: Hint, value: object, place: str) -> Any:
    given: Any = value
    if isinstance(value, Mapping):
        return _build_dict(hint, given, place)
    if isinstance(value, (list, tuple, AbstractSet)):
        return _build_list(hint, given, place)
    return value


def _build_list(hint: Hint, value: Iterable[Any], place: str) -> Any:
    lists = [each for each in _list_all_options(hint) if _find_origin(each) is list]
    options = [each for each in lists if _holds_dicts(each)]
    if len(options) > 1:
        for each in options:
            with suppress(TypeError, ValueError):
                return _build_list(each, value, place)
        raise ValueError(f"{place}: the list fits none of {_name_options(options)}")
    if not options:
        return value
    item = get_item_hint(options[0])
    return [_build_value(item, each, f"{place}[{at}]") for at, each in enumerate(value)]


def _build_dict(hint: Hint, value: Mapping[Any, Any], place: str) -> Any:
    option = _choose_option(hint, value, place)
    if is_class(option):
        return _build_class(option, value, place)
    if _find_origin(option) is dict:
        item = get_item_hint(option)
        return {
            key: _build_value(item, each, f"{place}.{key}")
            for key, each in value.items()
        }
    return value


def _build_class(kind: type, value: Mapping[Any, Any], place: str) -> Any:
    table = get_table(kind)
    found: dict[str, Any] = {}
    others: dict[Any, Any] = {}
    for key, each in value.items():
        if each is UNSET:
            continue
        if key in table.plans:
            part = _build_value(table.plans[key].hint, each, f"{place}.{key}")
            found[table.names[key]] = part
        elif table.other is not None:
            others[key] = _build_value(table.other.hint, each, f"{place}.{key}")
        else:
            known = ", ".join(map(repr, table.plans)) or "none"
            raise TypeError(
                f"{place}: unknown key {key!r} of {kind.__name__}; expected {known}"
            )
    names = table.names.items()
    missing = [w for w, name in names if name in table.blank and name not in found]
    if missing:
        raise TypeError(
            f"{place}: required key {missing[0]!r} of {kind.__name__} is missing"
        )
    if table.extra is not None:
        found[table.extra] = others
    return kind(**found)


def _choose_option(hint: Hint, value: Mapping[Any, Any], place: str) -> Hint:
    """Return the option of a hint that a dict is meant as."""
    options = [each for each in list_options(hint) if _takes_dicts(each)]
    if len(options) > 1:
        # A body of several media types; a union of the document has a marker.
        for each in options:
            with suppress(TypeError, ValueError):
                _build_dict(each, value, place)
                return each
        raise ValueError(f"{place}: the dict fits none of {_name_options(options)}")
    option: Hint = options[0] if options else Any
    return _choose_variant(option, value, place) if _is_marker(option) else option


def _choose_variant(union: Marker, value: Mapping[Any, Any], place: str) -> Hint:
    """Return the variant of a union, as a reader would; its tag has to be known."""
    tags = union.mapping
    by_tag = tags and None not in tags and {*union.options} <= {*tags.values()}
    tag = value.get(union.tag)
    if by_tag and not (isinstance(tag, (str, int)) and tag in tags):
        known = ", ".join(map(repr, tags))
        raise ValueError(f"{place}.{union.tag}: expected one of {known}, got {tag!r}")
    option = union.choose(to_plain(value, place), {})
    if option is None:
        raise ValueError(f"{place}: the dict fits no class of {union.__name__}")
    return option


def _list_all_options(hint: Hint) -> list[Hint]:
    """Return the options of a hint, also those of unions in it."""
    found: list[Hint] = []
    waiting = [hint]
    seen: set[int] = set()
    for each in waiting:  # which grows meanwhile
        if id(each) in seen:
            continue
        seen.add(id(each))
        if _is_marker(each):
            waiting += each.options
        elif (options := list_options(each)) == (each,):
            found.append(each)
        else:
            waiting += options
    return found


def _takes_dicts(hint: Hint) -> bool:
    return is_class(hint) or _is_marker(hint) or _find_origin(hint) is dict


def _find_origin(hint: Hint) -> Hint:
    return get_origin(hint)


def _holds_dicts(hint: Hint) -> bool:
    """Return whether a list can have dicts, or lists that can."""
    items = _list_all_options(get_item_hint(hint))
    return any(
        _takes_dicts(each) or (_find_origin(each) is list and _holds_dicts(each))
        for each in items
    )


def _is_marker(hint: Hint) -> bool:
    return isinstance(hint, Marker)


def _name_options(options: list[Hint]) -> str:
    return ", ".join(
        each.__name__ if is_class(each) else _MODULE.sub("", str(each))
        for each in options
    )
