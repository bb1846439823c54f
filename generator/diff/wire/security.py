"""Security: what an operation asks for, and the schemes themselves.

In: both `Api`s. Out: edits. A list of requirements holds alternatives: one that is added
beside others is an offer, one that is taken away breaks whoever uses it.

Source: OpenAPI 3.0.3 §4.7.27 (Security Scheme), §4.7.30 (Security Requirement).
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from generator.api.model import Declared, Demands, Operation
from generator.diagnostics import Origin
from generator.diff.rules.rule_key import Change, Concept, RuleKey
from generator.diff.rules.severity import Severity
from generator.diff.wire.diff_state import DiffState
from generator.diff.wire.edits import Edit, EditLocation, classify_presence

_ROOT = Origin("", "")
_Location: TypeAlias = Literal["security", "global-security"]
_Subject: TypeAlias = tuple[int, _Location]
"""The node of what asks for something, and whether it is the whole document."""
_Alternative: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]


def compare_document_security(comparison: DiffState) -> None:
    """Compare what holds for all operations that do not say otherwise."""
    old, new = comparison.old, comparison.new
    node = comparison.get_shared_node("security")
    where = EditLocation("security", "security", _ROOT, _ROOT).locate_keyword(
        "security"
    )
    _compare_requirements(
        comparison, old.demands, new.demands, where, (node, "global-security")
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
    _compare_requirements(comparison, before, effective, where, (node, "security"))


def _get_scheme_names(alternative: _Alternative) -> tuple[str, ...]:
    return tuple(sorted(name for name, _ in alternative))


def _compare_requirements(
    comparison: DiffState,
    old: Demands,
    new: Demands,
    where: EditLocation,
    about: _Subject,
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
        _add_requirement_edit(
            comparison, about, ("itself", "removed"), where, names, removed
        )
    for names in fresh:
        _add_requirement_edit(
            comparison, about, ("itself", "added"), where, names, added
        )
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
    about: tuple[int, _Location, str],
) -> None:
    node, location, scheme = about
    for scope in old:
        if scope not in new:
            _add_requirement_edit(
                comparison,
                (node, location),
                ("scope", "removed"),
                where,
                (scheme, scope),
            )
    for scope in new:
        if scope not in old:
            _add_requirement_edit(
                comparison, (node, location), ("scope", "added"), where, (scheme, scope)
            )


def _add_requirement_edit(
    comparison: DiffState,
    about: _Subject,
    what: tuple[Concept, Change],
    where: EditLocation,
    names: tuple[str, ...],
    level: Severity | None = None,
) -> None:
    node, location = about
    concept, change = what
    text = " and ".join(f"`{name}`" for name in names)
    if concept == "scope":
        text = f"`{names[1]}` of `{names[0]}`"
    comparison.add_edit(
        Edit(
            node=node,
            key=RuleKey("none", location, concept, change),
            location=where,
            subject=text,
            detail=" ".join(names),
            before=names[-1] if change == "removed" else "",
            after=names[-1] if change == "added" else "",
            level=level,
        )
    )


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
            change: Change = "added" if first is None else "removed"
            _add_scheme_edit(comparison, node, ("itself", change), where)
        elif dict(first.facts).get("type") != dict(second.facts).get("type"):
            _add_scheme_edit(
                comparison,
                node,
                ("type", "changed"),
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
                concept: Concept = "oauth-url"
            case "tokenUrl":
                concept = "oauth-token-url"
            case "bearerFormat":
                concept = "bearer-format"
            case _:
                concept = "itself"
        if name.startswith("x-"):
            continue
        _add_scheme_edit(
            comparison,
            node,
            (concept, "changed"),
            where,
            detail=name,
            values=(first, second),
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
        change = classify_presence(
            was_there=first is not None, is_there=second is not None
        )
        _add_scheme_edit(
            comparison,
            node,
            ("oauth-scope", change),
            where,
            detail=f"{flow} {scope}",
            values=(first or "", second or ""),
        )


def _add_scheme_edit(
    comparison: DiffState,
    node: int,
    what: tuple[Concept, Change],
    where: EditLocation,
    *,
    detail: str = "",
    values: tuple[str, str] = ("", ""),
) -> None:
    comparison.add_edit(
        Edit(
            node=node,
            key=RuleKey("none", "security-scheme", *what),
            location=where,
            subject=f"the security scheme `{where.name}`",
            detail=detail,
            before=values[0],
            after=values[1],
        )
    )
