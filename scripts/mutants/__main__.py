"""The program: draw mutants of a room, test them, and print those that survive.

In: a room, how many, and a seed. Out: a line for each survivor on standard output, and
progress on standard error. A survivor is no failure of this program.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from queue import SimpleQueue
from typing import get_args

from mutants.checkout import Checkout, Outcome
from mutants.mutations import Mutant, find_mutants
from mutants.selection import Stage, list_modules, list_tests, select_stages

ROOT = Path(__file__).resolve().parent.parent.parent
EQUIVALENT = Path(__file__).with_name("equivalent.toml")


def read_equivalent(path: Path = EQUIVALENT) -> dict[tuple[str, str, str, str], str]:
    """Return the keys of mutants that change nothing, with the reasons."""
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get("mutant", ())
    return {
        (row["file"], row["line"], row["before"], row["after"]): row["reason"]
        for row in rows
    }


def draw_mutants(
    root: Path, modules: Iterable[str], size: int, seed: int
) -> list[Mutant]:
    """Return some mutants of modules, chosen by a seed.

    A mutant is chosen by itself, and not by its number. So an edit of one line, or a new
    row of the list, leaves the others as they are.

    Args:
        root: The checkout.
        modules: The paths of its modules.
        size: How many.
        seed: Any number; another one results in other mutants.
    """
    sources = {module: (root / module).read_bytes() for module in modules}
    known = read_equivalent()
    found = (
        mutant
        for module, source in sources.items()
        for mutant in find_mutants(module, source)
        if mutant.key not in known
    )
    ordered = sorted(found, key=lambda mutant: _draw_number(mutant, seed))
    drawn: list[Mutant] = []
    for mutant in ordered:
        if len(drawn) == size:
            break
        if mutant.is_valid(sources[mutant.file]):
            drawn.append(mutant)
    return drawn


def _draw_number(mutant: Mutant, seed: int) -> bytes:
    return sha256("\0".join((str(seed), *mutant.key)).encode()).digest()


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Run the program; return 0, or 2 if the tests fail without a mutant."""
    given = _build_parser().parse_args(arguments)
    modules = list_modules(root, given.room)
    mutants = draw_mutants(root, modules, given.sample, given.seed)
    tests = list_tests(root)
    stages = {each.file: select_stages(each.file, tests) for each in mutants}

    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        places = [Path(folder, str(number)) for number in range(given.workers)]
        checkouts = [Checkout(root, place) for place in places]
        if checkouts[0].run_stages(_merge_stages(stages.values())) != "survived":
            _say("the tests fail without a mutant; `make test-fast` shows where")
            return 2
        outcomes = _test_all(mutants, stages, checkouts)

    _print(mutants, outcomes)
    used = os.times()
    seconds = used.children_user + used.children_system
    _say(f"{time.monotonic() - begin:.0f} s, {seconds:.0f} s of the processors")
    return 0


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m mutants", description="Find changes that no test notices."
    )
    parser.add_argument(
        "--room", required=True, help="a folder of the package or a module: diff/wire"
    )
    parser.add_argument("--sample", type=int, default=100, help="how many mutants")
    parser.add_argument("--seed", type=int, default=1, help="which mutants")
    parser.add_argument("--workers", type=int, default=2, help="how many at a time")
    return parser


def _merge_stages(stages: Iterable[Sequence[Stage]]) -> list[Stage]:
    """Return one stage with slow tests and one without, with the files of all."""
    files: dict[bool, list[str]] = {True: [], False: []}
    for each in stages:
        for stage in each:
            files[stage.with_slow] += stage.files
    return [
        Stage(tuple(dict.fromkeys(names)), with_slow=with_slow)
        for with_slow, names in files.items()
        if names
    ]


def _test_all(
    mutants: Sequence[Mutant],
    stages: Mapping[str, Sequence[Stage]],
    checkouts: Sequence[Checkout],
) -> list[Outcome]:
    """Return what became of each mutant; each checkout tests one at a time."""
    free: SimpleQueue[Checkout] = SimpleQueue()
    for checkout in checkouts:
        free.put(checkout)

    def test_mutant(mutant: Mutant) -> Outcome:
        checkout = free.get()
        try:
            outcome = checkout.test_mutant(mutant, stages[mutant.file])
        finally:
            free.put(checkout)
        _say(f"{outcome}: {_format_mutant(mutant)}")
        return outcome

    with ThreadPoolExecutor(len(checkouts)) as executor:
        futures = [executor.submit(test_mutant, mutant) for mutant in mutants]
        try:
            return [future.result() for future in futures]
        except BaseException:
            executor.shutdown(wait=False, cancel_futures=True)
            for checkout in checkouts:
                checkout.stop()
            raise


def _format_mutant(mutant: Mutant) -> str:
    return f"{mutant.file}:{mutant.line}: {mutant.before} -> {mutant.after}"


def _print(mutants: Sequence[Mutant], outcomes: Sequence[Outcome]) -> None:
    """Print the survivors, each with its line, and how many mutants there were."""
    for mutant, outcome in sorted(zip(mutants, outcomes, strict=True)):
        if outcome == "survived":
            sys.stdout.write(f"{_format_mutant(mutant)}\n    {mutant.source_line}\n")
    counts = Counter(outcomes)
    told = ", ".join(f"{counts[each]} {each}" for each in get_args(Outcome))
    sys.stdout.write(f"{len(mutants)} mutants: {told}\n")


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    # The copies are removed, however the run is ended.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))
    sys.exit(main())
