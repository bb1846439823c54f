"""What a run of the benchmarks works with.

In: nothing. Out: `Setting`, and where the documents of the project are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
SEED = ROOT / "specs" / "flexprice.yaml"
OVERLAY = ROOT / "specs" / "flexprice.overlay.yaml"


@dataclass(frozen=True, slots=True)
class Setting:
    """The folder to work in, the full description, and the peers.

    Attributes:
        work: A folder that is removed afterwards.
        full: The full document of Flexprice, or one of its size and shape.
        is_flexprice: Whether it is that of Flexprice, which the official SDK can read.
        peers: The virtual environment of the peers.
        missing: Why a peer could not be installed, by its distribution.
    """

    work: Path
    full: Path
    peers: Path
    missing: dict[str, str] = field(default_factory=dict)
    is_flexprice: bool = True

    @property
    def peers_python(self) -> Path:
        """The interpreter that has the peers."""
        return self.peers / "bin" / "python"


def find_full_document() -> Path | None:
    """Return the full document of Flexprice next to the project, or `None`."""
    found = ROOT.parent / "shared" / "specs" / "flexprice-full.json"
    return found if found.is_file() else None
