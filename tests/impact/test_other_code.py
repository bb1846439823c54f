"""The index over a repository that was not written for it, with known uses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.generated import named
from support.marked_code import index_symbols

from flexprice_codegen.impact.code_files import CodeFile, read_code
from flexprice_codegen.impact.symbols import CONFIDENCES, Use

REQUIRED = ("models.CreateCustomerRequest", "name")


def list_symbols_of(use: Use, known: set[str]) -> list[str]:
    """Return the symbols that a use counts for, as the repository names them."""
    text = str(use.symbol)
    if use.symbol.kind == "choice":
        return []
    if use.symbol.kind != "constructor":
        return [text]
    if use.way == "unpacked":
        return [each for each in known if each.rpartition(".")[0] == text]
    owner, name = REQUIRED
    return [f"{owner}.{name}"] if text == owner and name not in use.given else []


@pytest.mark.slow
def test_known_uses_are_found(shared: Path, tmp_path: Path) -> None:
    """At least 95 of 100 are sure, 98 of 100 at least likely, and no sure one is wrong."""
    root = shared / "probes" / "impact" / "repo"
    truth = json.loads((root / "truth.json").read_text(encoding="utf-8"))
    wanted = {(each["file"], each["line"], each["symbol"]) for each in truth}
    files = [
        read_code(path.relative_to(root).as_posix(), path.read_bytes())
        for path in sorted(root.rglob("*.py"))
    ]
    (spec,) = (shared / "specs" / "flexprice-history").glob("142_*")
    surface = named(tmp_path, spec.read_text(encoding="utf-8")).surface
    symbols = {symbol for _, _, symbol in wanted}
    code = [each for each in files if isinstance(each, CodeFile)]
    assert len(code) == len(files)
    uses = index_symbols(surface, code, symbols, "flexprice_client")

    found: dict[str, set[tuple[str, int, str]]] = {each: set() for each in CONFIDENCES}
    for use in uses:
        for symbol in list_symbols_of(use, symbols):
            found[use.confidence].add((use.file, use.position.line, symbol))
    sure = found["sure"]
    likely = sure | found["likely"]
    assert sure <= wanted
    assert len(sure) >= 0.95 * len(wanted)
    assert likely <= wanted
    assert len(likely) >= 0.98 * len(wanted)
    assert likely | found["maybe"] >= wanted
