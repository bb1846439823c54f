"""Media types: which of one version is which of the other.

In: the contents of a message in both versions. Out: those that both have, with what
happened to the name, and those that only one has.

Source: RFC 6838 §4.2.8 (structured suffixes), RFC 9110 §12.5.1 (wildcards).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.api.model import Content
from generator.diff.rules.rule_key import Change


@dataclass(frozen=True, slots=True)
class MediaTypeMatch:
    """Contents of both, each with the change of its name, and those of one only."""

    both: tuple[tuple[Content, Content, Change | None], ...]
    removed: tuple[Content, ...]
    added: tuple[Content, ...]


def is_json(media: str) -> bool:
    """Tell whether a medium keeps numbers and strings apart."""
    return media.endswith(("/json", "+json", "*"))


def match_media_types(old: Sequence[Content], new: Sequence[Content]) -> MediaTypeMatch:
    """Find what both have: by the whole name, else the only one left on both sides."""
    gone, fresh = list(old), list(new)
    both: list[tuple[Content, Content, Change | None]] = []
    for each in tuple(gone):
        other = next((o for o in fresh if o.written == each.written), None)
        if other is not None:
            both.append((each, other, None))
            gone.remove(each)
            fresh.remove(other)
    for each in tuple(gone):
        other = next((o for o in fresh if _classify_change(each, o) is not None), None)
        if other is not None:
            both.append((each, other, _classify_change(each, other)))
            gone.remove(each)
            fresh.remove(other)
    return MediaTypeMatch(tuple(both), tuple(gone), tuple(fresh))


def _classify_change(old: Content, new: Content) -> Change | None:
    """Say how a name became another one of the same sort; nothing for a strange one."""
    if old.media == new.media or (
        _is_wider_type(old.media, new.media)
        and _get_parameters(old) != _get_parameters(new)
    ):
        return "changed"
    if _is_wider_type(old.media, new.media):
        return "specialized"
    if _is_wider_type(new.media, old.media):
        return "generalized"
    return None


def _get_parameters(content: Content) -> str:
    return content.written.partition(";")[2].strip()


def _is_wider_type(wide: str, narrow: str) -> bool:
    """Tell whether one media type is a case of the other: `application/vnd.x+json`."""
    kind, _, sub = wide.partition("/")
    other, _, name = narrow.partition("/")
    if wide == "*/*" or (kind == other and sub == "*"):
        return True
    return kind == other and "+" not in sub and name.endswith(f"+{sub}")
