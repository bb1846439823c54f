"""Uses, refined by a language server.

In: the uses that the index found, a language server, and the client on the disk. Out: the
same uses and those that the server adds; a `maybe` that it resolves is sure or dropped.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from flexprice_codegen.impact.code_files import CodeFile, decode_source
from flexprice_codegen.impact.definitions_in_client import Definition
from flexprice_codegen.impact.language_server import LanguageServer, ServerLocation
from flexprice_codegen.impact.places import count_characters
from flexprice_codegen.impact.symbols import Position, Symbol, Use


@dataclass(slots=True)
class UseRefiner:
    """Refines uses; `folder` is the directory of the client, with its files' texts."""

    server: LanguageServer
    files: Mapping[str, CodeFile]
    folder: str
    texts: Mapping[str, str]
    definitions: Mapping[Symbol, Collection[Definition]]
    _lines: dict[str, list[str]] = field(default_factory=dict)

    def refine(
        self, uses: Iterable[Use], wanted: Collection[Symbol]
    ) -> tuple[Use, ...]:
        """Return uses with what the server knows of them.

        Args:
            uses: What the index found.
            wanted: The symbols that are asked for.

        Raises:
            DiagnosticError: The server ended, or does not answer.
        """
        self._open_files(wanted)
        uses = tuple(uses)
        known = {_get_key(each) for each in uses if each.confidence != "maybe"}
        added = {
            _get_key(each): each
            for symbol in sorted(wanted)
            for each in self._find_references(symbol)
            if _get_key(each) not in known
        }
        # What the references confirm needs no second question.
        open_uses = (each for each in uses if _get_key(each) not in added)
        kept = (self._resolve(each) for each in open_uses)
        return tuple(
            sorted({*added.values(), *(each for each in kept if each is not None)})
        )

    def _open_files(self, wanted: Collection[Symbol]) -> None:
        """Open the files that have the name of a symbol; servers look only into those."""
        names = {each.name.encode() for each in wanted}
        for path, file in self.files.items():
            if not file.is_notebook and any(name in file.data for name in names):
                self.server.open_file(path, decode_source(file.data))

    def _find_references(self, symbol: Symbol) -> Iterable[Use]:
        for each in self.definitions.get(symbol, ()):
            path = f"{self.folder}/{each.path}"
            self.server.open_file(path, self.texts[each.path])
            at = ServerLocation(path, each.line, each.column)
            for location in self.server.find_references(at):
                if location.path in self.files:
                    yield self._create_use(symbol, location)

    def _create_use(self, symbol: Symbol, location: ServerLocation) -> Use:
        line = self._get_lines(location.path)[location.line]
        start = len(_take_units(line, location.column).encode())
        width = len(symbol.name.encode())
        position = Position(location.line + 1, start, start + width)
        return Use(location.path, position, symbol, "attribute", "sure")

    def _resolve(self, use: Use) -> Use | None:
        """Return a use as sure if its name leads to the client, None if elsewhere."""
        if use.confidence != "maybe" or self.files[use.file].is_notebook:
            return use
        line = self._get_lines(use.file)[use.position.line - 1]
        before = line[: count_characters(line.encode(), use.position.column)]
        column = len(before.encode("utf-16-le")) // 2
        at = ServerLocation(use.file, use.position.line - 1, column)
        found = self.server.find_definitions(at)
        if not found:
            return use
        own = {
            (f"{self.folder}/{each.path}", each.line)
            for each in self.definitions.get(use.symbol, ())
        }
        if any((each.path, each.line) in own for each in found):
            return replace(use, confidence="sure", way="attribute")
        return None

    def _get_lines(self, path: str) -> list[str]:
        if path not in self._lines:
            self._lines[path] = self.files[path].list_lines()
        return self._lines[path]


def _get_key(use: Use) -> tuple[str, int, Symbol]:
    """Return a line and a symbol: servers and the index differ in columns."""
    return (use.file, use.position.line, use.symbol)


def _take_units(line: str, units: int) -> str:
    """Return the beginning of a line, which has a number of UTF-16 units."""
    return line.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore")
