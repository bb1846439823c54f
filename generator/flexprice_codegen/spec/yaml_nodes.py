"""YAML text to nodes that know their places.

In: a `Text` in YAML. Out: PyYAML's nodes, and the members of a mapping with its merge
keys applied. libyaml reads the text where PyYAML was built with it; the loader in
pure Python gives the same nodes. No constructor of PyYAML runs, so no tag can make
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
    CParser = object  # type: ignore[misc,assignment]  # stands in as a base
    _HAS_LIBYAML = False
else:
    _HAS_LIBYAML = True

from flexprice_codegen.diagnostics import Place, SpecError, fault
from flexprice_codegen.spec.json_text import duplicate_key, too_deep, too_large
from flexprice_codegen.spec.limits import Limits
from flexprice_codegen.spec.text import Text
from flexprice_codegen.spec.yaml_faults import yaml_fault
from flexprice_codegen.spec.yaml_special import hide_special, restore_special

STRING = "tag:yaml.org,2002:str"
PLAIN = ""
"""The tag of a node whose text or kind says what it is."""

Member: TypeAlias = tuple[ScalarNode, Node]

# What YAML 1.2 takes for no printable character (production c-printable, § 5.1).
_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)


_BAD_ESCAPE = "found an escape that names no character"


class _TooDeepError(Exception):
    """A node stands deeper than the limits allow."""


class _TooLargeError(Exception):
    """The text has more nodes than the limits allow."""


class _Shape:
    """What a composer asks of its resolver: a tag for each node, and the bounds."""

    limits = Limits()
    depth = 0
    count = 0
    deepest: Node | None = None

    def resolve(
        self, kind: type[Node], _value: object, implicit: tuple[bool, bool]
    ) -> str:
        """Give the tag of a node that has none: only a quoted scalar has one."""
        return STRING if kind is ScalarNode and not implicit[0] else PLAIN

    def descend_resolver(self, parent: Node | None, _index: object) -> None:
        """Go into a node."""
        self.depth += 1
        self.count += 1
        if self.depth > self.limits.depth + 1:
            self.deepest = parent
            raise _TooDeepError
        if self.count > self.limits.values:
            raise _TooLargeError

    def ascend_resolver(self) -> None:
        """Come out of a node."""
        self.depth -= 1


class PureLoader(_Shape, Reader, Scanner, Parser, Composer):
    """The composer in pure Python."""

    def __init__(self, body: str) -> None:
        Reader.__init__(self, body)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)

    def get_single_node(self) -> Node | None:
        """Compose the document; an escape that names no character is a fault.

        libyaml looks at escapes as it reads them, PyYAML leaves that to `chr`.
        """
        try:
            return super().get_single_node()
        except ValueError:
            raise MarkedYAMLError(None, None, _BAD_ESCAPE, self.get_mark()) from None

    def compose_scalar_node(self, anchor: dict[Any, Node]) -> ScalarNode:
        """Compose a scalar; half of a surrogate pair is a fault, as to libyaml."""
        node = super().compose_scalar_node(anchor)
        try:
            node.value.encode()
        except UnicodeEncodeError:
            mark = node.start_mark
            raise MarkedYAMLError(None, None, _BAD_ESCAPE, mark) from None
        return node


# Without libyaml the base is `object`, and the class is never used.
class FastLoader(_Shape, CParser):  # pyright: ignore[reportGeneralTypeIssues]
    """The composer over libyaml."""


_DEEPEST = "maximum nesting depth"
"""How libyaml, from 0.2.6 on, says that it stops before our own bound is reached."""

LOADERS: tuple[Callable[[str], FastLoader | PureLoader], ...] = (
    (FastLoader, PureLoader) if _HAS_LIBYAML else (PureLoader,)
)
"""The loaders that work here, the one that is used first."""


def compose(
    text: Text,
    limits: Limits,
    loader: Callable[[str], FastLoader | PureLoader] = LOADERS[0],
) -> Node:
    """Read the one document of a YAML text (YAML 1.2, § 9).

    Raises:
        SpecError: `invalid-yaml`, `truncated`, `several-documents`, `empty-document`,
            `invalid-character`, `too-deep` or `too-large`, with its place.
    """
    strange = _UNPRINTABLE.search(text.body)
    if strange:
        raise fault(
            "invalid-character",
            f"the character U+{ord(strange[0]):04X} is not allowed in YAML",
            at=text.place(strange.start()),
            hint='remove it, or write it as an escape inside "..."',
        )
    body, table = hide_special(text.body)
    composer = loader(body)
    composer.limits = limits
    try:
        node = composer.get_single_node()
    except MarkedYAMLError as error:
        if error.problem_mark and _DEEPEST in str(error.problem):
            at = text.place(min(error.problem_mark.index, len(text.body)))
            raise too_deep(at, limits) from None
        raise yaml_fault(text, error) from None
    except _TooLargeError:
        raise too_large(text.place(0), limits) from None
    except _TooDeepError:
        at = place_of(text, composer.deepest) if composer.deepest else text.place(0)
        raise too_deep(at, limits) from None
    if node is None or (node.tag == PLAIN and node.value == ""):
        raise fault(
            "empty-document",
            "the document is empty",
            at=text.place(0),
            hint="give an OpenAPI document",
        )
    if table:
        restore_special(node, table)
    return node


def place_of(text: Text, node: Node) -> Place:
    """Give the place where a node begins."""
    return text.place(node.start_mark.index)


class Mappings:
    """The members of mappings, each worked out once.

    Two members with one key are refused; the members that `<<` merges in come first
    and yield to the mapping's own (https://yaml.org/type/merge.html).
    """

    def __init__(self, text: Text, limits: Limits) -> None:
        self._text = text
        self._limits = limits
        self._known: dict[int, dict[str, Member]] = {}
        self._merged = 0

    def members(self, node: MappingNode, depth: int = 0) -> dict[str, Member]:
        """Give the members of a mapping under their keys as they are written.

        Raises:
            SpecError: `duplicate-key`, `invalid-key`, `invalid-merge`, `too-deep` or
                `too-large`, with its place.
        """
        if id(node) not in self._known:
            if depth > self._limits.depth:
                raise too_deep(place_of(self._text, node), self._limits)
            own, merges = self._own(node)
            merged: dict[str, Member] = {}
            for each in merges:
                for key, member in self._merge(each, depth):
                    merged.setdefault(key, member)
            self._known[id(node)] = merged | own if merges else own
        return self._known[id(node)]

    def _own(self, node: MappingNode) -> tuple[dict[str, Member], list[Member]]:
        """Give the members that stand in the mapping, and what it merges in."""
        own: dict[str, Member] = {}
        merges: list[Member] = []
        for key, value in node.value:
            name = self._key(key)
            first = own.get(name)
            if first is not None:
                places = place_of(self._text, first[0]), place_of(self._text, key)
                raise SpecError(duplicate_key(name, *places))
            own[name] = (key, value)
            if name == "<<" and key.tag == PLAIN:
                merges.append((key, value))
        if merges:
            del own["<<"]
        return own, merges

    def _key(self, key: Node) -> str:
        if isinstance(key, ScalarNode):
            return str(key.value)
        raise fault(
            "invalid-key",
            "the key of an object is an object or an array",
            at=place_of(self._text, key),
            hint="write a string here; quote it if it begins with '{' or '['",
        )

    def _merge(self, merge: Member, depth: int) -> Iterator[tuple[str, Member]]:
        """Give the members of the mapping, or mappings, that `<<` names."""
        key, value = merge
        sources = value.value if isinstance(value, SequenceNode) else [value]
        for source in sources:
            if not isinstance(source, MappingNode):
                raise fault(
                    "invalid-merge",
                    "'<<' merges something that is not an object",
                    at=place_of(self._text, key),
                    hint="give the alias of an object, or a list of such aliases",
                )
            members = self.members(source, depth + 1)
            self._merged += len(members)
            if self._merged > self._limits.values:
                raise too_large(place_of(self._text, key), self._limits)
            yield from members.items()
