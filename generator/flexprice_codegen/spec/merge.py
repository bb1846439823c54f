"""Several documents to one.

In: the parsed documents of one API, such as the pages of its reference. Out:
`Merged`: one root, and for each part of it the document that it came from. Paths are
put together by path and method, components by section and name, tags by name. A part
that several documents have must be equal in all of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flexprice_codegen.diagnostics import Diagnostic, Level, Place, SpecError
from flexprice_codegen.spec.nodes import Json
from flexprice_codegen.spec.parse import Parsed
from flexprice_codegen.spec.pointers import array_index, pointer_of

# Absent and empty mean the same here: no server but the default one, no security.
_ROOT_LISTS = ("servers", "security")
# How many levels below a root's member are put together member by member.
_LEVELS = {"paths": 2, "webhooks": 2, "components": 2, "info": 1}
_ALL_LEVELS = 1000
_LISTS_OF_PATHS = ("paths", "webhooks")
_PATH_ITEM = 2
# What a path item says for all its operations; an operation of another document
# must not come under it, or lose it, by being put together with it.
_SHARED_BY_OPERATIONS = ("parameters", "servers")


@dataclass(frozen=True, slots=True)
class Owner:
    """The document that a part came from, and the pointer that the part has there."""

    parsed: Parsed
    pointer: str


@dataclass(frozen=True, slots=True)
class Merged:
    """One document out of several.

    Attributes:
        data: The root. The parts are those of the documents, not copies.
        owners: For pointers of `data`, the document that what is at and below
            them came from; the longest pointer decides.
        first: The document that everything else came from.
    """

    data: Mapping[str, Json]
    owners: Mapping[str, Owner]
    first: Parsed

    def owner(self, pointer: str) -> Owner:
        """Give the document that the part at `pointer` came from."""
        head, tail = pointer, ""
        while head:
            if head in self.owners:
                found = self.owners[head]
                return Owner(found.parsed, found.pointer + tail)
            head, _, token = head.rpartition("/")
            tail = f"/{token}{tail}"
        return Owner(self.first, pointer)

    def names(self) -> set[str]:
        """Give the names of all files that parts came from."""
        return {self.first.name, *(each.parsed.name for each in self.owners.values())}

    def locate(self, pointer: str) -> Place:
        """Give the place of the part at `pointer`, in the file that it came from."""
        owner = self.owner(pointer)
        return owner.parsed.locate(owner.pointer)


def merge(documents: Sequence[Parsed]) -> Merged:
    """Put documents together, in their order; there must be at least one.

    Raises:
        SpecError: `merge-conflict`, one for each part that two documents have and
            that is not equal in them.
    """
    first, *others = documents
    if not others:
        return Merged(first.data, {}, first)
    merging = _Merging(first)
    for other in others:
        merging.add(other)
    if merging.conflicts:
        raise SpecError(*merging.conflicts)
    return merging.result()


def equal(one: Json, other: Json) -> bool:
    """Tell whether two values are the same JSON; the order of members does not count."""
    return one is other or (
        one == other
        and json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a document, and the way to it from the root."""

    parsed: Parsed
    keys: tuple[str, ...]
    value: Json

    @property
    def pointer(self) -> str:
        return pointer_of(self.keys)

    def members(self) -> list[_Part]:
        """Give the members of a part that is an object."""
        value = self.value if isinstance(self.value, Mapping) else {}
        return [
            _Part(self.parsed, (*self.keys, key), each) for key, each in value.items()
        ]


