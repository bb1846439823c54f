"""Paths to inline schemas, as words.

In: the keys of inline schemas. Out: the words of each: its owner, and the parts of its
path below it. A variant without a title has a number only if nothing else
separates it from the others: a constant, a property that it alone requires, its kind,
or what it contains.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import field
from itertools import takewhile
from typing import TypeAlias

from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.model import EnumSchema, NamedSchema, ObjectSchema
from flexprice_codegen.api.types import Literals
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.json_pointers import unescape_token
from flexprice_codegen.words import build_class_name

_COMPONENTS = ("responses", "requestBodies", "parameters", "headers")
_SUFFIXES = {
    "responses": "Response",
    "requestBodies": "Body",
    "parameters": "Parameter",
    "headers": "Header",
}
_Path: TypeAlias = tuple[str, ...]
_VariantWords: TypeAlias = Mapping[str, tuple[str, ...] | None]
"""The words for each variant of a union; None if it needs a number."""
_CONTAINED = {"[]", "{}"}
_EVENT = "event "
# Client and server errors, also as a class: `4XX` (OpenAPI 3.1.1 §4.8.16.2).
_ERROR = re.compile(r"[45][0-9X]{2}")


def get_component(definition: NamedSchema) -> str:
    """Return the component that an inline schema is a part of, except a schema.

    Returns:
        A pointer such as `/components/responses/Problem`; empty if there is none.
    """
    origin = definition.about.origin
    match origin.pointer.split("/"):
        case ["", "components", kind, name, *_] if kind in _COMPONENTS:
            return f"{origin.resource}/components/{kind}/{name}"
        case _:
            return ""


def is_error_response(status: str) -> bool:
    """Return whether a part of a key is the status of an error response."""
    return status == "default" or _ERROR.fullmatch(status) is not None


@frozen_value
class InlinePaths:
    """The words of inline schemas.

    `bases` has the words for owners: components, operations, and events. `successes`
    has the first successful status of each operation, and whether it is the only
    response that is not an error.
    """

    schemas: Mapping[str, NamedSchema]
    bases: Mapping[str, str]
    successes: Mapping[str, str]
    _variants: Mapping[str, _VariantWords] = field(default_factory=dict)

    def list_words(self, key: str) -> list[str]:
        """Return the words for an inline schema, its owner first."""
        parts = key.split(SEPARATOR)
        words, first = self._list_first_words(key, parts)
        for number in range(first, len(parts)):
            self._add_part(words, parts, number)
        return words

    def is_in_operation(self, key: str) -> bool:
        """Return whether an inline schema is a part of an operation."""
        return key.partition(SEPARATOR)[0] in self.successes

    def _list_first_words(self, key: str, parts: list[str]) -> tuple[list[str], int]:
        """Return the words for the owner, and the number of the first part after it."""
        owner = parts[0]
        base = self.bases.get(owner) or build_class_name(owner, "Model")
        if owner.startswith(_EVENT):
            return [f"{base}Payload"], 2
        if not self.is_in_operation(key):
            return [base], 1

        # Only the first of the sites of an enum has a schema of its own.
        own = self.schemas.get(key)
        component = "" if own is None else get_component(own)
        if component:
            return [build_class_name(get_component_name(component), "Model")], 2
        return [base, self._format_operation_part(owner, parts[1])], 2

    def _format_operation_part(self, owner: str, part: str) -> str:
        """Return the word for a body, a response, or a parameter of an operation."""
        if part == "body":
            return "Body"
        if part == self.successes.get(owner):
            return "Response"
        if part == "default":
            return "Error"
        is_status = part[:1].isdigit()
        return f"Response{part}" if is_status else build_class_name(part, "Parameter")

    def _add_part(self, words: list[str], parts: list[str], number: int) -> None:
        """Add the word for a part of a path, or extend the last one."""
        part = parts[number]
        if part == "[]":
            words[-1] += "Item"
        elif part == "{}":
            words[-1] += "Value"
        elif part.startswith("|"):
            parent = SEPARATOR.join(parts[:number])
            words += self._format_variant(parent, part)
        else:
            words.append(build_class_name(part, "Field"))

    def _format_variant(self, parent: str, part: str) -> list[str]:
        label = part[1:]
        if not label.isdigit():
            return [build_class_name(label, "Option")]

        words = self._variants.get(parent, {})
        found = words.get(part)
        if found is not None:
            return [*found]
        if len(words) == 1:
            # Only a union with a class of its own needs a word for its variant.
            return ["Option"] if parent in self.schemas else []
        return [build_class_name(label, "Option")]


def get_component_name(component: str) -> str:
    """Return the name of a component by its pointer."""
    return unescape_token(component.rpartition("/")[2])


def get_component_suffix(component: str) -> str:
    """Return the word for a kind of component."""
    return _SUFFIXES[component.split("/")[-2]]


def create_paths(
    schemas: Mapping[str, NamedSchema],
    inline: Iterable[str],
    bases: Mapping[str, str],
    successes: Mapping[str, str],
) -> InlinePaths:
    """Create the paths of the inline schemas of an API.

    Args:
        schemas: All schemas, by key.
        inline: The keys of inline schemas that have classes.
        bases: The words for owners.
        successes: The first successful status of each operation.
    """
    variants: dict[str, dict[str, set[_Path]]] = defaultdict(lambda: defaultdict(set))
    for key in inline:
        parts = key.split(SEPARATOR)
        for number, part in enumerate(parts):
            if part.startswith("|"):
                parent = SEPARATOR.join(parts[:number])
                inner = takewhile(_CONTAINED.__contains__, parts[number + 1 :])
                variants[parent][part].add(tuple(inner))
    return InlinePaths(
        schemas,
        bases,
        successes,
        {
            parent: _name_variants(parent, parts, schemas)
            for parent, parts in variants.items()
        },
    )


def _name_variants(
    parent: str,
    parts: Mapping[str, Collection[_Path]],
    schemas: Mapping[str, NamedSchema],
) -> _VariantWords:
    """Return words for each variant, by what separates it from the others.

    Args:
        parent: The key of the union.
        parts: The paths to what each variant contains, by the part of its key.
        schemas: All schemas, by key.
    """
    found = {part: schemas.get(f"{parent}{SEPARATOR}{part}") for part in parts}
    constants = _name_by_constants(found)
    if constants is not None:
        return constants

    words: dict[str, tuple[str, ...] | None] = dict.fromkeys(parts)
    for part, paths in parts.items():
        others = {path for other in parts if other != part for path in parts[other]}
        # The words for the elements of a list are enough if only one variant has them.
        if () not in paths and others.isdisjoint(paths):
            words[part] = ()
    named = _name_by_properties(found) | _name_by_kinds(found)
    rest = {part: named.get(part, "") for part, word in words.items() if word is None}
    # Words for some of them say less than numbers for all.
    if len(parts) > 1 and all(rest.values()) and len(set(rest.values())) == len(rest):
        words |= {part: (word,) for part, word in rest.items()}
    return words


def _name_by_constants(
    variants: Mapping[str, NamedSchema | None],
) -> dict[str, tuple[str, ...] | None] | None:
    """Return the value of a property that differs among all variants, if there is one."""
    constants = [_list_constants(each) for each in variants.values()]
    if len(variants) == 1:
        return None
    for wire in constants[0]:
        values = [each.get(wire, "") for each in constants]
        words = [build_class_name(value, "Option") if value else "" for value in values]
        if all(words) and len(set(words)) == len(words):
            pairs = zip(variants, words, strict=True)
            return {part: (word,) for part, word in pairs}
    return None


def _name_by_properties(variants: Mapping[str, NamedSchema | None]) -> dict[str, str]:
    """Return the property of each variant that it requires, and no other one has."""
    found = {k: e for k, e in variants.items() if isinstance(e, ObjectSchema)}
    often = Counter(
        each.wire for schema in found.values() for each in schema.properties
    )
    words: dict[str, str] = {}
    for part, schema in found.items():
        own = [e.wire for e in schema.properties if e.required and often[e.wire] == 1]
        if len(own) == 1:
            words[part] = build_class_name(own[0], "Option")
    return words


def _name_by_kinds(variants: Mapping[str, NamedSchema | None]) -> dict[str, str]:
    """Return the kind of the only enum among other variants."""
    enums = [part for part, each in variants.items() if isinstance(each, EnumSchema)]
    return {enums[0]: "Enum"} if len(enums) == 1 else {}


def _list_constants(definition: NamedSchema | None) -> dict[str, str]:
    """Return the properties of an object that have a single string."""
    if not isinstance(definition, ObjectSchema):
        return {}
    return {
        each.wire: str(each.type.values[0])
        for each in definition.properties
        if isinstance(each.type, Literals)
        and len(each.type.values) == 1
        and isinstance(each.type.values[0], str)
    }
