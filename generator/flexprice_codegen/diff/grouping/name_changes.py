"""Names in the document and what they do to Python, as one finding.

In: the findings about Python and those about names. Out: both, joined where a name is
the cause: a renamed method, a class that is gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.diff.finding import Finding


def attach_name_changes(
    findings: Sequence[Finding], labels: Sequence[Finding]
) -> tuple[Finding, ...]:
    """Join labels to what they do to Python: a renamed method, a class that is gone.

    A label that does nothing else stands for itself.
    """
    partners: dict[tuple[str, str], int] = {}
    for number, each in enumerate(findings):
        for part in each.parts or (each,):
            for key in _iter_keys(part):
                partners.setdefault(key, number)
    made, alone = list(findings), []
    for label in labels:
        place = next((partners[k] for k in _iter_keys(label) if k in partners), None)
        if place is None:
            alone.append(label)
        else:
            each = made[place]
            made[place] = replace(each, parts=(*(each.parts or (each,)), label))
    return (*made, *alone)


def _iter_keys(each: Finding) -> Iterator[tuple[str, str]]:
    """Give what a finding says of the name of an operation or of a schema."""
    if each.rule == "method-renamed" or each.rule.startswith("api-operation-id-"):
        for operation in each.affected.operations:
            yield "operation", operation
    is_moved = each.rule in {"method-renamed", "namespace-renamed"}
    if is_moved or each.rule.startswith("api-tag-"):
        for operation in each.affected.operations:
            yield "tag", operation
    is_schema = each.rule in {"class-removed", "api-schema-removed"}
    if is_schema and isinstance(each.old, Origin):
        yield "schema", f"{each.old.resource}#{each.old.pointer}"
