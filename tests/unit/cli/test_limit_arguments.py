"""The options that limit a run."""

from __future__ import annotations

import argparse

import pytest

from flexprice_codegen.cli.limit_arguments import MEGABYTE, add_limits, read_limits
from flexprice_codegen.spec.limits import DEFAULT_LIMITS, Limits


def parse(*arguments: str) -> Limits:
    parser = argparse.ArgumentParser(exit_on_error=False)
    add_limits(parser)
    return read_limits(parser.parse_args(arguments))


def test_without_options_the_limits_are_the_usual_ones() -> None:
    assert parse() == DEFAULT_LIMITS


def test_sizes_are_megabytes_and_hosts_have_small_letters() -> None:
    found = parse("--max-size", "2", "--allow-remote-refs", "A.Example")
    assert found.size == 2 * MEGABYTE
    assert found.hosts == {"a.example"}


@pytest.mark.parametrize(
    "text", ["0", "-1", "1_0", "4097", "1.5", "\u0663", "9" * 5000, ""]
)
def test_a_limit_is_a_whole_number_within_bounds(text: str) -> None:
    with pytest.raises(
        argparse.ArgumentError, match="expected an integer from 1 to 4,096"
    ):
        parse(f"--max-size={text}")
