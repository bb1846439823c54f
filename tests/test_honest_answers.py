"""The fake transport of each client, recorded: requests and answers have no findings.

A client sends, and the fake transport answers, what the document says, so each finding
would be a fault of the judge, of the recorder, of the client, or of the fake transport.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from support.corpus import Case, Corpus, Made, golden_cases, shared_corpus, world_cases
from support.honest_calls import call_each_method
from support.values import Value

from flexprice_codegen.api.path_templates import PLACEHOLDER
from flexprice_codegen.conform.result import ConformResult
from flexprice_codegen.pipeline.conform import ConformRequest, judge_traffic

pytestmark = [
    pytest.mark.slow,
    # Deprecated operations are called like all others.
    pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning"),
]

BASE = "https://api.example.com"
# A client without operations has nothing to record.
GOLDEN = [
    each for each in golden_cases() if "\npaths:" in each.document.read_text("utf-8")
]
KINDS = pytest.mark.parametrize("record", ["values", "shapes"])


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """Make clients, which can be imported."""
    with shared_corpus(tmp_path_factory) as opened:
        sys.path.insert(0, str(opened.clients))
        yield opened
        sys.path.remove(str(opened.clients))


def make(corpus: Corpus, case: Case) -> Made:
    """Make a client with both modules, under a name that no other test has."""
    name = f"{case.name}_recorded"
    # Dicts become classes before they are sent, so classes alone are enough here.
    recorded = replace(
        case,
        name=name,
        package=name,
        testing=True,
        recording=True,
        inputs="dataclass",
    )
    return corpus.made(recorded)


def judge(corpus: Corpus, case: Case, folder: Path, record: str) -> ConformResult:
    """Record an answer of each status of each operation, and judge the recording."""
    made = make(corpus, case)
    traffic = folder / "traffic.jsonl"
    count = record_answers(made, traffic, record)
    result = judge_recording(case, traffic)
    assert result.exchanges == count >= made.methods
    return result


def judge_recording(case: Case, traffic: Path) -> ConformResult:
    """Judge a recording by the document and the overlays of a case."""
    return judge_traffic(
        ConformRequest(
            spec=(str(case.base / case.spec),),
            overlay=tuple(str(case.base / each) for each in case.overlay),
            traffic=(str(traffic),),
            servers=(BASE,),
            is_proved=False,
        )
    )


def record_answers(made: Made, traffic: Path, record: str) -> int:
    """Record what the fake transport answers; return how many answers."""
    fake = import_module(f"{made.name}.testing").FakeTransport()
    recording = import_module(f"{made.name}.recording")
    count = 0
    with recording.Recorder(traffic, record=record) as tape, tape.client(fake) as http:
        for method in iter_methods(made):
            operation = method.operation
            url = BASE + PLACEHOLDER.sub("id-1", operation.path)
            told = fake.on(method)
            for status in [0, *filter(str.isdecimal, operation.errors)]:
                told.respond_error(int(status))
                http.request(operation.method, url, extensions={"called": operation})
                count += 1
        assert tape.lost == 0
    return count


def iter_methods(made: Made) -> Iterator[Value]:
    """Yield the methods of a client that blocks, bound to resources without one."""
    base = import_module(f"{made.name}.runtime.client").Resource
    for path in sorted((made.folder / "resources").glob("*.py")):
        module = import_module(f"{made.name}.resources.{path.stem}")
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, base) and kind is not base:
                resource: Value = object.__new__(kind)
                yield from (
                    getattr(resource, name)
                    for name, each in vars(kind).items()
                    if hasattr(each, "operation")
                )


def list_findings(result: ConformResult) -> list[tuple[str, str, str]]:
    return [
        (each.key.rule, each.key.at.pointer, each.key.detail)
        for each in result.findings
    ]


@KINDS
@pytest.mark.parametrize("case", GOLDEN, ids=[each.name for each in GOLDEN])
def test_a_golden_client_has_no_findings(
    case: Case, record: str, corpus: Corpus, tmp_path: Path
) -> None:
    assert list_findings(judge(corpus, case, tmp_path, record)) == []


def judge_requests(
    corpus: Corpus, case: Case, folder: Path, record: str
) -> ConformResult:
    """Record calls of each method with samples of its arguments, and judge them."""
    made = make(corpus, case)
    traffic = folder / "traffic.jsonl"
    fake = import_module(f"{made.name}.testing").FakeTransport()
    recording = import_module(f"{made.name}.recording")
    with recording.Recorder(traffic, record=record) as tape, tape.client(fake) as http:
        count = call_each_method(made.name, http)
        assert tape.lost == 0

    assert count >= 2 * made.methods
    result = judge_recording(case, traffic)
    assert result.exchanges == count
    return result


@KINDS
@pytest.mark.parametrize("case", GOLDEN, ids=[each.name for each in GOLDEN])
def test_the_requests_of_a_golden_client_have_no_findings(
    case: Case, record: str, corpus: Corpus, tmp_path: Path
) -> None:
    assert list_findings(judge_requests(corpus, case, tmp_path, record)) == []


@KINDS
def test_the_requests_of_flexprice_have_no_findings(
    record: str, corpus: Corpus, shared: Path, tmp_path: Path
) -> None:
    case = world_cases(shared)[0]
    assert list_findings(judge_requests(corpus, case, tmp_path, record)) == []


@KINDS
def test_flexprice_has_no_findings(
    record: str, corpus: Corpus, shared: Path, tmp_path: Path
) -> None:
    case = world_cases(shared)[0]
    assert list_findings(judge(corpus, case, tmp_path, record)) == []


@KINDS
def test_the_events_of_flexprice_have_no_findings(
    record: str, corpus: Corpus, shared: Path, tmp_path: Path
) -> None:
    case = world_cases(shared)[0]
    made = make(corpus, case)
    traffic = tmp_path / "traffic.jsonl"
    facts = import_module(f"{made.name}.testing").FakeTransport.facts
    samples = import_module(f"{made.name}.runtime.samples").Samples(facts.samples)
    payloads = import_module(f"{made.name}.webhooks").EVENT_PAYLOADS
    recording = import_module(f"{made.name}.recording")

    with recording.Recorder(traffic, record=record) as tape:
        for name in payloads:
            body = json.dumps(samples.of(payloads[name]))
            tape.record_delivery(body, event=name)
        assert tape.lost == 0

    result = judge_recording(case, traffic)
    assert result.exchanges == made.events
    assert list_findings(result) == []
