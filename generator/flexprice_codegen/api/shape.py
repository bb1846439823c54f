"""The shape of a definition, an operation or an event: what it is, whatever it is called.

In: an `Api`. Out: a `Shape` for each key: two are equal if the contracts are; names of
schemas, ids, paths and prose take no part, names on the wire do. `whole` reads a thing
with all that it names; where definitions name each other in a circle, some rounds around
it (colour refinement, Weisfeiler and Leman 1968). `outer` does not look through names, so
it survives a change further in; of operations and events it looks through one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from flexprice_codegen.api.canonical import (
    write_definition,
    write_event,
    write_operation,
)
from flexprice_codegen.api.cycles import find_components
from flexprice_codegen.api.model import Api, ApiOperation, NamedSchema, WebhookEvent

_ROUNDS = 8
_LENGTH = 10
_NO_DIGESTS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Shape:
    """Two digests of one thing: with all that it names, and of itself."""

    whole: str
    outer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """Shapes by key: of definitions, of operations (`METHOD /path`), of events."""

    schemas: Mapping[str, Shape]
    operations: Mapping[str, Shape]
    events: Mapping[str, Shape]


class _UnknownShapes(Mapping[str, Shape]):
    """Has an empty shape for every key."""

    def __getitem__(self, _: str) -> Shape:
        return _EMPTY

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


_EMPTY = Shape("", "")
NO_SHAPES = Shapes(
    schemas=_UnknownShapes(), operations=_UnknownShapes(), events=_UnknownShapes()
)
"""The shapes where nobody asks for them: nothing is known again by what it is."""


class Form(Protocol):
    """What is written of a thing, but for what is known of the names in it."""

    @property
    def names(self) -> tuple[str, ...]:
        """The keys of the definitions that count as parts of the thing."""
        ...

    def resolve(self, known: Mapping[str, str], /) -> str:
        """Return the text with what is known of its names."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Writes the forms that digests are made of, one function for each kind of thing."""

    definition: Callable[[NamedSchema], Form]
    operation: Callable[[ApiOperation], Form]
    event: Callable[[WebhookEvent], Form]


_CANONICAL = Writer(
    definition=write_definition, operation=write_operation, event=write_event
)


def compute_shapes(api: Api, writer: Writer = _CANONICAL) -> Shapes:
    """Return the shapes of all that an `Api` holds, in time that grows with its size."""
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


def whole_shapes(api: Api, keys: Iterable[str]) -> dict[str, str]:
    """Return the whole shapes of some definitions, without looking at the others.

    Args:
        api: What holds the definitions.
        keys: Those that are asked for; the work grows with what they name, directly or not.
    """
    wanted = tuple(keys)
    forms: dict[str, Form] = {}
    pending = list(wanted)
    while pending:
        key = pending.pop()
        if key not in forms and key in api.schemas:
            forms[key] = write_definition(api.schemas[key])
            pending += forms[key].names
    whole = _digest_wholes(forms)
    return {key: whole[key] for key in wanted}


def _digest_wholes(forms: Mapping[str, Form]) -> dict[str, str]:
    """Return the digests of definitions with all that they name, which is among them."""
    whole: dict[str, str] = {}
    edges = {key: form.names for key, form in forms.items()}
    for group in find_components(edges):  # what a group names comes before it
        whole |= _digest_group({key: forms[key] for key in group}, whole)
    return whole


def _digest_group(
    forms: Mapping[str, Form], known: Mapping[str, str]
) -> dict[str, str]:
    """Return the digests of definitions that name each other, mostly of a single one."""
    circular = len(forms) > 1 or any(key in form.names for key, form in forms.items())
    made: dict[str, str] = {}
    for _ in range(min(len(forms) + 1, _ROUNDS) if circular else 1):
        near = {name: known.get(name, "") for e in forms.values() for name in e.names}
        near |= made
        made = {key: _hash_text(form, near) for key, form in forms.items()}
    return made


def _hash_text(form: Form, known: Mapping[str, str]) -> str:
    text = form.resolve(known)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
