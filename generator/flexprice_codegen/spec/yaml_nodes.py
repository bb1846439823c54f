"""YAML text to nodes with locations.

In: a `SourceText` in YAML. Out: PyYAML's nodes, and the entries of a mapping with its
merge keys applied. libyaml parses the text if PyYAML was built with it; the loader in
pure Python returns the same nodes. No constructor of PyYAML runs, so no tag can create
anything but a plain value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from yaml.composer import Composer
from yaml.error import MarkedYAMLError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

try:
    from yaml._yaml import CParser
except ImportError:  # this PyYAML was built without libyaml
    CParser = object  # type: ignore[misc,assignment]  # a substitute base class
    _HAS_LIBYAML = False
else:
    _HAS_LIBYAML = True

from flexprice_codegen.diagnostics import DiagnosticError, FileLocation, build_error
from flexprice_codegen.spec.json_text import (
    build_duplicate_key_diagnostic,
    build_too_deep_error,
    build_too_large_error,
)
from flexprice_codegen.spec.limits import Limits
from flexprice_codegen.spec.source_text import SourceText
from flexprice_codegen.spec.yaml_errors import build_yaml_error
from flexprice_codegen.spec.yaml_special import hide_special, restore_special

STRING_TAG = "tag:yaml.org,2002:str"
PLAIN_TAG = ""
"""The tag of a node whose text or kind decides its type."""

MappingEntry: TypeAlias = tuple[ScalarNode, Node]

# Characters that are not printable in YAML 1.2 (production c-printable, §5.1).
_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)


_BAD_ESCAPE = "found an escape that names no character"


class _TooDeepError(Exception):
    """A node is nested deeper than the limits allow."""


class _TooLargeError(Exception):
    """The text has more nodes than the limits allow."""


class _LimitedResolver:
    """The resolver interface of a composer, with a tag for each node and the limits."""

    limits = Limits()
    depth = 0
    count = 0
    deepest: Node | None = None

    def resolve(
        self, kind: type[Node], _value: object, implicit: tuple[bool, bool]
    ) -> str:
        """Return the tag of an untagged node: the string tag for a quoted scalar."""
        # `implicit[0]` is whether the scalar is plain, that is, without quotes.
        return STRING_TAG if kind is ScalarNode and not implicit[0] else PLAIN_TAG

    def descend_resolver(self, parent: Node | None, _index: object) -> None:
        """Enter a node, and check the limits."""
        self.depth += 1
        self.count += 1
        # A scalar counts as a level here, but not in `Limits.depth`.
        if self.depth > self.limits.depth + 1:
            self.deepest = parent
            raise _TooDeepError
        if self.count > self.limits.values:
            raise _TooLargeError

    def ascend_resolver(self) -> None:
        """Leave a node."""
        self.depth -= 1


class PureLoader(_LimitedResolver, Reader, Scanner, Parser, Composer):
    """The composer in pure Python."""

    def __init__(self, body: str) -> None:
        Reader.__init__(self, body)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)

    def get_single_node(self) -> Node | None:
        """Compose the document; an escape that names no character is an error.

        libyaml checks escapes while it reads them; PyYAML leaves that to `chr`.
        """
        try:
            return super().get_single_node()
        except ValueError:
            raise MarkedYAMLError(None, None, _BAD_ESCAPE, self.get_mark()) from None

    def compose_scalar_node(self, anchor: dict[Any, Node]) -> ScalarNode:
        """Compose a scalar; half of a surrogate pair is an error, as in libyaml."""
        node = super().compose_scalar_node(anchor)
        try:
            node.value.encode()
        except UnicodeEncodeError:
            mark = node.start_mark
            raise MarkedYAMLError(None, None, _BAD_ESCAPE, mark) from None
        return node


# Without libyaml the base is `object`, and the class is never used.
class FastLoader(_LimitedResolver, CParser):  # pyright: ignore[reportGeneralTypeIssues]
    """The composer based on libyaml."""


_DEEPEST = "maximum nesting depth"
"""Part of the message of libyaml, from 0.2.6 on, at its own maximum depth.