class _Merging:
    """The root so far; what was changed in it is its own copy."""

    def __init__(self, first: Parsed) -> None:
        self.conflicts: list[Diagnostic] = []
        self._first = first
        self._root: dict[str, Json] = dict(first.data)
        self._owners: dict[str, Owner] = {}
        self._own: dict[int, Json] = {}

    def result(self) -> Merged:
        """Give what was put together."""
        return Merged(self._root, self._owners, self._first)

    def add(self, other: Parsed) -> None:
        """Put a document to the others."""
        for key in _ROOT_LISTS:
            before, new = self._root.get(key) or [], other.data.get(key) or []
            if not equal(before, new):
                self._conflict(before, _Part(other, (key,), new))
        for part in _Part(other, (), other.data).members():
            key = part.keys[0]
            mine = self._root.get(key)
            if key == "tags" and isinstance(mine, list):
                self._add_tags(part)
            elif key == "openapi" and _minor(mine) == _minor(part.value):
                continue
            elif key not in _ROOT_LISTS:
                levels = _ALL_LEVELS if key.startswith("x-") else _LEVELS.get(key, 0)
                self._add_member(self._root, part, levels)

    def _add_member(self, into: dict[str, Json], part: _Part, levels: int) -> None:
        """Put a part into the object `into`; `levels` below it are put together."""
        key = part.keys[-1]
        if key not in into:
            into[key] = part.value
            self._owners[part.pointer] = Owner(part.parsed, part.pointer)
        elif equal(into[key], part.value):
            return
        elif (
            levels
            and isinstance(into[key], Mapping)
            and isinstance(part.value, Mapping)
        ):
            if len(part.keys) == _PATH_ITEM and part.keys[0] in _LISTS_OF_PATHS:
                self._check_shared(into[key], part)
            own = self._own_object(into, key)
            for member in part.members():
                self._add_member(own, member, levels - 1)
        else:
            self._conflict(into[key], part)

    def _own_object(self, into: dict[str, Json], key: str) -> dict[str, Json]:
        """Make the object under `key` one that may be changed."""
        value = into[key]
        assert isinstance(value, dict)
        if id(value) in self._own:
            return value
        own = dict(value)
        into[key] = self._own[id(own)] = own
        return own

    def _check_shared(self, mine: Json, part: _Part) -> None:
        """Refuse a path of which only one document has the parts all operations share."""
        assert isinstance(mine, Mapping)
        assert isinstance(part.value, Mapping)
        for key in _SHARED_BY_OPERATIONS:
            if (key in mine) != (key in part.value):
                shared = _Part(part.parsed, (*part.keys, key), part.value.get(key))
                self._conflict(mine.get(key), shared)

    def _add_tags(self, part: _Part) -> None:
        """Put the tags together by name; their descriptions must agree."""
        tags = list(_elements(self._root["tags"]))
        known = {_tag_name(each): index for index, each in enumerate(tags)}
        for index, tag in enumerate(_elements(part.value)):
            mine = known.get(_tag_name(tag))
            if mine is None:
                pointer = pointer_of(("tags", len(tags)))
                self._owners[pointer] = Owner(part.parsed, f"/tags/{index}")
                known[_tag_name(tag)] = len(tags)
                tags.append(tag)
            elif not equal(tags[mine], tag):
                self._conflict(
                    tags[mine], _Part(part.parsed, ("tags", str(index)), tag), str(mine)
                )
        self._root["tags"] = tags

    def _conflict(self, mine: Json, part: _Part, index: str = "") -> None:
        """Note that a part differs from what was there before.

        Args:
            mine: The value that was there.
            part: The part of the document that is put to the others.
            index: The last key of `mine`, where it is not that of the part.
        """
        inside = _difference(mine, part.value)
        keys = (*part.keys[:-1], index or part.keys[-1])
        first = self.result().locate(pointer_of((*keys, *inside)))
        name = " ".join((*part.keys, *inside))
        if not _stands(part.parsed.data, (*part.keys, *inside)):
            message = f"{name!r} is missing here, and stands at {first}"
        elif not _stands(self._root, (*keys, *inside)):
            message = f"{name!r} stands here, and is missing at {first}"
        else:
            message = f"{name!r} is not the same here as at {first}"
        self.conflicts.append(
            Diagnostic(
                code="merge-conflict",
                level=Level.ERROR,
                message=message,
                hint="make the two equal, or leave one of the documents out",
                at=part.parsed.locate(pointer_of((*part.keys, *inside))),
            )
        )


def _stands(root: Json, keys: Sequence[str]) -> bool:
    """Tell whether there is something under `keys`."""
    node = root
    for key in keys:
        index = array_index(key)
        if isinstance(node, Mapping) and key in node:
            node = node[key]
        elif isinstance(node, list) and index is not None and index < len(node):
            node = node[index]
        else:
            return False
    return True


def _elements(value: Json) -> Sequence[Json]:
    return value if isinstance(value, list) else [value]


def _tag_name(tag: Json) -> str:
    """Give what a tag is known by; something that is no tag is known by itself."""
    name = tag.get("name") if isinstance(tag, Mapping) else None
    return f"name {name}" if name is not None else json.dumps(tag, sort_keys=True)


def _minor(version: Json) -> str:
    """Give the major and minor version: 3.0 for 3.0.3."""
    return ".".join(str(version).split(".")[:2])


def _difference(one: Json, other: Json) -> tuple[str, ...]:
    """Give the way to the first member in which two unequal values differ."""
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        return ()
    for key in (*one, *other):
        if key not in one or key not in other:
            return (key,)
        if not equal(one[key], other[key]):
            return (key, *_difference(one[key], other[key]))
    return ()
