"""The command line in a process that is killed at a step, as its arguments say.

In: the number of steps that change the disk before the end, and the arguments of the
command. Out: the command's exit code, where it comes to an end; then the steps are printed.
"""

from __future__ import annotations

import os
import signal
import sys

from flexprice_codegen.cli.main import main
from support.runs import Disk


def kill_oneself() -> None:
    """End this process as the system does that has no memory left."""
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    with Disk(last=int(sys.argv[1]), torn=True, end=kill_oneself).in_place() as disk:
        code = main(sys.argv[2:])
    sys.stdout.write(f"steps: {disk.done}\n")
    sys.exit(code)
