"""The report of `impact` as annotations of GitHub Actions.

In: `CodeImpact`. Out: workflow commands, one per line, at the lines of the user's code.
GitHub shows ten annotations of each level per step, so the places of a finding in a file
are one annotation.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from flexprice_codegen.diagnostics import FileLocation
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.emit.python_text import join_lines
from flexprice_codegen.impact.impacts import CodeImpact, Impact
from flexprice_codegen.impact.places import Place
from flexprice_codegen.report.changes_github import MAX_ANNOTATIONS
from flexprice_codegen.report.github_annotations import (
    Annotation,
    WorkflowCommand,
    get_repository_root,
)
from flexprice_codegen.report.impact_wording import (
    format_headline,
    format_rest,
    sort_impacts,
)
from flexprice_codegen.report.wording import end_sentence


def as_github(impact: CodeImpact) -> str:
    """Return the report as workflow commands, one per line."""
    root = get_repository_root()
    return "".join(
        f"{each.format_command(root)}\n" for each in _iter_annotations(impact)
    )


def _iter_annotations(impact: CodeImpact) -> Iterator[Annotation]:
    # The summary is a notice as well.
    room: dict[WorkflowCommand, int] = {
        "error": MAX_ANNOTATIONS,
        "warning": MAX_ANNOTATIONS,
        "notice": MAX_ANNOTATIONS - 1,
    }
    hidden = 0
    for each in sort_impacts(impact):
        for _, group in groupby(each.places, key=lambda place: place.file):
            made = _build_annotation(each, list(group), impact)
            if room[made.command]:
                room[made.command] -= 1
                yield made
            else:
                hidden += 1
    said = " ".join(filter(None, (format_headline(impact), format_rest(impact))))
    if hidden:
        said += f" {hidden:,} more annotations are in the summary."
    yield Annotation("notice", "API changes in your code", said)


def _build_annotation(
    each: Impact, places: list[Place], impact: CodeImpact
) -> Annotation:
    first = places[0]
    lines = ", ".join(dict.fromkeys(str(place.line) for place in places))
    parts = [
        end_sentence(join_lines(each.finding.message)),
        f"Lines {lines}." if len(places) > 1 else "",
        end_sentence(join_lines(each.finding.fix)),
        f"Confidence: {first.use.confidence}.",
    ]
    return Annotation(
        _choose_command(each, impact),
        f"{each.finding.rule} affects your code",
        "\n".join(filter(None, parts)),
        FileLocation(first.file, first.line, first.column),
    )


def _choose_command(each: Impact, impact: CodeImpact) -> WorkflowCommand:
    """Return the level of an annotation; what is not sure enough is a notice."""
    if not each.has_confidence(impact.least):
        return "notice"
    return "error" if each.finding.level is Severity.ERROR else "warning"
