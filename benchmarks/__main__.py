"""The program: measure all rows, or some, and print the table.

In: arguments. Out: a table on standard output, what is going on on standard error, and
the raw numbers in a file where one is named. A missed bar is no failure of this program.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import (
    batches,
    calls,
    codec,
    conformance,
    deliveries,
    differences,
    generation,
    impacts,
    imports,
    incremental,
    large,
    machine,
    peers,
    racing,
    spec_maker,
    table,
)
from benchmarks.row import Result, Row
from benchmarks.setting import Setting, find_full_document

ROWS: tuple[Row, ...] = (
    *generation.ROWS,
    *incremental.ROWS,
    *imports.ROWS,
    *large.ROWS,
    *codec.ROWS,
    *calls.ROWS,
    *batches.ROWS,
    *deliveries.ROWS,
    *differences.ROWS,
    *conformance.ROWS,
    *impacts.ROWS,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return the exit code.

    It is 1 if a row failed. A missed bar, and what this machine lacks, is no failure.
    """
    given = _parser().parse_args(arguments)
    rows = [row for row in ROWS if not given.only or row.name in given.only]
    _say("installing the peers, if they are not here yet")
    missing = peers.install()
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as work:
        setting = build_setting(Path(work), given.spec, missing)
        results = [_measured(row, setting, quick=given.quick) for row in rows]
    _print(results, as_markdown=given.markdown)
    if given.json is not None:
        given.json.write_text(_json(results), encoding="utf-8")
    return int(any(each.has_failed for each in results))


def build_setting(work: Path, full: Path | None, missing: dict[str, str]) -> Setting:
    """Return the setting; without a full document, it has one of the same size."""
    if full is not None:
        return Setting(work, full, peers.VENV, missing)

    document = work / "full.json"
    document.write_text(spec_maker.build_full_text(), encoding="utf-8")
    return Setting(work, document, peers.VENV, missing, is_flexprice=False)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure against the peers."
    )
    names = [row.name for row in ROWS]
    parser.add_argument(
        "--only", action="append", choices=names, metavar="NAME", help=", ".join(names)
    )
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--markdown", action="store_true", help="a table for a README")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep all numbers")
    parser.add_argument(
        "--spec",
        type=_file,
        default=find_full_document(),
        metavar="FILE",
        help="full document of Flexprice; without it, a document of the same size is used",
    )
    return parser


def _file(name: str) -> Path:
    path = Path(name)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"no such file: {name}")
    return path.resolve()


def _measured(row: Row, setting: Setting, *, quick: bool) -> Result:
    begin = time.monotonic()
    result = racing.run(row, setting, quick=quick)
    _say(f"{row.name}: {time.monotonic() - begin:.0f} s")
    return result


def _print(results: list[Result], *, as_markdown: bool) -> None:
    made = table.markdown(results) if as_markdown else table.plain(results)
    text = f"{made}\n\n{machine.described()}; {table.NOTE}\n"
    sys.stdout.write(text)


def _json(results: list[Result]) -> str:
    whole = {
        "machine": machine.described(),
        "results": [table.raw(each) for each in results],
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
