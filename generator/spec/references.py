"""Where a `$ref` leads.

In: a node with a reference, the merged document, and the files beside it. Out: the
node that the reference means (RFC 3986 for its parts, RFC 6901 for its fragment).
Only files in or below the folder of the first document are read, and those on the hosts
that are allowed; each once.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from urllib.parse import unquote, urljoin

from generator.diagnostics import Origin, Place, SpecError, fault
from generator.spec.anchors import enclosing, names_in
from generator.spec.limits import Limits
from generator.spec.merge import Merged
from generator.spec.moves import Moves
from generator.spec.nodes import Json, Node
from generator.spec.parse import parse_value
from generator.spec.pointers import array_index, tokens
from generator.spec.positions import Locate
from generator.spec.remote import Target, is_remote, target_of
from generator.spec.sources import Source, beside, is_revision, path_of, read_source

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
# Which names are compared with one that is missing: the comparison is slow.
_LENGTH_APART = 4
_LONGEST_NAME = 100
_MOST_NAMES = 300


@dataclass(frozen=True, slots=True)
class _File:
    """A file that a reference led to."""

    value: Json
    locate: Locate


@dataclass(frozen=True, slots=True)
class References:
    """Follows the references of one document.

    Attributes:
        merged: The document before its correction; it knows the files of its parts.
        root: The corrected root.
        moves: Where the elements of its arrays stood before.
        limits: The bounds for each file.
        repository: Where git is asked for the files beside a document of a revision.
    """

    merged: Merged
    root: Json
    moves: Moves
    limits: Limits
    repository: Path = Path()
    _files: dict[str, _File] = field(default_factory=dict)
    _names: dict[str, dict[str, str]] = field(default_factory=dict)
    _ends: dict[tuple[Origin, str], Node] = field(default_factory=dict)

    def resolve(self, node: Node) -> Node:
        """Follow a node's `$ref`, and those that it leads to, to a node without one.

        Keywords beside the `$ref` are the caller's business.

        Raises:
            SpecError: `unresolved-reference`, `remote-reference`,
                `reference-outside` or `reference-cycle`, at the reference; or what
                reading another file raises.
        """
        seen: dict[tuple[Origin, str], None] = {}
        while isinstance(reference := _reference(node), str):
            step = (node.origin, reference)
            if step in self._ends:
                node = self._ends[step]
                break
            at = node.origin.child("$ref")
            if step in seen:
                raise fault(
                    "reference-cycle",
                    f"the reference {reference!r:.200} leads back to itself",
                    at=at,
                    hint="refer to an object that has more than a '$ref'",
                )
            seen[step] = None
            node = self._follow(node.origin, reference, at)
        self._ends.update(dict.fromkeys(seen, node))
        return node

    def locate(self, origin: Origin) -> Place:
        """Give the place of a node of the document, or of a file it refers to."""
        if not origin.resource:
            return self.merged.locate(self.moves.former(self.root, origin.pointer))
        return self._files[origin.resource].locate(origin.pointer)

    def files(self) -> tuple[str, ...]:
        """Give the names of the files that were read, beside the document's own."""
        name = self.merged.first.name
        return tuple(beside(name, each) for each in self._files if not is_remote(each))

    def leads_away(self) -> bool:
        """Tell whether a file of another host was read, which may be another tomorrow."""
        return any(map(is_remote, self._files))

    def _follow(self, origin: Origin, reference: str, at: Origin) -> Node:
        """Take one step along a reference that stands in the node at `origin`."""
        path, _, fragment = reference.partition("#")
        resource, value = origin.resource, self.root
        base = self._named(resource, path) if path else None
        if base is not None:
            path = ""
        elif path and (_SCHEME.match(path) or is_remote(resource)):
            resource = self._remote(urljoin(resource, path), at)
        elif path:
            resource = self._resource(origin, unquote(path), at)
        if resource:
            value = self._files[resource].value
        root = Node(value, Origin(resource, ""))
        found, pointer = base or root, unquote(fragment)
        if pointer and not pointer.startswith("/"):
            anchored = self._named(resource, f"#{pointer}")
            if anchored is None:
                hint = "write a JSON pointer, which begins with '#/', or an `$anchor`"
                raise _unresolved(reference, at, hint)
            return anchored
        for token in tokens(pointer):
            child = _child(found, token)
            if child is None:
                nearest = None if path else enclosing(root, origin.pointer, pointer)
                if nearest is not None:
                    return nearest
                hint = _moved(root, pointer) or _advice(path, found, token)
                raise _unresolved(reference, at, hint)
            found = child
        return found

    def _named(self, resource: str, name: str) -> Node | None:
        """Give the schema that calls itself by this name, or by `#` and an anchor."""
        value = self._files[resource].value if resource else self.root
        if resource not in self._names:
            self._names[resource] = names_in(value)
        pointer = self._names[resource].get(name)
        if pointer is None:
            return None
        found = Node(value, Origin(resource, ""))
        for token in tokens(pointer):
            child = _child(found, token)
            assert child is not None
            found = child
        return found

    def _remote(self, address: str, at: Origin) -> str:
        """Give the resource that an address means, fetched."""
        try:
            target = target_of(address, self.limits.hosts)
            if target.address not in self._files:
                self._check_number(at)
                source = Source(target.address, self._fetched(target))
                self._files[target.address] = _File(*parse_value(source, self.limits))
        except SpecError as error:
            placed = (
                each if each.at else replace(each, at=at) for each in error.diagnostics
            )
            raise type(error)(*placed) from None
        return target.address

    def _fetched(self, target: Target) -> bytes:
        """Fetch a file."""
        # Sockets, TLS and name resolution, for documents that refer to other hosts.
        from generator.spec.fetch import Fetcher

        return Fetcher(self.limits).fetch(target)

    def _check_number(self, at: Origin) -> None:
        if len(self._files) >= self.limits.files:
            raise fault(
                "too-large",
                f"the references lead to more than {self.limits.files:,} files",
                at=at,
                hint="put what they refer to into fewer files",
            )

    def _resource(self, origin: Origin, path: str, at: Origin) -> str:
        """Give the resource that a path means, read; empty for the document itself."""
        folder = path_of(self.merged.first.name).parent
        if "\\" in path:  # Windows would ask another machine for \\\\machine\\file
            raise _unresolved(path, at, "write '/' between folders")
        try:
            base = folder.resolve()
            target = (self._folder(origin, base) / path).resolve()
            mains = {path_of(each).resolve() for each in self.merged.names()}
        except (OSError, RuntimeError, ValueError):
            raise _unresolved(path, at, "write the path of a file") from None
        if target in mains:
            return ""
        if not target.is_relative_to(base):
            raise fault(
                "reference-outside",
                f"the reference to {path!r:.200} leads out of the folder of the document",
                at=at,
                hint=f"put the file into {folder.as_posix()!r} or below it",
            )
        resource = target.relative_to(base).as_posix()
        if resource not in self._files:
            self._check_number(at)
            self._files[resource] = self._read(target, resource, path, at)
        return resource

    def _folder(self, origin: Origin, base: Path) -> Path:
        """Give the folder of the file that a node stands in."""
        if origin.resource:
            return (base / origin.resource).parent
        pointer = self.moves.former(self.root, origin.pointer)
        return path_of(self.merged.owner(pointer).parsed.name).parent.resolve()

    def _read(self, target: Path, resource: str, path: str, at: Origin) -> _File:
        name = beside(self.merged.first.name, resource)
        where = name if is_revision(name) else str(target)
        if _is_special(target):
            raise _unresolved(path, at, "check the path: this is no file")
        try:
            data = read_source(where, self.limits.size, self.repository).data
        except SpecError as error:
            reason = error.diagnostics[0].message
            hint = f"check the path: {reason}"
            raise _unresolved(path, at, hint) from None
        return _File(*parse_value(Source(name, data), self.limits))


