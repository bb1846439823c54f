"""YAML text to plain values.

In: a `SourceText` in YAML. Out: dicts, lists and scalars, by the core schema of YAML
1.2 (§10.3) without its ambiguous values: `yes`, `12:30`, `2024-01-01`, `1_000` and
`0b1` are strings, as in YAML 1.2, and so is `010`, which is eight to one parser and ten
to another. The keys of objects are strings as they are written.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode

from flexprice_codegen.diagnostics import DiagnosticError, build_error
from flexprice_codegen.spec.json_text import (
    MAX_DIGITS,
    build_invalid_number_diagnostic,
    build_too_deep_error,
    build_too_large_error,
)
from flexprice_codegen.spec.limits import Limits
from flexprice_codegen.spec.nodes import Json, WrittenFloat
from flexprice_codegen.spec.source_text import SourceText
from flexprice_codegen.spec.yaml_nodes import (
    PLAIN_TAG,
    STRING_TAG,
    MappingEntries,
    compose_yaml,
    get_node_location,
)

_STANDARD = "tag:yaml.org,2002:"
# The scalars of YAML 1.2 §10.3.2 that are neither numbers nor strings.
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# Most scalars are words, for which one letter decides.
_NUMBER_BEGINS = frozenset("+-.0123456789")
# Without a leading zero, unlike the core schema: `010` is ambiguous.
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)|0o[0-7]+|0x[0-9a-fA-F]+")
# As in YAML 1.2 §10.3.2, with a dot or an exponent; without either it is an integer.
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*(?:[eE][-+]?[0-9]+)?|"
    r"\.[0-9]+[eE][-+]?[0-9]+|[0-9]+[eE][-+]?[0-9]+)"
)
# YAML 1.2 has infinities and NaN, which no JSON value can be.
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_SCALAR_TAGS: dict[str, tuple[type, ...]] = {
    f"{_STANDARD}null": (type(None),),
    f"{_STANDARD}bool": (bool,),
    f"{_STANDARD}int": (int,),
    f"{_STANDARD}float": (float, int),
}


class _BuiltValue(NamedTuple):
    """A value, the number of values in it, and how many levels they are nested."""

    value: Json
    size: int
    depth: int


def read_yaml(text: SourceText, limits: Limits) -> Json:
    """Parse a YAML text with one document.

    Raises:
        DiagnosticError: As `compose_yaml` and `MappingEntries.get_entries`; also
            `unsupported-tag`, `invalid-number` or `recursive-anchor`, with its
            location.
    """
    return build_value(text, compose_yaml(text, limits), limits)


def build_value(text: SourceText, root: Node, limits: Limits) -> Json:
    """Build plain data from composed nodes; an alias becomes the value of its anchor.

    Args:
        text: The text, for locations.
        root: A node of `compose_yaml`.
        limits: The maximum depth and number of values, aliases expanded.

    Raises:
        DiagnosticError: As `read_yaml`.
    """
    return _ValueBuilder(text, limits).build_node(root).value


class _ValueBuilder:
    """A builder that builds each node once, however many aliases it has."""

    def __init__(self, text: SourceText, limits: Limits) -> None:
        self._text = text
        self._limits = limits
        self._mappings = MappingEntries(text, limits)
        self._done: dict[int, _BuiltValue | None] = {}

    def build_node(self, node: Node) -> _BuiltValue:
        """Return the value of one node, with its size and depth."""
        if isinstance(node, ScalarNode):
            return _BuiltValue(self._build_scalar(node), 1, 0)
        if id(node) in self._done:
            return self._reuse_value(node)
        self._check_tag(node)
        # None marks a node in progress; an alias inside it is recursive.
        self._done[id(node)] = None

        built = (
            self._build_object(node)
            if isinstance(node, MappingNode)
            else self._build_array(node)
        )

        # Aliases count in full: nested ones grow exponentially ("billion laughs").
        if built.size > self._limits.values:
            raise build_too_large_error(
                get_node_location(self._text, node), self._limits
            )
        if built.depth > self._limits.depth:
            raise build_too_deep_error(
                get_node_location(self._text, node), self._limits
            )

        self._done[id(node)] = built
        return built

    def _reuse_value(self, node: Node) -> _BuiltValue:
        """Return the value of an alias."""
        built = self._done[id(node)]
        if built is None:
            raise build_error(
                "recursive-anchor",
                "YAML anchor contains an alias of itself",
                at=get_node_location(self._text, node),
                hint="use `$ref` for a recursive structure",
            )
        return built

    def _build_object(self, node: MappingNode) -> _BuiltValue:
        value: dict[str, Json] = {}
        size = 1
        depth = 0

        for key, (_, member) in self._mappings.get_entries(node).items():
            built = self.build_node(member)
            value[key] = built.value
            size += built.size
            depth = max(depth, built.depth)
        return _BuiltValue(value, size, depth + 1)

    def _build_array(self, node: Node) -> _BuiltValue:
        elements = [self.build_node(each) for each in node.value]
        return _BuiltValue(
            [each.value for each in elements],
            1 + sum(each.size for each in elements),
            1 + max((each.depth for each in elements), default=0),
        )

    def _build_scalar(self, node: ScalarNode) -> Json:
        written: str = node.value
        if node.tag == PLAIN_TAG:
            return self._resolve_plain(node, written)
        if node.tag == STRING_TAG:
            return written

        kinds = _SCALAR_TAGS.get(node.tag)
        if kinds is None:
            raise self._build_tag_error(node)
        value = self._resolve_plain(node, written)

        if not isinstance(value, kinds) or (
            isinstance(value, bool) and bool not in kinds
        ):
            raise build_error(
                "invalid-yaml",
                f"invalid value {written!r:.80} for tag !!{node.tag.removeprefix(_STANDARD)}",
                at=get_node_location(self._text, node),
                hint="correct the value, or remove the tag",
            )
        # `!!float 1` is a float, although its text is that of an integer.
        is_float = float in kinds and isinstance(value, int)
        return WrittenFloat(str(value)) if is_float else value

    def _resolve_plain(self, node: ScalarNode, written: str) -> Json:
        """Resolve a scalar without quotes by the core schema (YAML 1.2 §10.3.2)."""
        if written in _WORDS:
            return _WORDS[written]
        if written[0] not in _NUMBER_BEGINS:
            return written
        # Longer integers exceed the digits that Python converts.
        if _INTEGER.fullmatch(written) and len(written) <= MAX_DIGITS:
            return int(written, 0)
        if _FLOAT.fullmatch(written):
            number = WrittenFloat(written)
            if math.isfinite(number):
                return number
        elif not _NOT_FINITE.fullmatch(written) and not _INTEGER.fullmatch(written):
            return written

        raise DiagnosticError(
            build_invalid_number_diagnostic(
                written, get_node_location(self._text, node)
            )
        )

    def _check_tag(self, node: Node) -> None:
        """Raise an error for an object or array with a tag of another type."""
        own = "map" if isinstance(node, MappingNode) else "seq"
        if node.tag not in (PLAIN_TAG, f"{_STANDARD}{own}"):
            raise self._build_tag_error(node)

    def _build_tag_error(self, node: Node) -> DiagnosticError:
        name = node.tag.replace(_STANDARD, "!!")
        return build_error(
            "unsupported-tag",
            f"tag {name!r:.80} is not supported",
            at=get_node_location(self._text, node),
            hint="remove the tag; OpenAPI only has JSON values",
        )
