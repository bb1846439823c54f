"""Media types: which of one version is which of the other.

In: the contents of a message in both versions. Out: those that both have, with what
happened to the name, and those that only one has.

Source: RFC 6838 §4.2.8 (structured suffixes), RFC 9110 §12.5.1 (wildcards).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flexprice_codegen.api.model import Content
from flexprice_codegen.diff.rules.rule_key import Change
from flexprice_codegen.frozen_values import frozen_value


@frozen_value
class MediaTypeMatch:
    """Contents of both, each with the change of its name, and those of one only."""

    both: tuple[tuple[Content, Content, Change | None], ...]
    removed: tuple[Content, ...]
    added: tuple[Content, ...]


def is_json(media: str) -> bool:
    """Return whether a medium keeps numbers and strings apart."""
    return media.endswith(("/json", "+json", "*"))


def is_xml(media: str) -> bool:
    """Return whether a medium is XML."""
    return media.endswith(("/xml", "+xml"))


def match_media_types(old: Sequence[Content], new: Sequence[Content]) -> MediaTypeMatch:
    """Return which contents are the same ones: by the whole name, else by a related one."""
    removed = list(old)
    added = list(new)
    exact = _take_pairs(removed, added, lambda one, other: one.written == other.written)
    related = _take_pairs(
        removed, added, lambda one, other: _classify_change(one, other) is not None
    )
    return MediaTypeMatch(
        (
            *((one, other, None) for one, other in exact),
            *((one, other, _classify_change(one, other)) for one, other in related),
        ),
        tuple(removed),
        tuple(added),
    )


def _take_pairs(
    old: list[Content], new: list[Content], is_same: Callable[[Content, Content], bool]
) -> list[tuple[Content, Content]]:
    """Return the pairs of contents that are the same; take them out of both lists."""
    pairs = []
    for content in tuple(old):
        partner = next((other for other in new if is_same(content, other)), None)
        if partner is not None:
            pairs.append((content, partner))
            old.remove(content)
            new.remove(partner)
    return pairs


def _classify_change(old: Content, new: Content) -> Change | None:
    """Return how a name became another one of the same kind; None for a strange one."""
    if old.media == new.media:
        return "changed"
    if _is_wider_type(old.media, new.media):
        # A narrower name with other parameters, such as a version, is no mere case.
        has_same_parameters = _get_parameters(old) == _get_parameters(new)
        return "specialized" if has_same_parameters else "changed"
    if _is_wider_type(new.media, old.media):
        return "generalized"
    return None


def _get_parameters(content: Content) -> str:
    return content.written.partition(";")[2].strip()


def _is_wider_type(wide: str, narrow: str) -> bool:
    """Return whether one media type is a case of the other.

    That is so of wildcards, and of `application/json` for `application/vnd.x+json`.
    """
    kind, _, sub = wide.partition("/")
    other, _, name = narrow.partition("/")
    if wide == "*/*" or (kind == other and sub == "*"):
        return True
    return kind == other and "+" not in sub and name.endswith(f"+{sub}")
