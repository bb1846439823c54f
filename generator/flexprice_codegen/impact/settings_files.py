"""Environment variables in files of settings: `.env`, YAML, TOML, Dockerfiles.

In: files, and the variables of a client. Out: their uses. A text is all that is known, so
that a use is likely, never sure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from flexprice_codegen.impact.code_files import CodeFile
from flexprice_codegen.impact.symbols import Position, Symbol, Use


def find_settings_uses(
    files: Iterable[CodeFile], wanted: Collection[Symbol]
) -> tuple[Use, ...]:
    """Return where files of settings name environment variables.

    Args:
        files: The files.
        wanted: Symbols; those that are not variables are ignored.
    """
    variables = {each.name: each for each in wanted if each.kind == "variable"}
    if not variables:
        return ()
    names = "|".join(map(re.escape, sorted(variables, reverse=True)))
    # `API_KEY` is no use of the variable in `MY_API_KEY_2`. The longest name is first:
    # an alternative that matches ends the search.
    pattern = re.compile(rf"(?<![A-Za-z0-9_])(?:{names})(?![A-Za-z0-9_])".encode())
    return tuple(
        use for file in files for use in _iter_file_uses(file, pattern, variables)
    )


def _iter_file_uses(
    file: CodeFile, pattern: re.Pattern[bytes], variables: dict[str, Symbol]
) -> Iterator[Use]:
    # Nearly all files have none.
    if not pattern.search(file.data):
        return
    for number, line in enumerate(file.list_lines(), 1):
        for match in pattern.finditer(line.encode()):
            symbol = variables[match[0].decode()]
            position = Position(number, match.start(), match.end())
            yield Use(file.path, position, symbol, "file", "likely")
