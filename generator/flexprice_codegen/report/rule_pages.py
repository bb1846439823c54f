"""The rules of `diff` as text.

In: rules. Out: a list for the terminal, one rule in full, the page `docs/rules.md`, and
JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby

from flexprice_codegen.diff.rules.rule import Rule
from flexprice_codegen.diff.rules.severity import Severity, Side

_SIDES = {
    Side.WIRE: ("On the wire", "Requests, responses, and events."),
    Side.SOURCE: ("In Python", "The API of the generated client."),
}
_HEAD = """# Rules

The rules of `flexprice-codegen diff`. Each rule has a default level: **error** breaks callers
who use the API as documented, **warning** breaks some callers, or the documents do not decide
it, **info** breaks nobody. `--level RULE=LEVEL` overrides a level, and an ignore file
suppresses findings. `flexprice-codegen rules ID` explains a rule. `make rules` writes this page.
"""


def iter_rule_lines(rules: Iterable[Rule]) -> Iterator[tuple[str, Severity]]:
    """Yield a line for each rule, with the rule's level."""
    rules = tuple(rules)
    width = max((len(each.id) for each in rules), default=0)
    for each in rules:
        yield f"{each.id:<{width}}  {each.level.value:<7}  {each.says}", each.level


def iter_rule_details(rule: Rule) -> Iterator[tuple[str, str]]:
    """Yield all facts about a rule, as pairs of a head and a text."""
    yield "rule", rule.id
    yield "level", rule.level.value
    yield "side", _format_side(rule)
    yield "says", rule.says
    yield "why", rule.why
    yield "example", rule.example
    yield "what to do", rule.fix
    if rule.mirror:
        yield "opposite", rule.mirror


def _format_side(rule: Rule) -> str:
    direction = "" if rule.direction == "none" else f", {rule.direction}"
    return f"{rule.side.value}, {rule.area}{direction}"


def format_rules_page(rules: Iterable[Rule]) -> str:
    """Return the page `docs/rules.md` as Markdown."""
    parts = [_HEAD]
    # `groupby` below groups only neighbors, so that the order is part of the grouping.
    ordered = sorted(
        rules, key=lambda each: (each.side is Side.SOURCE, each.area, each.id)
    )

    for side, of_side in groupby(ordered, key=lambda each: each.side):
        title, text = _SIDES[side]
        parts.append(f"\n## {title}\n\n{text}\n")
        for area, of_area in groupby(of_side, key=lambda each: each.area):
            parts.append(f"\n### {area[:1].upper()}{area[1:]}\n")
            parts += (_format_rule_entry(each) for each in of_area)

    return "".join(parts)


def _format_rule_entry(rule: Rule) -> str:
    mirror = f" Opposite: `{rule.mirror}`." if rule.mirror else ""
    return (
        f"\n#### `{rule.id}`\n\n**{rule.level.value}.** {rule.says} {rule.why}\n\n"
        f"- Example: {rule.example}\n- What to do: {rule.fix}{mirror}\n"
    )


def format_rules_json(rules: Iterable[Rule]) -> str:
    """Return the rules as a JSON array, with a final line break."""
    made = [
        {
            "id": each.id,
            "level": each.level.value,
            "side": each.side.value,
            "direction": each.direction,
            "area": each.area,
            "says": each.says,
            "why": each.why,
            "example": each.example,
            "fix": each.fix,
            "mirror": each.mirror,
        }
        for each in rules
    ]
    return json.dumps(made, indent=2, ensure_ascii=True) + "\n"
