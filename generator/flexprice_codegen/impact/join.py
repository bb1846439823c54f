"""Findings and uses, joined by the names of the client.

In: the findings between two versions, both clients, and the user's code. Out: which
findings affect the code, and where.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.diff.source.findings import PythonLocation, create_finding
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.impact.code_files import CodeFile
from flexprice_codegen.impact.impacts import FormerName, Impact
from flexprice_codegen.impact.places import PlaceFinder
from flexprice_codegen.impact.renames import find_alias_renames
from flexprice_codegen.impact.symbols import Symbol, Use, list_symbols
from flexprice_codegen.impact.targets import (
    Target,
    create_target_finder,
    find_owners,
    find_required,
    find_vanished,
)
from flexprice_codegen.surface.model import Surface

_OWN_KINDS = frozenset({"class", "variable", "namespace", "export"})
"""Kinds of names that can vanish without a finding of their own."""
_CLASS_REMOVED = RuleKey("none", "class", "itself", "removed")
_CREDENTIAL_REMOVED = RuleKey("none", "credential", "itself", "removed")
_PAGING_REMOVED = RuleKey("none", "method", "paging", "removed")
_REQUIRED = RuleKey("none", "field", "required", "became")
_OWN_KEYS: dict[str, RuleKey] = {
    "variable": _CREDENTIAL_REMOVED,
    "export": _PAGING_REMOVED,
}
"""The rules of findings of our own; that of a removed class for any other name."""
_OF_VARIABLES = frozenset({"client-class", "credential"})


@frozen_value
class AffectedNames:
    """Findings with the names that they affect, and deprecated names by current ones."""

    targets: Mapping[Finding, tuple[Target, ...]]
    reported: frozenset[Finding]
    """The findings of the comparison; others only say what goes with something else."""
    aliases: tuple[tuple[Symbol, str], ...]

    def list_wanted(self) -> frozenset[Symbol]:
        """Return the symbols whose uses are asked for."""
        wanted = {
            target.symbol for targets in self.targets.values() for target in targets
        }
        return frozenset(wanted | {symbol for symbol, _ in self.aliases})


def find_affected_names(
    findings: Sequence[Finding], found: Iterable[Finding], old: Surface, new: Surface
) -> AffectedNames:
    """Return which names of the old client each finding affects.

    Args:
        findings: The findings to report.
        found: The same ones and others, with the nodes that they are about.
        old: The client that the code uses.
        new: The client of the newer version.
    """
    finder = create_target_finder(old, new)
    everything = {each.fingerprint: each for each in found}
    known = {each: finder.find_targets(each) for each in everything.values()}
    targets: dict[Finding, tuple[Target, ...]] = {}
    for finding in findings:
        whole = everything.get(finding.fingerprint)
        targets[finding] = (
            finder.find_targets(finding) if whole is None else known[whole]
        )
    _add_vanished(targets, known, old, new)
    _add_required(targets, known, old, new)
    return AffectedNames(targets, frozenset(findings), _list_aliases(old, new))


def _add_vanished(
    targets: dict[Finding, tuple[Target, ...]],
    known: Mapping[Finding, tuple[Target, ...]],
    old: Surface,
    new: Surface,
) -> None:
    """Add the names that vanish with something else, or without a finding.

    What a finding explains that is not reported, because it is ignored for one, is not
    reported either.
    """
    explained = {each.symbol for some in known.values() for each in some}
    owners = find_owners(
        old, [each for each in known.items() if each[0].level is Severity.ERROR]
    )
    reported = {each.fingerprint: each for each in targets}
    for symbol in sorted(find_vanished(old, new) - explained):
        if symbol.kind not in _OWN_KINDS:
            continue
        owner = _find_owner(symbol, owners, known)
        finding = (
            _create_own_finding(symbol)
            if owner is None
            else reported.get(owner.fingerprint)
        )
        if finding is not None:
            targets[finding] = (*targets.get(finding, ()), Target(symbol))


def _add_required(
    targets: dict[Finding, tuple[Target, ...]],
    known: Mapping[Finding, tuple[Target, ...]],
    old: Surface,
    new: Surface,
) -> None:
    """Add the fields that constructors need now, also of what only comes back.

    No caller sends such a class, but tests build instances of it.
    """
    reported = {
        target
        for finding, some in known.items()
        if finding.level is not Severity.INFO
        for target in some
    }
    for target in find_required(old, new):
        if target not in reported:
            name = f"models.{target.symbol.name}.{target.lacking}"
            finding = create_finding(
                _REQUIRED, PythonLocation(python=name), f"`{name}` became required"
            )
            targets[finding] = (target,)


def _find_owner(
    symbol: Symbol, owners: Mapping[Symbol, Finding], findings: Iterable[Finding]
) -> Finding | None:
    """Return the finding that explains why a name vanishes, if there is one."""
    if symbol.kind == "variable":
        for each in findings:
            if each.key.location in _OF_VARIABLES:
                return each
    return owners.get(symbol)


def _create_own_finding(symbol: Symbol) -> Finding:
    key = _OWN_KEYS.get(symbol.kind, _CLASS_REMOVED)
    location = PythonLocation(python=str(symbol))
    return create_finding(key, location, f"`{symbol}` was removed", before=str(symbol))


def _list_aliases(old: Surface, new: Surface) -> tuple[tuple[Symbol, str], ...]:
    """Return the names of the old client that are deprecated aliases in either one."""
    symbols = list_symbols(old)
    current = {
        (each.old if each.kind in {"class", "type"} else f"client.{each.old}"): (
            each.new if each.kind in {"class", "type"} else f"client.{each.new}"
        )
        for each in (*old.deprecated_aliases, *new.deprecated_aliases)
    }
    current |= {
        str(each.symbol): str(each.target)
        for each in find_alias_renames(old, new)
        if each.symbol.kind == "member"
    }
    return tuple(
        (symbols[text], name) for text, name in current.items() if text in symbols
    )


def join_uses(
    names: AffectedNames, uses: Sequence[Use], files: Iterable[CodeFile]
) -> tuple[tuple[Impact, ...], tuple[Finding, ...], tuple[FormerName, ...]]:
    """Return which findings affect the code, which do not, and deprecated names in it.

    Args:
        names: The names that findings affect.
        uses: The uses of them.
        files: The code.
    """
    by_symbol: dict[Symbol, list[Use]] = defaultdict(list)
    for use in uses:
        by_symbol[use.symbol].append(use)
    finder = PlaceFinder({each.path: each for each in files})

    impacts = []
    untouched = []
    for finding, targets in names.targets.items():
        affected = {
            use
            for target in targets
            for use in by_symbol.get(target.symbol, ())
            if target.is_affected(use)
        }
        if affected:
            impacts.append(Impact(finding=finding, places=finder.list_places(affected)))
        elif finding in names.reported and finding.level is not Severity.INFO:
            untouched.append(finding)
    former = [
        FormerName(
            old=str(symbol), new=name, places=finder.list_places(by_symbol[symbol])
        )
        for symbol, name in names.aliases
        if by_symbol.get(symbol)
    ]
    return tuple(impacts), tuple(untouched), tuple(former)
