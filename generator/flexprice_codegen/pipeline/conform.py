"""The pipeline from recorded traffic to findings and proved corrections.

In: a `ConformRequest`. Out: a `ConformResult`. Nothing is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from flexprice_codegen.api.build import build_api
from flexprice_codegen.api.model import Api
from flexprice_codegen.conform.corrections import (
    Action,
    Correction,
    CorrectionBuilder,
    CorrectionOptions,
)
from flexprice_codegen.conform.coverage import build_coverage
from flexprice_codegen.conform.evidence import EvidenceCollector, EvidenceKey
from flexprice_codegen.conform.exchange import Exchange
from flexprice_codegen.conform.exchange_judge import ExchangeJudge
from flexprice_codegen.conform.findings import ConformFinding, build_findings
from flexprice_codegen.conform.overlay_text import list_foreign_actions
from flexprice_codegen.conform.proof import prove_corrections, read_actions
from flexprice_codegen.conform.result import ConformResult
from flexprice_codegen.conform.scrubbing import Scrubber
from flexprice_codegen.conform.traffic import keep_standard_input, read_traffic
from flexprice_codegen.diagnostics import DiagnosticSink, Level
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.pipeline.locations import locate_diagnostics
from flexprice_codegen.spec.document import Document, load_document
from flexprice_codegen.spec.limits import DEFAULT_LIMITS, Limits
from flexprice_codegen.spec.overlay import apply_actions
from flexprice_codegen.spec.sources import Source

_MOST_ROUNDS = 5
"""A correction can uncover what it hid, such as the schema of a route that moved."""


@frozen_value(kw_only=True)
class ConformRequest:
    """The document, its overlays, and the traffic to check it by.

    `servers` are base URLs that the document does not have. `own_overlay` is the text of
    the overlay that the run writes to: its actions that earlier runs wrote are checked
    again, as if they were not there.
    """

    spec: tuple[str, ...]
    overlay: tuple[str, ...] = ()
    traffic: tuple[str, ...]
    servers: tuple[str, ...] = ()
    own_overlay: str = ""
    options: CorrectionOptions = CorrectionOptions()
    is_proved: bool = True
    folder: Path = Path()
    limits: Limits = DEFAULT_LIMITS


@frozen_value
class _Round:
    """A document with corrections, its API, and the evidence against it."""

    document: Document
    api: Api
    found: EvidenceCollector


def judge_traffic(request: ConformRequest) -> ConformResult:
    """Check a document against recorded traffic, and correct it.

    Raises:
        DiagnosticError: The document, an overlay, or a recording cannot be read.
    """
    if not request.is_proved:
        return _judge_files(request)

    # Proofs read the traffic again.
    with keep_standard_input(request.traffic) as traffic:
        return _judge_files(replace(request, traffic=traffic))


def scrub_traffic(request: ConformRequest) -> Iterator[str]:
    """Yield each exchange without its values, as a line of JSON.

    Raises:
        DiagnosticError: The document, an overlay, or a recording cannot be read.
    """
    sink = DiagnosticSink()
    api = build_api(_load_corrected(request, sink), sink)
    judge = ExchangeJudge(api, request.servers)
    scrubber = Scrubber(api)
    traffic = map(judge.list_events, read_traffic(request.traffic))
    for recorded in chain.from_iterable(traffic):
        if isinstance(recorded, Exchange):
            operation = judge.find_operation(recorded)
            entry = scrubber.scrub(recorded, operation, judge.mask_path(recorded))
        else:
            entry = scrubber.scrub(recorded, None, "")
        yield json.dumps(entry) + "\n"


def _judge_files(request: ConformRequest) -> ConformResult:
    sink = DiagnosticSink()
    first = _judge_round(_load_corrected(request, sink), request, sink)
    current = first
    corrections: list[Correction] = []
    proposed_keys: set[EvidenceKey] = set()

    for _ in range(_MOST_ROUNDS if request.is_proved else 0):
        proposed = _propose_corrections(current, request, corrections)
        proved = prove_corrections(
            proposed,
            current.document,
            lambda: read_traffic(request.traffic),
            current.found,
            request.servers,
        )
        proposed_keys.update(each.key for each in proposed)
        if not proved:
            break
        corrections += proved
        current = _correct_document(current, proved, request)

    least = request.options.least
    findings = build_findings(first.found, least)
    return ConformResult(
        findings=tuple(_locate(each, first.document) for each in findings),
        corrections=tuple(corrections),
        remaining=build_findings(current.found, least),
        withdrawn=len(proposed_keys - {each.key for each in corrections}),
        coverage=build_coverage(first.api, first.found),
        exchanges=first.found.exchange_count,
        notices=tuple(
            each
            for each in locate_diagnostics(sink.diagnostics, first.document)
            if each.level is not Level.NOTE
        ),
    )


def _load_document(request: ConformRequest, sink: DiagnosticSink) -> Document:
    return load_document(
        request.spec,
        request.overlay,
        sink=sink,
        folder=request.folder,
        limits=request.limits,
    )


def _load_corrected(request: ConformRequest, sink: DiagnosticSink) -> Document:
    """Return the document with all overlays, and what people wrote in the own one."""
    document = _load_document(request, sink)
    foreign = list_foreign_actions(request.own_overlay)
    if not foreign:
        return document

    return _apply_to_document(document, foreign)


def _apply_to_document(document: Document, actions: Iterable[Action]) -> Document:
    corrected = apply_actions(document.root.read_mapping(), read_actions(actions))
    data = json.dumps(corrected.data).encode()
    return load_document([Source(document.name, data)], sink=DiagnosticSink())


def _judge_round(
    document: Document, request: ConformRequest, sink: DiagnosticSink
) -> _Round:
    """Read all traffic once, and collect the evidence against a document."""
    api = build_api(document, sink)
    judge = ExchangeJudge(api, request.servers)
    found = EvidenceCollector(api.schemas)
    traffic = map(judge.list_events, read_traffic(request.traffic))
    for recorded in chain.from_iterable(traffic):
        found.add(judge.judge(recorded))

    return _Round(document, api, found)


def _propose_corrections(
    current: _Round, request: ConformRequest, known: Iterable[Correction]
) -> list[Correction]:
    builder = CorrectionBuilder(
        current.document.root.read_mapping(),
        current.api,
        current.found,
        request.options,
    )
    done = {each.key for each in known}
    return [each for each in builder.build_corrections() if each.key not in done]


def _correct_document(
    current: _Round, corrections: Iterable[Correction], request: ConformRequest
) -> _Round:
    """Return the round with corrections applied to its document."""
    actions: list[Action] = [action for each in corrections for action in each.actions]
    document = _apply_to_document(current.document, actions)
    return _judge_round(document, request, DiagnosticSink())


def _locate(finding: ConformFinding, document: Document) -> ConformFinding:
    return replace(finding, location=document.locate(finding.key.at))
