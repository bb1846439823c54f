"""Rules: what the diff knows to be worth saying, one value for each.

In: nothing. Out: `Rule`, a frozen value. The catalogue holds all of them; the pages of
documentation and the tests are made from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from flexprice_codegen.diff.finding import Severity, Side

RuleDirection: TypeAlias = Literal["request", "response", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One kind of change.

    `id` is in kebab-case, in oasdiff's vocabulary where it has the concept. `area` is
    the part of the API it belongs to (`properties`, `parameters`, `security`, …).
    `says` is what has happened, in one sentence; `why` why it has its level; `example`
    a change that fires it; `fix` what its reader may do. `mirror` is the id of the rule
    for the opposite edit, empty where there is none.
    """

    id: str
    level: Severity
    side: Side = Side.WIRE
    direction: RuleDirection = "none"
    area: str
    says: str
    why: str
    example: str
    fix: str
    mirror: str = ""
