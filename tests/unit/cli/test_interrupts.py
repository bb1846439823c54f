"""Ctrl-C: a message while a command runs, and at no moment a traceback."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from flexprice_codegen.cli.interrupts import defer_interrupts, raise_interrupts

_RUN = """
import os, signal, sys
from flexprice_codegen.cli import {module}
def interrupt(*arguments):
    os.kill(os.getpid(), signal.SIGINT)
{module}.{name} = interrupt
from flexprice_codegen.cli.main import program
sys.argv = ["flexprice-codegen", "rules"]
program()
"""


@pytest.fixture(autouse=True)
def former() -> Iterator[None]:
    """Restore the handler of the tests."""
    handler = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, handler)


@pytest.mark.parametrize(
    ("module", "name", "code"),
    [
        ("session", "parse_command_line", -signal.SIGINT),
        ("session", "accept_any_character", -signal.SIGINT),
        ("command_runner", "_run_within_limits", 130),
    ],
)
def test_there_is_no_traceback(module: str, name: str, code: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _RUN.format(module=module, name=name)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert ("interrupted" in done.stderr) is (code > 0)


def test_a_second_interrupt_ends_the_process() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with raise_interrupts():
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_DFL


def test_another_handler_stays() -> None:
    for handler in (signal.SIG_IGN, signal.default_int_handler):
        signal.signal(signal.SIGINT, handler)
        with raise_interrupts():
            assert signal.getsignal(signal.SIGINT) is handler


def test_a_deferred_interrupt_is_ignored() -> None:
    with defer_interrupts():
        signal.raise_signal(signal.SIGINT)


def test_other_threads_change_nothing() -> None:
    seen = []

    def look() -> None:
        with raise_interrupts(), defer_interrupts():
            seen.append(signal.getsignal(signal.SIGINT))

    before = signal.getsignal(signal.SIGINT)
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [before]
