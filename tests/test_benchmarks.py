"""The benchmarks: what they measure, and how they tell it. No time is asserted."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from benchmarks import (
    bodies,
    commands,
    event_maker,
    former,
    racing,
    spec_maker,
    table,
)
from benchmarks.__main__ import ROWS, build_setting
from benchmarks.__main__ import main as run_benchmarks
from benchmarks.commands import Command, seconds
from benchmarks.row import (
    TIMES,
    AmountBar,
    Bar,
    Contender,
    ContenderError,
    Failure,
    MissingToolError,
    Numbers,
    Race,
    RatioBar,
    Result,
    Row,
    Unit,
)
from benchmarks.setting import OVERLAY, Setting
from flexprice_codegen.cli.main import main

METHODS = ("get", "post", "put", "delete")


def _row(race: Race, bar: Bar | None = None) -> Row:
    def prepared(_: Setting, __: ExitStack) -> Race:
        return race

    return Row(
        name="row", what="a row", race=prepared, bar=bar, rounds=3, quick_rounds=1
    )


def _constant(name: str, value: float) -> Contender:
    return Contender(name, lambda: value)


def _broken(name: str) -> Contender:
    def measure() -> float:
        raise ContenderError("it broke")

    return Contender(name, measure)


def _missing(name: str) -> Contender:
    def measure() -> float:
        raise MissingToolError("not here: it needs Java")

    return Contender(name, measure)


def _result(bar: Bar | None, ours: Contender, *peers: Contender) -> Result:
    setting = Setting(work=Path(), full=Path(), peers=Path())
    return racing.run(_row(Race(ours, peers), bar), setting, quick=False)


def test_a_made_document_is_the_same_every_time() -> None:
    assert spec_maker.text(50) == spec_maker.text(50)
    assert spec_maker.text(50) != spec_maker.text(50, seed=1)


@pytest.mark.parametrize("operations", [1, 10, 20, 5_000])
def test_a_made_document_has_the_operations_that_were_asked_for(
    operations: int,
) -> None:
    paths = spec_maker.document(operations)["paths"].values()
    assert sum(method in each for each in paths for method in METHODS) == operations


def test_a_made_document_refers_to_nothing_that_is_missing() -> None:
    text = spec_maker.text(200)
    schemas = json.loads(text)["components"]["schemas"]
    parts = text.split('"$ref": "#/components/schemas/')[1:]
    assert {part.partition('"')[0] for part in parts} <= schemas.keys()


def test_a_made_document_of_more_operations_than_names_is_refused() -> None:
    with pytest.raises(ValueError, match="names are there for"):
        spec_maker.document(50_000)


def test_a_made_document_is_generated_without_warnings(tmp_path: Path) -> None:
    document, output = tmp_path / "made.json", tmp_path / "made"
    document.write_text(spec_maker.text(20), encoding="utf-8")
    line = ["generate", str(document), "--output", str(output)]
    assert main([*line, "--fail-on", "warning"]) == 0
    assert (output / "resources" / "customers.py").is_file()


def test_a_made_document_of_events_is_generated_without_warnings(
    tmp_path: Path,
) -> None:
    document, output = tmp_path / "made.json", tmp_path / "made"
    document.write_text(event_maker.text(20), encoding="utf-8")
    line = ["generate", str(document), "--output", str(output)]
    assert main([*line, "--fail-on", "warning"]) == 0
    webhooks = (output / "webhooks.py").read_text(encoding="utf-8")
    assert webhooks.count("] = EventType(") == 20
    assert '"customer.created"' in webhooks


def test_a_body_holds_every_member_but_those_of_its_own_kind() -> None:
    text = {"type": "string"}
    schemas = {
        "Node": {
            "type": "object",
            "properties": {
                "id": text,
                "parent": {"$ref": "#/components/schemas/Node"},
                "children": {
                    "type": "array",
                    "items": {"$ref": "#/components/schemas/Node"},
                },
                "state": {"type": "string", "enum": ["on", "off"]},
                "names": {"type": "array", "items": text},
            },
        }
    }
    made = json.loads(bodies.body(schemas, bodies.Wanted("Node", 2, 3)))
    assert made.keys() == {"id", "state", "names"}
    assert len(made["names"]) == 2


def test_a_sparse_body_lacks_a_third_of_what_is_plain_and_optional() -> None:
    text = {"type": "string"}
    names = {"type": "array", "items": text}
    properties = {
        "id": text,
        "a": text,
        "b": text,
        "c": text,
        "d": text,
        "names": names,
    }
    schemas = {
        "Node": {"type": "object", "required": ["id"], "properties": properties},
    }
    wanted = bodies.Wanted("Node", 2, 3, is_sparse=True)
    made = json.loads(bodies.body(schemas, wanted))
    assert made.keys() == {"id", "b", "c", "names"}


def test_a_row_is_judged_by_the_fastest_peer() -> None:
    peers = (_constant("slow", 9.0), _constant("fast", 2.0))
    result = _result(RatioBar(1.0), _constant("ours", 3.0), *peers)
    assert (result.fastest, result.ratio("fast"), result.is_met) == ("fast", 1.5, False)
    assert "MISSED" in table.plain([result])


def test_a_peer_that_fails_is_shown_as_failed_and_never_as_the_fastest() -> None:
    result = _result(
        RatioBar(1.0), _constant("ours", 1.0), _broken("broken"), _constant("fine", 2.0)
    )
    broken = next(
        line for line in table.plain([result]).split("\n") if "broken" in line
    )
    assert "failed: it broke" in broken
    assert TIMES not in broken
    assert (result.fastest, result.is_met) == ("fine", True)


def test_a_bar_is_shown_also_where_nobody_could_be_measured() -> None:
    result = _result(RatioBar(0.5), _constant("ours", 1.0), _broken("broken"))
    assert result.is_met is None
    line = table.plain([result]).split("\n")[2]
    assert f"≤ 0.5 {TIMES}" in line
    assert line.endswith("not measured")


def test_a_row_that_only_flexprice_can_answer_is_skipped_by_name() -> None:
    row = next(each for each in ROWS if each.needs_flexprice)
    setting = Setting(
        work=Path(), full=Path(), peers=Path(), missing={}, is_flexprice=False
    )
    result = racing.run(row, setting, quick=True)
    assert "skipped: needs the full Flexprice document" in table.plain([result])
    assert not result.has_failed


def test_most_rows_need_no_document_from_elsewhere() -> None:
    assert sum(not row.needs_flexprice for row in ROWS) > len(ROWS) * 2 / 3


def test_a_row_that_fails_makes_the_program_fail(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [_row(Race(_constant("ours", 1.0), (_broken("theirs"),)))]
    monkeypatch.setattr("benchmarks.__main__.ROWS", rows)
    monkeypatch.setattr("benchmarks.peers.install", dict)

    assert run_benchmarks([]) == 1
    assert "failed: it broke" in capsys.readouterr().out

    rows[:] = [_row(Race(_constant("ours", 1.0), (_missing("theirs"),)))]
    assert run_benchmarks([]) == 0
    assert "skipped: not here: it needs Java" in capsys.readouterr().out


def test_a_full_document_is_made_where_there_is_none(tmp_path: Path) -> None:
    setting = build_setting(tmp_path, None, {})
    document = json.loads(setting.full.read_text(encoding="utf-8"))
    operations = [key for path in document["paths"].values() for key in path]

    assert not setting.is_flexprice
    assert len(operations) == 201 + 57
    assert "SubscriptionResponse" in document["components"]["schemas"]
    line = ["generate", str(setting.full), "--output", str(tmp_path / "made")]
    assert main([*line, "--fail-on", "warning", "--overlay", str(OVERLAY)]) == 0


def test_markdown_has_a_line_for_each_peer_and_no_broken_cell() -> None:
    peers = (Numbers((1.0,)), Failure("a | b"))
    row = _row(Race(_constant("ours", 1.0), ()), AmountBar(300, Unit.MEGABYTES))
    result = Result(row, Numbers((200.0,)), (("one", peers[0]), ("two", peers[1])))
    lines = table.markdown([result]).split("\n")
    assert len(lines) == 4
    assert "a \\| b" in lines[3]
    assert lines[2].endswith("| ≤ 300 MB | met |")


def test_the_generator_of_an_earlier_commit_comes_from_git(tmp_path: Path) -> None:
    repository, text = tmp_path / "repository", tmp_path / "repository" / "a.txt"
    repository.mkdir()
    for content in ("before", "now"):
        text.write_text(content, encoding="utf-8")
        _git(repository, "init", "--quiet")
        _git(repository, "add", ".")
        _git(repository, "commit", "--quiet", "--message", content)
    former.unpack(repository, "HEAD~1", tmp_path / "former")
    assert (tmp_path / "former" / "a.txt").read_text(encoding="utf-8") == "before"


def test_a_commit_that_a_clone_lacks_is_a_failure_of_the_row(tmp_path: Path) -> None:
    _git(tmp_path, "init", "--quiet")
    with pytest.raises(MissingToolError, match="no commit e2db54c"):
        former.unpack(tmp_path, former.COMMIT, tmp_path / "former")


def _git(folder: Path, *arguments: str) -> None:
    line = ("git", "-c", "user.name=a", "-c", "user.email=a@example.com", *arguments)
    subprocess.run(line, cwd=folder, check=True)


def test_rows_have_names_of_their_own() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)


def test_a_command_that_fails_says_its_last_line(tmp_path: Path) -> None:
    code = "import sys; print('first', file=sys.stderr); sys.exit('the reason')"
    with pytest.raises(ContenderError, match=r"^the reason$"):
        seconds(Command((sys.executable, "-c", code), tmp_path))


def test_a_command_that_takes_too_long_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "_LIMIT", 0.1)
    with pytest.raises(ContenderError, match="took longer than"):
        seconds(
            Command((sys.executable, "-c", "import time; time.sleep(60)"), tmp_path)
        )


def test_a_process_that_has_just_ended_started_nothing(tmp_path: Path) -> None:
    assert commands.list_files(tmp_path / "task", "*/children") == []


def test_a_command_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(ContenderError, match="No such file"):
        seconds(Command(("no-such-program-anywhere",), tmp_path))
