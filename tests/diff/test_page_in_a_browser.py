"""The page of a report in Chromium: its script runs under its own policy, and filters.

Debian's package is used where it is installed (`apt-get install chromium`); where it is
not, these tests are skipped. A page that tests the page is put beside it: the policy of
a report lets no other script in.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from support.findings import a_finding, changes_of
from support.patience import PATIENCE

from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.finding import AffectedParts
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.report.changes_html import as_html

pytestmark = pytest.mark.slow
NASTY = (
    "</script><img src=x onerror='document.title=1'><script>document.title=2</script>"
)


@pytest.fixture
def browser() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("Chromium is not installed")
    return found


def dumped(browser: str, page: str, folder: Path, *, anchor: str = "") -> str:
    """Load a page from the disk, without network, and give what became of it."""
    path = folder / "report.html"
    path.write_text(page, encoding="utf-8")
    done = subprocess.run(
        [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-sync",
            "--disable-background-networking", "--disable-dev-shm-usage",
            "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={folder / 'profile'}",
            "--enable-logging=stderr", "--virtual-time-budget=3000", "--dump-dom",
            f"{path.as_uri()}{anchor}",
        ],
        check=True,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )  # fmt: skip
    assert "Content Security Policy" not in done.stderr
    assert "CONSOLE" not in done.stderr, done.stderr
    return done.stdout


class Page(HTMLParser):
    """What a page shows: its title, its status line, the findings that are open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.shown: list[str] = []
        self.tags: list[str] = []
        self.feed(text)
        self.status = re.sub(
            r"<[^>]*>", "", text.partition('id="shown"')[2].partition("</p>")[0]
        ).partition(">")[2]
        self.title = text.partition("<title>")[2].partition("</title>")[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a tag."""
        self.tags.append(tag)
        named = dict(attrs)
        if tag == "details" and "finding" in (named.get("class") or ""):
            anchor = named.get("id") or ""
            if "open" in named:
                self.open.append(anchor)
            if "hidden" not in named:
                self.shown.append(anchor)


def a_report() -> Changes:
    both = frozenset(Side)
    return changes_of(
        [
            a_finding(0, sides=both, message=NASTY, before=NASTY, after=NASTY),
            a_finding(
                1,
                level=Severity.INFO,
                affected=AffectedParts(operations=(NASTY, "GET /a")),
            ),
        ]
    )


def test_the_script_runs_and_nothing_else_does(browser: str, tmp_path: Path) -> None:
    report = a_report()
    anchor = f"f-{report.findings[1].fingerprint}"
    page = Page(dumped(browser, as_html(report), tmp_path, anchor=f"#{anchor}"))
    assert page.status == "2 of 2 findings"
    assert page.title == "Billing API: 2 changes, 1 breaking"
    assert page.open == [anchor], "an address with a fingerprint opens its finding"
    assert len(page.shown) == 2
    assert page.tags.count("script") == 1
    assert "img" not in page.tags


def test_filters_in_the_page(browser: str, tmp_path: Path) -> None:
    """Drive the page's own script: its policy is taken out, and a driver put in."""
    driver = """
    <script>
    const press = (selector) => document.querySelector(selector).click();
    const shown = () => document.querySelectorAll(".finding:not([hidden])").length;
    const key = (name) => document.dispatchEvent(new KeyboardEvent("keydown", {key: name, bubbles: true}));
    const seen = [shown()];
    press("[data-level-toggle=error]"); seen.push(shown());
    key("Escape"); seen.push(shown());
    press("[data-side-toggle=source]"); seen.push(shown());
    press("[data-side-toggle=wire]"); seen.push(shown());
    key("Escape");
    press("[data-root='0']"); seen.push(shown());
    key("Escape");
    const search = document.getElementById("search");
    search.value = "field123 removed"; search.dispatchEvent(new Event("input")); seen.push(shown());
    key("Escape");
    key("j"); seen.push(document.activeElement.tagName);
    key("/"); seen.push(document.activeElement.id);
    press("#unfold"); seen.push(document.querySelectorAll(".finding[open]").length);
    press("#theme"); seen.push(document.documentElement.dataset.theme);
    press("[data-level-toggle=info]"); seen.push(shown());
    document.title = JSON.stringify(seen);
    </script></body>"""
    some = [a_finding(0, affected=AffectedParts(operations=("GET /only",)))]
    some += [
        a_finding(number, level=Severity.INFO, sides=frozenset({Side.SOURCE}))
        for number in range(1, 301)
    ]
    page = as_html(changes_of(some))
    page = re.sub(r"<meta http-equiv=[^\n]*\n", "", page)
    page = page.replace("</body>", driver)
    title = Page(dumped(browser, page, tmp_path)).title
    assert title == '[301,300,301,1,0,1,1,"SUMMARY","search",301,"light",1]'


def test_an_address_opens_the_group_of_its_finding(
    browser: str, tmp_path: Path
) -> None:
    report = changes_of([a_finding(number) for number in range(5)])
    anchor = f"f-{report.findings[3].fingerprint}"
    text = dumped(browser, as_html(report), tmp_path, anchor=f"#{anchor}")
    page = Page(text)
    assert page.open == [anchor]
    assert page.status == "5 of 5 findings"
    assert re.search(r'<details class="alike error" id="g-\w+" open="">', text)
    assert "5 request properties were removed." in text
