"""The names that earlier documents had: a document that comes back gets them again.

In: the names of two runs. Out: what the second one lost of the first, an `EarlierNames`;
and the names of the first, of those of a later run and all that was lost since.

Names alone could not be undone: a rename leaves an alias, and what a document no longer
has leaves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from flexprice_codegen.surface.model import AssignedName, DeprecatedAlias
from flexprice_codegen.surface.previous_names import EarlierNames, PreviousNames

_MOST_DOCUMENTS = 20
"""The number of documents that a client can go back to; lock files stay small."""
_OWNED = {"class": "field", "method": "keyword"}
"""The kind of the names that a row lists as regular, by the kind of the row."""


def restore_earlier_names(previous: PreviousNames, source_id: str) -> PreviousNames:
    """Return the names that a document had; those of the last run if it is a new one.

    Args:
        previous: The names of the last run.
        source_id: The ID of the current document.
    """
    ids = [each.source_id for each in previous.earlier]
    if source_id == previous.source_id or source_id not in ids:
        return previous

    index = ids.index(source_id)
    names = {get_identity(each): each for each in iter_single_names(previous.names)}
    aliases = dict.fromkeys(previous.deprecated_aliases)
    for each in reversed(previous.earlier[index:]):
        names |= {get_identity(one): one for one in iter_single_names(each.names)}
        aliases = dict.fromkeys(one for one in aliases if one not in each.came)
        aliases |= dict.fromkeys(each.gone)
    return replace(
        previous, names=tuple(names.values()), deprecated_aliases=tuple(aliases)
    )


def list_earlier_names(
    before: PreviousNames,
    source_id: str,
    names: Iterable[AssignedName],
    aliases: Iterable[DeprecatedAlias],
) -> tuple[EarlierNames, ...]:
    """Return the names of earlier documents after a run.

    Args:
        before: The names of the run before it.
        source_id: The ID of its document.
        names: Its names.
        aliases: Its deprecated aliases.
    """
    if not before.source_id:
        return ()
    lost = _find_lost(before, names, tuple(aliases))
    if source_id != before.source_id:
        others = _remove_document(before.earlier, before.source_id)
        return (*others, lost)[-_MOST_DOCUMENTS:]
    if not before.earlier:
        return ()
    # The same document, and other options: what is lost now, the last one has lost, too.
    return (*before.earlier[:-1], _merge_lost(before.earlier[-1], lost))


def _remove_document(
    earlier: tuple[EarlierNames, ...], source_id: str
) -> tuple[EarlierNames, ...]:
    """Return the names of all other documents; those before it lost what it has lost."""
    kept: list[EarlierNames] = []
    for each in earlier:
        if each.source_id != source_id:
            kept.append(each)
        elif kept:
            kept[-1] = _merge_lost(kept[-1], each)
    return tuple(kept)


def _find_lost(
    before: PreviousNames,
    names: Iterable[AssignedName],
    aliases: tuple[DeprecatedAlias, ...],
) -> EarlierNames:
    """Return what the names of a run have not of those before."""
    return EarlierNames(
        source_id=before.source_id,
        names=tuple(_iter_unknown_names(before.names, names)),
        gone=tuple(each for each in before.deprecated_aliases if each not in aliases),
        came=tuple(each for each in aliases if each not in before.deprecated_aliases),
    )


def _iter_unknown_names(
    names: Iterable[AssignedName], known: Iterable[AssignedName]
) -> Iterator[AssignedName]:
    """Yield the names that are not among others.

    A row of which nothing is known stays one row, with its regular names.
    """
    known = frozenset(known)
    # Most rows are the same in both runs.
    changed = {
        each: [*iter_single_names([each])] for each in names if each not in known
    }
    keys = {
        key for own in changed.values() for one in own for key in (one.key, one.group)
    }
    singles = set(iter_single_names(each for each in known if each.key in keys))
    for each, own in changed.items():
        more = [one for one in own if one not in singles]
        if len(more) == len(own):
            yield replace(each, shape="", places=())
        else:
            yield from more


def _merge_lost(first: EarlierNames, second: EarlierNames) -> EarlierNames:
    """Return what two runs, one after the other, have lost of a document."""
    known = {get_identity(each) for each in iter_single_names(first.names)}
    own = iter_single_names(second.names)
    more = (each for each in own if get_identity(each) not in known)
    return EarlierNames(
        source_id=first.source_id,
        names=(*first.names, *more),
        gone=(*first.gone, *(each for each in second.gone if each not in first.came)),
        came=(
            *(each for each in first.came if each not in second.gone),
            *(each for each in second.came if each not in first.gone),
        ),
    )


def iter_single_names(names: Iterable[AssignedName]) -> Iterator[AssignedName]:
    """Yield names without facts of their document: a regular name has its own row."""
    for each in names:
        yield replace(each, shape="", regular=(), places=())
        for key in each.regular:
            yield AssignedName(
                kind=_OWNED[each.kind],
                key=key,
                name=key.rpartition(" ")[2],
                group=each.key,
            )


def get_identity(name: AssignedName) -> tuple[str, str, str]:
    """Return the kind, the group for kinds that have an owner, and the key of a name."""
    is_inside = name.kind in {"field", "keyword", "member"}
    return name.kind, name.group if is_inside else "", name.key
