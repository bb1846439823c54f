"""The rules of `diff` as text.

In: rules. Out: a list for the terminal, one rule in full, the page `docs/rules.md`, and
JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from flexprice_codegen.diff.rules.rule import Rule
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.severity import Severity, Side

_HEAD = """# Rules

The rules of `flexprice-codegen diff`. Each rule has a level:

- **error** breaks callers who use the API as documented.
- **warning** breaks some callers, or the documents do not decide it.
- **info** breaks nobody.

Rules of schemas exist for bodies, properties, parameters, and headers, in requests and responses. They share a row here.
The last column has the ID of one of them; `flexprice-codegen rules` lists all, and `flexprice-codegen rules ID` explains
one. `--level ID=LEVEL` overrides a level, and an ignore file suppresses findings.
"""
_TITLES = {
    "schema": "Schemas",
    "wire": "Operations, parameters, security, and servers",
    "python": "The Python API",
}
_TEXTS = {
    "schema": "How a level depends on who sends the value.",
    "wire": "What was added, removed, or changed as a whole.",
    "python": "What changes for the code that calls the generated client.",
}
_NOTHING = "-"
_VERBS = {"became", "became-not"}
"""Changes that are followed by what the thing became, as in "became required"."""


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
    """Return the page `docs/rules.md` as Markdown: a row for each kind of change."""
    rows: dict[tuple[str, str], list[Rule]] = {}
    for each in rules:
        rows.setdefault((_get_table(each), _format_change(each.key)), []).append(each)

    parts = [_HEAD]
    for table, title in _TITLES.items():
        of_table = sorted(
            (change, of) for (at, change), of in rows.items() if at == table
        )
        parts += [
            f"\n## {title}\n\n{_TEXTS[table]}\n\n",
            *_iter_table_lines(table, of_table),
        ]

    return "".join(parts)


def _iter_table_lines(
    table: str, rows: Iterable[tuple[str, list[Rule]]]
) -> Iterator[str]:
    if table == "python":
        yield "| change | level | rule |\n|---|---|---|\n"
    else:
        yield "| change | in a request | in a response | rule |\n|---|---|---|---|\n"

    for change, of_change in rows:
        anywhere = [each for each in of_change if each.direction == "none"]
        if table == "python":
            levels = _format_levels(anywhere)
        else:
            sent = [each for each in of_change if each.direction == "request"]
            received = [each for each in of_change if each.direction == "response"]
            levels = (
                f"{_format_levels(sent + anywhere)} | "
                f"{_format_levels(received + anywhere)}"
            )
        yield f"| {change} | {levels} | `{_get_example(of_change).id}` |\n"


def _get_table(rule: Rule) -> str:
    if rule.side is Side.SOURCE:
        return "python"

    is_whole = rule.key.concept == "itself" or rule.direction == "none"
    return "wire" if is_whole else "schema"


def _format_change(key: RuleKey) -> str:
    """Return what happened to what; a rule of a schema has no word of its location."""
    is_whole = key.concept == "itself" or key.direction == "none"
    concept = "" if key.concept == "itself" else key.concept
    words = [key.location if is_whole else "", concept, key.change]
    if key.change in _VERBS:
        words = [words[0], key.change, concept]

    return " ".join(filter(None, words)).replace("-", " ")


def _format_levels(rules: Iterable[Rule]) -> str:
    """Return the levels of rules that differ only in their location."""
    locations: dict[Severity, list[str]] = {}
    for each in rules:
        locations.setdefault(each.level, []).append(each.key.location)

    if not locations:
        return _NOTHING

    # The level of most locations comes first and alone; the others name theirs.
    usual, *others = sorted(
        locations, key=lambda level: (-len(locations[level]), level.value)
    )
    exceptions = [
        f"{level.value} ({', '.join(sorted(set(locations[level])))})".replace("-", " ")
        for level in others
    ]
    return "; ".join([usual.value, *exceptions])


def _get_example(rules: Iterable[Rule]) -> Rule:
    """Return the rule of a property, where there is one, as most changes are of one."""
    return min(
        rules,
        key=lambda each: (each.key.location != "property", each.direction, each.id),
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
