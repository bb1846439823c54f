"""`flexprice-codegen conform`: where a server differs from its document.

In: arguments. Out: a report, a coverage file, an overlay with proved corrections, and exit
code 1 if a finding has at least the level of `--fail-on`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from flexprice_codegen.cli.client_selection import load_config, shorten_path
from flexprice_codegen.cli.diff_request import write_report
from flexprice_codegen.cli.limit_arguments import read_limits
from flexprice_codegen.conform.corrections import CorrectionOptions
from flexprice_codegen.conform.findings import ConformFinding
from flexprice_codegen.conform.overlay_text import update_overlay
from flexprice_codegen.conform.result import ConformResult
from flexprice_codegen.conform.traffic import keep_standard_input
from flexprice_codegen.diagnostics import Diagnostic, Level, build_error
from flexprice_codegen.diff.levels.ignore_file import IgnoreEntry, read_ignore_file
from flexprice_codegen.pipeline.conform import (
    ConformRequest,
    judge_traffic,
    scrub_traffic,
)
from flexprice_codegen.report.conform_json import (
    format_conform_github,
    format_conform_json,
    format_conform_sarif,
    format_coverage_json,
)
from flexprice_codegen.report.conform_text import (
    format_conform_markdown,
    format_conform_text,
    format_coverage_markdown,
)
from flexprice_codegen.report.console import open_console, print_line
from flexprice_codegen.report.diagnostics import print_diagnostics

EXIT_FINDINGS = 1
_FORMATS: Mapping[str, Callable[[ConformResult], str]] = {
    "text": format_conform_text,
    "markdown": format_conform_markdown,
    "json": format_conform_json,
    "github": format_conform_github,
    "sarif": format_conform_sarif,
}
CONFORM_FORMATS = tuple(_FORMATS)
# The order of `--fail-on`.
_RANKS = {"error": 2, "warning": 1, "note": 0}


def run(arguments: argparse.Namespace) -> int:
    """Check recorded traffic, write what the arguments name, and return the exit code.

    Raises:
        DiagnosticError: The document, an overlay, or a recording cannot be read.
    """
    target = Path(arguments.write) if arguments.write else None
    request = _build_request(arguments, target)
    if not arguments.scrub:
        return _report_traffic(request, arguments, target)

    # The traffic is read once more, for the recording without values.
    with keep_standard_input(request.traffic) as traffic:
        kept = replace(request, traffic=traffic)
        with Path(arguments.scrub).open("w", encoding="utf-8") as file:
            file.writelines(scrub_traffic(kept))
        return _report_traffic(kept, arguments, target)


def _report_traffic(
    request: ConformRequest, arguments: argparse.Namespace, target: Path | None
) -> int:
    """Check the traffic, write the reports, and return the exit code."""
    result = judge_traffic(request)
    result, unused = _apply_ignore_files(result, arguments.ignore)

    print_diagnostics(
        open_console(error=True), (*result.notices, *unused), all_notes=False
    )
    write_report(_FORMATS[arguments.format](result), arguments.output)
    if arguments.coverage:
        _write_coverage(result, Path(arguments.coverage))
    if target is not None:
        _write_overlay(result, target)

    return _get_exit_code(result.findings, arguments.fail_on)


def _build_request(
    arguments: argparse.Namespace, target: Path | None
) -> ConformRequest:
    options = CorrectionOptions(
        least=arguments.least,
        enum_values=arguments.enum_values,
        habits=arguments.habits,
    )
    common = ConformRequest(
        spec=tuple(arguments.spec or ()),
        overlay=tuple(arguments.overlay),
        traffic=tuple(arguments.traffic),
        servers=tuple(arguments.server),
        options=options,
        # Proving reads the traffic again for what nobody would see.
        is_proved=bool(arguments.write) or arguments.format == "json",
        limits=read_limits(arguments),
    )
    if not common.spec:
        common = _add_client(common, arguments)
    if target is None:
        return common

    # What earlier runs wrote is judged again, so that it is renewed or found needless.
    others = [path for path in common.overlay if not _is_same_file(path, target)]
    return replace(common, overlay=tuple(others), own_overlay=_read_if_there(target))


def _add_client(
    request: ConformRequest, arguments: argparse.Namespace
) -> ConformRequest:
    """Return the request for a client of the configuration file."""
    config = load_config(arguments.config)
    named = [each for each in config.clients if arguments.client in (None, each.name)]
    if len(named) != 1:
        known = ", ".join(each.name for each in config.clients)
        raise build_error(
            "usage",
            f"unknown client {arguments.client!r}" if arguments.client else "no client",
            hint=f"pass --client with one of {known}, or --spec",
        )

    (client,) = named
    base = config.directory
    overlays = [shorten_path(base / each).as_posix() for each in client.overlay]
    return replace(
        request,
        spec=tuple(shorten_path(base / each).as_posix() for each in client.spec),
        overlay=(*overlays, *request.overlay),
    )


def _is_same_file(path: str, target: Path) -> bool:
    return Path(path).resolve() == target.resolve()


def _read_if_there(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _apply_ignore_files(
    result: ConformResult, files: list[str]
) -> tuple[ConformResult, tuple[Diagnostic, ...]]:
    """Return the result without ignored findings, and warnings about unused entries."""
    today = datetime.now(UTC).date()
    entries = [each for file in files for each in read_ignore_file(file)]
    valid = [each for each in entries if not each.expires or each.expires >= today]
    used: set[int] = set()
    kept = []
    for finding in result.findings:
        fitting = [n for n, each in enumerate(valid) if _matches(each, finding)]
        used.update(fitting)
        if not fitting:
            kept.append(finding)

    unused = tuple(
        Diagnostic(
            code="ignore-unused",
            level=Level.WARNING,
            message=f"the entry matches no finding: {each.reason}",
            help="remove it",
            location=each.at,
        )
        for n, each in enumerate(valid)
        if n not in used
    )
    return replace(result, findings=tuple(kept)), unused


def _matches(entry: IgnoreEntry, finding: ConformFinding) -> bool:
    """Return whether an entry names a finding by all that it names."""
    tests = (
        (entry.rule, finding.key.rule),
        (entry.path, finding.key.at.pointer.removeprefix("/")),
        (entry.fingerprint, finding.fingerprint),
    )
    return all(pattern is None or pattern.matches_name(text) for pattern, text in tests)


def _write_coverage(result: ConformResult, path: Path) -> None:
    is_json = path.suffix == ".json"
    build = format_coverage_json if is_json else format_coverage_markdown
    write_report(build(result.coverage), path.as_posix())


def _write_overlay(result: ConformResult, path: Path) -> None:
    """Write the proved corrections, and report what changed in the overlay."""
    actions = [action for each in result.corrections for action in each.actions]
    before = _read_if_there(path)
    if not actions and not before:
        return

    update = update_overlay(before, actions)
    if update.text != before:
        write_report(update.text, path.as_posix())

    console = open_console(error=True)
    parts = [f"{update.added} added", f"{update.renewed} renewed"]
    if update.ended:
        parts.append(f"{len(update.ended)} no longer needed")
    print_line(console, f"{path.as_posix()}: {', '.join(parts)}")
    for each in update.ended:
        print_line(console, f"  no longer needed: {each}")


def _get_exit_code(findings: tuple[ConformFinding, ...], fail_on: str) -> int:
    if fail_on == "none":
        return 0

    least = _RANKS[fail_on]
    is_failure = any(_RANKS[each.level.value] >= least for each in findings)
    return EXIT_FINDINGS if is_failure else 0
