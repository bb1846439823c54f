"""Imports a module once, in a process of its own.

In: the modules that do not count, and last the one that does. Out: on standard output,
the seconds that its import took.
"""

from __future__ import annotations

import sys
from importlib import import_module
from time import perf_counter


def main() -> None:
    """Import what does not count first, and say how long the last took."""
    *before, last = sys.argv[1:]
    for each in before:
        import_module(each)
    begin = perf_counter()
    import_module(last)
    sys.stdout.write(f"{perf_counter() - begin!r}\n")


if __name__ == "__main__":
    main()
