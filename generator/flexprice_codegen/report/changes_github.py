"""The report of `diff` as annotations of GitHub Actions.

In: `Changes`. Out: workflow commands, one per line. GitHub shows ten annotations of
each level per step, so the worst findings come first, and the last annotation counts the
hidden ones.

Source: GitHub's documentation of workflow commands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flexprice_codegen.diagnostics import FileLocation
from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.grouping.groups import group_findings
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.emit.python_text import join_lines
from flexprice_codegen.report.github_annotations import (
    Annotation,
    WorkflowCommand,
    get_repository_root,
)
from flexprice_codegen.report.wording import (
    end_sentence,
    format_advice,
    format_affected,
    format_count,
    format_level_counts,
    format_sides,
)
from flexprice_codegen.spec.sources import is_git_revision, is_url

MAX_ANNOTATIONS = 10
"""The maximum number of annotations of one level that GitHub shows for a step."""
_COMMANDS: dict[Severity, WorkflowCommand] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}


def as_github(changes: Changes) -> str:
    """Return the report as workflow commands, one per line."""
    root = get_repository_root()
    return "".join(
        f"{each.format_command(root)}\n" for each in _iter_finding_annotations(changes)
    )


def _iter_finding_annotations(changes: Changes) -> Iterator[Annotation]:
    hidden = 0
    for level in reversed(Severity):
        found = changes.filter_by_level(level)
        # The summary is a notice as well, so one place is reserved for it.
        room = MAX_ANNOTATIONS - 1 if level is Severity.INFO else MAX_ANNOTATIONS
        hidden += max(0, len(found) - room)
        for finding, more in _choose_findings(found, room):
            title = f"{finding.rule} ({format_sides(finding)})"
            yield Annotation(
                _COMMANDS[level],
                title,
                _format_message(finding, more),
                _get_location(finding),
            )

    said = f"{format_level_counts(changes)}. {format_advice(changes)}."
    if hidden:
        said += f" {hidden:,} more are not annotated; the report has them all."
    yield Annotation("notice", "API changes", said)


def _choose_findings(
    findings: Sequence[Finding], room: int
) -> list[tuple[Finding, int]]:
    """Return the worst findings, each with the number of others that it represents.

    The first finding of each group comes before the second of any: ten annotations of
    one edit would hide the other edits. If there is room left, other findings fill it.
    """
    groups = group_findings(findings)
    heads = [(group.findings[0], len(group.findings) - 1) for group in groups]
    others = [(finding, 0) for group in groups for finding in group.findings[1:]]
    return (heads + others)[:room]


def _format_message(finding: Finding, more: int) -> str:
    parts = [finding.message]
    if more:
        parts.append(f"{format_count(more, 'more place')} changed in the same way")
    if finding.before or finding.after:
        before = finding.before or "nothing"
        after = finding.after or "nothing"
        parts.append(f"before: {before}; after: {after}")
    if affected := format_affected(finding.affected):
        parts.append(f"affected: {affected}")
    if finding.level is not Severity.INFO:
        parts += (finding.why, finding.fix)

    return "\n".join(end_sentence(join_lines(part)) for part in parts if part)


def _get_location(each: Finding) -> FileLocation | None:
    """Return the location of a finding in a file, the new one if possible."""
    for at in (each.new, each.old):
        if isinstance(at, FileLocation) and _is_file_name(at.file):
            return at
    return None


def _is_file_name(name: str) -> bool:
    return name.isprintable() and not (is_git_revision(name) or is_url(name))
