"""Security: what an operation asks for, and the schemes themselves.

In: both `Api`s. Out: edits. A list of requirements holds alternatives: one that is added
beside others is an offer, one that is taken away breaks whoever uses it.

Source: OpenAPI 3.0.3 §4.7.27 (Security Scheme), §4.7.30 (Security Requirement).
"""

from __future__ import annotations

from typing import TypeAlias

from generator.api.model import Declared, Demands, Operation
from generator.diagnostics import Origin
from generator.diff.finding import Severity
from generator.diff.wire.diff_state import Comparison
from generator.diff.wire.edits import Edit, Where

_ROOT = Origin("", "")
_Alternative: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]


def of_document(comparison: Comparison) -> None:
    """Compare what holds for all operations that do not say otherwise."""
    old, new = comparison.old, comparison.new
    node = comparison.shared("security")
    where = Where("security", "security", _ROOT, _ROOT).keyword("security")
    _demands(comparison, old.demands, new.demands, where, (node, "api-global-security"))


def of_operation(
    comparison: Comparison, old: Operation, new: Operation, node: int
) -> None:
    """Compare what an operation says itself; else it shares what the document says."""
    effective = comparison.new.demands if new.demands is None else new.demands
    for alternative in effective:
        for scheme, _ in alternative:
            comparison.reads(node, f"scheme {scheme}")
    if new.demands is None:
        comparison.reads(node, "security")
    if old.demands is None and new.demands is None:
        return
    before = comparison.old.demands if old.demands is None else old.demands
    where = Where(
        f"{new.key} security", new.key, old.about.origin, new.about.origin
    ).keyword("security")
    _demands(comparison, before, effective, where, (node, "api-security"))


def _names(alternative: _Alternative) -> tuple[str, ...]:
    return tuple(sorted(name for name, _ in alternative))


def _demands(
    comparison: Comparison,
    old: Demands,
    new: Demands,
    where: Where,
    about: tuple[int, str],
) -> None:
    before = {_names(each): dict(each) for each in old}
    after = {_names(each): dict(each) for each in new}
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
        _note(comparison, about, "removed", where, names, removed)
    for names in fresh:
        _note(comparison, about, "added", where, names, added)
    for names in sorted(before.keys() & after.keys()):
        for scheme in names:
            _scopes(
                comparison,
                before[names][scheme],
                after[names][scheme],
                where,
                (*about, scheme),
            )


def _scopes(
    comparison: Comparison,
    old: tuple[str, ...],
    new: tuple[str, ...],
    where: Where,
    about: tuple[int, str, str],
) -> None:
    node, prefix, scheme = about
    for scope in old:
        if scope not in new:
            _note(comparison, (node, prefix), "scope-removed", where, (scheme, scope))
    for scope in new:
        if scope not in old:
            _note(comparison, (node, prefix), "scope-added", where, (scheme, scope))


def _note(
    comparison: Comparison,
    about: tuple[int, str],
    concept: str,
    where: Where,
    names: tuple[str, ...],
    level: Severity | None = None,
) -> None:
    node, prefix = about
    text = " and ".join(f"`{name}`" for name in names)
    if concept.startswith("scope"):
        text = f"`{names[1]}` of `{names[0]}`"
    comparison.found(
        Edit(
            node=node,
            rule=f"{prefix}-{concept}",
            where=where,
            it=text,
            detail=" ".join(names),
            before=names[-1] if concept.endswith("removed") else "",
            after=names[-1] if concept.endswith("added") else "",
            level=level,
        )
    )


_COMPONENT = "api-security-component"


def schemes(comparison: Comparison) -> None:
    """Compare the security schemes that the documents declare."""
    before = {each.key: each for each in comparison.old.declared}
    after = {each.key: each for each in comparison.new.declared}
    for key in dict.fromkeys((*before, *after)):
        first, second = before.get(key), after.get(key)
        node = comparison.shared(f"scheme {key}")
        where = Where(
            f"components/securitySchemes/{key}",
            key,
            None if first is None else first.about.origin,
            None if second is None else second.about.origin,
        )
        if first is None or second is None:
            word = "added" if first is None else "removed"
            _scheme_note(comparison, node, f"{_COMPONENT}-{word}", where)
        elif dict(first.facts).get("type") != dict(second.facts).get("type"):
            _scheme_note(
                comparison,
                node,
                f"{_COMPONENT}-type-changed",
                where.keyword("type"),
                values=(
                    dict(first.facts).get("type", ""),
                    dict(second.facts).get("type", ""),
                ),
            )
        else:
            _facts(comparison, first, second, where, node)
            _declared_scopes(comparison, first, second, where, node)


def _facts(
    comparison: Comparison, old: Declared, new: Declared, where: Where, node: int
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
        _scheme_note(comparison, node, rule, where, detail=name, values=(first, second))


def _declared_scopes(
    comparison: Comparison, old: Declared, new: Declared, where: Where, node: int
) -> None:
    before = {(flow, scope): text for flow, scope, text in old.scopes}
    after = {(flow, scope): text for flow, scope, text in new.scopes}
    for flow, scope in dict.fromkeys((*before, *after)):
        first, second = before.get((flow, scope)), after.get((flow, scope))
        if first == second:
            continue
        word = "added" if first is None else "removed" if second is None else "changed"
        _scheme_note(
            comparison,
            node,
            f"{_COMPONENT}-oauth-scope-{word}",
            where,
            detail=f"{flow} {scope}",
            values=(first or "", second or ""),
        )


def _scheme_note(
    comparison: Comparison,
    node: int,
    rule: str,
    where: Where,
    *,
    detail: str = "",
    values: tuple[str, str] = ("", ""),
) -> None:
    comparison.found(
        Edit(
            node=node,
            rule=rule,
            where=where,
            it=f"the security scheme `{where.name}`",
            detail=detail,
            before=values[0],
            after=values[1],
        )
    )
