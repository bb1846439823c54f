"""The operations that a finding about Python reaches."""

from __future__ import annotations

from support.comparing import compare
from support.customers import sent

CREATE = "POST /customers"


def test_findings_say_what_they_reach() -> None:
    (found,) = compare(sent(a="string", b="string"), sent(b="string")).findings
    assert found.affected.operations == (CREATE,)
    assert found.python == "models.Customer.a"
    assert found.parts[-1].message == "`Customer.a` was removed"
