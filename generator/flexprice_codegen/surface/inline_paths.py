"""Paths to inline schemas, as words.

In: the keys of inline schemas. Out: the words of each: its owner, and the parts of its
path below it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import field
from itertools import takewhile

from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.model import NamedSchema
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.json_pointers import unescape_token
from flexprice_codegen.surface.variant_words import (
    Path,
    VariantWords,
    name_variants,
)
from flexprice_codegen.words import build_class_name

_COMPONENTS = ("responses", "requestBodies", "parameters", "headers")
_SUFFIXES = {
    "responses": "Response",
    "requestBodies": "Body",
    "parameters": "Parameter",
    "headers": "Header",
}
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
    _variants: Mapping[str, VariantWords] = field(default_factory=dict)

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

    def list_variant_words(self, parent: str, part: str) -> tuple[str, ...]:
        """Return the words for a variant without a title; none if it needs a number."""
        return self._variants.get(parent, {}).get(part) or ()

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
    variants: dict[str, dict[str, set[Path]]] = defaultdict(lambda: defaultdict(set))
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
            parent: name_variants(parent, parts, schemas)
            for parent, parts in variants.items()
        },
    )
