"""Rules: what the diff knows to be worth saying, one value for each.

In: nothing. Out: `Rule`, a frozen value. The catalogue holds all of them; the pages of
documentation and the tests are made from it.
"""

from __future__ import annotations

from flexprice_codegen.diff.rules.rule_ids import RULE_IDS
from flexprice_codegen.diff.rules.rule_key import RuleDirection, RuleKey
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.frozen_values import frozen_value


@frozen_value(kw_only=True)
class Rule:
    """One kind of change.

    `area` is the part of the API it belongs to (`properties`, `parameters`, `security`,
    …). `says` is what has happened, in one sentence; `template` the same with an `{it}`
    for the thing that it is about, an `{owner}` for what has it, and its verbs in
    braces (see `format_sentence`). `why` is why it has its level; `example` a change that
    fires it; `fix` what its reader may do. `opposite` is the rule for the edit that
    takes it back, None where there is none.
    """

    key: RuleKey
    level: Severity
    side: Side = Side.WIRE
    area: str
    says: str
    template: str
    why: str
    example: str
    fix: str
    opposite: RuleKey | None = None

    @property
    def id(self) -> str:
        """The id: in kebab-case, in oasdiff's vocabulary where it has the concept."""
        return RULE_IDS[self.key]

    @property
    def mirror(self) -> str:
        """The id of the rule for the opposite edit, empty where there is none."""
        return "" if self.opposite is None else RULE_IDS[self.opposite]

    @property
    def direction(self) -> RuleDirection:
        """Who sends the value that the rule is about."""
        return self.key.direction
