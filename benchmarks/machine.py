"""When and where something was measured.

In: this machine. Out: one line.
"""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from pathlib import Path


def described() -> str:
    """Return the date, the processor, its cores, the system and the Python."""
    day = datetime.now(UTC).date().isoformat()
    cores = os.cpu_count() or 1
    return (
        f"{day}, {_processor()}, {cores} core{'s' if cores > 1 else ''}, "
        f"{platform.system()}, Python {platform.python_version()}"
    )


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text(encoding="utf-8").split("\n") if listed.exists() else []
    names = (each.partition(":")[2].strip() for each in lines if "model name" in each)
    return next(names, "") or platform.processor() or platform.machine()
