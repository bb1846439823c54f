"""What `generate` and `check` say to machines: JSON, or annotations of GitHub Actions.

In: results, and the files that changed or drifted. Out: text on standard output.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from flexprice_codegen.cli.workflow import record, truth
from flexprice_codegen.diagnostics import Diagnostic, Level
from flexprice_codegen.emit.quoting import one_line
from flexprice_codegen.pipeline.generate import Result
from flexprice_codegen.report.annotations import of_diagnostic, root_of_repository
from flexprice_codegen.report.drift import Drift
from flexprice_codegen.report.runs import ClientReport, as_json
from flexprice_codegen.report.summaries import run_summary


def report(
    form: str,
    results: Sequence[Result],
    files: Mapping[Path, tuple[Drift, ...]],
    verdicts: tuple[str, str],
    diff: Mapping[Path, Sequence[str]],
) -> None:
    """Print a report, and leave it for the workflow.

    Args:
        form: `json` or `github`.
        results: What a run makes of each client.
        files: The files of each client to report, by its folder.
        verdicts: What the whole comes to, with and without such files.
        diff: How they differ, line by line, by the folder of the client.
    """
    clients = [
        ClientReport(
            each.client.name,
            each.folder.as_posix(),
            files[each.folder],
            tuple(diff.get(each.folder, ())),
        )
        for each in results
    ]
    if form == "json":
        print(as_json(clients, said(results)))  # noqa: T201 - the result itself
        return
    for line in _annotations(results, files):
        print(line)  # noqa: T201 - the result itself
    for each in clients:
        state = f"{len(each.files)} to report" if each.files else "nothing to report"
        line = one_line(f"flexprice-codegen: {each.folder}: {state}")
        print(line)  # noqa: T201 - the same
    changed = any(each.files for each in clients)
    verdict = verdicts[0] if changed else verdicts[1]
    summary = run_summary(verdict, clients, said(results))
    record({"changed": truth(changed)}, summary)


def said(results: Iterable[Result]) -> tuple[Diagnostic, ...]:
    """Give the diagnostics of all clients."""
    return tuple(line for each in results for line in each.diagnostics)


def _annotations(
    results: Sequence[Result], files: Mapping[Path, tuple[Drift, ...]]
) -> Iterator[str]:
    root = root_of_repository()
    for each in said(results):
        if each.level is not Level.NOTE:  # GitHub shows only ten annotations a step
            yield of_diagnostic(each).text(root)
    for result in results:
        for file in files[result.folder]:
            if file.is_fault:
                yield file.annotation(result.folder).text(root)
