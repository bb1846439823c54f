"""`conform.traffic`: recordings of all forms and sizes."""

from __future__ import annotations

import io
import json
import sys
import tracemalloc
from pathlib import Path

import pytest
from support.recorded import build_entry, build_har

from flexprice_codegen.conform.exchange import Exchange
from flexprice_codegen.conform.traffic import keep_standard_input, read_traffic
from flexprice_codegen.diagnostics import DiagnosticError

ENTRIES = [build_entry(f"GET /things/{n}", {"id": str(n)}) for n in range(5)]


def paths(*files: Path | str) -> list[str]:
    traffic = read_traffic([str(file) for file in files])
    return [each.path for each in traffic if isinstance(each, Exchange)]


EXPECTED = [f"/v1/things/{n}" for n in range(5)]


def test_a_har_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.har"
    file.write_text(build_har(*ENTRIES), encoding="utf-8")
    assert paths(file) == EXPECTED

    pretty = json.dumps(json.loads(build_har(*ENTRIES)), indent=2)
    file.write_text(f"\ufeff{pretty}", encoding="utf-8")
    assert paths(file) == EXPECTED


def test_json_lines_are_read_and_half_a_line_at_the_end_is_lost(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    lines = "".join(f"{json.dumps(each)}\n" for each in ENTRIES)
    file.write_text(f"{lines}\n" + lines[:40], encoding="utf-8")

    assert paths(file) == EXPECTED


def test_a_directory_is_all_of_its_recordings(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.har").write_text(build_har(*ENTRIES[2:]), encoding="utf-8")
    (tmp_path / "a.jsonl").write_text(
        "".join(f"{json.dumps(each)}\n" for each in ENTRIES[:2]), encoding="utf-8"
    )
    (tmp_path / "notes.txt").write_text("nothing", encoding="utf-8")

    assert paths(tmp_path) == EXPECTED
    numbers = [each.number for each in read_traffic([str(tmp_path)])]
    assert numbers == [1, 2, 3, 4, 5]


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    text = io.TextIOWrapper(io.BytesIO(build_har(*ENTRIES).encode()))
    monkeypatch.setattr(sys, "stdin", text)

    assert paths("-") == EXPECTED


def test_standard_input_is_kept_for_a_second_reading(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "a.har"
    file.write_text(build_har(ENTRIES[0]), encoding="utf-8")
    text = io.TextIOWrapper(io.BytesIO(build_har(*ENTRIES).encode()))
    monkeypatch.setattr(sys, "stdin", text)

    with keep_standard_input(["-", str(file)]) as kept:
        assert paths(*kept) == paths(*kept) == [*EXPECTED, EXPECTED[0]]
        assert kept[1] == str(file)

    assert not Path(kept[0]).exists()


def numbers(file: Path, *entries: object) -> list[int]:
    file.write_text(build_har(*entries), encoding="utf-8")
    return [each.number for each in read_traffic([str(file)])]


def test_a_retry_is_no_other_witness(tmp_path: Path) -> None:
    file = tmp_path / "a.har"
    failed = [build_entry(f"GET /things/{n}", status=503) for n in (1, 2)]
    fine = [build_entry(f"GET /things/{n}", {}) for n in (1, 2)]

    # Two calls at once, both repeated twice; then one of them again.
    both = [*failed, *failed, *fine]
    assert numbers(file, *both, fine[0]) == [1, 2, 1, 2, 1, 2, 7]


@pytest.mark.parametrize(
    "other",
    [
        build_entry("POST /things", {}, status=201, sent={"a": 2}),
        build_entry("POST /other", {}, status=201, sent={"a": 1}),
        build_entry("POST /things", {}, status=201, sent={"a": 1}, query={"b": 1}),
    ],
)
def test_another_request_is_no_retry(other: object, tmp_path: Path) -> None:
    failed = build_entry("POST /things", status=503, sent={"a": 1})

    assert numbers(tmp_path / "a.har", failed, other) == [1, 2]


def test_a_request_that_clients_do_not_repeat_has_no_retry(tmp_path: Path) -> None:
    rejected = build_entry("GET /things/1", status=404)

    assert numbers(tmp_path / "a.har", rejected, rejected) == [1, 2]


def test_the_word_entries_in_a_text_is_no_list(tmp_path: Path) -> None:
    file = tmp_path / "a.har"
    log = {"comment": '"entries": [1]', "entries": ENTRIES}
    file.write_text(json.dumps({"log": log}), encoding="utf-8")

    assert paths(file) == EXPECTED


def test_a_large_file_needs_the_memory_of_an_entry(tmp_path: Path) -> None:
    file = tmp_path / "a.har"
    entry = json.dumps(build_entry("GET /things/1", {"text": "x" * 10_000}))
    with file.open("w", encoding="utf-8") as writer:
        writer.write('{"log": {"entries": [')
        writer.write(",".join([entry] * 2_000))
        writer.write("]}}")
    tracemalloc.start()

    count = sum(1 for _ in read_traffic([str(file)]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 2_000
    assert file.stat().st_size > 19_000_000
    assert peak < 12_000_000


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("not json", "traffic"),
        ('{"log": {"entries": [{"a": 1}', "traffic"),
        ('{"log": {"entries": [' + "[" * 100_000, "traffic"),
    ],
)
def test_what_is_no_recording_is_an_error_with_its_file(
    text: str, code: str, tmp_path: Path
) -> None:
    file = tmp_path / "a.har"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(DiagnosticError) as caught:
        paths(file)

    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == code
    assert "a.har" in str(diagnostic.location)


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DiagnosticError, match="file not found"):
        paths(tmp_path / "a.har")


def test_a_directory_without_recordings_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DiagnosticError, match="no recording"):
        paths(tmp_path)
