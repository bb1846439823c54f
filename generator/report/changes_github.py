"""What lies between two versions, as annotations of GitHub Actions.

In: `Changes`. Out: workflow commands, one a line. A step may give ten of each level, so
the gravest come first, and the last one says how many are not shown.

Source: GitHub's documentation of workflow commands.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Place
from generator.diff.changes import Changes
from generator.diff.finding import Finding, Severity
from generator.emit.quoting import one_line, visible
from generator.report.wording import advice, counts, reach, sentence, side_of
from generator.spec.sources import is_address, is_revision

MOST = 10
"""Annotations of one level that a step may give."""
_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}


def as_github(changes: Changes) -> str:
    """Write the report."""
    return "".join(f"{line}\n" for line in _lines(changes))


def _lines(changes: Changes) -> Iterator[str]:
    hidden = 0
    for level in reversed(Severity):
        found = changes.of(level)
        room = MOST - 1 if level is Severity.INFO else MOST
        hidden += max(0, len(found) - room)
        for each in found[:room]:
            yield _command(
                _COMMANDS[level],
                _message(each),
                {**_at(each), "title": f"{each.rule} ({side_of(each)})"},
            )
    said = f"{counts(changes)}. {advice(changes)}."
    if hidden:
        said += f" {hidden:,} more are not annotated; the report has them all."
    yield _command("notice", said, {"title": "API changes"})


def _message(each: Finding) -> str:
    parts = [each.message]
    if each.before or each.after:
        parts.append(
            f"before: {each.before or 'nothing'}; after: {each.after or 'nothing'}"
        )
    if folded := reach(each.reach):
        parts.append(f"it reaches {folded}")
    if each.level is not Severity.INFO:
        parts += (each.why, each.fix)
    return "\n".join(sentence(one_line(part)) for part in parts if part)


def _at(each: Finding) -> dict[str, str]:
    """Give the place of a finding, if it is in a file: the new one before the old one."""
    for at in (each.new, each.old):
        if isinstance(at, Place) and _is_file(at.file):
            return {"file": at.file, "line": str(at.line), "col": str(at.column)}
    return {}


def _is_file(name: str) -> bool:
    return not is_revision(name) and not is_address(name)


def _command(name: str, message: str, properties: dict[str, str]) -> str:
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {written}::{_data(message)}"


def _data(text: str) -> str:
    text = visible(text).replace("%", "%25")
    return text.replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
