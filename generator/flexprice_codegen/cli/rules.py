"""`flexprice-codegen rules`: what `diff` knows.

In: arguments. Out: all rules, or one in full.
"""

from __future__ import annotations

import argparse
import difflib
import sys

from flexprice_codegen.diagnostics import fault
from flexprice_codegen.diff.rules.catalogue import RULES, RULES_BY_ID
from flexprice_codegen.report.changes_text import STYLES
from flexprice_codegen.report.console import console, say
from flexprice_codegen.report.rule_pages import as_json, as_list, as_page, in_full


def run(arguments: argparse.Namespace) -> int:
    """Show the rules.

    Raises:
        SpecError: There is no such rule.
    """
    rules = RULES
    if arguments.id:
        if arguments.id not in RULES_BY_ID:
            near = difflib.get_close_matches(arguments.id, RULES_BY_ID, n=1)
            raise fault(
                "usage",
                f"there is no rule {arguments.id!r:.80}",
                hint=(
                    f"did you mean {near[0]!r}?"
                    if near
                    else "`flexprice-codegen rules` lists them all"
                ),
            )
        rules = (RULES_BY_ID[arguments.id],)
    if arguments.format == "json":
        sys.stdout.write(as_json(rules))
    elif arguments.format == "markdown":
        sys.stdout.write(as_page(rules))
    elif arguments.id:
        for head, text in in_full(rules[0]):
            say(console(), f"{head:<11} {text}")
    else:
        output = console()
        for line, level in as_list(rules):
            say(output, line, STYLES[level])
    return 0
