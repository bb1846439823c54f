"""The first page of the site: the README, with links that lead to pages."""

from __future__ import annotations

import re
from pathlib import Path

from flexprice_codegen.version import REPOSITORY
from reference.markdown import GENERATED

README = Path(__file__).resolve().parent.parent.parent / "README.md"
_FILES = f"{REPOSITORY}/blob/main/"
# A link of the README: to a page of the site, or to another file of the repository.
_LINK = re.compile(r"\]\((?!https?://|#)(docs/)?([^)]+)\)")
_IMAGE = re.compile(r'(src|srcset)="docs/')


def format_home_page() -> str:
    """Return the page `index.md`."""
    text = README.read_text(encoding="utf-8")
    text = _LINK.sub(lambda link: f"]({'' if link[1] else _FILES}{link[2]})", text)
    return GENERATED + _IMAGE.sub(r'\1="', text)
