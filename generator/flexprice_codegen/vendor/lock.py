"""The lock file: the names and hashes of a client, in its directory.

In: the result of a run. Out: its text, JSON with one entry per line, sorted, so that
two branches merge or conflict visibly; and back. It holds the sources and the git blob
ID of the document, the hashes of all inputs and files, and every generated name.
"""

from __future__ import annotations

import json
import keyword
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import get_args

from flexprice_codegen.api import canonical
from flexprice_codegen.diagnostics import DiagnosticError, FileLocation, build_error
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.output_paths import is_inside
from flexprice_codegen.surface.model import AliasKind, AssignedName, DeprecatedAlias
from flexprice_codegen.vendor.lock_text import (
    LockEntries,
    format_lock_text,
    has_valid_checksum,
)

LOCK_FORMAT = 1
_ALIAS_KINDS: Mapping[str, AliasKind] = {kind: kind for kind in get_args(AliasKind)}
# A lock file of the former format is read, and written in the current one.
_SHAPE_FORMATS = (canonical.FORMER_FORMAT, canonical.FORMAT)


@frozen_value(order=True)
class LockedFile:
    """A generated file in the lock file.

    `content_hash` is the SHA-256 of its text, `code_hash` the hash of the text without
    the parts that a formatter can change, and `inputs_hash` that of all inputs of its
    text.
    """

    path: str
    content_hash: str
    code_hash: str
    inputs_hash: str = ""


@frozen_value(kw_only=True)
class LockInputs:
    """The inputs of a run: hashes of configuration and tools, and the ID of every file.

    They do not describe the client, so a difference here alone is not drift. Without
    `file_ids`, a later run reads everything again.
    """

    config_hash: str = ""
    tools_hash: str = ""
    file_ids: tuple[tuple[str, str], ...] = ()


