"""Keys of definitions.

In: locations in the document. Out: keys: a component schema has its own name; an inline
schema the key of its owner and its path below it (`CustomerFilter > order`); anything
else its JSON pointer.
"""

from __future__ import annotations

from collections.abc import Iterable

from flexprice_codegen.diagnostics import Origin, build_error
from flexprice_codegen.json_pointers import unescape_token
from flexprice_codegen.spec.nodes import Node

SEPARATOR = " > "
_DEEPEST = 60
"""The maximum nesting of schemas; their readers recurse once a level."""
_COMPONENT = "/components/schemas/"


def get_schema_key(origin: Origin) -> str:
    """Return the key of the definition at the target of a `$ref`."""
    pointer = origin.pointer
    if origin.resource == "" and pointer.startswith(_COMPONENT):
        name = pointer[len(_COMPONENT) :]
        # The name of a component may hold the separator; its pointer is unambiguous.
        if "/" not in name and SEPARATOR not in name:
            return unescape_token(name)
    return f"{origin.resource}#{pointer}".replace(SEPARATOR, "%20>%20")


def is_component_key(key: str) -> bool:
    """Return whether a key is the name of a component schema."""
    return SEPARATOR not in key and "#" not in key and " " not in key


def get_last_name(key: str) -> str:
    """Return the last part of a key that is a name, not a list element or a map value.

    Every part can be the name of a property, also `[]`. Then it is the entire key.
    """
    parts = reversed(key.split(SEPARATOR))
    return next((part for part in parts if part not in {"[]", "{}"}), key)


def check_depth(node: Node, key: str) -> None:
    """Raise an error for a schema that is nested too deeply.

    Args:
        node: The schema, for the location of the error.
        key: Its key, which has one separator for each level.

    Raises:
        DiagnosticError: `too-deep`.
    """
    if key.count(SEPARATOR) > _DEEPEST:
        raise build_error(
            "too-deep",
            f"schema nesting exceeds {_DEEPEST} levels",
            at=node.origin,
            hint="move the inner schemas to `components` and reference them",
        )


def get_variant_label(node: Node, number: int) -> str:
    """Return the label of a variant: its reference or title, else its number."""
    own = node.read_mapping() if node.is_object else {}
    reference = own.get("$ref")
    title = own.get("title")

    if isinstance(reference, str):
        return reference.rpartition("/")[2] or str(number)
    return title if isinstance(title, str) and title else str(number)


def list_variant_labels(variants: Iterable[Node]) -> list[str]:
    """Return the labels of all variants of a union, each once."""
    labels: dict[str, None] = {}
    for number, each in enumerate(variants, 1):
        label = get_variant_label(each, number)
        while label in labels:
            label = f"{label} {number}"
        labels[label] = None
    return list(labels)


def build_reference(text: str) -> str:
    """Return the reference for a mapping value of a discriminator.

    Args:
        text: A reference, or the bare name of a component schema.
    """
    # A bare name is ambiguous with a relative file (OpenAPI 3.1.1 §4.8.25), so a file
    # needs a suffix or a slash.
    is_name = not any(sign in text for sign in "#/")
    if is_name and not text.endswith((".json", ".yaml", ".yml")):
        return f"#{_COMPONENT}{text}"
    return text
