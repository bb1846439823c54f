"""The report as a page."""

from __future__ import annotations

from html.parser import HTMLParser

from support.findings import a_finding, a_mixture, changes_of

from flexprice_codegen.diff.finding import AffectedParts
from flexprice_codegen.report.changes_html import as_html


class _Tags(HTMLParser):
    """Collects the tags of a page, and what its text is."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a tag."""
        self.tags.append(tag)
        self.attributes += attrs


def test_the_page_holds_nothing_that_a_document_brings_in() -> None:
    page = as_html(a_mixture())
    tags = _Tags()
    tags.feed(page)
    assert tags.tags.count("script") == 1
    assert "img" not in tags.tags
    names = {name for name, _ in tags.attributes}
    assert not {name for name in names if name.startswith("on")}
    assert not names & {"src", "style", "action", "formaction"}
    policy = dict(tags.attributes)["content"] or ""
    assert "unsafe" not in page.partition("<style>")[0]
    assert policy


def test_the_page_holds_each_reach_once() -> None:
    wide = AffectedParts(operations=tuple(f"GET /{number}" for number in range(200)))
    page = as_html(changes_of(a_finding(n, affected=wide) for n in range(50)))
    assert page.count("<li>GET /17</li>") == 1
    assert "<li>0-199</li>" in page
