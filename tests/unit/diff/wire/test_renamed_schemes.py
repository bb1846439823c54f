"""Security schemes that only have another name in the document."""

from __future__ import annotations

from support.comparing import compare, compare_wire, list_on_wire
from support.documents import Json, document, operation

KEY: Json = {"type": "apiKey", "in": "header", "name": "X-Key"}
OTHER: Json = {**KEY, "name": "X-Other"}


def secured(*, own: bool = False, **schemes: Json) -> Json:
    """Return a document that demands each of these schemes, or whose operation does."""
    demands: list[Json] = [{name: [] for name in schemes}]
    called = operation(security=demands) if own else operation()
    made = document({"/a": {"get": called}}, security=[] if own else demands)
    made["components"]["securitySchemes"] = schemes
    return made


def test_another_name_is_no_finding_on_the_wire() -> None:
    for own in (False, True):
        one, other = secured(own=own, key=KEY), secured(own=own, token=KEY)
        assert compare_wire(one, other) == ()
        assert compare_wire(other, one) == ()
        both = secured(own=own, key=KEY, b=OTHER), secured(own=own, token=KEY, b=OTHER)
        assert compare_wire(*both) == ()


def test_in_python_the_argument_has_another_name() -> None:
    found = compare(secured(key=KEY), secured(token=KEY)).findings
    assert [each.rule for each in found] == ["credential-removed", "credential-added"]


def test_another_scheme_is_another() -> None:
    assert ("api-global-security-removed", "error") in list_on_wire(
        secured(key=KEY), secured(token=OTHER)
    )


def test_of_two_with_one_content_none_is_known_to_be_the_other() -> None:
    assert compare_wire(secured(a=KEY, b=KEY), secured(c=KEY, d=KEY))