@frozen_value(kw_only=True)
class Lock:
    """The content of a lock file.

    `generator` is the version that wrote it. `sources` and `overlays` have the paths
    that the configuration file has. `source_id` is the git blob ID of the document.
    `shape_format` is the version of the hashes in the `shape` of names. `is_intact` is
    whether the checksum matched the text.
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
    """The files that a run is about to write; they stay listed if the run is killed."""
    shape_format: int = canonical.FORMAT
    is_intact: bool = True

    def to_json(self) -> str:
        """Return the text of the lock file, with its checksum."""
        entries: LockEntries = {
            "format": LOCK_FORMAT,
            "shapes": self.shape_format,
            "generator": self.generator,
            "sources": list(self.sources),
            "overlays": list(self.overlays),
            "source_id": self.source_id,
            "settings": self.inputs.config_hash,
            "tools": self.inputs.tools_hash,
            "inputs": [list(each) for each in self.inputs.file_ids],
            "files": [
                [each.path, each.content_hash, each.code_hash, each.inputs_hash]
                for each in sorted(self.files)
            ],
            "names": [
                [each.kind, each.key, each.name, *_list_details(each)]
                for each in sorted(self.names, key=_get_sort_key)
            ],
            "old_names": sorted(
                [each.kind, each.group, each.name, each.key, each.old, each.new]
                for each in self.deprecated_aliases
            ),
        }
        if self.writing:
            entries["writing"] = sorted(
                [each.path, each.content_hash, each.code_hash] for each in self.writing
            )
        return format_lock_text(entries)


def _get_sort_key(name: AssignedName) -> tuple[str, str, str]:
    """Return the kind, the group for kinds that have an owner, and the key of a name."""
    is_inside = name.kind in {"field", "keyword", "member"}
    return name.kind, name.group if is_inside else "", name.key


def _list_details(name: AssignedName) -> list[dict[str, object]]:
    """Return the optional parts of a name as one object, or an empty list."""
    told: dict[str, object] = {
        "group": name.group,
        "prefix": name.prefix,
        "shape": name.shape,
        "aliases": list(name.aliases),
        "regular": list(name.regular),
    }
    kept = {key: each for key, each in told.items() if each}
    return [kept] if kept else []


def read_lock(text: str, name: str) -> Lock:
    """Parse a lock file.

    A lock file with a wrong checksum is accepted; its `is_intact` is False.

    Args:
        text: The text of the lock file.
        name: Its path, for messages.

    Raises:
        DiagnosticError: The text is not a lock file (`lock`), or its format is unknown
            (`lock-format`).
    """
    try:
        # A row of the wrong length raises TypeError, since it is passed as arguments.
        found = _build_lock(json.loads(text), name)
    except json.JSONDecodeError as error:
        at = FileLocation(name, error.lineno, error.colno)
        raise _build_lock_error(name, error.msg, at) from error
    except (TypeError, ValueError, KeyError, RecursionError) as error:
        raise _build_lock_error(name, repr(error), FileLocation(name, 1, 1)) from error
    return replace(found, is_intact=has_valid_checksum(text))


def _build_lock(data: LockEntries, name: str) -> Lock:
    """Build a lock from parsed JSON; keys of later versions are optional."""
    if data["format"] != LOCK_FORMAT:
        raise _build_format_error(name, data["format"])
    return Lock(
        generator=_check_string(data["generator"]),
        sources=tuple(_check_string(each) for each in data["sources"]),
        overlays=tuple(_check_string(each) for each in data["overlays"]),
        source_id=_check_string(data["source_id"]),
        files=tuple(_read_locked_file(*row) for row in data["files"]),
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
        writing=tuple(_read_locked_file(*row) for row in data.get("writing", ())),
        shape_format=_read_shape_format(data, name),
    )


def _read_locked_file(
    path: object, digest: object, code: object, inputs: object = ""
) -> LockedFile:
    """Build a row of a file; the path must not leave the directory of the client."""
    # Files of the lock file can be deleted, and anyone can write it in a checkout.
    if not is_inside(_check_string(path)):
        raise ValueError(f"{path!r} is no path inside of the client")
    return LockedFile(
        _check_string(path),
        _check_string(digest),
        _check_string(code),
        _check_string(inputs),
    )


def _read_shape_format(data: LockEntries, name: str) -> int:
    """Return the version of the shapes, which lock files of the former version lack."""
    found = data.get("shapes", canonical.FORMER_FORMAT)
    # `True in (1, 2)` holds, so the type is checked exactly.
    if type(found) is not int or found not in _SHAPE_FORMATS:
        raise _unknown_shape_format(name, found)
    return found


def _read_name(
    kind: object, key: object, name: object, further: object = None
) -> AssignedName:
    """Build a name from its row; earlier versions wrote only a prefix after the name."""
    told = further if isinstance(further, Mapping) else {"prefix": further or ""}
    return AssignedName(
        kind=_check_string(kind),
        key=_check_string(key),
        name=_check_identifier(name),
        prefix=_check_string(told.get("prefix", "")),
        group=_check_string(told.get("group", "")),
        shape=_check_string(told.get("shape", "")),
        aliases=_read_strings(told, "aliases", _check_identifier),
        regular=_read_strings(told, "regular", _check_string),
    )


def _read_strings(
    details: Mapping[str, object], key: str, check: Callable[[object], str]
) -> tuple[str, ...]:
    """Return the strings of a detail of a name, which earlier versions lack."""
    found = details.get(key, [])
    if not isinstance(found, list):
        raise TypeError(f"{found!r} is no list")
    return tuple(map(check, found))


def _read_deprecated_alias(
    kind: str, group: str, name: str, *rest: str
) -> DeprecatedAlias:
    """Build a deprecated alias from its row."""
    key, old, new = rest
    if kind not in _ALIAS_KINDS:
        raise ValueError(f"{kind!r} is no kind of name")
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
    name = _check_string(value)
    if not name.isidentifier() or keyword.iskeyword(name) or name.startswith("_"):
        raise ValueError(f"{name!r} is no name")
    return name


def _check_string(value: object) -> str:
    """Return a value if it is a string, else raise TypeError."""
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
