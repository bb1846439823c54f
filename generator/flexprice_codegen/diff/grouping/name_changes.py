"""Names in the document and what they do to Python, as one finding.

In: the findings about Python and those about names. Out: both, joined where a name is
the cause: a renamed method, a class that is gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.rule_key import RuleKey

_METHOD_RENAMED = RuleKey("none", "method", "itself", "renamed")
_NAMESPACE_RENAMED = RuleKey("none", "namespace", "itself", "renamed")
_CLASS_REMOVED = RuleKey("none", "class", "itself", "removed")
_SCHEMA_REMOVED = RuleKey("none", "component-schema", "itself", "removed")


def attach_name_changes(
    findings: Sequence[Finding], names: Sequence[Finding]
) -> tuple[Finding, ...]:
    """Return all findings, those about names as parts of what they do to Python.

    A name that does nothing else is a change of its own.
    """
    owners: dict[tuple[str, str], int] = {}
    for number, finding in enumerate(findings):
        for part in finding.parts or (finding,):
            for subject in _iter_subjects(part):
                owners.setdefault(subject, number)

    attached = list(findings)
    alone = []
    for name in names:
        subjects = _iter_subjects(name)
        found = [owners[subject] for subject in subjects if subject in owners]
        if not found:
            alone.append(name)
            continue
        owner = attached[found[0]]
        attached[found[0]] = replace(owner, parts=(*(owner.parts or (owner,)), name))
    return (*attached, *alone)


def _iter_subjects(finding: Finding) -> Iterator[tuple[str, str]]:
    """Yield what of the document a finding is about that has a name, and its kind."""
    key = finding.key
    if key == _METHOD_RENAMED or key.concept == "operation-id":
        for operation in finding.affected.operations:
            yield "operation", operation
    if key in {_METHOD_RENAMED, _NAMESPACE_RENAMED} or key.concept == "tag":
        for operation in finding.affected.operations:
            yield "tag", operation
    if key in {_CLASS_REMOVED, _SCHEMA_REMOVED} and isinstance(finding.old, Origin):
        yield "schema", f"{finding.old.resource}#{finding.old.pointer}"
