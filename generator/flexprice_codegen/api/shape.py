"""The shape of a definition, an operation or an event: what it is, whatever it is called.

In: an `Api`. Out: a `Shape` for each key: two are equal if the contracts are; names of
schemas, ids, paths and prose take no part, names on the wire do. `whole` reads a thing
with all that it names; where definitions name each other in a circle, some rounds around
it (colour refinement, Weisfeiler and Leman 1968). `outer` does not look through names, so
it survives a change further in; of operations and events it looks through one.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from flexprice_codegen.api.circles import components
from flexprice_codegen.api.model import Api
from flexprice_codegen.api.walk import names_of

_ROUNDS = 8
_LENGTH = 10
_NAME = re.compile("\0([^\0]*)\0")
_TEXT = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_NAMED = re.compile(rf"Named\(key=({_TEXT})\)")
_PAIR = rf"\({_TEXT}, {_TEXT}\)"
_TAG = re.compile(rf"(Tag\(property={_TEXT}, mapping=)(\((?:{_PAIR}(?:, )?,?)*\))")


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
    """Write what a `repr` says of a value, the keys of definitions between two NULs.

    That is the contract, and nothing else. Only tags name definitions by mere texts.
    """
    text = _NAMED.sub(_between_nuls, repr(value))
    return _TAG.sub(_tag, text) if "Tag(" in text else text


def _between_nuls(found: re.Match[str]) -> str:
    text = found[1]
    key = ast.literal_eval(text) if "\\" in text else text[1:-1]
    return f"\0{key}\0"


def _tag(found: re.Match[str]) -> str:
    """Write the pairs of a tag in an order that does not depend on their names."""
    pairs = ast.literal_eval(found[2])
    mapping = (f"{value!r}:\0{key}\0" for value, key in pairs)
    return f"{found[1]}({','.join(sorted(mapping))})"
