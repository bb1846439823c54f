"""Assigning names: once, globally, the same way every time.

In: what wants a name, with its candidates in order of preference, and the names that an
earlier run gave. Out: a name for every key. A key that had a name keeps it; newcomers
yield, and each that had to is said in a note.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flexprice_codegen.diagnostics import DiagnosticSink, Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRequest:
    """Something that wants a name.

    `exact` is what the document asks for or calls it; `short` a shorter form, taken if
    no other wants it; `whole` the form that is tried next. `sites` are further keys
    under which an earlier run may know it.
    """

    key: str
    exact: str = ""
    short: str = ""
    whole: str
    other_keys: tuple[str, ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameScope:
    """Where names must differ: its name in notes, and what is taken from the start."""

    title: str
    reserved: frozenset[str]
    ignore_case: bool = False
    hint: str = "an overlay may give it a name of its own: x-codegen: {name: …}"

    def fold_case(self, name: str) -> str:
        """Give the form in which two names of this namespace may not agree."""
        return name.casefold() if self.ignore_case else name


@dataclass(frozen=True, slots=True)
class _NameAssignment:
    namespace: NameScope
    taken: set[str]
    names: dict[str, str] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)

    def take_name(self, each: NameRequest, name: str) -> bool:
        folded = self.namespace.fold_case(name)
        if not name or folded in self.taken:
            return False
        self.taken.add(folded)
        self.names[each.key] = name
        return True

    def take_form(self, everyone: Iterable[NameRequest], form: str) -> None:
        groups: dict[str, list[NameRequest]] = defaultdict(list)
        for each in everyone:
            if each.key not in self.names and getattr(each, form):
                groups[self.namespace.fold_case(getattr(each, form))].append(each)
        for group in groups.values():
            if form == "short" and len(group) > 1:
                continue
            for each in sorted(
                group, key=lambda one: (one.key != getattr(one, form), one.key)
            ):
                self.take_name(each, getattr(each, form))

    def take_numbered(self, each: NameRequest) -> None:
        stem = each.whole or each.exact or each.short
        joint = "" if stem[-1:].isalpha() and not stem.islower() else "_"
        number = self.counted.get(stem, 2)
        while not self.take_name(each, f"{stem}{joint}{number}"):
            number += 1
        self.counted[stem] = number + 1


def assign_names(
    wanted: Iterable[NameRequest],
    namespace: NameScope,
    previous: Mapping[str, str],
    sink: DiagnosticSink,
) -> dict[str, str]:
    """Give every key a name of its own."""
    everyone = tuple(wanted)
    work = _NameAssignment(
        namespace, {namespace.fold_case(name) for name in namespace.reserved}
    )
    for each in everyone:
        for key in (each.key, *each.other_keys):
            if key in previous and work.take_name(each, previous[key]):
                break
    kept = frozenset(work.names)  # as before, so nothing to say
    for form in ("exact", "short", "whole"):
        work.take_form(everyone, form)
    for each in everyone:
        if each.key not in work.names:
            work.take_numbered(each)
        if each.key not in kept:
            _note_renamed(each, work.names[each.key], namespace, sink)
    return work.names


def _note_renamed(
    each: NameRequest, name: str, namespace: NameScope, sink: DiagnosticSink
) -> None:
    first = each.exact or each.short or each.whole
    if name != first:
        sink.add_note(
            "renamed",
            f"the {namespace.title} {each.key!r} is called {name}: {first} is taken",
            at=each.origin,
            hint=namespace.hint,
        )
