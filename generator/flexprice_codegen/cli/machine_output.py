"""Reports of `generate` and `check` for programs: JSON, or for a CI platform.

In: results, and the files that changed or drifted. Out: text on standard output.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from flexprice_codegen.cli.github_workflow import format_bool, write_workflow_outputs
from flexprice_codegen.cli.platform_output import PLATFORM_FORMATS, format_problems
from flexprice_codegen.diagnostics import Level
from flexprice_codegen.emit.python_text import join_lines
from flexprice_codegen.pipeline.generate import GenerateResult, collect_diagnostics
from flexprice_codegen.report.drift import Drift
from flexprice_codegen.report.github_annotations import (
    build_annotation,
    get_repository_root,
)
from flexprice_codegen.report.job_summary import format_run_summary
from flexprice_codegen.report.problems import list_run_problems
from flexprice_codegen.report.run_json import ClientReport, format_run


def print_report(
    form: str,
    results: Sequence[GenerateResult],
    files: Mapping[Path, tuple[Drift, ...]],
    verdicts: tuple[str, str],
    diff: Mapping[Path, Sequence[str]],
) -> None:
    """Print a report, and write outputs and a summary for a workflow.

    Args:
        form: `json`, `github`, `gitlab` or `junit`.
        results: The result of a run for each client.
        files: The files to report, by the directory of the client.
        verdicts: Summaries of the run: with files to report, and without.
        diff: Lines of unified diffs, by the directory of the client.

    Raises:
        DiagnosticError: A file of the workflow cannot be written.
    """
    clients = [
        ClientReport(
            each.client.name,
            each.directory.as_posix(),
            files[each.directory],
            tuple(diff.get(each.directory, ())),
        )
        for each in results
    ]

    if form == "json":
        report = format_run(clients, collect_diagnostics(results))
        print(report)  # noqa: T201 - the result itself
        return

    if form in PLATFORM_FORMATS:
        problems = list_run_problems(files, collect_diagnostics(results))
        print(format_problems(form, problems), end="")  # noqa: T201 - the same
        return

    for line in _iter_run_annotations(results, files):
        print(line)  # noqa: T201 - the result itself

    for each in clients:
        state = f"{len(each.files)} to report" if each.files else "nothing to report"
        line = join_lines(f"flexprice-codegen: {each.directory}: {state}")
        print(line)  # noqa: T201 - the same

    changed = any(each.files for each in clients)
    verdict = verdicts[0] if changed else verdicts[1]
    summary = format_run_summary(verdict, clients, collect_diagnostics(results))
    write_workflow_outputs({"changed": format_bool(changed)}, summary)


def _iter_run_annotations(
    results: Sequence[GenerateResult], files: Mapping[Path, tuple[Drift, ...]]
) -> Iterator[str]:
    root = get_repository_root()
    for each in collect_diagnostics(results):
        if each.level is not Level.NOTE:  # GitHub shows only ten per step
            yield build_annotation(each).format_command(root)
    for result in results:
        for file in files[result.directory]:
            if file.is_fault:
                yield file.build_annotation(result.directory).format_command(root)
