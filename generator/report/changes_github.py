"""What lies between two versions, as annotations of GitHub Actions.

In: `Changes`. Out: workflow commands, one a line. A step may give ten of each level, so
the gravest come first, and the last one says how many are not shown.

Source: GitHub's documentation of workflow commands.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Place
from generator.diff.changes import Changes
from generator.diff.finding import Finding
from generator.diff.rules.severity import Severity
from generator.emit.quoting import one_line
from generator.report.annotations import Annotation, Command, root_of_repository
from generator.report.wording import advice, counts, reach, sentence, side_of
from generator.spec.sources import is_address, is_revision

MOST = 10
"""Annotations of one level that a step may give."""
_COMMANDS: dict[Severity, Command] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}


def as_github(changes: Changes) -> str:
    """Write the report."""
    root = root_of_repository()
    return "".join(f"{each.text(root)}\n" for each in _annotations(changes))


def _annotations(changes: Changes) -> Iterator[Annotation]:
    hidden = 0
    for level in reversed(Severity):
        found = changes.filter_by_level(level)
        room = MOST - 1 if level is Severity.INFO else MOST
        hidden += max(0, len(found) - room)
        for each in found[:room]:
            title = f"{each.rule} ({side_of(each)})"
            yield Annotation(_COMMANDS[level], title, _message(each), _at(each))
    said = f"{counts(changes)}. {advice(changes)}."
    if hidden:
        said += f" {hidden:,} more are not annotated; the report has them all."
    yield Annotation("notice", "API changes", said)


def _message(each: Finding) -> str:
    parts = [each.message]
    if each.before or each.after:
        before, after = each.before or "nothing", each.after or "nothing"
        parts.append(f"before: {before}; after: {after}")
    if folded := reach(each.affected):
        parts.append(f"it reaches {folded}")
    if each.level is not Severity.INFO:
        parts += (each.why, each.fix)
    return "\n".join(sentence(one_line(part)) for part in parts if part)


def _at(each: Finding) -> Place | None:
    """Give the place of a finding that is in a file, the new one before the old one."""
    for at in (each.new, each.old):
        if isinstance(at, Place) and _is_file(at.file):
            return at
    return None


def _is_file(name: str) -> bool:
    return name.isprintable() and not (is_revision(name) or is_address(name))
