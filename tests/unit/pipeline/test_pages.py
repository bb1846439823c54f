"""The links of an index that lead to pages with documents."""

from __future__ import annotations

import pytest

from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.pipeline.pages import select_links

INDEX = """\
- [Cats](/api/cats.md) and [again](/api/cats.md#top)
- <https://docs.example/api/dogs.md>
- [Elsewhere](https://other.example/api/birds.md)
- [With a name](https://me:pw@docs.example/api/fish.md)
- [No address](https://[::1/api/x.md)
- [Guide](guide.md)
"""
HERE = "https://docs.example/llms.txt"


def test_links_of_this_host_are_selected_in_order_and_once() -> None:
    assert select_links(INDEX, HERE, ["/api/*", "/guide.md"]) == [
        "https://docs.example/api/cats.md",
        "https://docs.example/api/dogs.md",
        "https://docs.example/guide.md",
    ]


def test_a_pattern_that_no_link_fits_is_named() -> None:
    with pytest.raises(DiagnosticError, match=r"matches the pattern '/none/\*'"):
        select_links(INDEX, HERE, ["/api/*", "/none/*"])
