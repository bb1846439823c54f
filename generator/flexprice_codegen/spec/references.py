"""The target of a `$ref`.

In: a node with a reference, the merged document, and the files next to it. Out: the
node that the reference leads to (RFC 3986 for its parts, RFC 6901 for its fragment).
Only files in or below the directory of the first document are read, and those of
allowed hosts; each once.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import field, replace
from itertools import islice
from pathlib import Path
from urllib.parse import unquote, urljoin

from flexprice_codegen.diagnostics import (
    DiagnosticError,
    FileLocation,
    Origin,
    build_error,
)
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.json_pointers import parse_array_index, split_pointer
from flexprice_codegen.spec.anchors import (
    find_in_enclosing_schema,
    find_schema_names,
    get_own_name,
)
from flexprice_codegen.spec.former_pointers import FormerPointers
from flexprice_codegen.spec.json_locator import LocateFunction
from flexprice_codegen.spec.limits import Limits
from flexprice_codegen.spec.merge import MergedDocument
from flexprice_codegen.spec.nodes import Json, Node
from flexprice_codegen.spec.parse import parse_value
from flexprice_codegen.spec.remote_address import (
    RemoteAddress,
    is_remote,
    parse_remote_address,
)
from flexprice_codegen.spec.sources import (
    Source,
    get_base_path,
    is_git_revision,
    read_source,
    resolve_sibling,
)

# A scheme (RFC 3986 §3.1), or a reference that inherits one from its base (§4.2).
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
# Caps for the suggestions in errors, because difflib is slow: its time grows with the
# product of the lengths.
_LENGTH_APART = 4
# Comparing takes the product of the lengths, for the sake of a suggestion.
_LONGEST_NAME = 100
# The same: a fraction of a second at most.
_MOST_NAMES = 300


@frozen_value
class _ReferencedFile:
    """A file that a reference led to."""

    value: Json
    locate: LocateFunction


@frozen_value
class ReferenceResolver:
    """A resolver for the references of one document.

    Attributes:
        merged: The document before its correction; it has the files of its parts.
        root: The corrected root.
        former_pointers: The JSON pointers before removals.
        limits: The limits for each file.
        repository: The directory in which git resolves `git:` revisions.
    """

    merged: MergedDocument
    root: Json
    former_pointers: FormerPointers
    limits: Limits
    repository: Path = Path()
    _files: dict[str, _ReferencedFile] = field(default_factory=dict)
    _names: dict[str, dict[str, str]] = field(default_factory=dict)
    _ends: dict[tuple[Origin, str], Node] = field(default_factory=dict)
    _targets: dict[tuple[str, str], Node] = field(default_factory=dict)
    _common_ends: dict[tuple[str, str], Node] = field(default_factory=dict)

    def resolve(self, node: Node) -> Node:
        """Follow the `$ref` of a node, and those that it leads to.

        Keywords next to the `$ref` are the caller's business.

        Args:
            node: Any node.

        Returns:
            A node without a `$ref`; `node` itself if it has none.

        Raises:
            DiagnosticError: `unresolved-reference`, `remote-reference`,
                `reference-outside` or `reference-cycle`, at the reference; or as the
                reading of another file.
        """
        reference = _get_reference(node)
        if reference is None:
            return node
        # Thousands of nodes refer to the same few schemas: their own origins are not
        # needed.
        common = (node.resource, reference)
        if common not in self._common_ends:
            end = self._follow_references(node)
            if common not in self._targets:
                return end
            self._common_ends[common] = end
        return self._common_ends[common]

    def _follow_references(self, node: Node) -> Node:
        """Return the node without a `$ref` that a node leads to; see `resolve`."""
        seen: dict[tuple[Origin, str], None] = {}

        while isinstance(reference := _get_reference(node), str):
            step = (node.origin, reference)
            if step in self._ends:
                node = self._ends[step]
                break

            if step in seen:
                raise build_error(
                    "reference-cycle",
                    f"reference {reference!r:.200} leads back to itself",
                    at=node.origin.get_child("$ref"),
                    hint="reference an object that is not only a `$ref`",
                )

            seen[step] = None
            target = self._targets.get((node.origin.resource, reference))
            if target is None:
                at = node.origin.get_child("$ref")
                target = self._follow_reference(node.origin, reference, at)
            node = target

        # Every node on the way has the same target, so a chain is followed only once.
        self._ends.update(dict.fromkeys(seen, node))
        return node

    def locate(self, origin: Origin) -> FileLocation:
        """Return the location of a node of the document, or of a file it refers to."""
        if not origin.resource:
            return self.merged.locate(
                self.former_pointers.get_former_pointer(self.root, origin.pointer)
            )
        return self._files[origin.resource].locate(origin.pointer)

    def list_files(self) -> tuple[str, ...]:
        """Return the names of the files that were read, except the document's own."""
        name = self.merged.first.name
        return tuple(
            resolve_sibling(name, each) for each in self._files if not is_remote(each)
        )

    def has_remote_files(self) -> bool:
        """Return whether a file of another host was read; it can change at any time."""
        return any(map(is_remote, self._files))

    def _follow_reference(self, origin: Origin, reference: str, at: Origin) -> Node:
        """Return the node that a reference at `origin` leads to, in one step."""
        path, _, fragment = reference.partition("#")
        resource = origin.resource
        value = self.root
        # An `$id` takes precedence over a file (JSON Schema 2020-12 core §8.2.1).
        base = self._find_named_schema(resource, path) if path else None
        if base is not None:
            path = ""
        elif path and (_SCHEME.match(path) or is_remote(resource)):
            resource = self._load_remote_resource(urljoin(resource, path), at)
        elif path:
            resource = self._load_resource(origin, unquote(path), at)

        if resource:
            value = self._files[resource].value

        root = Node(value, Origin(resource, ""))
        found = base or root
        pointer = unquote(fragment)

        if pointer and not pointer.startswith("/"):
            anchored = self._find_named_schema(resource, f"#{pointer}")
            if anchored is None:
                hint = "use a JSON pointer, which starts with '#/', or an `$anchor`"
                raise _build_unresolved_error(reference, at, hint)
            return anchored

        for token in split_pointer(pointer):
            child = _get_child(found, token)
            if child is None:
                nearest = (
                    None
                    if path
                    else find_in_enclosing_schema(root, origin.pointer, pointer)
                )
                if nearest is not None:
                    return nearest
                hint = _suggest_component(root, pointer) or _suggest_member(
                    path, found, token
                )
                raise _build_unresolved_error(reference, at, hint)
            found = child

        if not path and base is None:
            # Inside a resource it leads there from everywhere, and thousands of nodes
            # refer to the same few schemas.
            self._targets[resource, reference] = found
        return found

    def _find_named_schema(self, resource: str, name: str) -> Node | None:
        """Return the schema that declares this `$id`, or this anchor after `#`."""
        value = self._files[resource].value if resource else self.root
        if resource not in self._names:
            self._names[resource] = find_schema_names(value)
        names = self._names[resource]
        pointer = names.get(name, names.get(urljoin(get_own_name(value), name)))
        if pointer is None:
            return None

        found = Node(value, Origin(resource, ""))
        for token in split_pointer(pointer):
            child = _get_child(found, token)
            assert child is not None
            found = child
        return found

    def _load_remote_resource(self, address: str, at: Origin) -> str:
        """Return the resource of a URL, after fetching it if necessary."""
        try:
            target = parse_remote_address(address, self.limits.hosts)
            if target.address not in self._files:
                self._check_file_count(at)
                source = Source(target.address, self._fetch_file(target))
                self._files[target.address] = _ReferencedFile(
                    *parse_value(source, self.limits)
                )
        except DiagnosticError as error:
            # The fetch knows no location in the document, so its errors get that of the
            # reference.
            placed = (
                each if each.location else replace(each, location=at)
                for each in error.diagnostics
            )
            raise type(error)(*placed) from None
        return target.address

    def _fetch_file(self, target: RemoteAddress) -> bytes:
        """Return the bytes of a file on another host."""
        # Loads sockets and TLS, which most documents do not need.
        from flexprice_codegen.spec.remote_fetch import Fetcher

        return Fetcher(self.limits).fetch_file(target)

    def _check_file_count(self, at: Origin) -> None:
        if len(self._files) >= self.limits.files:
            raise build_error(
                "too-large",
                f"the references lead to more than {self.limits.files:,} files",
                at=at,
                hint="use fewer files",
            )

    def _load_resource(self, origin: Origin, path: str, at: Origin) -> str:
        """Return the resource of a path, after reading it; empty for the document."""
        folder = get_base_path(self.merged.first.name).parent
        # On Windows, `\\machine\file` would open a connection to another machine.
        if "\\" in path:
            raise _build_unresolved_error(path, at, "use '/' between directories")

        try:
            base = folder.resolve()
            target = (self._get_directory(origin, base) / path).resolve()
            mains = {
                get_base_path(each).resolve() for each in self.merged.list_file_names()
            }
        except (OSError, RuntimeError, ValueError):
            raise _build_unresolved_error(path, at, "use the path of a file") from None

        if target in mains:
            return ""

        # A document must not read arbitrary files, such as `../../.ssh/config`.
        if not target.is_relative_to(base):
            raise build_error(
                "reference-outside",
                f"reference {path!r:.200} points outside the document's directory",
                at=at,
                hint="move the file into the document's directory or below it",
            )

        resource = target.relative_to(base).as_posix()
        if resource not in self._files:
            self._check_file_count(at)
            self._files[resource] = self._read_file(target, resource, path, at)
        return resource

    def _get_directory(self, origin: Origin, base: Path) -> Path:
        """Return the directory of the file that holds a node."""
        if origin.resource:
            return (base / origin.resource).parent
        pointer = self.former_pointers.get_former_pointer(self.root, origin.pointer)
        return get_base_path(
            self.merged.get_part_source(pointer).parsed.name
        ).parent.resolve()

    def _read_file(
        self, target: Path, resource: str, path: str, at: Origin
    ) -> _ReferencedFile:
        name = resolve_sibling(self.merged.first.name, resource)
        where = name if is_git_revision(name) else str(target)
        if _is_special(target):
            raise _build_unresolved_error(path, at, "check the path: it is not a file")

        try:
            data = read_source(where, self.limits.size, self.repository).data
        except DiagnosticError as error:
            reason = error.diagnostics[0].message
            hint = f"check the path: {reason}"
            raise _build_unresolved_error(path, at, hint) from None
        return _ReferencedFile(*parse_value(Source(name, data), self.limits))


