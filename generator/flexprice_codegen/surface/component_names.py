"""Names of the classes of component schemas, and of schemas in files of their own.

In: schemas with their keys. Out: requests for their names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import PurePosixPath

from flexprice_codegen.api.model import AliasSchema, Api, NamedSchema
from flexprice_codegen.api.types import Reference
from flexprice_codegen.json_pointers import unescape_token
from flexprice_codegen.surface.naming import NameRequest
from flexprice_codegen.words import build_class_name

_IN_FILE = "#"
"""The character in the keys of schemas that are not components of the document."""


def build_component_requests(
    api: Api, owners: Mapping[str, NamedSchema], words: Mapping[str, str]
) -> list[NameRequest]:
    """Build the requests for the names of all schemas that are not inline.

    Args:
        api: The API.
        owners: The schemas, by key.
        words: The words for operations, by key.
    """
    names = _map_components(api) | _map_bodies(api, words)
    return [
        _build_request(key, each, names.get(key, "")) for key, each in owners.items()
    ]


def list_possible_class_names(key: str, definition: NamedSchema) -> frozenset[str]:
    """Return the class names that a document can request for a component."""
    wanted = _build_request(key, definition)
    return frozenset({wanted.exact, wanted.short, wanted.whole})


def _map_components(api: Api) -> dict[str, str]:
    """Return the component that replaces each schema in a file of its own."""
    found: dict[str, list[str]] = defaultdict(list)
    for key, each in api.schemas.items():
        if isinstance(each, AliasSchema) and isinstance(each.type, Reference):
            found[each.type.key].append(key)
    return {
        target: keys[0]
        for target, keys in found.items()
        if _IN_FILE in target and len(keys) == 1
    }


def _map_bodies(api: Api, words: Mapping[str, str]) -> dict[str, str]:
    """Return the short names of schemas that FastAPI makes of forms.

    It calls them `Body_` and the ID of the operation, which ends with its path.
    """
    return {f"Body_{each.id}": f"{words[each.key]}Body" for each in api.operations}


def _build_request(
    key: str, definition: NamedSchema, known_as: str = ""
) -> NameRequest:
    """Build the request of a schema.

    Args:
        key: The key of the schema.
        definition: The schema.
        known_as: A better name than its key.
    """
    asked = definition.about.name
    last, whole = _split_key(key)
    short = build_class_name(known_as or last, "Model")
    full = build_class_name(whole, "Model")
    return NameRequest(
        key=key,
        exact=build_class_name(asked, "Model") if asked else "",
        short=short,
        whole=full,
        origin=definition.about.origin,
    )


def _split_key(key: str) -> tuple[str, str]:
    """Return the name in a key, and the name with its package or directory.

    Generators of documents write package names: `com.example.Customer`.
    """
    if _IN_FILE not in key:
        return key.rpartition(".")[2], key
    resource, _, pointer = key.partition(_IN_FILE)
    path = PurePosixPath(resource).with_suffix("") if resource else PurePosixPath()
    last = unescape_token(pointer.rpartition("/")[2]) or path.name
    return last, f"{path} {last}" if pointer else str(path)
