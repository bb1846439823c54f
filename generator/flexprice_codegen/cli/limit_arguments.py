"""The options that limit the input, time and memory of a run.

In: the parser of a subcommand. Out: its options, and `Limits` from the parsed
arguments.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from flexprice_codegen.spec.limits import DEFAULT_LIMITS, MAX_DEPTH, Limits

MEGABYTE = 1024 * 1024
# In seconds 30 years, in megabytes a petabyte: no limit, and within 64 bits.
_MOST = 1_000_000_000


def add_limits(command: argparse.ArgumentParser) -> None:
    """Add the options for limits to a subcommand."""
    group = command.add_argument_group(
        "limits", "Reject input that exceeds these limits"
    )
    for name, unit, default, most, text in (
        (
            "size",
            "MB",
            DEFAULT_LIMITS.size // MEGABYTE,
            4096,
            "Maximum size of one file, in MB",
        ),
        (
            "depth",
            "N",
            DEFAULT_LIMITS.depth,
            MAX_DEPTH,
            "Maximum nesting depth of objects and arrays",
        ),
        (
            "values",
            "N",
            DEFAULT_LIMITS.values,
            _MOST,
            "Maximum number of values in one document, with YAML aliases expanded",
        ),
        (
            "time",
            "SECONDS",
            600,
            _MOST,
            "Maximum time before the first file is written, in seconds",
        ),
        ("memory", "MB", 4096, _MOST, "Maximum memory of each process, in MB"),
    ):
        group.add_argument(
            f"--max-{name}",
            type=build_integer_parser(most),
            default=default,
            metavar=unit,
            help=f"{text} [default: {default:,}]",
        )

    group.add_argument(
        "--allow-remote-refs",
        action="append",
        default=[],
        metavar="HOST",
        help="Allow references to https://HOST (repeatable)",
    )


def read_limits(arguments: argparse.Namespace) -> Limits:
    """Return the limits of the arguments, with sizes in bytes."""
    return Limits(
        size=arguments.max_size * MEGABYTE,
        depth=arguments.max_depth,
        values=arguments.max_values,
        hosts=frozenset(each.lower() for each in arguments.allow_remote_refs),
    )


def build_integer_parser(most: int, *, least: int = 1) -> Callable[[str], int]:
    """Return a parser of integers from `least` to `most`."""

    def parse_integer(text: str) -> int:
        # `int` takes signs, spaces, underscores and all digits of Unicode, and raises
        # for more than 4,300 digits.
        known = text.isascii() and text.isdecimal() and len(text) <= len(str(most))
        if not known or not least <= int(text) <= most:
            # The text can be very long, so that the message shows only its beginning.
            wrong = f"expected an integer from {least} to {most:,}, got {text!r:.40}"
            raise argparse.ArgumentTypeError(wrong)
        return int(text)

    return parse_integer
