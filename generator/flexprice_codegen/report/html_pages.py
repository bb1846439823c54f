"""What the HTML reports share: templates that escape, styles, and the page's policy.

In: the name of a file in `templates/report`. Out: a template, or the text of a style or a
script with the hash that a Content Security Policy allows.

Source: Content Security Policy Level 3 §2.3.1 (hash sources).
"""

from __future__ import annotations

import base64
import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from flexprice_codegen.emit.templates import get_templates_directory
from flexprice_codegen.hashes import hash_text

_FOLDER = "report"
# Names in messages. A line break ends it, so that an odd backtick harms one line.
_CODE = re.compile("`([^`\n]+)`")


def load_page_template(name: str) -> Template:
    """Return a template of a page, which escapes all text of documents."""
    environment = Environment(
        loader=FileSystemLoader(_get_folder()),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["prose"] = mark_code
    return environment.get_template(name)


def read_asset(name: str) -> str:
    """Return the text of a style or a script."""
    return (_get_folder() / name).read_text(encoding="utf-8")


def compute_csp_hash(text: str) -> str:
    """Return the source of a policy that allows a style or a script with this text."""
    digest = bytes.fromhex(hash_text(text))
    return f"sha256-{base64.b64encode(digest).decode()}"


def mark_code(text: str) -> Markup:
    """Return a text escaped for HTML, with backticks replaced by code elements."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704


def _get_folder() -> Path:
    return get_templates_directory() / _FOLDER