def _is_special(path: Path) -> bool:
    """Tell whether something is there that is read otherwise than a file, as a pipe."""
    try:
        return path.exists() and not (path.is_file() or path.is_dir())
    except OSError:  # a name that is too long
        return False


def _reference(node: Node) -> str | None:
    """Give the reference that a node is, None if it is none.

    An object under `$ref` is a member of that name, as in the properties of a schema.
    """
    if not isinstance(node.value, Mapping) or "$ref" not in node.value:
        return None
    reference = node.value["$ref"]
    if isinstance(reference, Mapping):
        return None
    return node.need("$ref").text()


def _child(node: Node, token: str) -> Node | None:
    """Give the member or element of a node that a key of a pointer names."""
    if isinstance(node.value, Mapping):
        return node.get(token)
    index = array_index(token)
    elements = node.value if isinstance(node.value, list) else []
    if index is None or index >= len(elements):
        return None
    return Node(elements[index], node.origin.child(index))


def _moved(root: Node, pointer: str) -> str:
    """Name the component that a pointer of Swagger 2.0, or a wrong one, means."""
    name = tokens(pointer)[-1]
    components = root.get("components") if root.has("components") else None
    if components is None or not components.is_object:
        return ""
    for kind in components.mapping():
        each = components.need(kind)
        if each.has(name):
            return f"did you mean '#{each.origin.child(name).pointer}'?"
    return ""


def _advice(path: str, node: Node, token: str) -> str:
    """Name the member of `node` that is most like the one that is missing."""
    names = node.value if isinstance(node.value, Mapping) else ()
    alike = (each for each in names if abs(len(each) - len(token)) <= _LENGTH_APART)
    short = (each for each in alike if len(each) <= _LONGEST_NAME)
    near = difflib.get_close_matches(token, islice(short, _MOST_NAMES), 1)
    if near:
        return f"did you mean '{path}#{node.origin.child(near[0]).pointer}'?"
    where = f"'{path}#{node.origin.pointer}'"
    return f"{where} has no {token!r:.80}; add it there or correct the reference"


def _unresolved(reference: str, at: Origin, hint: str) -> SpecError:
    return fault(
        "unresolved-reference",
        f"there is nothing at {reference!r:.200}",
        at=at,
        hint=hint,
    )
