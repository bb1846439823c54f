"""Keys of definitions.

In: places in the document. Out: keys: a component schema has its own name; an inline
schema the key of its owner and its path below it (`CustomerFilter > order`); anything
else its pointer.
"""

from __future__ import annotations

from flexprice_codegen.diagnostics import Origin, build_error
from flexprice_codegen.spec.nodes import Node

SEPARATOR = " > "
_DEEPEST = 60
"""How deep schemas may stand in one another; what reads them recurses once a level."""
_COMPONENT = "/components/schemas/"


def get_schema_key(origin: Origin) -> str:
    """Give the key of the definition at a place that a `$ref` names."""
    pointer = origin.pointer
    if origin.resource == "" and pointer.startswith(_COMPONENT):
        name = pointer[len(_COMPONENT) :]
        if "/" not in name and SEPARATOR not in name:
            return name.replace("~1", "/").replace("~0", "~")
    return f"{origin.resource}#{pointer}".replace(SEPARATOR, "%20>%20")


def check_depth(node: Node, key: str) -> None:
    """Refuse a schema that stands too deep in others.

    Raises:
        DiagnosticError: `too-deep`.
    """
    if key.count(SEPARATOR) > _DEEPEST:
        raise build_error(
            "too-deep",
            f"schemas stand more than {_DEEPEST} levels deep in one another here",
            at=node.origin,
            hint="move the inner ones to 'components' and refer to them",
        )


def get_variant_label(node: Node, number: int) -> str:
    """Tell the options of a choice apart: by reference or title, else by number."""
    own = node.read_mapping() if node.is_object else {}
    reference = own.get("$ref")
    title = own.get("title")
    if isinstance(reference, str):
        return reference.rpartition("/")[2] or str(number)
    return title if isinstance(title, str) and title else str(number)


def build_reference(text: str) -> str:
    """Give the reference that a discriminator's mapping means; it may be a bare name."""
    is_name = not any(sign in text for sign in "#/")
    if is_name and not text.endswith((".json", ".yaml", ".yml")):
        return f"#{_COMPONENT}{text}"
    return text
