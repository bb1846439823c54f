"""Each option of `conform`, by the command line."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from support.documents import TEXT, document, operation, parameter, ref
from support.recorded import BASE, build_entry, build_har

from flexprice_codegen.cli.main import main

THING = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": TEXT,
        "name": TEXT,
        "state": {"type": "string", "enum": ["a"]},
    },
}
ID = [parameter("id", "path")]
DOCUMENT = document(
    {
        "/things/{id}": {"get": operation("get", ref("Thing"), parameters=ID)},
        "/things": {"get": operation("list", ref("Thing"))},
    },
    {"Thing": THING},
)
DOCUMENT["servers"] = [{"url": BASE}]
LIE = build_entry("GET /things/1", {"id": "1", "name": None})
NULLABLE = """
overlay: 1.0.0
info: {title: Known, version: "1"}
actions:
  - target: $.components.schemas.Thing.properties.name.type
    remove: true
  - target: $.components.schemas.Thing.properties.name
    update: {type: [string, "null"]}
"""
CONFIGURATION = """
[[client]]
name = "shop"
spec = "api.json"
overlay = "known.yaml"
output = "shop"
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a document, and a recording of a server with one lie, twice."""
    monkeypatch.chdir(tmp_path)
    Path("api.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    write_traffic(LIE, LIE)
    return tmp_path


def write_traffic(*entries: object) -> None:
    Path("traffic.har").write_text(build_har(*entries), encoding="utf-8")


def conform(*arguments: str, document: bool = True) -> int:
    """Run the command, and return its exit code."""
    spec = ["--spec", "api.json"] if document else []
    return main(["conform", *(arguments or ("traffic.har",)), *spec])


def read_report(*arguments: str, document: bool = True) -> dict[str, Any]:
    """Return the report as JSON."""
    options = ("--format", "json", "-o", "report.json", "--fail-on", "none")
    assert conform(*(arguments or ("traffic.har",)), *options, document=document) == 0
    report: dict[str, Any] = json.loads(Path("report.json").read_text("utf-8"))
    return report


def list_rules(report: dict[str, Any]) -> list[str]:
    return [each["rule"] for each in report["findings"]]


def test_traffic_is_files_directories_and_standard_input(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path("more").mkdir()
    Path("more", "a.jsonl").write_text(json.dumps(LIE) + "\n", encoding="utf-8")
    text = io.TextIOWrapper(io.BytesIO(build_har(LIE).encode()))
    monkeypatch.setattr(sys, "stdin", text)

    report = read_report("traffic.har", "more", "-")

    assert report["exchanges"] == 4
    assert report["findings"][0]["exchanges"] == 4
    # Proofs read all of it again, standard input, too.
    assert [each["rule"] for each in report["corrections"]] == ["null-unexpected"]


def test_the_client_of_a_configuration_file_names_document_and_overlays() -> None:
    Path("known.yaml").write_text(NULLABLE, encoding="utf-8")
    Path("flexprice-codegen.toml").write_text(CONFIGURATION, encoding="utf-8")

    assert list_rules(read_report()) == ["null-unexpected"]
    for options in ([], ["--client", "shop"], ["--config", "flexprice-codegen.toml"]):
        assert read_report("traffic.har", *options, document=False)["findings"] == []


def test_an_unknown_client_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    Path("known.yaml").write_text(NULLABLE, encoding="utf-8")
    Path("flexprice-codegen.toml").write_text(CONFIGURATION, encoding="utf-8")

    assert conform("traffic.har", "--client", "other", document=False) == 2
    assert "unknown client 'other'" in capsys.readouterr().err


def test_an_overlay_is_applied_before_judging() -> None:
    Path("known.yaml").write_text(NULLABLE, encoding="utf-8")

    assert read_report("traffic.har", "--overlay", "known.yaml")["findings"] == []


def test_a_server_names_the_base_of_the_traffic() -> None:
    entry = build_entry("GET /proxy/things/1", {"id": "1", "name": None})
    write_traffic(entry, entry)

    assert list_rules(read_report()) == ["route-undocumented"]
    served = read_report("traffic.har", "--server", "http://localhost/v1/proxy")
    assert list_rules(served) == ["null-unexpected"]


def test_least_is_the_number_of_exchanges_of_a_correction() -> None:
    assert read_report("traffic.har", "--least", "3")["corrections"] == []
    assert read_report("traffic.har", "--least", "2")["corrections"] != []


def test_a_finding_is_ignored_by_rule_path_or_fingerprint(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (finding,) = read_report()["findings"]
    for entry in (
        'rule = "null-*"',
        'path = "components/schemas/Thing/*"',
        f'fingerprint = "{finding["fingerprint"]}"',
    ):
        text = f'[[ignore]]\n{entry}\nreason = "known"\n'
        Path("ignore.toml").write_text(text, encoding="utf-8")
        report = read_report("traffic.har", "--ignore", "ignore.toml")
        assert report["findings"] == [], entry
    assert "ignore-unused" not in capsys.readouterr().err

    text = '[[ignore]]\nrule = "type-other"\nreason = "known"\n'
    Path("ignore.toml").write_text(text, encoding="utf-8")
    assert list_rules(read_report("traffic.har", "--ignore", "ignore.toml")) == [
        "null-unexpected"
    ]
    assert "ignore-unused" in capsys.readouterr().err


def test_fail_on_is_the_lowest_level_that_fails() -> None:
    codes = {
        level: conform("traffic.har", "-o", "out.txt", "--fail-on", level)
        for level in ("error", "warning", "note", "none")
    }

    assert codes == {"error": 0, "warning": 1, "note": 1, "none": 0}


def test_coverage_is_what_was_not_seen() -> None:
    conform("traffic.har", "--coverage", "seen.json", "-o", "out.txt")
    conform("traffic.har", "--coverage", "seen.md", "-o", "out.txt")

    seen = json.loads(Path("seen.json").read_text("utf-8"))
    assert seen == {
        "operations": [
            {
                "operation": "GET /things/{id}",
                "exchanges": 2,
                "statuses": {"200": 2},
                "unseen": [],
            },
            {
                "operation": "GET /things",
                "exchanges": 0,
                "statuses": {},
                "unseen": ["200"],
            },
        ],
        "schemas": [{"schema": "Thing", "unseen": ["state"]}],
    }
    table = Path("seen.md").read_text("utf-8")
    assert "GET /things/{id}" in table
    assert "`state`" in table


def test_the_overlay_is_renewed_and_a_lie_that_ended_is_reported(
    capsys: pytest.CaptureFixture[str],
) -> None:
    people = (
        "overlay: 1.0.0\ninfo: {title: Ours, version: '1'}\nactions:\n"
        "  # Kept to the letter.\n"
        "  - target: $.info\n    update: {x-own: true}\n"
    )
    Path("own.yaml").write_text(people, encoding="utf-8")
    conform("traffic.har", "--write", "own.yaml", "-o", "out.txt")
    written = Path("own.yaml").read_text("utf-8")
    assert written.startswith(people)
    assert "x-evidence" in written

    conform("traffic.har", "--write", "own.yaml", "-o", "out.txt")
    assert Path("own.yaml").read_text("utf-8") == written

    write_traffic(build_entry("GET /things/1", {"id": "1", "name": "A"}))
    conform("traffic.har", "--write", "own.yaml", "-o", "out.txt")
    assert Path("own.yaml").read_text("utf-8") == people
    said = capsys.readouterr().err
    assert "no longer needed" in said
    assert "$.components.schemas.Thing.properties.name" in said


@pytest.mark.parametrize(
    ("format_", "text"),
    [
        ("text", "warning[null-unexpected]: `Thing.name` can be null"),
        ("markdown", "| warning |"),
        ("json", '"rule": "null-unexpected"'),
        ("github", "::warning "),
        ("sarif", '"ruleId": "null-unexpected"'),
    ],
)
def test_a_report_has_each_format(
    format_: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    conform("traffic.har", "--format", format_)

    assert text in capsys.readouterr().out


def test_scrubbed_traffic_has_the_same_findings_and_no_value(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    canary = build_entry(
        "GET /things/canary", {"id": "canary", "name": None, "state": "a"}
    )
    canary["request"]["headers"] = [{"name": "X-Key", "value": "canary"}]
    other = build_entry("GET /others/canary-1", {"id": "canary"}, query={"q": "canary"})
    whole = build_har(canary, canary, other, other)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(whole.encode())))

    before = read_report("-", "--scrub", "scrubbed.jsonl")

    assert "canary" not in Path("scrubbed.jsonl").read_text("utf-8")
    after = read_report("scrubbed.jsonl")
    assert list_rules(after) == list_rules(before)
    assert after["exchanges"] == 4
    assert after["corrections"] == before["corrections"]
