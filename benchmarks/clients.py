"""The clients that rows measure, each made once in a run.

In: the setting. Out: the folder that holds the package, for PYTHONPATH. A folder that
is there already was made by an earlier row.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks import event_maker, peers, spec_maker
from benchmarks.commands import Command, seconds
from benchmarks.setting import OVERLAY, Setting

PACKAGE = "flexprice_client"
PEER_PACKAGE = "flexprice_peer"


def command(
    setting: Setting, document: Path, output: Path, overlay: Path | None = OVERLAY
) -> Command:
    """Make our command that generates a client of a document."""
    program = Path(sys.executable).parent / "flexprice-codegen"
    line = (str(program), "generate", str(document), "--output", str(output))
    corrected = () if overlay is None else ("--overlay", str(overlay))
    return Command(line + corrected, setting.work)


def full(setting: Setting) -> Path:
    """Make our client of the full description.

    Raises:
        ContenderError: it could not be made.
    """
    folder = setting.work / "ours"
    if not folder.exists():
        seconds(command(setting, setting.full, folder / PACKAGE))
    return folder


def full_of_peer(setting: Setting) -> Path:
    """Make the client of the full description by datamodel-code-generator.

    Raises:
        ContenderError: it could not be made.
    """
    peers.need(setting, "datamodel-code-generator")
    folder = setting.work / "peer"
    if not folder.exists():
        document, output = setting.full, folder / PEER_PACKAGE
        seconds(peers.datamodel_code_generator(setting, document, output))
    return folder


def made(setting: Setting, operations: int) -> Path:
    """Make our client of a made document with so many operations.

    Raises:
        ContenderError: it could not be made.
    """
    folder = setting.work / f"made-{operations}"
    if not folder.exists():
        document = setting.work / f"made-{operations}.json"
        document.write_text(spec_maker.text(operations), encoding="utf-8")
        seconds(command(setting, document, folder / PACKAGE, overlay=None))
    return folder


def with_events(setting: Setting, events: int) -> Path:
    """Make our client of a made document with so many events, and nothing else.

    Raises:
        ContenderError: it could not be made.
    """
    folder = setting.work / f"events-{events}"
    if not folder.exists():
        document = setting.work / f"events-{events}.json"
        document.write_text(event_maker.text(events), encoding="utf-8")
        seconds(command(setting, document, folder / PACKAGE, overlay=None))
    return folder
