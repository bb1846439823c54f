"""The lock file: the names and hashes of a client, in its directory.

In: the result of a run. Out: its text, JSON with one entry per line, sorted, so that
two branches merge or conflict visibly; and back. It holds the sources and the git blob
ID of the document, the hashes of all inputs and files, and every generated name.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace

from flexprice_codegen.api import canonical
from flexprice_codegen.diagnostics import (
    Diagnostic,
    DiagnosticError,
    FileLocation,
    build_error,
)
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.output_paths import is_inside
from flexprice_codegen.surface.earlier_names import get_identity
from flexprice_codegen.surface.model import AssignedName, DeprecatedAlias
from flexprice_codegen.surface.previous_names import EarlierNames
from flexprice_codegen.vendor.lock_rows import LockRowError, read_rows
from flexprice_codegen.vendor.lock_text import (
    LockEntries,
    format_lock_text,
    has_valid_checksum,
)
from flexprice_codegen.vendor.name_rows import (
    check_string,
    group_earlier_rows,
    list_alias_row,
    list_earlier_rows,
    list_name_row,
    read_alias,
    read_earlier_row,
    read_name,
)
from flexprice_codegen.vendor.stored_warnings import (
    list_warning_row,
    read_warning_row,
)

LOCK_FORMAT = 1
_REQUIRED = (
    "format",
    "generator",
    "sources",
    "overlays",
    "source_id",
    "files",
    "names",
)
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})", re.MULTILINE)
"""The markers that git leaves in a file that both sides of a merge changed."""
# A lock file of the former format is read, and written in the current one.
_SHAPE_FORMATS = (canonical.FORMER_FORMAT, canonical.FORMAT)


@frozen_value(order=True)
class LockedFile:
    """A generated file in the lock file.

    `content_hash` is the SHA-256 of its text, `code_hash` the hash of what a formatter
    keeps of it, and `inputs_hash` that of all inputs of its text.
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
    warnings: tuple[Diagnostic, ...] = ()
    """The warnings of the run; a run that has nothing to do repeats them."""
    earlier: tuple[EarlierNames, ...] = ()
    """The names that earlier documents had, from the oldest."""
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
                list_name_row(each) for each in sorted(self.names, key=get_identity)
            ],
            "old_names": sorted(map(list_alias_row, self.deprecated_aliases)),
        }
        if self.warnings:
            entries["warnings"] = [list_warning_row(each) for each in self.warnings]
        if self.earlier:
            entries["earlier"] = list_earlier_rows(self.earlier)
        if self.writing:
            entries["writing"] = sorted(
                [each.path, each.content_hash, each.code_hash] for each in self.writing
            )
        return format_lock_text(entries)


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
        data = json.loads(text)
    except json.JSONDecodeError as error:
        at = FileLocation(name, error.lineno, error.colno)
        raise build_lock_error(name, error.msg, at, text) from error
    except (ValueError, RecursionError) as error:
        raise build_lock_error(name, "a value is too large or too deep") from error

    try:
        found = _build_lock(data, name)
    except LockRowError as error:
        at = _find_row(text, name, error.row)
        raise build_lock_error(name, str(error), at) from error
    except (TypeError, ValueError) as error:
        raise build_lock_error(name, str(error)) from error
    return replace(found, is_intact=has_valid_checksum(text))


def _find_row(text: str, name: str, row: object) -> FileLocation:
    """Return the location of a row in a lock file that has one row per line."""
    wanted = json.dumps(row)
    lines = enumerate(text.splitlines(), 1)
    found = [number for number, line in lines if line.strip().rstrip(",") == wanted]
    # Of a row that occurs twice, the second one is the error.
    return FileLocation(name, found[-1] if found else 1, 1)


def _build_lock(data: LockEntries, name: str) -> Lock:
    """Build a lock from parsed JSON; keys of later versions are optional."""
    if not isinstance(data, dict):
        raise TypeError("expected a JSON object")
    missing = [key for key in _REQUIRED if key not in data]
    if missing and data.get("format", LOCK_FORMAT) == LOCK_FORMAT:
        raise ValueError(f"the key `{missing[0]}` is missing")
    if data["format"] != LOCK_FORMAT:
        raise _build_format_error(name, data["format"])
    return Lock(
        generator=check_string(data["generator"]),
        sources=read_rows(data, "sources", check_string),
        overlays=read_rows(data, "overlays", check_string),
        source_id=check_string(data["source_id"]),
        files=read_rows(data, "files", _read_locked_file, lambda file: file.path),
        names=read_rows(data, "names", read_name, get_identity),
        deprecated_aliases=read_rows(
            data, "old_names", read_alias, lambda alias: alias.old
        ),
        warnings=read_rows(data, "warnings", read_warning_row),
        earlier=group_earlier_rows(read_rows(data, "earlier", read_earlier_row)),
        inputs=LockInputs(
            config_hash=check_string(data.get("settings", "")),
            tools_hash=check_string(data.get("tools", "")),
            file_ids=read_rows(data, "inputs", _read_file_id, lambda pair: pair[0]),
        ),
        # A killed run leaves two rows for a file: its text before and after.
        writing=read_rows(data, "writing", _read_locked_file),
        shape_format=_read_shape_format(data, name),
    )


def _read_file_id(path: object, id_: object) -> tuple[str, str]:
    """Build the pair of an input file and its git blob ID."""
    return check_string(path), check_string(id_)


def _read_locked_file(
    path: object, digest: object, code: object, inputs: object = ""
) -> LockedFile:
    """Build a row of a file; the path must not leave the directory of the client."""
    # Files of the lock file can be deleted, and anyone can write it in a checkout.
    if not is_inside(check_string(path)):
        raise ValueError(f"expected a path inside of the client, got {path!r}")
    return LockedFile(
        check_string(path),
        check_string(digest),
        check_string(code),
        check_string(inputs),
    )


def _read_shape_format(data: LockEntries, name: str) -> int:
    """Return the version of the shapes, which lock files of the former version lack."""
    found = data.get("shapes", canonical.FORMER_FORMAT)
    # `True in (1, 2)` holds, so the type is checked exactly.
    if type(found) is not int or found not in _SHAPE_FORMATS:
        raise _unknown_shape_format(name, found)
    return found


def build_lock_error(
    name: str, why: str, at: FileLocation | None = None, text: str = ""
) -> DiagnosticError:
    """Return the error for an invalid lock file.

    Args:
        name: The path of the lock file.
        why: What is wrong with it.
        at: The location of that, if it is known.
        text: The text of the lock file.
    """
    if _CONFLICT.search(text):
        why = "it has conflict markers of a merge"
    return build_error(
        "lock",
        f"{name} is not a valid lock file: {why}",
        at=at or FileLocation(name, 1, 1),
        hint="restore it from version control; after a merge, take the file of either "
        "side and run `flexprice-codegen generate`",
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
