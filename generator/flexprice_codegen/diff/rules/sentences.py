"""Sentences of rules: a template, filled with what it is about.

In: a template with `{it}` and verbs in braces, such as `{it} {was} removed`. Out: the
sentence about one thing, or about several.
"""

from __future__ import annotations

from collections.abc import Mapping

_SINGULAR: Mapping[str, str] = {
    "is": "is",
    "was": "was",
    "has": "has",
    "allows": "allows",
    "accepts": "accepts",
    "requires": "requires",
}
_PLURAL: Mapping[str, str] = {
    "is": "are",
    "was": "were",
    "has": "have",
    "allows": "allow",
    "accepts": "accept",
    "requires": "require",
}


def format_sentence(
    template: str, subject: str, *, many: bool = False, owner: str = "the operation"
) -> str:
    """Return a sentence without its period.

    Args:
        template: The template of a rule.
        subject: What the sentence is about, such as `18 request properties`.
        many: Whether the subject is plural.
        owner: What has the subject, such as an operation with its security.
    """
    verbs = _PLURAL if many else _SINGULAR
    return template.format(it=subject, owner=owner, **verbs)
