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

from flexprice_codegen.api import canonical
from flexprice_codegen.diagnostics import DiagnosticError, FileLocation, build_error
from flexprice_codegen.output_paths import is_inside
from flexprice_codegen.surface.model import AssignedName, DeprecatedAlias
from flexprice_codegen.vendor.inputs import add_checksum, has_valid_checksum

LOCK_FORMAT = 1
_SHAPE_FORMATS = (canonical.FORMER_FORMAT, canonical.FORMAT)


@dataclass(frozen=True, slots=True, order=True)
class LockedFile:
    """A file that the generator wrote.

    `digest` is the SHA-256 of its text, `code` that of the text without what a
    formatter may change, `inputs` that of all that its text was made from.
    """

    path: str
    content_hash: str
    code_hash: str
    inputs_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LockInputs:
    """What a run read: digests of its settings and tools, and the id of every file.

    It says nothing of the client, so it is no drift where it alone differs. Without
    `files` a later run reads everything again.
    """

    config_hash: str = ""
    tools_hash: str = ""
    file_ids: tuple[tuple[str, str], ...] = ()


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
    deprecated_aliases: tuple[DeprecatedAlias, ...] = ()
    inputs: LockInputs = LockInputs()
    writing: tuple[LockedFile, ...] = ()
    """The files that a run is writing; one that is killed leaves them listed."""
    shape_format: int = canonical.FORMAT
    is_intact: bool = True

    def to_json(self) -> str:
        """Write the lock."""
        head = {
            "format": LOCK_FORMAT,
            "shapes": self.shape_format,
            "generator": self.generator,
            "sources": list(self.sources),
            "overlays": list(self.overlays),
            "source_id": self.source_id,
            "settings": self.inputs.config_hash,
            "tools": self.inputs.tools_hash,
        }
        lines = [
            f"  {_format_json(key)}: {_format_json(value)}"
            for key, value in head.items()
        ]
        inputs = [list(each) for each in self.inputs.file_ids]
        files = [
            [each.path, each.content_hash, each.code_hash, each.inputs_hash]
            for each in sorted(self.files)
        ]
        names = [
            [each.kind, each.key, each.name, *_list_details(each)]
            for each in sorted(self.names, key=_get_sort_key)
        ]
        old = [
            [e.kind, e.group, e.name, e.key, e.old, e.new]
            for e in self.deprecated_aliases
        ]
        lines.append(_format_block("inputs", inputs))
        lines.append(_format_block("files", files))
        lines.append(_format_block("names", names))
        lines.append(_format_block("old_names", sorted(old)))
        if self.writing:
            rows = sorted(
                [each.path, each.content_hash, each.code_hash] for each in self.writing
            )
            lines.append(_format_block("writing", rows))
        return add_checksum("{\n" + ",\n".join(lines))


def _format_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=True)


def _get_sort_key(name: AssignedName) -> tuple[str, str, str]:
    """Sort names by kind, then those inside of something by that."""
    is_inside = name.kind in {"field", "keyword"}
    return name.kind, name.group if is_inside else "", name.key


def _list_details(name: AssignedName) -> list[dict[str, str]]:
    """Give what there is to say of a name beside its key."""
    told = {"group": name.group, "prefix": name.prefix, "shape": name.shape}
    kept = {key: each for key, each in told.items() if each}
    return [kept] if kept else []


def _format_block(key: str, rows: Sequence[Sequence[object]]) -> str:
    if not rows:
        return f"  {_format_json(key)}: []"
    body = ",\n".join(f"    {_format_json(row)}" for row in rows)
    return f"  {_format_json(key)}: [\n{body}\n  ]"


def read_lock(text: str, name: str) -> Lock:
    """Read a lock; `sealed` tells whether it is as a run wrote it.

    Raises:
        DiagnosticError: It is no lock, or one of a format that this version does not know.
    """
    try:
        found = _build_lock(json.loads(text), name)
    except json.JSONDecodeError as error:
        at = FileLocation(name, error.lineno, error.colno)
        raise _build_lock_error(name, error.msg, at) from error
    except (TypeError, ValueError, KeyError, RecursionError) as error:
        raise _build_lock_error(name, repr(error), FileLocation(name, 1, 1)) from error
    return replace(found, is_intact=has_valid_checksum(text))


