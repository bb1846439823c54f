"""Diagnostics: errors, warnings and notes about the input.

In: a message and its location. Out: `Diagnostic` values, collected in a
`DiagnosticSink`, or carried by a `DiagnosticError` if the work cannot continue.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.json_pointers import escape_token


class Level(StrEnum):
    """The severity of a diagnostic."""

    NOTE = "note"
    """The client is generated; the generator decided something for the user."""
    WARNING = "warning"
    """The client is generated without the part that the message names."""
    ERROR = "error"
    """Nothing was written."""


@frozen_value(order=True)
class FileLocation:
    """A position in a file; `line` and `column` count from one.

    Both are 0 for a file that cannot be read, which has no lines.
    """

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


@frozen_value(order=True)
class Origin:
    """A node of a document: its resource and its JSON pointer (RFC 6901).

    The resource is `""` for the document itself, and a relative path for a file that it
    refers to. A `Document` resolves an origin to a `FileLocation`.
    """

    resource: str
    pointer: str

    def get_child(self, key: str | int) -> Origin:
        """Return the origin of the entry `key` of this node."""
        # Each node of a document is asked for its own: no call in the usual case.
        if type(key) is not str or "/" in key or "~" in key:
            key = escape_token(str(key))
        return Origin(self.resource, f"{self.pointer}/{key}")


@frozen_value
class Cause:
    """What diagnostics about different things have in common.

    `message` is that of all of them, without the thing that each is about. `unit` is
    the word for these things, in plural.
    """

    message: str
    unit: str = "places"


@frozen_value(kw_only=True)
class Diagnostic:
    """One message about one location, with help for the user.

    `code` is stable and in kebab-case, so that users can filter by it. `cause` is None
    if the message is about nothing but its cause.
    """

    code: str
    level: Level
    message: str
    help: str = ""
    location: FileLocation | Origin | None = None
    cause: Cause | None = None


class DiagnosticError(Exception):
    """An error that stops the work; `diagnostics` is never empty."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        self.diagnostics = diagnostics
        super().__init__("; ".join(each.message for each in diagnostics))


class StopError(DiagnosticError):
    """An error that never skips only a part: what is missing may be available later."""


def build_error(
    code: str, message: str, *, at: FileLocation | Origin | None = None, hint: str = ""
) -> DiagnosticError:
    """Return the exception for one error.

    Args:
        code: A stable name in kebab-case.
        message: What happened, without a final period.
        at: The location, if it is known.
        hint: What the user can do.
    """
    return DiagnosticError(
        Diagnostic(
            code=code, level=Level.ERROR, message=message, help=hint, location=at
        )
    )


@dataclass(slots=True)
class DiagnosticSink:
    """A collection of diagnostics, without duplicates, in order."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    _known: set[Diagnostic] = field(default_factory=set)

    def add_note(
        self,
        code: str,
        message: str,
        *,
        at: FileLocation | Origin | None = None,
        hint: str = "",
        cause: Cause | None = None,
    ) -> None:
        """Add a note about what the generator decided for the user."""
        self._add_diagnostic(
            Diagnostic(
                code=code,
                level=Level.NOTE,
                message=message,
                help=hint,
                location=at,
                cause=cause,
            )
        )

    def add_warning(
        self,
        code: str,
        message: str,
        *,
        at: FileLocation | Origin | None = None,
        hint: str = "",
        cause: Cause | None = None,
    ) -> None:
        """Add a warning about what is missing from the client."""
        self._add_diagnostic(
            Diagnostic(
                code=code,
                level=Level.WARNING,
                message=message,
                help=hint,
                location=at,
                cause=cause,
            )
        )

    def add_skipped(self, error: DiagnosticError, piece: str, effect: str = "") -> None:
        """Add the errors that made the generator skip a part, as warnings.

        Args:
            error: Why the part is skipped.
            piece: The part, such as `property 'name'`.
            effect: What the part does instead, such as `accepts any value`; empty if
                nothing of it is generated.

        Raises:
            StopError: `error` is one, so that nothing can be skipped.
        """
        if isinstance(error, StopError):
            raise error
        head = f"{piece} {effect}" if effect else f"skipped {piece}"
        for each in error.diagnostics:
            self._add_diagnostic(
                replace(
                    each,
                    level=Level.WARNING,
                    message=f"{head}: {each.message}",
                    cause=Cause(
                        f"{effect or 'skipped'}: {each.message}",
                        "parts of the document",
                    ),
                )
            )

    def _add_diagnostic(self, diagnostic: Diagnostic) -> None:
        # A schema that several operations use reports the same diagnostic each time.
        if diagnostic not in self._known:
            self._known.add(diagnostic)
            self.diagnostics.append(diagnostic)
