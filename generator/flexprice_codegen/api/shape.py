"""The shape of a definition, an operation or an event: hashes without its names.

In: an `Api`. Out: a `Shape` for each key: two shapes are equal if the contracts are.
Names of schemas, IDs, paths and prose do not count; names on the wire do. `whole`
includes all definitions that a form names; a cycle of definitions is hashed in several
rounds (color refinement, Weisfeiler and Leman 1968). `outer` does not include them, so
that it stays the same if a nested definition changes; for operations and events it
includes one level.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Protocol

from flexprice_codegen.api.canonical import (
    write_definition,
    write_event,
    write_operation,
)
from flexprice_codegen.api.cycles import find_components
from flexprice_codegen.api.model import Api, ApiOperation, NamedSchema, WebhookEvent
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.hashes import hash_text

# Rounds after which equal hashes in a cycle count as equal structure; a cap, because a
# large cycle would otherwise need quadratic time.
_ROUNDS = 8
# 40 bits: lock files stay small, and thousands of hashes hardly ever collide.
_LENGTH = 10
_NO_DIGESTS: Mapping[str, str] = {}


@frozen_value
class Shape:
    """Two hashes of one object: with the definitions that it names, and without."""

    whole: str
    outer: str


@frozen_value(kw_only=True)
class Shapes:
    """Shapes by key: of definitions, of operations (`METHOD /path`), of events."""

    schemas: Mapping[str, Shape]
    operations: Mapping[str, Shape]
    events: Mapping[str, Shape]


class _UnknownShapes(Mapping[str, Shape]):
    """A mapping with an empty shape for every key that it does not have."""

    def __init__(self, known: Mapping[str, Shape] = MappingProxyType({})) -> None:
        self._known = known

    def __getitem__(self, key: str) -> Shape:
        return self._known.get(key, _EMPTY)

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


_EMPTY = Shape("", "")
NO_SHAPES = Shapes(
    schemas=_UnknownShapes(), operations=_UnknownShapes(), events=_UnknownShapes()
)
"""Shapes for callers that need none: no object matches another by its hash."""


class Form(Protocol):
    """A text whose references are not resolved yet."""

    @property
    def names(self) -> tuple[str, ...]:
        """The keys of the definitions that are parts of the object."""
        ...

    def resolve(self, known: Mapping[str, str], /) -> str:
        """Return the text with the hashes of its names."""
        ...


@frozen_value(kw_only=True)
class FormWriter:
    """Functions that write the forms to hash, one for each kind of object."""

    definition: Callable[[NamedSchema], Form]
    operation: Callable[[ApiOperation], Form]
    event: Callable[[WebhookEvent], Form]


_CANONICAL = FormWriter(
    definition=write_definition, operation=write_operation, event=write_event
)


def compute_shapes(api: Api, writer: FormWriter = _CANONICAL) -> Shapes:
    """Return the shapes of an `Api`, in time proportional to its size.

    Args:
        api: The API.
        writer: The format of the forms.
    """
    forms = {key: writer.definition(each) for key, each in api.schemas.items()}
    whole = _digest_wholes(forms)
    outer = {key: _hash_text(form, _NO_DIGESTS) for key, form in forms.items()}

    def look_through(form: Form) -> Shape:
        return Shape(_hash_text(form, whole), _hash_text(form, outer))

    return Shapes(
        schemas={key: Shape(whole[key], outer[key]) for key in forms},
        operations={e.key: look_through(writer.operation(e)) for e in api.operations},
        events={each.name: look_through(writer.event(each)) for each in api.events},
    )


def compute_shapes_of(
    api: Api, schemas: Iterable[str], operations: Iterable[ApiOperation]
) -> Shapes:
    """Return the shapes of some definitions and operations; others have empty ones.

    Args:
        api: The API with the definitions.
        schemas: The keys of the definitions.
        operations: The operations.
    """
    wanted = tuple(schemas)
    calls = {each.key: write_operation(each) for each in operations}
    named = (name for form in calls.values() for name in form.names)
    forms = _collect_forms(api, (*wanted, *named))
    whole = _digest_wholes(forms)
    outer = {key: _hash_text(form, _NO_DIGESTS) for key, form in forms.items()}

    return Shapes(
        schemas=_UnknownShapes({key: Shape(whole[key], outer[key]) for key in wanted}),
        operations=_UnknownShapes(
            {
                key: Shape(_hash_text(form, whole), _hash_text(form, outer))
                for key, form in calls.items()
            }
        ),
        events=_UnknownShapes(),
    )


def compute_whole_shapes(
    api: Api, keys: Iterable[str], known: Shapes = NO_SHAPES
) -> dict[str, str]:
    """Return the whole hashes of some definitions, without hashing unrelated ones.

    Args:
        api: The API with the definitions.
        keys: The keys of the definitions; the work grows with what they refer to,
            directly or indirectly.
        known: Shapes of the API that are computed already; others are empty.
    """
    wanted = {key: known.schemas[key].whole for key in keys}
    missing = [key for key, each in wanted.items() if not each]
    whole = _digest_wholes(_collect_forms(api, missing)) if missing else {}
    return {key: each or whole[key] for key, each in wanted.items()}


def _collect_forms(api: Api, keys: Iterable[str]) -> dict[str, Form]:
    """Return the forms of definitions, and of all that they refer to."""
    forms: dict[str, Form] = {}
    pending = list(keys)
    while pending:
        key = pending.pop()
        if key not in forms and key in api.schemas:
            forms[key] = write_definition(api.schemas[key])
            pending += forms[key].names
    return forms


def _digest_wholes(forms: Mapping[str, Form]) -> dict[str, str]:
    """Return the hashes of definitions, including all that they name."""
    whole: dict[str, str] = {}
    edges = {key: form.names for key, form in forms.items()}

    # In topological order, so the hashes of the names in a group are known.
    for group in find_components(edges):
        whole |= _digest_group({key: forms[key] for key in group}, whole)
    return whole


def _digest_group(
    forms: Mapping[str, Form], known: Mapping[str, str]
) -> dict[str, str]:
    """Return the hashes of definitions in one cycle, or of a single one."""
    circular = len(forms) > 1 or any(key in form.names for key, form in forms.items())
    made: dict[str, str] = {}

    for _ in range(min(len(forms) + 1, _ROUNDS) if circular else 1):

        near = {name: known.get(name, "") for e in forms.values() for name in e.names}
        near |= made
        made = {key: _hash_text(form, near) for key, form in forms.items()}
    return made


def _hash_text(form: Form, known: Mapping[str, str]) -> str:
    return hash_text(form.resolve(known), _LENGTH)