def _is_special(path: Path) -> bool:
    """Return whether a path is neither a file nor a directory, such as a pipe."""
    try:
        return path.exists() and not (path.is_file() or path.is_dir())
    # The system raises it for a name that is too long.
    except OSError:
        return False


def _get_reference(node: Node) -> str | None:
    """Return the reference of a node, or None if it has none.

    An object under `$ref` is a property of that name, as in the properties of a schema.
    """
    if not isinstance(node.value, dict) or "$ref" not in node.value:
        return None
    reference = node.value["$ref"]
    if isinstance(reference, str):
        return reference
    if isinstance(reference, Mapping):
        return None
    return node.get_required("$ref").read_string()


def _get_child(node: Node, token: str) -> Node | None:
    """Return the property or element of a node that a key of a JSON pointer names."""
    if isinstance(node.value, dict):
        return node.get(token)
    index = parse_array_index(token)
    elements = node.value if isinstance(node.value, list) else []
    if index is None or index >= len(elements):
        return None
    return Node(elements[index], node.origin.get_child(index))


def _suggest_component(root: Node, pointer: str) -> str:
    """Return a suggestion for a JSON pointer of Swagger 2.0, or an empty string.

    Swagger 2.0 has `#/definitions/NAME` for `#/components/schemas/NAME`.
    """
    name = split_pointer(pointer)[-1]
    components = root.get("components") if root.has("components") else None
    if components is None or not components.is_object:
        return ""
    for kind in components.read_mapping():
        each = components.get_required(kind)
        if each.has(name):
            return f"did you mean '#{each.origin.get_child(name).pointer}'?"
    return ""


def _suggest_member(path: str, node: Node, token: str) -> str:
    """Return a suggestion: the property of `node` that is most similar to `token`."""
    names = node.value if isinstance(node.value, Mapping) else ()
    alike = (each for each in names if abs(len(each) - len(token)) <= _LENGTH_APART)
    short = (each for each in alike if len(each) <= _LONGEST_NAME)
    near = difflib.get_close_matches(token, islice(short, _MOST_NAMES), 1)
    if near:
        return f"did you mean '{path}#{node.origin.get_child(near[0]).pointer}'?"
    where = f"'{path}#{node.origin.pointer}'"
    return f"{where} has no {token!r:.80}; add it, or correct the reference"


def _build_unresolved_error(reference: str, at: Origin, hint: str) -> DiagnosticError:
    return build_error(
        "unresolved-reference",
        f"cannot resolve reference {reference!r:.200}",
        at=at,
        hint=hint,
    )
