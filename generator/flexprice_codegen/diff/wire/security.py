"""Security: what an operation asks for, and the schemes themselves.

In: both `Api`s. Out: edits. A list of requirements holds alternatives: one that is added
to others is an offer, one that is removed breaks whoever uses it.

Source: OpenAPI 3.0.3 §4.7.27 (Security Scheme), §4.7.30 (Security Requirement).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from flexprice_codegen.api.model import (
    ApiOperation,
    DeclaredScheme,
    SecurityRequirements,
)
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.diff.rules.rule_key import Change, Concept, RuleKey
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.diff.wire.diff_state import DiffState
from flexprice_codegen.diff.wire.edits import Edit, EditLocation, classify_presence
from flexprice_codegen.frozen_values import frozen_value

_ROOT = Origin("", "")
_Schemes: TypeAlias = tuple[str, ...]
"""The names of the schemes that one alternative asks for together, sorted."""
_Alternatives: TypeAlias = Mapping[_Schemes, Mapping[str, tuple[str, ...]]]
"""Per alternative the scopes of each of its schemes."""

_FREE = "Callers no longer need credentials."
_OFFERED = "Callers can still use another scheme."
_FIELDS: Mapping[str, Concept] = {
    "authorizationUrl": "oauth-url",
    "tokenUrl": "oauth-token-url",
    "bearerFormat": "bearer-format",
}
"""Fields of schemes that have a rule of their own."""


@frozen_value
class _Subject:
    """What has a list of requirements: the document, or an operation."""

    node: int
    kind: Literal["security", "global-security"]
    location: EditLocation


def compare_document_security(state: DiffState) -> None:
    """Compare what holds for all operations that do not say otherwise."""
    location = EditLocation("security", "security", _ROOT, _ROOT)
    subject = _Subject(
        state.get_shared_node("security"),
        "global-security",
        location.locate_keyword("security"),
    )
    _compare_requirements(
        state, state.old.security_requirements, state.new.security_requirements, subject
    )


def compare_operation_security(
    state: DiffState, old: ApiOperation, new: ApiOperation, node: int
) -> None:
    """Compare what an operation says itself; else it shares what the document says."""
    after = (
        state.new.security_requirements
        if new.security_requirements is None
        else new.security_requirements
    )
    for alternative in after:
        for scheme, _ in alternative:
            state.add_shared_edge(node, f"scheme {scheme}")
    if old.security_requirements is None and new.security_requirements is None:
        state.add_shared_edge(node, "security")
        return

    before = (
        state.old.security_requirements
        if old.security_requirements is None
        else old.security_requirements
    )
    location = EditLocation(
        f"{new.key} security", new.key, old.about.origin, new.about.origin
    )
    subject = _Subject(node, "security", location.locate_keyword("security"))
    _compare_requirements(state, before, after, subject)


def _index_alternatives(demands: SecurityRequirements) -> _Alternatives:
    return {
        tuple(sorted(name for name, _ in alternative)): dict(alternative)
        for alternative in demands
    }


def _compare_requirements(
    state: DiffState,
    old: SecurityRequirements,
    new: SecurityRequirements,
    subject: _Subject,
) -> None:
    before = _index_alternatives(old)
    after = _index_alternatives(new)
    # No list asks for nothing, and neither does `{}` among the alternatives.
    was_free = not before or () in before
    is_free = not after or () in after
    removed = [schemes for schemes in before if schemes and schemes not in after]
    added = [schemes for schemes in after if schemes and schemes not in before]
    # What one could do without has to be given now, or need not be given any more,
    # though it is named in both versions.
    if was_free and not is_free and not added:
        added = list(after)
    if is_free and not was_free and not removed:
        removed = list(before)

    for schemes in removed:
        why = _FREE if is_free else ""
        _add_requirement_edit(state, subject, "removed", schemes, why)
    # Whoever has nothing that is still accepted needs what came.
    is_offer = is_free or (not was_free and not before.keys().isdisjoint(after))
    for schemes in added:
        why = _OFFERED if is_offer else ""
        _add_requirement_edit(state, subject, "added", schemes, why)
    for schemes in sorted(before.keys() & after.keys()):
        for scheme in schemes:
            first = before[schemes][scheme]
            second = after[schemes][scheme]
            _compare_scopes(state, first, second, subject, scheme)


def _add_requirement_edit(
    state: DiffState,
    subject: _Subject,
    change: Change,
    schemes: _Schemes,
    why: str,
) -> None:
    """Record that an alternative came or went; `why` says why it breaks nobody."""
    state.add_edit(
        Edit(
            node=subject.node,
            key=RuleKey("none", subject.kind, "itself", change),
            location=subject.location,
            subject=" and ".join(f"`{name}`" for name in schemes),
            detail=" ".join(schemes),
            before=schemes[-1] if change == "removed" else "",
            after=schemes[-1] if change == "added" else "",
            level=Severity.INFO if why else Severity.ERROR,
            why=why,
        )
    )


def _compare_scopes(
    state: DiffState,
    old: tuple[str, ...],
    new: tuple[str, ...],
    subject: _Subject,
    scheme: str,
) -> None:
    for scope in old:
        if scope not in new:
            _add_scope_edit(state, subject, "removed", scheme, scope)
    for scope in new:
        if scope not in old:
            _add_scope_edit(state, subject, "added", scheme, scope)


def _add_scope_edit(
    state: DiffState, subject: _Subject, change: Change, scheme: str, scope: str
) -> None:
    state.add_edit(
        Edit(
            node=subject.node,
            key=RuleKey("none", subject.kind, "scope", change),
            location=subject.location,
            subject=f"`{scope}` of `{scheme}`",
            detail=f"{scheme} {scope}",
            before=scope if change == "removed" else "",
            after=scope if change == "added" else "",
        )
    )


def compare_schemes(state: DiffState) -> None:
    """Compare the security schemes that the documents declare."""
    before = {scheme.key: scheme for scheme in state.old.declared_schemes}
    after = {scheme.key: scheme for scheme in state.new.declared_schemes}
    for name in dict.fromkeys((*before, *after)):
        first = before.get(name)
        second = after.get(name)
        node = state.get_shared_node(f"scheme {name}")
        location = EditLocation(
            f"components/securitySchemes/{name}",
            name,
            None if first is None else first.about.origin,
            None if second is None else second.about.origin,
        )
        if first is None or second is None:
            change: Change = "added" if first is None else "removed"
            key = RuleKey("none", "security-scheme", "itself", change)
            _add_scheme_edit(state, node, key, location)
        else:
            _compare_scheme(state, first, second, location, node)


def _compare_scheme(
    state: DiffState,
    old: DeclaredScheme,
    new: DeclaredScheme,
    location: EditLocation,
    node: int,
) -> None:
    first = dict(old.facts).get("type", "")
    second = dict(new.facts).get("type", "")
    # Schemes of two types have no field in common.
    if first != second:
        key = RuleKey("none", "security-scheme", "type", "changed")
        keyword = location.locate_keyword("type")
        _add_scheme_edit(state, node, key, keyword, values=(first, second))
        return
    _compare_scheme_fields(state, old, new, location, node)
    _compare_declared_scopes(state, old, new, location, node)


def _compare_scheme_fields(
    state: DiffState,
    old: DeclaredScheme,
    new: DeclaredScheme,
    location: EditLocation,
    node: int,
) -> None:
    before = dict(old.facts)
    after = dict(new.facts)
    for name in dict.fromkeys((*before, *after)):
        first = before.get(name, "")
        second = after.get(name, "")
        # OpenAPI 3.0.3 §4.9: what begins with `x-` is no part of the contract.
        if first == second or name.startswith("x-"):
            continue
        # A field of a flow is named after it: `authorizationCode.tokenUrl`.
        concept = _FIELDS.get(name.rsplit(".", 1)[-1], "itself")
        key = RuleKey("none", "security-scheme", concept, "changed")
        _add_scheme_edit(
            state, node, key, location, detail=name, values=(first, second)
        )


def _compare_declared_scopes(
    state: DiffState,
    old: DeclaredScheme,
    new: DeclaredScheme,
    location: EditLocation,
    node: int,
) -> None:
    before = {(flow, scope): text for flow, scope, text in old.scopes}
    after = {(flow, scope): text for flow, scope, text in new.scopes}
    for flow, scope in dict.fromkeys((*before, *after)):
        first = before.get((flow, scope))
        second = after.get((flow, scope))
        if first == second:
            continue
        change = classify_presence(
            was_there=first is not None, is_there=second is not None
        )
        _add_scheme_edit(
            state,
            node,
            RuleKey("none", "security-scheme", "oauth-scope", change),
            location,
            detail=f"{flow} {scope}",
            values=(first or "", second or ""),
        )


def _add_scheme_edit(
    state: DiffState,
    node: int,
    key: RuleKey,
    location: EditLocation,
    *,
    detail: str = "",
    values: tuple[str, str] = ("", ""),
) -> None:
    state.add_edit(
        Edit(
            node=node,
            key=key,
            location=location,
            subject=f"the security scheme `{location.name}`",
            detail=detail,
            before=values[0],
            after=values[1],
        )
    )
