"""Security schemes with a new name in the document: what is sent is the same.

In: two `Api`s. Out: the newer one as if such schemes had the names that they had before.

Source: OpenAPI 3.0.3 §4.7.30: a name only leads from a requirement to its scheme.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from flexprice_codegen.api.model import (
    Api,
    ApiOperation,
    DeclaredScheme,
    SecurityRequirements,
)

_Content: TypeAlias = tuple[object, ...]


def align_scheme_names(old: Api, new: Api) -> Api:
    """Return the newer version with the older names of the schemes that are the same."""
    before = {scheme.key: scheme for scheme in old.declared_schemes}
    after = {scheme.key: scheme for scheme in new.declared_schemes}
    if before.keys() == after.keys():
        return new

    gone = _index_by_content(before[key] for key in before.keys() - after.keys())
    came = _index_by_content(after[key] for key in after.keys() - before.keys())
    # Of several with the same content it is not known which became which.
    names = {
        keys[0]: gone[content][0]
        for content, keys in came.items()
        if len(keys) == 1 == len(gone.get(content, ()))
    }
    return _rename_schemes(new, names) if names else new


def _index_by_content(
    schemes: Iterable[DeclaredScheme],
) -> Mapping[_Content, list[str]]:
    index: dict[_Content, list[str]] = defaultdict(list)
    for scheme in schemes:
        content = frozenset(scheme.facts), frozenset(scheme.scopes)
        index[content].append(scheme.key)
    return index


def _rename_schemes(api: Api, names: Mapping[str, str]) -> Api:
    schemes = (
        replace(scheme, key=names.get(scheme.key, scheme.key))
        for scheme in api.declared_schemes
    )
    return replace(
        api,
        declared_schemes=tuple(schemes),
        security_requirements=_rename_requirements(api.security_requirements, names),
        operations=tuple(_rename_in_operation(each, names) for each in api.operations),
    )


def _rename_in_operation(
    operation: ApiOperation, names: Mapping[str, str]
) -> ApiOperation:
    own = operation.security_requirements
    if own is None:
        return operation
    return replace(operation, security_requirements=_rename_requirements(own, names))


def _rename_requirements(
    requirements: SecurityRequirements, names: Mapping[str, str]
) -> SecurityRequirements:
    return tuple(
        tuple((names.get(scheme, scheme), scopes) for scheme, scopes in alternative)
        for alternative in requirements
    )
