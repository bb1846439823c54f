"""The shape of a definition, an operation or an event: what it is, whatever it is called.

In: an `Api`. Out: a `Shape` for each key: two are equal if the contracts are; names of
schemas, ids, paths and prose take no part, names on the wire do. `whole` reads a thing
with all that it names; where definitions name each other in a circle, some rounds around
it (colour refinement, Weisfeiler and Leman 1968). `outer` does not look through names, so
it survives a change further in; of operations and events it looks through one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from hashlib import sha256
from operator import attrgetter

from generator.api.circles import components
from generator.api.model import Api
from generator.api.types import Named, Tag
from generator.api.walk import names_of

_ROUNDS = 8
_LENGTH = 10
_NAME = re.compile("\0([^\0]*)\0")
_PLAIN = frozenset({str, int, float, bool, type(None)})


@dataclass(frozen=True, slots=True)
class Shape:
    """Two digests of one thing: with all that it names, and of itself."""

    whole: str
    outer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """Shapes by key: of definitions, of operations (`METHOD /path`), of events."""

    definitions: Mapping[str, Shape]
    operations: Mapping[str, Shape]
    events: Mapping[str, Shape]


class _Unknown(Mapping[str, Shape]):
    """Has an empty shape for every key."""

    def __getitem__(self, _: str) -> Shape:
        return _EMPTY

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


_EMPTY = Shape("", "")
NO_SHAPES = Shapes(definitions=_Unknown(), operations=_Unknown(), events=_Unknown())
"""The shapes where nobody asks for them: nothing is known again by what it is."""


def shapes(api: Api) -> Shapes:
    """Give the shapes of all that an `Api` holds, in time that grows with its size."""
    texts = {key: _written(each) for key, each in api.definitions.items()}
    edges = {key: tuple(names_of(each)) for key, each in api.definitions.items()}
    outer = {key: _digest(text, {}) for key, text in texts.items()}
    whole: dict[str, str] = {}
    for group in components(edges):  # what a group names comes before it
        whole |= _group({key: texts[key] for key in group}, edges, whole)
    operations = {
        each.key: _written((each.method, each.parameters, each.body, each.responses))
        for each in api.operations
    }
    events = {each.name: _written(each.payload) for each in api.events}

    def looked_through(texts: Mapping[str, str]) -> dict[str, Shape]:
        return {
            key: Shape(_digest(text, whole), _digest(text, outer))
            for key, text in texts.items()
        }

    return Shapes(
        definitions={key: Shape(whole[key], outer[key]) for key in texts},
        operations=looked_through(operations),
        events=looked_through(events),
    )


def _group(
    texts: Mapping[str, str],
    edges: Mapping[str, Iterable[str]],
    known: Mapping[str, str],
) -> dict[str, str]:
    """Give the digests of definitions that name each other, mostly of a single one."""
    circular = len(texts) > 1 or any(key in edges[key] for key in texts)
    made: dict[str, str] = {}
    for _ in range(min(len(texts) + 1, _ROUNDS) if circular else 1):
        near = {**{n: known.get(n, "") for key in texts for n in edges[key]}, **made}
        made = {key: _digest(text, near) for key, text in texts.items()}
    return made


def _digest(text: str, known: Mapping[str, str]) -> str:
    """Give the digest of a text in which digests stand for names, if they are known."""
    nameless = _NAME.sub(lambda found: f"&{known.get(found[1], '')}", text)
    return sha256(nameless.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def _written(value: object) -> str:
    """Write a value of the `Api`, the keys of definitions between two NULs."""
    kind = type(value)
    if kind in _PLAIN:
        return repr(value)
    if isinstance(value, tuple):
        return f"({','.join(map(_written, value))})"
    if isinstance(value, Named):
        return f"\0{value.key}\0"
    if isinstance(value, Tag):
        pairs = [f"{each!r}:\0{key}\0" for each, key in value.mapping]
        return f"Tag({value.property!r},{','.join(sorted(pairs))})"
    if not is_dataclass(value):
        return repr(value)
    return f"{kind.__name__}({','.join(map(_written, _parts(kind)(value)))})"


_getters: dict[type, Callable[[object], tuple[object, ...]]] = {}


def _parts(kind: type) -> Callable[[object], tuple[object, ...]]:
    """Give the getter of the fields of a dataclass that count."""
    if kind not in _getters:
        names = [each.name for each in fields(kind) if each.compare]
        _getters[kind] = attrgetter(*names, names[0])  # of two and more it is a tuple
    return _getters[kind]
