"""Links of a response (RFC 8288), also as servers write them."""

from __future__ import annotations

import pytest

from flexprice_codegen.runtime.link_header import find_link


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ('<https://a.example/x?page=2>; rel="next"', "https://a.example/x?page=2"),
        ("</x?page=2>; rel=next", "/x?page=2"),
        ('<?cursor=a,b;c>; rel="next"', "?cursor=a,b;c"),
        ('<a>; rel="prev", <b>; rel="next"', "b"),
        ('<a>; rel="first", <b>;rel="last NEXT" ; title="c"', "b"),
        ('<a>; title="<b>; rel=\\"next\\""; rel=up, <c>; REL = "next"', "c"),
        ('<a>; title="x, <b>; rel=next"; rel=up', None),
        ('<a>; rel=up; rel="next"', None),
        ('<a>; flag; rel="next"', "a"),
        ('<>; rel="next"', ""),
        ("<a>", None),
        ('<a>; rev="next"', None),
        ('<a>; rel="nextish"', None),
        ("<a; rel=next", None),
        ("", None),
    ],
)
def test_the_target_of_a_relation_is_found(header: str, target: str | None) -> None:
    assert find_link(header, "next") == target


def test_a_hostile_header_takes_no_time() -> None:
    """Each would take hours if the pattern looked back."""
    for text in (
        "<",
        "<a>;" * 5_000,
        '<a>; t="' + "\\" * 9_999,
        "<a>; a" + " " * 9_999,
    ):
        assert find_link(text * 2, "next") is None
