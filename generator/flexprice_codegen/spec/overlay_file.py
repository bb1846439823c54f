"""An overlay's text to its actions.

In: the `Source` of an OpenAPI Overlay (Overlay Specification 1.0 and 1.1), in YAML or
JSON. Out: its actions, with compiled queries and the place of each. A key that the
specification does not know is refused unless it begins with `x-`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from flexprice_codegen.diagnostics import Diagnostic, Level, Place, SpecError
from flexprice_codegen.spec.limits import DEFAULT_LIMITS, Limits
from flexprice_codegen.spec.nodes import Json, kind
from flexprice_codegen.spec.parse import Parsed, parse
from flexprice_codegen.spec.queries import Query, QueryError, compile_query
from flexprice_codegen.spec.sources import Source

_VERSION = re.compile(r"1\.[01](?:\.[0-9]+)?")
_VERSION_HINT = "write 'overlay: 1.0.0' or 'overlay: 1.1.0'"
_ROOT_KEYS = frozenset({"overlay", "info", "extends", "actions"})
_INFO_KEYS = frozenset({"title", "version", "description"})
_ACTION_KEYS = frozenset({"target", "description", "update", "remove", "copy"})


@dataclass(frozen=True, slots=True)
class Update:
    """Merge `value` into each selected node."""

    value: Json


@dataclass(frozen=True, slots=True)
class Copy:
    """Merge the one node that `query` selects into each selected node."""

    query: Query


@dataclass(frozen=True, slots=True)
class Remove:
    """Delete each selected node."""


Effect: TypeAlias = Update | Copy | Remove


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One correction: where, what, and whether it may find nothing."""

    at: Place
    query: Query
    effect: Effect
    optional: bool


def read_overlay(source: Source, limits: Limits = DEFAULT_LIMITS) -> tuple[Action, ...]:
    """Read the actions of an overlay, in their order.

    `extends` is not followed: the caller says which document is corrected.

    Raises:
        SpecError: what `parse` raises, or every `invalid-overlay` of the file.
    """
    parsed, *others = parse(source, limits)
    if others:
        message = "a second overlay begins here in the same page"
        hint = "give each overlay a file of its own"
        raise SpecError(_problem(others[0].locate(""), message, hint))
    reader = _Reader(parsed)
    actions = tuple(reader.actions())
    if reader.faults:
        raise SpecError(*reader.faults)
    return actions


class _Reader:
    """Reads one overlay and collects what is wrong with it."""

    def __init__(self, parsed: Parsed) -> None:
        self.faults: list[Diagnostic] = []
        self._parsed = parsed

    def actions(self) -> Iterator[Action]:
        """Give the actions that have no fault; the faults of the others are noted."""
        root = self._parsed.data
        self._check_root(root)
        actions = root.get("actions")
        if not isinstance(actions, list) or not actions:
            message = "'actions' must be a list with at least one action"
            self._fault("/actions", message, "add the actions here")
            return
        for index, action in enumerate(actions):
            read = self._action(f"/actions/{index}", action)
            if read is not None:
                yield read

    def _check_root(self, root: Mapping[str, Json]) -> None:
        version = root.get("overlay")
        written = getattr(version, "text", str(version))
        if version is None:
            message = "this is no overlay: the key 'overlay' is missing"
            self._fault("", message, _VERSION_HINT)
        elif not _VERSION.fullmatch(written):
            message = f"version {written:.40} of overlays is not supported"
            self._fault("/overlay", message, _VERSION_HINT)
        self._check_keys("", root, _ROOT_KEYS)
        info = root.get("info")
        if not isinstance(info, Mapping):
            message = "'info' must be an object with 'title' and 'version'"
            self._fault("/info", message, "add 'info' with both")
            return
        self._check_keys("/info", info, _INFO_KEYS)
        for key in ("title", "version"):
            if key not in info:
                self._fault("/info", f"{key!r} is missing in 'info'", f"add {key!r}")

    def _action(self, where: str, action: Json) -> Action | None:
        if not isinstance(action, Mapping):
            message = f"an action must be an object, not {kind(action)}"
            self._fault(where, message, "give it a 'target' and an 'update'")
            return None
        self._check_keys(where, action, _ACTION_KEYS)
        query = self._query(where, "target", action.get("target"))
        effect = self._effect(where, action)
        optional = self._flag(where, "x-optional", action)
        if query is None or effect is None:
            return None
        return Action(
            at=self._parsed.locate(where),
            query=query,
            effect=effect,
            optional=optional,
        )

    def _effect(self, where: str, action: Mapping[str, Json]) -> Effect | None:
        """Read what an action does; `remove` outdoes the others."""
        if self._flag(where, "remove", action):
            return Remove()
        match "update" in action, "copy" in action:
            case True, False:
                return Update(action["update"])
            case False, True:
                query = self._query(where, "copy", action["copy"])
                return None if query is None else Copy(query)
            case _:
                message = "an action needs one of 'update', 'remove' and 'copy'"
                self._fault(where, message, "write what is to be done with the target")
                return None

    def _query(self, where: str, key: str, written: Json) -> Query | None:
        if not isinstance(written, str):
            message = f"{key!r} must be a JSONPath query, a string"
            self._fault(f"{where}/{key}", message, "write a query such as $.info")
            return None
        try:
            return compile_query(written)
        except QueryError as error:
            message = f"{written!r:.200} is not a JSONPath query: {error}"
            self._fault(
                f"{where}/{key}", message, "see RFC 9535 for what a query may be"
            )
            return None

    def _flag(self, where: str, key: str, action: Mapping[str, Json]) -> bool:
        value = action.get(key, False)
        if not isinstance(value, bool):
            message = f"{key!r} must be true or false"
            self._fault(f"{where}/{key}", message, "write true, or leave it out")
        return value is True

    def _check_keys(
        self, where: str, value: Mapping[str, Json], known: frozenset[str]
    ) -> None:
        for key in value:
            if key not in known and not key.startswith("x-"):
                hint = f"use one of {', '.join(sorted(known))}, or a key with 'x-'"
                self._fault(
                    f"{where}/{key}", f"an overlay has no key {key!r} here", hint
                )

    def _fault(self, where: str, message: str, hint: str) -> None:
        self.faults.append(_problem(self._parsed.locate(where), message, hint))


def _problem(at: Place, message: str, hint: str) -> Diagnostic:
    return Diagnostic(
        code="invalid-overlay", level=Level.ERROR, message=message, hint=hint, at=at
    )