def _build_lock(data: Mapping[str, Any], name: str) -> Lock:
    if data["format"] != LOCK_FORMAT:
        raise _build_format_error(name, data["format"])
    return Lock(
        generator=_check_string(data["generator"]),
        sources=tuple(_check_string(each) for each in data["sources"]),
        overlays=tuple(_check_string(each) for each in data["overlays"]),
        source_id=_check_string(data["source_id"]),
        files=tuple(_file(*row) for row in data["files"]),
        names=tuple(_read_name(*row) for row in data["names"]),
        deprecated_aliases=tuple(
            _read_deprecated_alias(*map(_check_string, row))
            for row in data.get("old_names", ())
        ),
        inputs=LockInputs(
            config_hash=_check_string(data.get("settings", "")),
            tools_hash=_check_string(data.get("tools", "")),
            file_ids=tuple(
                (_check_string(path), _check_string(id_))
                for path, id_ in data.get("inputs", ())
            ),
        ),
        writing=tuple(_file(*row) for row in data.get("writing", ())),
        shape_format=_shape_format(data, name),
    )


def _file(
    path: object, digest: object, code: object, inputs: object = ""
) -> LockedFile:
    if not is_inside(_check_string(path)):
        raise ValueError(f"{path!r} is no path inside of the client")
    return LockedFile(
        _check_string(path),
        _check_string(digest),
        _check_string(code),
        _check_string(inputs),
    )


def _shape_format(data: Mapping[str, Any], name: str) -> int:
    """Return the format of the shapes, which no lock said before there were two."""
    found = data.get("shapes", canonical.FORMER_FORMAT)
    if type(found) is not int or found not in _SHAPE_FORMATS:
        raise _unknown_shape_format(name, found)
    return found


def _read_name(
    kind: object, key: object, name: object, further: object = None
) -> AssignedName:
    told = further if isinstance(further, Mapping) else {"prefix": further or ""}
    return AssignedName(
        kind=_check_string(kind),
        key=_check_string(key),
        name=_check_identifier(name),
        prefix=_check_string(told.get("prefix", "")),
        group=_check_string(told.get("group", "")),
        shape=_check_string(told.get("shape", "")),
    )


def _read_deprecated_alias(
    kind: str, group: str, name: str, *rest: str
) -> DeprecatedAlias:
    key, old, new = rest
    if kind not in {"class", "method"}:
        raise ValueError(f"{kind!r} is no kind of name")
    return DeprecatedAlias(
        kind="class" if kind == "class" else "method",
        name=_check_identifier(name),
        key=key,
        group=group,
        old=old,
        new=new,
    )


def _check_identifier(value: object) -> str:
    name = _check_string(value)
    if not name.isidentifier() or keyword.iskeyword(name) or name.startswith("_"):
        raise ValueError(f"{name!r} is no name")
    return name


def _check_string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no string")
    return value


def _build_lock_error(name: str, why: str, at: FileLocation) -> DiagnosticError:
    return build_error(
        "lock",
        f"{name} is no lock of this generator: {why}",
        at=at,
        hint="restore it from version control; without it, generate into an empty folder",
    )


def _unknown_shape_format(name: str, found: object) -> DiagnosticError:
    known = " and ".join(str(each) for each in _SHAPE_FORMATS)
    return build_error(
        "lock-format",
        f"{name} has shapes of the format {found!r}, this version knows {known}",
        at=FileLocation(name, 1, 1),
        hint="use the version of flexprice-codegen that wrote it, or a newer one",
    )


def _build_format_error(name: str, found: object) -> DiagnosticError:
    return build_error(
        "lock-format",
        f"{name} has the format {found!r}, this version knows {LOCK_FORMAT}",
        at=FileLocation(name, 1, 1),
        hint="use the version of flexprice-codegen that wrote it, or a newer one",
    )
