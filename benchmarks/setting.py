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
        full: The full description of Flexprice, None where it is not at hand.
        peers: The virtual environment of the peers.
        missing: Why a peer could not be installed, by its distribution.
    """

    work: Path
    full: Path | None
    peers: Path
    missing: dict[str, str] = field(default_factory=dict)

    @property
    def peers_python(self) -> Path:
        """The interpreter that has the peers."""
        return self.peers / "bin" / "python"


def full_description() -> Path | None:
    """Find the full description in a folder beside the project."""
    found = ROOT.parent / "shared" / "specs" / "flexprice-full.json"
    return found if found.is_file() else None
