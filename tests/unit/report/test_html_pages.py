"""What the pages escape, and which scripts and styles their policy allows."""

from __future__ import annotations

import base64
import hashlib

import pytest
from jinja2 import UndefinedError

from flexprice_codegen.report.html_pages import (
    compute_csp_hash,
    load_page_template,
    mark_code,
    read_asset,
)


def test_text_between_backticks_is_code_and_all_text_is_escaped() -> None:
    found = mark_code("`a<b>` lost <script>alert(1)</script>")

    assert found == (
        "<code>a&lt;b&gt;</code> lost &lt;script&gt;alert(1)&lt;/script&gt;"
    )


def test_a_single_backtick_stays_a_backtick() -> None:
    assert mark_code("a ` b") == "a ` b"
    assert mark_code("a `\n` b") == "a `\n` b"


def test_a_policy_names_the_hash_of_the_bytes() -> None:
    style = read_asset("changes.css")

    digest = hashlib.sha256(style.encode()).digest()

    assert compute_csp_hash(style) == f"sha256-{base64.b64encode(digest).decode()}"


def test_a_template_without_its_values_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        load_page_template("history.html.jinja").render()
