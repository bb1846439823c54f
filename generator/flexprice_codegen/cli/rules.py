"""`flexprice-codegen rules`: show the rules of `diff`.

In: arguments. Out: all rules, or one in full.
"""

from __future__ import annotations

import argparse
import difflib
import sys

from flexprice_codegen.diagnostics import build_error
from flexprice_codegen.diff.rules.catalogue import RULES, RULES_BY_ID
from flexprice_codegen.report.changes_text import LEVEL_STYLES
from flexprice_codegen.report.console import open_console, print_line
from flexprice_codegen.report.rule_pages import (
    format_rules_json,
    format_rules_page,
    iter_rule_details,
    iter_rule_lines,
)


def run(arguments: argparse.Namespace) -> int:
    """Show rules, and return the exit code.

    Raises:
        DiagnosticError: No rule has the ID.
    """
    rules = RULES
    if arguments.id:
        if arguments.id not in RULES_BY_ID:
            near = difflib.get_close_matches(arguments.id, RULES_BY_ID, n=1)
            raise build_error(
                "usage",
                f"unknown rule {arguments.id!r:.80}",
                hint=(
                    f"did you mean {near[0]!r}?"
                    if near
                    else "run `flexprice-codegen rules` to list all"
                ),
            )
        rules = (RULES_BY_ID[arguments.id],)

    if arguments.format == "json":
        sys.stdout.write(format_rules_json(rules))
    elif arguments.format == "markdown":
        sys.stdout.write(format_rules_page(rules))
    elif arguments.id:
        for head, text in iter_rule_details(rules[0]):
            print_line(open_console(), f"{head:<11} {text}")
    else:
        output = open_console()
        for line, level in iter_rule_lines(rules):
            print_line(output, line, LEVEL_STYLES[level])

    return 0
