"""The program: run the servers that can be run here, and print a table.

In: names of servers, or none for all. Out: a table in Markdown, and the failed calls on
standard error. The program fails if a call failed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from server_trials.compiled import try_huma, try_nest, try_spring
from server_trials.forks import try_celery, try_gunicorn
from server_trials.frameworks import try_django, try_fastapi, try_litestar
from server_trials.trial import Outcome, SkippedError
from server_trials.validators import try_prism, try_stripe_mock

_ROOT = Path(__file__).resolve().parents[2]
_FOLDER = _ROOT / "build" / "servers"
_REASONS_SHOWN = 3


def main(arguments: Sequence[str]) -> int:
    """Run the program; return its exit code."""
    parser = argparse.ArgumentParser(prog="make test-servers", description=__doc__)
    parser.add_argument(
        "servers", nargs="*", help="fastapi, litestar, django, prism, …"
    )
    parser.add_argument("--document", type=Path, help="document for Prism")
    given = parser.parse_args(arguments)

    _FOLDER.mkdir(parents=True, exist_ok=True)
    trials = _list_trials(given.document)
    chosen = given.servers or list(trials)
    _write("| server | calls | passed | the others |\n|---|---:|---:|---|")
    is_good = True
    for name in chosen:
        try:
            outcome = trials[name](_FOLDER)
        except SkippedError as reason:
            _write(f"| {name} | | | skipped: {reason} |")
            continue
        is_good = is_good and not outcome.failures
        _report(outcome)
    return 0 if is_good else 1


def _list_trials(document: Path | None) -> dict[str, Callable[[Path], Outcome]]:
    specs = _ROOT / "specs"
    prism = partial(_try_prism, document or specs / "flexprice.yaml")
    return {
        "fastapi": try_fastapi,
        "litestar": try_litestar,
        "django": try_django,
        "gunicorn": try_gunicorn,
        "celery": try_celery,
        "nest": try_nest,
        "huma": try_huma,
        "spring": try_spring,
        "prism": prism,
        "stripe-mock": try_stripe_mock,
    }


def _try_prism(document: Path, folder: Path) -> Outcome:
    return try_prism(folder, document)


def _report(outcome: Outcome) -> None:
    reasons = outcome.list_reasons()
    shown = reasons[:_REASONS_SHOWN]
    more = len(reasons) - len(shown)
    text = "; ".join(each.replace("|", "/").replace("\n", " ") for each in shown)
    text += f"; and {more} other reasons" if more else ""
    row = (outcome.server, outcome.calls, outcome.passed, text)
    _write("| " + " | ".join(map(str, row)) + " |")
    for name, reason in outcome.failures:
        sys.stderr.write(f"{outcome.server}: {name}: {reason}\n")


def _write(line: str) -> None:
    """Print a line at once: a trial takes a while."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
