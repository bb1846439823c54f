"""Security: what an operation asks for, and the schemes themselves.

In: both `Api`s. Out: edits. A list of requirements holds alternatives: one that is added
beside others is an offer, one that is taken away breaks whoever uses it.

Source: OpenAPI 3.0.3 §4.7.27 (Security Scheme), §4.7.30 (Security Requirement).
"""

from __future__ import annotations

from typing import TypeAlias

from flexprice_codegen.api.model import Declared, Demands, Operation
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.diff.finding import Severity
from flexprice_codegen.diff.wire.diff_state import DiffState
from flexprice_codegen.diff.wire.edits import Edit, EditLocation

_ROOT = Origin("", "")
_Alternative: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]


def compare_document_security(comparison: DiffState) -> None:
    """Compare what holds for all operations that do not say otherwise."""
    old, new = comparison.old, comparison.new
    node = comparison.get_shared_node("security")
    where = EditLocation("security", "security", _ROOT, _ROOT).locate_keyword(
        "security"
    )
    _compare_requirements(
        comparison, old.demands, new.demands, where, (node, "api-global-security")
    )


def compare_operation_security(
    comparison: DiffState, old: Operation, new: Operation, node: int
) -> None:
    """Compare what an operation says itself; else it shares what the document says."""
    effective = comparison.new.demands if new.demands is None else new.demands
    for alternative in effective:
        for scheme, _ in alternative:
            comparison.add_shared_edge(node, f"scheme {scheme}")
    if new.demands is None:
        comparison.add_shared_edge(node, "security")
    if old.demands is None and new.demands is None:
        return
    before = comparison.old.demands if old.demands is None else old.demands
    where = EditLocation(
        f"{new.key} security", new.key, old.about.origin, new.about.origin
    ).locate_keyword("security")
    _compare_requirements(comparison, before, effective, where, (node, "api-security"))


def _get_scheme_names(alternative: _Alternative) -> tuple[str, ...]:
    return tuple(sorted(name for name, _ in alternative))


def _compare_requirements(
    comparison: DiffState,
    old: Demands,
    new: Demands,
    where: EditLocation,
    about: tuple[int, str],
) -> None:
    before = {_get_scheme_names(each): dict(each) for each in old}
    after = {_get_scheme_names(each): dict(each) for each in new}
    was_free, is_free = not before or () in before, not after or () in after
    gone = [names for names in before if names and names not in after]
    fresh = [names for names in after if names and names not in before]
    if was_free and not is_free and not fresh:
        fresh = list(after)  # they were asked for before, but one could do without
    if is_free and not was_free and not gone:
        gone = list(before)
    removed = Severity.INFO if is_free else Severity.ERROR
    added = Severity.ERROR if was_free and not is_free else Severity.INFO
    for names in gone:
        _add_requirement_edit(comparison, about, "removed", where, names, removed)
    for names in fresh:
        _add_requirement_edit(comparison, about, "added", where, names, added)
    for names in sorted(before.keys() & after.keys()):
        for scheme in names:
            _compare_scopes(
                comparison,
                before[names][scheme],
                after[names][scheme],
                where,
                (*about, scheme),
            )


def _compare_scopes(
    comparison: DiffState,
    old: tuple[str, ...],
    new: tuple[str, ...],
    where: EditLocation,
    about: tuple[int, str, str],
) -> None:
    node, prefix, scheme = about
    for scope in old:
        if scope not in new:
            _add_requirement_edit(
                comparison, (node, prefix), "scope-removed", where, (scheme, scope)
            )
    for scope in new:
        if scope not in old:
            _add_requirement_edit(
                comparison, (node, prefix), "scope-added", where, (scheme, scope)
            )


def _add_requirement_edit(
    comparison: DiffState,
    about: tuple[int, str],
    concept: str,
    where: EditLocation,
    names: tuple[str, ...],
    level: Severity | None = None,
) -> None:
    node, prefix = about
    text = " and ".join(f"`{name}`" for name in names)
    if concept.startswith("scope"):
        text = f"`{names[1]}` of `{names[0]}`"
    comparison.add_edit(
        Edit(
            node=node,
            rule=f"{prefix}-{concept}",
            location=where,
            subject=text,
            detail=" ".join(names),
            before=names[-1] if concept.endswith("removed") else "",
            after=names[-1] if concept.endswith("added") else "",
            level=level,
        )
    )


_COMPONENT = "api-security-component"


def compare_schemes(comparison: DiffState) -> None:
    """Compare the security schemes that the documents declare."""
    before = {each.key: each for each in comparison.old.declared}
    after = {each.key: each for each in comparison.new.declared}
    for key in dict.fromkeys((*before, *after)):
        first, second = before.get(key), after.get(key)
        node = comparison.get_shared_node(f"scheme {key}")
        where = EditLocation(
            f"components/securitySchemes/{key}",
            key,
            None if first is None else first.about.origin,
            None if second is None else second.about.origin,
        )
        if first is None or second is None:
            word = "added" if first is None else "removed"
            _add_scheme_edit(comparison, node, f"{_COMPONENT}-{word}", where)
        elif dict(first.facts).get("type") != dict(second.facts).get("type"):
            _add_scheme_edit(
                comparison,
                node,
                f"{_COMPONENT}-type-changed",
                where.locate_keyword("type"),
                values=(
                    dict(first.facts).get("type", ""),
                    dict(second.facts).get("type", ""),
                ),
            )
        else:
            _compare_scheme_fields(comparison, first, second, where, node)
            _compare_declared_scopes(comparison, first, second, where, node)


def _compare_scheme_fields(
    comparison: DiffState, old: Declared, new: Declared, where: EditLocation, node: int
) -> None:
    before, after = dict(old.facts), dict(new.facts)
    for name in dict.fromkeys((*before, *after)):
        first, second = before.get(name, ""), after.get(name, "")
        if first == second:
            continue
        match name.rsplit(".", 1)[-1]:
            case "authorizationUrl":
                rule = f"{_COMPONENT}-oauth-url-changed"
            case "tokenUrl":
                rule = f"{_COMPONENT}-oauth-token-url-changed"
            case "bearerFormat":
                rule = f"{_COMPONENT}-bearer-format-changed"
            case _:
                rule = f"{_COMPONENT}-changed"
        if name.startswith("x-"):
            continue
        _add_scheme_edit(
            comparison, node, rule, where, detail=name, values=(first, second)
        )


def _compare_declared_scopes(
    comparison: DiffState, old: Declared, new: Declared, where: EditLocation, node: int
) -> None:
    before = {(flow, scope): text for flow, scope, text in old.scopes}
    after = {(flow, scope): text for flow, scope, text in new.scopes}
    for flow, scope in dict.fromkeys((*before, *after)):
        first, second = before.get((flow, scope)), after.get((flow, scope))
        if first == second:
            continue
        word = "added" if first is None else "removed" if second is None else "changed"
        _add_scheme_edit(
            comparison,
            node,
            f"{_COMPONENT}-oauth-scope-{word}",
            where,
            detail=f"{flow} {scope}",
            values=(first or "", second or ""),
        )


def _add_scheme_edit(
    comparison: DiffState,
    node: int,
    rule: str,
    where: EditLocation,
    *,
    detail: str = "",
    values: tuple[str, str] = ("", ""),
) -> None:
    comparison.add_edit(
        Edit(
            node=node,
            rule=rule,
            location=where,
            subject=f"the security scheme `{where.name}`",
            detail=detail,
            before=values[0],
            after=values[1],
        )
    )
