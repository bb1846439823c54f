"""What the generator has to say about its input.

In: a fault or a decision, and where it stands. Out: `Diagnostic` values, collected
in a `Sink`, or carried by a `DiagnosticError` where the work cannot go on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """How much a diagnostic costs its reader."""

    NOTE = "note"
    """The client is made, and something was decided for its user."""
    WARNING = "warning"
    """The client is made, and the piece that is named here is missing."""
    ERROR = "error"
    """Nothing was written."""


@dataclass(frozen=True, slots=True, order=True)
class FileLocation:
    """A position in a text; `line` and `column` count from one."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """A node of a document: its resource and its JSON pointer (RFC 6901).

    The resource is `""` for the document itself and a relative path for a file
    that it refers to. A `Document` turns an origin into a `Place`.
    """

    resource: str
    pointer: str

    def get_child(self, key: str | int) -> Origin:
        """Give the origin of the member `key` of this node."""
        token = str(key)
        if "~" in token or "/" in token:
            token = token.replace("~", "~0").replace("/", "~1")
        return Origin(self.resource, f"{self.pointer}/{token}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One sentence about one place: what it is, where it stands, what to do next.

    `code` is stable and in kebab-case; people may filter by it.
    """

    code: str
    level: Level
    message: str
    help: str = ""
    location: FileLocation | Origin | None = None


class DiagnosticError(Exception):
    """The work cannot go on; `diagnostics` (never empty) say why."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        self.diagnostics = diagnostics
        super().__init__("; ".join(each.message for each in diagnostics))


class StopError(DiagnosticError):
    """A fault that no piece may be left out for: another day may bring what is missing."""


def build_error(
    code: str, message: str, *, at: FileLocation | Origin | None = None, hint: str = ""
) -> DiagnosticError:
    """Make the exception for one fault that stops the work."""
    return DiagnosticError(
        Diagnostic(
            code=code, level=Level.ERROR, message=message, help=hint, location=at
        )
    )


@dataclass(slots=True)
class DiagnosticSink:
    """Collects diagnostics; handed down to whoever may have something to say."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    _known: set[Diagnostic] = field(default_factory=set)

    def add_note(
        self,
        code: str,
        message: str,
        *,
        at: FileLocation | Origin | None = None,
        hint: str = "",
    ) -> None:
        """Say what was decided for the user."""
        self._add_diagnostic(code, Level.NOTE, message, at, hint)

    def add_warning(
        self,
        code: str,
        message: str,
        *,
        at: FileLocation | Origin | None = None,
        hint: str = "",
    ) -> None:
        """Say what is missing from the client."""
        self._add_diagnostic(code, Level.WARNING, message, at, hint)

    def add_skipped(
        self, error: DiagnosticError, piece: str, fate: str = "is left out"
    ) -> None:
        """Turn the faults that cost the client `piece` into warnings.

        Raises:
            StopError: The error is one.
        """
        if isinstance(error, StopError):
            raise error
        for each in error.diagnostics:
            self._add_diagnostic(
                each.code,
                Level.WARNING,
                f"{piece} {fate}: {each.message}",
                each.location,
                each.help,
            )

    def _add_diagnostic(
        self,
        code: str,
        level: Level,
        message: str,
        at: FileLocation | Origin | None,
        hint: str,
    ) -> None:
        diagnostic = Diagnostic(
            code=code, level=level, message=message, help=hint, location=at
        )
        if diagnostic not in self._known:
            self._known.add(diagnostic)
            self.diagnostics.append(diagnostic)
