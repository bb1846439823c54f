"""YAML text to plain values.

In: a `Text` in YAML. Out: dicts, lists and scalars, by the core schema of YAML 1.2
(§ 10.3) and without its ambiguous corner: `yes`, `12:30`, `2024-01-01`, `1_000` and
`0b1` are strings, as in YAML 1.2, and so is `010`, which is eight to one parser and
ten to another. The keys of objects are strings as they are written.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode

from flexprice_codegen.diagnostics import SpecError, fault
from flexprice_codegen.spec.json_text import (
    DIGITS,
    invalid_number,
    too_deep,
    too_large,
)
from flexprice_codegen.spec.limits import Limits
from flexprice_codegen.spec.nodes import Json, WrittenFloat
from flexprice_codegen.spec.text import Text
from flexprice_codegen.spec.yaml_nodes import PLAIN, STRING, Mappings, compose, place_of

_STANDARD = "tag:yaml.org,2002:"
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER_BEGINS = frozenset("+-.0123456789")
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*(?:[eE][-+]?[0-9]+)?|"
    r"\.[0-9]+[eE][-+]?[0-9]+|[0-9]+[eE][-+]?[0-9]+)"
)
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_SCALAR_TAGS: dict[str, tuple[type, ...]] = {
    f"{_STANDARD}null": (type(None),),
    f"{_STANDARD}bool": (bool,),
    f"{_STANDARD}int": (int,),
    f"{_STANDARD}float": (float, int),
}


class _Built(NamedTuple):
    """A value, how many values it has in it, and how deep they stand."""

    value: Json
    size: int
    depth: int


def read_yaml(text: Text, limits: Limits) -> Json:
    """Read a YAML text that is one document.

    Raises:
        SpecError: what `compose` and `Mappings.members` raise, `unsupported-tag`,
            `invalid-number` or `recursive-anchor`, with its place.
    """
    return build(text, compose(text, limits), limits)


def build(text: Text, root: Node, limits: Limits) -> Json:
    """Make plain data from composed nodes; an alias gives the value of its anchor."""
    return _Builder(text, limits).build(root).value


class _Builder:
    """Builds each node once, however many aliases it has."""

    def __init__(self, text: Text, limits: Limits) -> None:
        self._text = text
        self._limits = limits
        self._mappings = Mappings(text, limits)
        self._done: dict[int, _Built | None] = {}

    def build(self, node: Node) -> _Built:
        """Build one node."""
        if isinstance(node, ScalarNode):
            return _Built(self._scalar(node), 1, 0)
        if id(node) in self._done:
            return self._again(node)
        self._check_tag(node)
        self._done[id(node)] = None
        built = (
            self._object(node) if isinstance(node, MappingNode) else self._array(node)
        )
        if built.size > self._limits.values:
            raise too_large(place_of(self._text, node), self._limits)
        if built.depth > self._limits.depth:
            raise too_deep(place_of(self._text, node), self._limits)
        self._done[id(node)] = built
        return built

    def _again(self, node: Node) -> _Built:
        """Give what an alias stands for."""
        built = self._done[id(node)]
        if built is None:
            raise fault(
                "recursive-anchor",
                "the value of this anchor has an alias of itself in it",
                at=place_of(self._text, node),
                hint="use '$ref' for a structure that contains itself",
            )
        return built

    def _object(self, node: MappingNode) -> _Built:
        value: dict[str, Json] = {}
        size, depth = 1, 0
        for key, (_, member) in self._mappings.members(node).items():
            built = self.build(member)
            value[key] = built.value
            size += built.size
            depth = max(depth, built.depth)
        return _Built(value, size, depth + 1)

    def _array(self, node: Node) -> _Built:
        elements = [self.build(each) for each in node.value]
        return _Built(
            [each.value for each in elements],
            1 + sum(each.size for each in elements),
            1 + max((each.depth for each in elements), default=0),
        )

    def _scalar(self, node: ScalarNode) -> Json:
        written: str = node.value
        if node.tag == PLAIN:
            return self._plain(node, written)
        if node.tag == STRING:
            return written
        kinds = _SCALAR_TAGS.get(node.tag)
        if kinds is None:
            raise self._unsupported(node)
        value = self._plain(node, written)
        if not isinstance(value, kinds) or (
            isinstance(value, bool) and bool not in kinds
        ):
            raise fault(
                "invalid-yaml",
                f"{written!r:.80} does not fit its tag !!{node.tag.removeprefix(_STANDARD)}",
                at=place_of(self._text, node),
                hint="correct the value or remove the tag",
            )
        is_float = float in kinds and isinstance(value, int)
        return WrittenFloat(str(value)) if is_float else value

    def _plain(self, node: ScalarNode, written: str) -> Json:
        """Resolve a scalar without quotes by the core schema (YAML 1.2, § 10.3.2)."""
        if written in _WORDS:
            return _WORDS[written]
        if written[0] not in _NUMBER_BEGINS:
            return written
        if _INTEGER.fullmatch(written) and len(written) <= DIGITS:
            return int(written, 0)
        if _FLOAT.fullmatch(written):
            number = WrittenFloat(written)
            if math.isfinite(number):
                return number
        elif not _NOT_FINITE.fullmatch(written) and not _INTEGER.fullmatch(written):
            return written
        raise SpecError(invalid_number(written, place_of(self._text, node)))

    def _check_tag(self, node: Node) -> None:
        """Refuse an object or array under a tag that makes it something else."""
        own = "map" if isinstance(node, MappingNode) else "seq"
        if node.tag not in (PLAIN, f"{_STANDARD}{own}"):
            raise self._unsupported(node)

    def _unsupported(self, node: Node) -> SpecError:
        name = node.tag.replace(_STANDARD, "!!")
        return fault(
            "unsupported-tag",
            f"the tag {name!r:.80} is not supported",
            at=place_of(self._text, node),
            hint="remove the tag; OpenAPI has only the values of JSON",
        )
