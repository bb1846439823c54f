"""Several documents to one.

In: the parsed documents of one API, such as the pages of its reference. Out:
`MergedDocument`: one root, and for each part of it the document that it came from.
Paths are merged by path and method, components by section and name, tags by name. A
part that several documents have must be equal in all of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from flexprice_codegen.diagnostics import (
    Diagnostic,
    DiagnosticError,
    FileLocation,
    Level,
)
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.json_pointers import build_pointer, parse_array_index
from flexprice_codegen.spec.nodes import Json
from flexprice_codegen.spec.parse import ParsedDocument

# Omitted and empty mean the same here: only the default server, no security.
_ROOT_LISTS = ("servers", "security")
# How many levels below the root's property are merged by key.
_LEVELS = {"paths": 2, "webhooks": 2, "components": 2, "info": 1}
# Extensions have no known structure, so they are merged down to their leaves.
_ALL_LEVELS = 1000
# Both map a name to a path item.
_LISTS_OF_PATHS = ("paths", "webhooks")
# The length of a path such as `paths`, `/pets`.
_PATH_ITEM = 2
# What a path item declares for all its operations. Merging must neither add it to an
# operation of another document nor remove it from one.
_SHARED_BY_OPERATIONS = ("parameters", "servers")


@frozen_value
class PartSource:
    """The document that a part came from, and the JSON pointer of the part there."""

    parsed: ParsedDocument
    pointer: str


@frozen_value
class MergedDocument:
    """One document, merged from several.

    Attributes:
        data: The root. Its parts are those of the documents, not copies.
        part_sources: For JSON pointers of `data`, the document that the node and its
            descendants came from; the longest pointer decides.
        first: The document that everything else came from.
    """

    data: Mapping[str, Json]
    part_sources: Mapping[str, PartSource]
    first: ParsedDocument

    def get_part_source(self, pointer: str) -> PartSource:
        """Return the document that the part at `pointer` came from."""
        head = pointer
        tail = ""

        while head:
            if head in self.part_sources:
                found = self.part_sources[head]
                return PartSource(found.parsed, found.pointer + tail)
            head, _, token = head.rpartition("/")
            tail = f"/{token}{tail}"
        return PartSource(self.first, pointer)

    def list_file_names(self) -> set[str]:
        """Return the names of all files that parts came from."""
        return {
            self.first.name,
            *(each.parsed.name for each in self.part_sources.values()),
        }

    def locate(self, pointer: str) -> FileLocation:
        """Return the location of the part at `pointer`, in its own file."""
        owner = self.get_part_source(pointer)
        return owner.parsed.locate(owner.pointer)


def merge(documents: Sequence[ParsedDocument]) -> MergedDocument:
    """Merge documents, in their order; there must be at least one.

    Raises:
        DiagnosticError: `merge-conflict`, one for each part that differs between
            documents.
    """
    first, *others = documents
    if not others:
        return MergedDocument(first.data, {}, first)

    merging = _DocumentMerger(first)
    for other in others:
        merging.add_document(other)

    if merging.conflicts:
        raise DiagnosticError(*merging.conflicts)

    return merging.get_result()


def is_same_json(one: Json, other: Json) -> bool:
    """Return whether two values are the same JSON, in any order of properties."""
    # `==` is fast but equates True with 1; the texts tell them apart.
    return one is other or (
        one == other
        and json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    )


@frozen_value
class _DocumentPart:
    """A part of a document, and its path from the root."""

    parsed: ParsedDocument
    keys: tuple[str, ...]
    value: Json

    @property
    def pointer(self) -> str:
        return build_pointer(self.keys)

    def list_members(self) -> list[_DocumentPart]:
        """Return the properties of a part that is an object."""
        value = self.value if isinstance(self.value, Mapping) else {}
        return [
            _DocumentPart(self.parsed, (*self.keys, key), each)
            for key, each in value.items()
        ]


class _DocumentMerger:
    """The merged root so far; what the merge changes in it is copied first."""

    def __init__(self, first: ParsedDocument) -> None:
        self.conflicts: list[Diagnostic] = []
        self._first = first
        self._root: dict[str, Json] = dict(first.data)
        self._owners: dict[str, PartSource] = {}
        self._own: dict[int, Json] = {}

    def get_result(self) -> MergedDocument:
        """Return the merged document."""
        return MergedDocument(self._root, self._owners, self._first)

    def add_document(self, other: ParsedDocument) -> None:
        """Merge a document into the root."""
        for key in _ROOT_LISTS:
            before = self._root.get(key) or []
            new = other.data.get(key) or []
            if not is_same_json(before, new):
                self._add_conflict(before, _DocumentPart(other, (key,), new))

        for part in _DocumentPart(other, (), other.data).list_members():
            key = part.keys[0]
            mine = self._root.get(key)
            if key == "tags" and isinstance(mine, list):
                self._add_tags(part)
            # 3.0.1 and 3.0.3 are the same version to everything that reads the
            # document.
            elif key == "openapi" and _get_minor_version(mine) == _get_minor_version(
                part.value
            ):
                continue
            elif key not in _ROOT_LISTS:
                levels = _ALL_LEVELS if key.startswith("x-") else _LEVELS.get(key, 0)
                self._add_member(self._root, part, levels)

    def _add_member(
        self, into: dict[str, Json], part: _DocumentPart, levels: int
    ) -> None:
        """Merge a part into the object `into`.

        Args:
            into: The object, which may be changed.
            part: The part; its last key is its key in `into`.
            levels: How many levels below the part are merged by key.
        """
        key = part.keys[-1]
        if key not in into:
            into[key] = part.value
            self._owners[part.pointer] = PartSource(part.parsed, part.pointer)
        elif is_same_json(into[key], part.value):
            return
        elif (
            levels
            and isinstance(into[key], Mapping)
            and isinstance(part.value, Mapping)
        ):
            if len(part.keys) == _PATH_ITEM and part.keys[0] in _LISTS_OF_PATHS:
                self._check_shared(into[key], part)
            own = self._own_object(into, key)
            for member in part.list_members():
                self._add_member(own, member, levels - 1)
        else:
            self._add_conflict(into[key], part)

    def _own_object(self, into: dict[str, Json], key: str) -> dict[str, Json]:
        """Replace the object under `key` by a copy that may be changed."""
        value = into[key]
        assert isinstance(value, dict)
        if id(value) in self._own:
            return value

        own = dict(value)
        into[key] = self._own[id(own)] = own
        return own

    def _check_shared(self, mine: Json, part: _DocumentPart) -> None:
        """Add a conflict for a path whose shared parts only one document has."""
        assert isinstance(mine, Mapping)
        assert isinstance(part.value, Mapping)
        for key in _SHARED_BY_OPERATIONS:
            if (key in mine) != (key in part.value):
                shared = _DocumentPart(
                    part.parsed, (*part.keys, key), part.value.get(key)
                )
                self._add_conflict(mine.get(key), shared)

    def _add_tags(self, part: _DocumentPart) -> None:
        """Merge the tags by name; equal names must have equal descriptions."""
        tags = list(_ensure_list(self._root["tags"]))
        known = {_get_tag_id(each): index for index, each in enumerate(tags)}

        for index, tag in enumerate(_ensure_list(part.value)):
            mine = known.get(_get_tag_id(tag))
            if mine is None:
                pointer = build_pointer(("tags", len(tags)))
                self._owners[pointer] = PartSource(part.parsed, f"/tags/{index}")
                known[_get_tag_id(tag)] = len(tags)
                tags.append(tag)
            elif not is_same_json(tags[mine], tag):
                self._add_conflict(
                    tags[mine],
                    _DocumentPart(part.parsed, ("tags", str(index)), tag),
                    str(mine),
                )

        self._root["tags"] = tags

    def _add_conflict(self, mine: Json, part: _DocumentPart, index: str = "") -> None:
        """Record that a part differs from the part of an earlier document.

        Args:
            mine: The value of the earlier document.
            part: The part of the document that is merged.
            index: The last key of `mine`, if it is not that of the part.
        """
        inside = _find_difference(mine, part.value)
        keys = (*part.keys[:-1], index or part.keys[-1])
        first = self.get_result().locate(build_pointer((*keys, *inside)))
        name = " ".join((*part.keys, *inside))

        if not _has_value_at(part.parsed.data, (*part.keys, *inside)):
            message = (
                f"cannot merge documents: {name!r} is declared at {first} but not here"
            )
        elif not _has_value_at(self._root, (*keys, *inside)):
            message = (
                f"cannot merge documents: {name!r} is declared here but not at {first}"
            )
        else:
            message = f"cannot merge documents: {name!r} differs from {first}"

        self.conflicts.append(
            Diagnostic(
                code="merge-conflict",
                level=Level.ERROR,
                message=message,
                help="make both equal, or omit one of the documents",
                location=part.parsed.locate(build_pointer((*part.keys, *inside))),
            )
        )


def _has_value_at(root: Json, keys: Sequence[str]) -> bool:
    """Return whether there is a value under `keys`."""
    node = root
    for key in keys:
        index = parse_array_index(key)
        if isinstance(node, Mapping) and key in node:
            node = node[key]
        elif isinstance(node, list) and index is not None and index < len(node):
            node = node[index]
        else:
            return False
    return True


def _ensure_list(value: Json) -> Sequence[Json]:
    return value if isinstance(value, list) else [value]


def _get_tag_id(tag: Json) -> str:
    """Return the identity of a tag: its name, or its JSON if it has no name."""
    name = tag.get("name") if isinstance(tag, Mapping) else None
    return f"name {name}" if name is not None else json.dumps(tag, sort_keys=True)


def _get_minor_version(version: Json) -> str:
    """Return the major and minor version: 3.0 for 3.0.3."""
    return ".".join(str(version).split(".")[:2])


def _find_difference(one: Json, other: Json) -> tuple[str, ...]:
    """Return the path to the first property in which two unequal values differ."""
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        return ()
    for key in (*one, *other):
        if key not in one or key not in other:
            return (key,)
        if not is_same_json(one[key], other[key]):
            return (key, *_find_difference(one[key], other[key]))
    return ()
