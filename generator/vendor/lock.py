"""The lock: the generator's memory, in the repository beside the client.

In: what a run made. Out: its text, JSON with one entry a line, sorted, so that two
branches merge or conflict loudly; and back. It holds the source and its blob id, what
the run was made from, the digests of every file, and every name that was given.
"""

from __future__ import annotations

import json
import keyword
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.api import canonical
from generator.diagnostics import Place, SpecError, fault
from generator.surface.model import AssignedName, OldName
from generator.vendor.inputs import is_sealed, sealed

FORMAT = 1
_SHAPE_FORMATS = (canonical.FORMER_FORMAT, canonical.FORMAT)


@dataclass(frozen=True, slots=True, order=True)
class LockedFile:
    """A file that the generator wrote.

    `digest` is the SHA-256 of its text, `code` that of the text without what a
    formatter may change, `inputs` that of all that its text was made from.
    """

    path: str
    digest: str
    code: str
    inputs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFrom:
    """What a run read: digests of its settings and tools, and the id of every file.

    It says nothing of the client, so it is no drift where it alone differs. Without
    `files` a later run reads everything again.
    """

    settings: str = ""
    tools: str = ""
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """What the generator remembers of a client.

    `generator` is the version that wrote it; `sources` and `overlays` are named as the
    configuration names them; `source_id` is the document's git blob id; `shape_format`
    says which digests the shapes of the names are.
    """

    generator: str
    sources: tuple[str, ...]
    overlays: tuple[str, ...]
    source_id: str
    files: tuple[LockedFile, ...]
    names: tuple[AssignedName, ...]
    old_names: tuple[OldName, ...] = ()
    made_from: MadeFrom = MadeFrom()
    shape_format: int = canonical.FORMAT
    sealed: bool = True

    def text(self) -> str:
        """Write the lock."""
        head = {
            "format": FORMAT,
            "shapes": self.shape_format,
            "generator": self.generator,
            "sources": list(self.sources),
            "overlays": list(self.overlays),
            "source_id": self.source_id,
            "settings": self.made_from.settings,
            "tools": self.made_from.tools,
        }
        lines = [f"  {_written(key)}: {_written(value)}" for key, value in head.items()]
        inputs = [list(each) for each in self.made_from.files]
        files = [
            [each.path, each.digest, each.code, each.inputs]
            for each in sorted(self.files)
        ]
        names = [
            [each.kind, each.key, each.name, *_further(each)]
            for each in sorted(self.names, key=_order)
        ]
        old = [[e.kind, e.group, e.name, e.key, e.old, e.new] for e in self.old_names]
        lines.append(_block("inputs", inputs))
        lines.append(_block("files", files))
        lines.append(_block("names", names))
        lines.append(_block("old_names", sorted(old)))
        return sealed("{\n" + ",\n".join(lines))


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=True)


def _order(name: AssignedName) -> tuple[str, str, str]:
    """Sort names by kind, then those inside of something by that."""
    is_inside = name.kind in {"field", "keyword"}
    return name.kind, name.group if is_inside else "", name.key


def _further(name: AssignedName) -> list[dict[str, str]]:
    """Give what there is to say of a name beside its key."""
    told = {"group": name.group, "prefix": name.prefix, "shape": name.shape}
    kept = {key: each for key, each in told.items() if each}
    return [kept] if kept else []


def _block(key: str, rows: Sequence[Sequence[object]]) -> str:
    if not rows:
        return f"  {_written(key)}: []"
    body = ",\n".join(f"    {_written(row)}" for row in rows)
    return f"  {_written(key)}: [\n{body}\n  ]"


def read_lock(text: str, name: str) -> Lock:
    """Read a lock; `sealed` tells whether it is as a run wrote it.

    Raises:
        SpecError: It is no lock, or one of a format that this version does not know.
    """
    try:
        found = _lock(json.loads(text), name)
    except json.JSONDecodeError as error:
        at = Place(name, error.lineno, error.colno)
        raise _no_lock(name, error.msg, at) from error
    except (TypeError, ValueError, KeyError, RecursionError) as error:
        raise _no_lock(name, repr(error), Place(name, 1, 1)) from error
    return replace(found, sealed=is_sealed(text))


def _lock(data: Mapping[str, Any], name: str) -> Lock:
    if data["format"] != FORMAT:
        raise _unknown_format(name, data["format"])
    return Lock(
        generator=_text(data["generator"]),
        sources=tuple(_text(each) for each in data["sources"]),
        overlays=tuple(_text(each) for each in data["overlays"]),
        source_id=_text(data["source_id"]),
        files=tuple(
            LockedFile(*(_text(each) for each in row)) for row in data["files"]
        ),
        names=tuple(_name(*row) for row in data["names"]),
        old_names=tuple(
            _old_name(*map(_text, row)) for row in data.get("old_names", ())
        ),
        made_from=MadeFrom(
            settings=_text(data.get("settings", "")),
            tools=_text(data.get("tools", "")),
            files=tuple(
                (_text(path), _text(id_)) for path, id_ in data.get("inputs", ())
            ),
        ),
        shape_format=_shape_format(data, name),
    )


def _shape_format(data: Mapping[str, Any], name: str) -> int:
    """Return the format of the shapes, which no lock said before there were two."""
    found = data.get("shapes", canonical.FORMER_FORMAT)
    if type(found) is not int or found not in _SHAPE_FORMATS:
        raise _unknown_shape_format(name, found)
    return found


def _name(
    kind: object, key: object, name: object, further: object = None
) -> AssignedName:
    told = further if isinstance(further, Mapping) else {"prefix": further or ""}
    return AssignedName(
        kind=_text(kind),
        key=_text(key),
        name=_identifier(name),
        prefix=_text(told.get("prefix", "")),
        group=_text(told.get("group", "")),
        shape=_text(told.get("shape", "")),
    )


def _old_name(kind: str, group: str, name: str, *rest: str) -> OldName:
    key, old, new = rest
    if kind not in {"class", "method"}:
        raise ValueError(f"{kind!r} is no kind of name")
    return OldName(
        kind="class" if kind == "class" else "method",
        name=_identifier(name),
        key=key,
        group=group,
        old=old,
        new=new,
    )


def _identifier(value: object) -> str:
    name = _text(value)
    if not name.isidentifier() or keyword.iskeyword(name) or name.startswith("_"):
        raise ValueError(f"{name!r} is no name")
    return name


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no string")
    return value


def _no_lock(name: str, why: str, at: Place) -> SpecError:
    return fault(
        "lock",
        f"{name} is no lock of this generator: {why}",
        at=at,
        hint="restore it from version control; without it, generate into an empty folder",
    )


def _unknown_shape_format(name: str, found: object) -> SpecError:
    known = " and ".join(str(each) for each in _SHAPE_FORMATS)
    return fault(
        "lock-format",
        f"{name} has shapes of the format {found!r}, this version knows {known}",
        at=Place(name, 1, 1),
        hint="use the version of flexprice-codegen that wrote it, or a newer one",
    )


def _unknown_format(name: str, found: object) -> SpecError:
    return fault(
        "lock-format",
        f"{name} has the format {found!r}, this version knows {FORMAT}",
        at=Place(name, 1, 1),
        hint="use the version of flexprice-codegen that wrote it, or a newer one",
    )
