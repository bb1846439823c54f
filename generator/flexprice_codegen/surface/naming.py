"""Assigning names: once, globally, the same way every time.

In: what wants a name, with its candidates in order of preference, and the names that an
earlier run gave. Out: a name for every key. A key that had a name keeps it; newcomers
yield, and each that had to is said in a note.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flexprice_codegen.diagnostics import Origin, Sink


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Something that wants a name.

    `exact` is what the document asks for or calls it; `short` a shorter form, taken if
    no other wants it; `whole` the form that is tried next. `sites` are further keys
    under which an earlier run may know it.
    """

    key: str
    exact: str = ""
    short: str = ""
    whole: str
    sites: tuple[str, ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Namespace:
    """Where names must differ: its name in notes, and what is taken from the start."""

    title: str
    reserved: frozenset[str]
    ignore_case: bool = False
    hint: str = "an overlay may give it a name of its own: x-codegen: {name: …}"

    def folded(self, name: str) -> str:
        """Give the form in which two names of this namespace may not agree."""
        return name.casefold() if self.ignore_case else name


@dataclass(frozen=True, slots=True)
class _Assignment:
    namespace: Namespace
    taken: set[str]
    names: dict[str, str] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)

    def take(self, each: Wanted, name: str) -> bool:
        folded = self.namespace.folded(name)
        if not name or folded in self.taken:
            return False
        self.taken.add(folded)
        self.names[each.key] = name
        return True

    def take_form(self, everyone: Iterable[Wanted], form: str) -> None:
        groups: dict[str, list[Wanted]] = defaultdict(list)
        for each in everyone:
            if each.key not in self.names and getattr(each, form):
                groups[self.namespace.folded(getattr(each, form))].append(each)
        for group in groups.values():
            if form == "short" and len(group) > 1:
                continue
            for each in sorted(
                group, key=lambda one: (one.key != getattr(one, form), one.key)
            ):
                self.take(each, getattr(each, form))

    def take_numbered(self, each: Wanted) -> None:
        stem = each.whole or each.exact or each.short
        joint = "" if stem[-1:].isalpha() and not stem.islower() else "_"
        number = self.counted.get(stem, 2)
        while not self.take(each, f"{stem}{joint}{number}"):
            number += 1
        self.counted[stem] = number + 1


def assign(
    wanted: Iterable[Wanted],
    namespace: Namespace,
    previous: Mapping[str, str],
    sink: Sink,
) -> dict[str, str]:
    """Give every key a name of its own."""
    everyone = tuple(wanted)
    work = _Assignment(
        namespace, {namespace.folded(name) for name in namespace.reserved}
    )
    for each in everyone:
        for key in (each.key, *each.sites):
            if key in previous and work.take(each, previous[key]):
                break
    kept = frozenset(work.names)  # as before, so nothing to say
    for form in ("exact", "short", "whole"):
        work.take_form(everyone, form)
    for each in everyone:
        if each.key not in work.names:
            work.take_numbered(each)
        if each.key not in kept:
            _say(each, work.names[each.key], namespace, sink)
    return work.names


def _say(each: Wanted, name: str, namespace: Namespace, sink: Sink) -> None:
    first = each.exact or each.short or each.whole
    if name != first:
        sink.note(
            "renamed",
            f"the {namespace.title} {each.key!r} is called {name}: {first} is taken",
            at=each.origin,
            hint=namespace.hint,
        )