A text can reach it before `Limits.depth`.
"""

LOADERS: tuple[Callable[[str], FastLoader | PureLoader], ...] = (
    (FastLoader, PureLoader) if _HAS_LIBYAML else (PureLoader,)
)
"""The available loaders, the default first."""


def _check_characters(text: SourceText) -> None:
    """Raise an error for a character that YAML does not allow (YAML 1.2 §5.1)."""
    strange = _UNPRINTABLE.search(text.body)
    if strange:
        raise build_error(
            "invalid-character",
            f"character U+{ord(strange[0]):04X} is not allowed in YAML",
            at=text.get_location(strange.start()),
            hint='remove the character, or use an escape inside "..."',
        )


def compose_yaml(
    text: SourceText,
    limits: Limits,
    loader: Callable[[str], FastLoader | PureLoader] = LOADERS[0],
) -> Node:
    """Compose the one document of a YAML text (YAML 1.2 §9).

    Args:
        text: The entire text.
        limits: The maximum depth and number of nodes.
        loader: The loader to use.

    Returns:
        The root node; scalars keep their text, and an alias is the node of its anchor.

    Raises:
        DiagnosticError: `invalid-yaml`, `truncated`, `several-documents`,
            `empty-document`, `invalid-character`, `too-deep` or `too-large`, with its
            location.
    """
    _check_characters(text)
    body, table = hide_special(text.body)
    composer = loader(body)
    composer.limits = limits

    try:
        node = composer.get_single_node()
    except MarkedYAMLError as error:
        if error.problem_mark and _DEEPEST in str(error.problem):
            # The mark of libyaml can be past the end of the body.
            at = text.get_location(min(error.problem_mark.index, len(text.body)))
            raise build_too_deep_error(at, limits) from None
        raise build_yaml_error(text, error) from None
    except _TooLargeError:
        raise build_too_large_error(text.get_location(0), limits) from None
    except _TooDeepError:
        at = (
            get_node_location(text, composer.deepest)
            if composer.deepest
            else text.get_location(0)
        )
        raise build_too_deep_error(at, limits) from None

    if node is None or (node.tag == PLAIN_TAG and node.value == ""):
        raise build_error(
            "empty-document",
            "the document is empty",
            at=text.get_location(0),
            hint="pass an OpenAPI document",
        )

    if table:
        restore_special(node, table)
    return node


def get_node_location(text: SourceText, node: Node) -> FileLocation:
    """Return the location at which a node begins."""
    return text.get_location(node.start_mark.index)


class MappingEntries:
    """The entries of mappings, each computed once.

    Duplicate keys are an error. The mapping's own entries take precedence over those
    that `<<` merges in (https://yaml.org/type/merge.html).
    """

    def __init__(self, text: SourceText, limits: Limits) -> None:
        self._text = text
        self._limits = limits
        self._known: dict[int, dict[str, MappingEntry]] = {}
        self._merged = 0

    def get_entries(self, node: MappingNode, depth: int = 0) -> dict[str, MappingEntry]:
        """Return the entries of a mapping by key, with merge keys applied.

        Args:
            node: A mapping of the text.
            depth: How many merges lead to it.

        Raises:
            DiagnosticError: `duplicate-key`, `invalid-key`, `invalid-merge`, `too-deep`
                or `too-large`, with its location.
        """
        if id(node) not in self._known:
            if depth > self._limits.depth:
                raise build_too_deep_error(
                    get_node_location(self._text, node), self._limits
                )

            own, merges = self._split_own_and_merged(node)
            merged: dict[str, MappingEntry] = {}
            for each in merges:
                for key, member in self._iter_merged(each, depth):
                    merged.setdefault(key, member)

            self._known[id(node)] = merged | own if merges else own
        return self._known[id(node)]

    def _split_own_and_merged(
        self, node: MappingNode
    ) -> tuple[dict[str, MappingEntry], list[MappingEntry]]:
        """Return the mapping's own entries, and its merge keys."""
        own: dict[str, MappingEntry] = {}
        merges: list[MappingEntry] = []
        for key, value in node.value:
            name = self._read_key(key)
            first = own.get(name)
            if first is not None:
                places = get_node_location(self._text, first[0]), get_node_location(
                    self._text, key
                )
                raise DiagnosticError(build_duplicate_key_diagnostic(name, *places))

            own[name] = (key, value)
            if name == "<<" and key.tag == PLAIN_TAG:
                merges.append((key, value))

        if merges:
            del own["<<"]
        return own, merges

    def _read_key(self, key: Node) -> str:
        if isinstance(key, ScalarNode):
            return str(key.value)
        raise build_error(
            "invalid-key",
            "expected a string as key, got an object or an array",
            at=get_node_location(self._text, key),
            hint="use a string; quote it if it starts with '{' or '['",
        )

    def _iter_merged(
        self, merge: MappingEntry, depth: int
    ) -> Iterator[tuple[str, MappingEntry]]:
        """Yield the entries of the mapping, or mappings, that `<<` names."""
        key, value = merge
        sources = value.value if isinstance(value, SequenceNode) else [value]
        for source in sources:
            if not isinstance(source, MappingNode):
                raise build_error(
                    "invalid-merge",
                    "expected an object to merge with `<<`",
                    at=get_node_location(self._text, key),
                    hint="use the alias of an object, or a list of such aliases",
                )

            members = self.get_entries(source, depth + 1)
            # Merges of merges can grow exponentially, so their entries count as well.
            self._merged += len(members)
            if self._merged > self._limits.values:
                raise build_too_large_error(
                    get_node_location(self._text, key), self._limits
                )
            yield from members.items()
