"""Like findings in groups."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from support.findings import a_finding

from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.grouping.groups import group_findings
from flexprice_codegen.diff.rules.severity import Severity

RULES = ("request-property-removed", "response-property-type-changed")
FINDINGS = st.builds(
    a_finding,
    st.integers(0, 9),
    rule=st.sampled_from(RULES),
    level=st.sampled_from(Severity),
    before=st.sampled_from(["", "string", "integer"]),
    after=st.sampled_from(["", "string", "integer"]),
)


@given(st.lists(FINDINGS, max_size=12))
def test_each_finding_is_in_one_group_and_groups_keep_the_order(
    findings: list[Finding],
) -> None:
    groups = group_findings(findings)
    assert sum(len(group.findings) for group in groups) == len(findings)
    assert len({group.id for group in groups}) == len(groups)
    firsts = [findings.index(group.findings[0]) for group in groups]
    assert firsts == sorted(firsts)
    for group in groups:
        assert {(each.level, each.rule) for each in group.findings} == {
            (group.level, group.rule)
        }


def test_an_edit_that_several_share_is_a_group() -> None:
    shared = [a_finding(n, before="string", after="integer") for n in range(3)]
    single = a_finding(4, before="string", after="boolean")
    other = a_finding(5, before="string", after="number")
    groups = group_findings([*shared, single, other])
    assert [len(group.findings) for group in groups] == [3, 2]
    assert [str(group.edit) for group in groups] == ["string → integer", "None"]


def test_a_value_that_only_came_or_went_is_no_shared_edit() -> None:
    added = [a_finding(n, before="", after="x") for n in range(2)]
    (group,) = group_findings(added)
    assert group.edit is None
