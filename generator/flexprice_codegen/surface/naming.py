"""Assignment of names: once, globally, and deterministically.

In: requests with candidates in order of preference, and the names of an earlier run.
Out: a name for every key. A key keeps its previous name. New keys take other names,
with a note for each that did not get its first candidate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field

from flexprice_codegen.diagnostics import Cause, DiagnosticSink, Origin
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.words import fold_case


@frozen_value(kw_only=True)
class NameRequest:
    """A request for a name.

    `nickname` is what a person would call it, used only if no other request has it.
    `exact` is the name in the document or in a hint. `short` is a shorter form, used
    only if no other request has it. `whole` is the next form, and `last` the one before
    numbers. `other_keys` are keys under which an earlier run can have recorded the name.
    """

    key: str
    nickname: str = ""
    exact: str = ""
    short: str = ""
    whole: str
    last: str = ""
    other_keys: tuple[str, ...] = ()
    origin: Origin | None = None


@frozen_value(kw_only=True)
class NameScope:
    """A scope with unique names: its title for notes, and its reserved names."""

    title: str
    reserved: frozenset[str]
    ignore_case: bool = False
    """For names of modules and constants, which must differ by more than case."""
    hint: str = "set x-codegen: {name: …} in an overlay to choose a name"

    def fold_case(self, name: str) -> str:
        """Return the form of a name that must be unique in this scope."""
        return fold_case(name) if self.ignore_case else name


@frozen_value
class _NameAssignment:
    """The state of an assignment; `counted` has the next number of each stem."""

    namespace: NameScope
    taken: set[str]
    names: dict[str, str] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)

    def take_name(self, key: str, name: str) -> bool:
        """Assign a name to the request of a key; return whether it was free."""
        folded = self.namespace.fold_case(name)
        if not name or folded in self.taken:
            return False
        self.taken.add(folded)
        self.names[key] = name
        return True

    def take_forms(self, forms: Iterable[tuple[str, str]]) -> None:
        """Assign one form to all requests without a name that can have it.

        Args:
            forms: Pairs of the key of a request and its form, which can be empty.
        """
        # The request whose key equals the name wins. Otherwise the order of keys
        # decides, so that the order of the document does not matter.
        for key, form in sorted(forms, key=lambda one: (one[0] != one[1], one[0])):
            if key not in self.names:
                self.take_name(key, form)

    def take_lone_forms(
        self, forms: Iterable[tuple[str, str, tuple[str, ...]]]
    ) -> None:
        """Assign each form that no other request could have.

        Args:
            forms: The key of each request, its form, which can be empty, and the other
                forms that it can have.
        """
        listed = sorted(forms)
        fold = self.namespace.fold_case
        wanted = ({fold(form), *map(fold, others)} for _, form, others in listed)
        often = Counter(form for each in wanted for form in each)

        for key, form, _ in listed:
            if key not in self.names and often[fold(form)] == 1:
                self.take_name(key, form)

    def take_numbered(self, each: NameRequest) -> None:
        """Assign the first free numbered name: `Name2`, or `name_2` in snake case."""
        stem = each.whole or each.exact or each.short
        joint = "" if stem[-1:].isalpha() and not stem.islower() else "_"
        number = self.counted.get(stem, 2)
        while not self.take_name(each.key, f"{stem}{joint}{number}"):
            number += 1
        self.counted[stem] = number + 1


def assign_names(
    wanted: Iterable[NameRequest],
    namespace: NameScope,
    previous: Mapping[str, str],
    sink: DiagnosticSink,
) -> dict[str, str]:
    """Return a unique name for every key.

    Args:
        wanted: The requests.
        namespace: The scope in which names are unique.
        previous: The names of an earlier run, by key.
        sink: Receives a note for each name that is not the first candidate.
    """
    everyone = tuple(wanted)
    work = _NameAssignment(
        namespace, {namespace.fold_case(name) for name in namespace.reserved}
    )
    for each in everyone:
        for key in (each.key, *each.other_keys):
            if key in previous and work.take_name(each.key, previous[key]):
                break

    kept = frozenset(work.names)  # unchanged names need no note
    work.take_lone_forms(
        (each.key, each.nickname, (each.exact, each.whole)) for each in everyone
    )
    work.take_forms((each.key, each.exact) for each in everyone)
    work.take_lone_forms((each.key, each.short, (each.whole,)) for each in everyone)
    work.take_forms((each.key, each.whole) for each in everyone)
    work.take_forms((each.key, each.last) for each in everyone)
    for each in everyone:
        if each.key not in work.names:
            work.take_numbered(each)
        if each.key not in kept:
            _note_renamed(each, work.names[each.key], namespace, sink)
    return work.names


def _note_renamed(
    each: NameRequest, name: str, namespace: NameScope, sink: DiagnosticSink
) -> None:
    """Add a note if a name is not the first candidate of its request."""
    first = each.exact or each.short or each.whole
    if name not in {first, each.nickname}:
        sink.add_note(
            "renamed",
            f"named the {namespace.title} {each.key!r} {name}: {first} is already used",
            at=each.origin,
            hint=namespace.hint,
            cause=Cause("their first name is taken", f"{namespace.title} names"),
        )
