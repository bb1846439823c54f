"""The findings agree with what oasdiff's own tests expect, apart from what is decided."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.agreement import Agreement, agreement, levels, read

from flexprice_codegen.diff.rules.name_rules import NAME_RULES
from flexprice_codegen.diff.rules.wire_rules import list_wire_rules

pytestmark = pytest.mark.slow
MOST_DEVIATIONS = 0.04
LEVELS_OF_OUR_OWN = {
    "api-global-security-added",
    "api-global-security-removed",
    "api-global-security-scope-added",
    "api-security-added",
    "api-security-removed",
    "api-security-scope-added",
    "api-security-component-oauth-scope-removed",
    "api-security-component-oauth-token-url-changed",
    "api-security-component-oauth-url-changed",
    "api-security-component-type-changed",
}
"""oasdiff tells security as mere information; who may not log in any more is broken."""
LEVELS_OF_OUR_OWN |= {
    f"{part}-discriminator-mapping-{change}"
    for part in ("request-body", "request-property")
    for change in ("deleted", "changed")
}
LEVELS_OF_OUR_OWN |= {
    f"{part}-{edit}"
    for part in ("response-body", "response-property")
    for edit in (
        "any-of-added",
        "discriminator-mapping-added",
        "discriminator-mapping-changed",
    )
}
"""OpenAPI 3.0.3 §4.7.25: a value that the mapping lost is refused, and a new one is what no
reader knows; so is a further option of `anyOf`, as of `oneOf` (JSON Schema core §10.2.1)."""
_OTHER_TYPE = (
    "JSON Schema validation §6: a keyword for another type has no effect on this one"
)
_ALONE = (
    "JSON Schema validation §6.4.5: without `contains`, `minContains` has no effect"
)
_MARKUP = "XML 1.0 §3.1: an element with elements in it is no text"
_EXACTLY_ONE = (
    "JSON Schema core §10.2.1.3: exactly one option must fit, and one that takes more may "
    "fit with another"
)
_CALLBACK = "OpenAPI 3.0.3 §4.7.18: the caller reads what a callback carries, so its types count"
_PARAMETER = (
    "OpenAPI 3.0.3 §4.7.12: `content` of a parameter is a schema as any other, and so is "
    "that of an XML body"
)
_NOT = (
    "JSON Schema core §10.2.1.4: what `not` takes is refused, so that no edit in it is told "
    "as an edit of the whole"
)
_NULL = "JSON Schema core §10.2.1.3: a `oneOf` with null takes null, which was refused"
_LISTED = (
    "JSON Schema validation §6.1.2: only what `enum` lists is valid, and all of it keeps "
    "the new limit"
)
BY_STANDARD = {
    "TestBreaking_AddedEnum": _CALLBACK,
    "TestBreaking_Comments": _CALLBACK,
    "TestBreaking_DeletedTag": _PARAMETER,
    "TestBreaking_MaxLengthFromNil": _LISTED,
    "TestNotSubSchemaTraversalDeletedProperty": _NOT,
    "TestNullableWrapping_NarrowedEnumStillReported": _NULL,
    "TestRequestParameterMaxIncreased": _OTHER_TYPE,
    "TestRequestParameterMaxDecreased": _OTHER_TYPE,
    "TestRequestPropertyExclusiveMinDecreased": _OTHER_TYPE,
    "TestRequestBodyMaxLengthIncreasedCheck": _OTHER_TYPE,
    "TestRequestPropertyMaxDecreasedCheck": _OTHER_TYPE,
    "TestRequestPropertyUnevaluatedRemoved": _OTHER_TYPE,
    "TestRequestBodyUnevaluatedRemoved": _OTHER_TYPE,
    "TestResponsePropertyExclusiveMaxIncreased": _OTHER_TYPE,
    "TestResponseBodyExclusiveMinDecreased": _OTHER_TYPE,
    "TestRequestPropertyMinContainsDecreased": _ALONE,
    "TestResponseBodyMinContainsDecreased": _ALONE,
    "TestResponsePropertyMinContainsIncreased": _ALONE,
    "TestRequestBodyTypeLooselyTypedCompatible": _MARKUP,
    "TestRequestPropertyOneOfAdded": _EXACTLY_ONE,
}
"""Cases that differ, each with what the standard says."""
MERGED = "all-of"
"""`allOf` is merged before the comparison: what it changes is told, not that it is there."""
WIRE = {rule.id: rule for rule in list_wire_rules()}
LABELS = {rule.id for rule in NAME_RULES}
SOURCE_ONLY = {
    "api-major-version-not-bumped",
    "api-version-decreased",
    "api-version-not-bumped",
}
"""Advice about the version number, which is given beside the findings."""


def is_by_design(each: Agreement) -> bool:
    """Return whether all that differs follows from a decision."""
    return all(
        id_ in LEVELS_OF_OUR_OWN or MERGED in id_
        for id_, _ in (*each.missing, *each.surplus)
    )


@pytest.fixture(scope="module")
def compared(shared: Path) -> list[Agreement]:
    folder = shared / "diff-cases"
    cases, catalogue = read(folder)
    return [agreement(folder, case, catalogue) for case in cases]


def test_all_cases_agree_but_for_what_is_decided(compared: list[Agreement]) -> None:
    differing = [each for each in compared if not each.holds]
    assert BY_STANDARD.keys() <= {each.name for each in differing}
    differing = [each for each in differing if each.name not in BY_STANDARD]
    assert [each for each in differing if not is_by_design(each)] == []
    assert len(differing) <= MOST_DEVIATIONS * len(compared), differing


def test_levels_are_those_of_the_vocabulary(shared: Path) -> None:
    words = {"error": "ERR", "warning": "WARN", "info": "INFO"}
    for id_, level in levels(shared / "diff-cases").items():
        if id_ in WIRE and id_ not in LEVELS_OF_OUR_OWN:
            assert words[WIRE[id_].level] == level, id_


def test_every_concept_of_the_vocabulary_has_a_rule(shared: Path) -> None:
    missing = {
        id_
        for id_ in levels(shared / "diff-cases")
        if id_ not in WIRE and MERGED not in id_
    }
    assert missing <= SOURCE_ONLY | LABELS
