"""The rows of names in a lock file: current names, aliases, and names of earlier documents.

In: names. Out: rows of JSON; and back, with an error for whatever no run has written.
"""

from __future__ import annotations

import keyword
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias, get_args

from flexprice_codegen.surface.model import AliasKind, AssignedName, DeprecatedAlias
from flexprice_codegen.surface.previous_names import EarlierNames

_ALIAS_KINDS: Mapping[str, AliasKind] = {kind: kind for kind in get_args(AliasKind)}
Row: TypeAlias = list[object]
_NAME = "name"
_GONE = "gone"
_CAME = "came"


def list_name_row(name: AssignedName) -> Row:
    """Return the row of a name."""
    return [name.kind, name.key, name.name, *_list_details(name)]


def list_alias_row(alias: DeprecatedAlias) -> list[str]:
    """Return the row of a deprecated alias."""
    return [alias.kind, alias.group, alias.name, alias.key, alias.old, alias.new]


def list_earlier_rows(earlier: Iterable[EarlierNames]) -> list[Row]:
    """Return the rows of earlier documents: one for each, and one for each lost name."""
    return [row for each in earlier for row in _iter_earlier_rows(each)]


def _iter_earlier_rows(earlier: EarlierNames) -> Iterator[Row]:
    yield [earlier.source_id]
    for name in earlier.names:
        yield [earlier.source_id, _NAME, *list_name_row(name)]
    for sign, aliases in ((_GONE, earlier.gone), (_CAME, earlier.came)):
        for alias in aliases:
            yield [earlier.source_id, sign, *list_alias_row(alias)]


def read_earlier_row(
    source_id: object, sign: object = "", *row: object
) -> EarlierNames:
    """Build what one row says of an earlier document."""
    of_document = EarlierNames(source_id=check_string(source_id))
    match sign:
        case "" if not row:
            return of_document
        case "name":
            return replace(of_document, names=(read_name(*row),))
        case "gone":
            return replace(of_document, gone=(read_alias(*row),))
        case "came":
            return replace(of_document, came=(read_alias(*row),))
        case _:
            raise ValueError(f"expected {_NAME}, {_GONE}, or {_CAME}, got {sign!r:.80}")


def group_earlier_rows(rows: Iterable[EarlierNames]) -> tuple[EarlierNames, ...]:
    """Return the names of each earlier document, from those of its rows."""
    found: dict[str, list[EarlierNames]] = {}
    for each in rows:
        found.setdefault(each.source_id, []).append(each)
    return tuple(
        EarlierNames(
            source_id=source_id,
            names=tuple(name for each in parts for name in each.names),
            gone=tuple(alias for each in parts for alias in each.gone),
            came=tuple(alias for each in parts for alias in each.came),
        )
        for source_id, parts in found.items()
    )


def _list_details(name: AssignedName) -> list[dict[str, object]]:
    """Return the optional parts of a name as one object, or an empty list."""
    told: dict[str, object] = {
        "group": name.group,
        "prefix": name.prefix,
        "shape": name.shape,
        "aliases": list(name.aliases),
        "regular": list(name.regular),
        "places": list(name.places),
    }
    kept = {key: each for key, each in told.items() if each}
    return [kept] if kept else []


def read_name(
    kind: object, key: object, name: object, further: object = None
) -> AssignedName:
    """Build a name from its row; earlier versions wrote only a prefix after the name."""
    told = further if isinstance(further, Mapping) else {"prefix": further or ""}
    return AssignedName(
        kind=check_string(kind),
        key=check_string(key),
        name=_check_identifier(name),
        prefix=check_string(told.get("prefix", "")),
        group=check_string(told.get("group", "")),
        shape=check_string(told.get("shape", "")),
        aliases=_read_strings(told, "aliases", _check_identifier),
        regular=_read_strings(told, "regular", check_string),
        places=_read_strings(told, "places", check_string),
    )


def _read_strings(
    details: Mapping[str, object], key: str, check: Callable[[object], str]
) -> tuple[str, ...]:
    """Return the strings of a detail of a name, which earlier versions lack."""
    found = details.get(key, [])
    if not isinstance(found, list):
        raise TypeError(f"expected a list, got {found!r}")
    return tuple(map(check, found))


def read_alias(*row: object) -> DeprecatedAlias:
    """Build a deprecated alias from its row."""
    kind, group, name, key, old, new = map(check_string, row)
    if kind not in _ALIAS_KINDS:
        raise ValueError(f"expected a kind of name, got {kind!r}")
    return DeprecatedAlias(
        kind=_ALIAS_KINDS[kind],
        name=_check_identifier(name),
        key=key,
        group=group,
        old=old,
        new=new,
    )


def _check_identifier(value: object) -> str:
    """Return a value if it is a public Python identifier, else raise ValueError."""
    # Names go into generated code, so a lock file must not smuggle code in.
    name = check_string(value)
    if not name.isidentifier() or keyword.iskeyword(name) or name.startswith("_"):
        raise ValueError(f"expected a name of Python, got {name!r}")
    return name


def check_string(value: object) -> str:
    """Return a value if it is a string, else raise ValueError."""
    if not isinstance(value, str):
        reason = f"expected a string, got {value!r:.80}"
        raise ValueError(reason)  # noqa: TRY004 - as for any other value of a file
    return value
