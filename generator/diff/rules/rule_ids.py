"""The id of each rule: the word by which people, ignore files and reports call it.

In: the tables of ids. Out: `RULE_IDS`, and the part of it that is about the wire. A row
there is what makes a rule exist: what has no row is said by a more general rule.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.diff.rules.ids.contract import CONTRACT
from generator.diff.rules.ids.python import PYTHON
from generator.diff.rules.ids.request_bodies import REQUEST_BODIES
from generator.diff.rules.ids.request_parameters import REQUEST_PARAMETERS
from generator.diff.rules.ids.request_properties import REQUEST_PROPERTIES
from generator.diff.rules.ids.response_bodies import RESPONSE_BODIES
from generator.diff.rules.ids.response_headers import RESPONSE_HEADERS
from generator.diff.rules.ids.response_properties import RESPONSE_PROPERTIES
from generator.diff.rules.rule_key import RuleKey

WIRE_IDS: Mapping[RuleKey, str] = {
    **REQUEST_BODIES,
    **REQUEST_PROPERTIES,
    **REQUEST_PARAMETERS,
    **RESPONSE_BODIES,
    **RESPONSE_PROPERTIES,
    **RESPONSE_HEADERS,
    **CONTRACT,
}
RULE_IDS: Mapping[RuleKey, str] = {**WIRE_IDS, **PYTHON}
