"""Layout: what black would do to a module, done only where it would do something.

In: a module that the templates wrote, a statement a line. Out: the same module as black
lays it out. What black does to a module takes half a second for a thousand lines, so
the common case is done here: a statement that does not fit on its line is broken at its
brackets. A statement that is still wide then, or that has a quote or a character over
which black might think otherwise, goes through black alone.

Source: The Black code style, "How Black wraps lines".
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from flexprice_codegen.emit.python_text import LINE_WIDTH

# Wide lines that black has no way to break: a name or a string alone.
_ATOM = re.compile(
    r"""
    \ * (?: [\w.]+ (?:\ as\ \w+)?
          | (?:\w+:\ )? [\w.]+
          | (?:"[^"\\]*":\ )? "[^"\\]*"
        ) ,?
    | \ * from\ \S+\ import\ \(
    """,
    re.VERBOSE,
)
_DOCSTRING = re.compile(r'^ *"""(?:[^"\\]|\\.|"(?!""))*"""$', re.MULTILINE | re.DOTALL)

# A string, a bracket, a comma, an operator: all of Python that breaking a line looks at.
_TOKEN = re.compile(r"""(?:"(?:[^"\\]|\\.)*")|(?:'(?:[^'\\]|\\.)*')|[()\[\]{},|]""")
# `NAME = VALUE` or `NAME: ANNOTATION = VALUE`, as a statement or as a parameter.
_ASSIGNMENT = re.compile(
    r"(?P<name> *\w+)(?:: (?P<annotation>[^=\"']+))? = (?P<value>.*?)(?P<comma>,?)"
)
_INDENT = " " * 4


def lay_out(text: str) -> str:
    """Return a module as black lays it out."""
    if is_settled(text):
        return text

    wrapped = _wrap_statements(text)
    return wrapped if is_settled(wrapped) else _apply_black(wrapped)


def is_settled(text: str) -> bool:
    """Return whether black would leave a text as it is."""
    return _is_plain(text) or _is_plain(_DOCSTRING.sub(_blank, text))


def _is_plain(text: str) -> bool:
    return (
        text.isascii()
        and "'" not in text
        and all(
            len(line) <= LINE_WIDTH or _ATOM.fullmatch(line)
            for line in text.split("\n")
        )
    )


def _blank(docstring: re.Match[str]) -> str:
    """Cut a docstring out, which black does not reflow; the lines stay."""
    return "\n" * docstring[0].count("\n")


def _wrap_statements(text: str) -> str:
    """Break the statements that do not fit on their line."""
    made: list[str] = []
    done = 0
    for docstring in _DOCSTRING.finditer(text):
        made.append(_wrap_code(text[done : docstring.start()]))
        made.append(docstring[0])
        done = docstring.end()
    return "".join([*made, _wrap_code(text[done:])])


def _wrap_code(code: str) -> str:
    """Break lines of code that no docstring interrupts; what stays wide is not broken."""
    lines: list[str] = []
    for line in code.split("\n"):
        wrapped = wrap_statement(line)
        lines += wrapped if all(map(_fits, wrapped)) else [line]
    return "\n".join(lines)


def _fits(line: str) -> bool:
    return len(line) <= LINE_WIDTH or _ATOM.fullmatch(line) is not None


def wrap_statement(line: str) -> list[str]:
    """Return the lines of a statement, or of an item of one, that stands on one line.

    What cannot be broken as black would break it stays as it is.
    """
    if len(line) <= LINE_WIDTH:
        return [line]

    bracket = _find_bracket(line)
    if bracket is not None and bracket[0] < LINE_WIDTH:
        return _wrap_bracket(line, *bracket)
    return [line] if _is_signature(line) else _wrap_assignment(line)


def _wrap_bracket(line: str, begin: int, end: int) -> list[str]:
    """Break a statement at a bracket.

    As black does, the arguments of a call go on a line of their own; where that is too
    wide as well, and always in a collection, each item has a line and is broken in the
    same way.
    """
    depth = _get_depth(line)
    inner = depth + _INDENT
    items = _split_items(line[begin + 1 : end])
    opening = line[: begin + 1]
    closing = depth + line[end:]
    if _is_signature(line):
        wrap_item = _wrap_parameter
        # Black marks the only parameter of a signature with a comma, and no other item.
        items = [f"{items[0]},"] if len(items) == 1 else items
    else:
        wrap_item = wrap_statement
    if len(items) == 1:
        return [opening, *wrap_item(inner + items[0]), closing]

    together = inner + ", ".join(items)
    if len(together) <= LINE_WIDTH and _is_call(opening):
        return [opening, together, closing]

    wrapped = (part for item in items for part in wrap_item(f"{inner}{item},"))
    return [opening, *wrapped, closing]


def _wrap_parameter(line: str) -> list[str]:
    """Put the type of a parameter in brackets where it is a union that is too wide."""
    found = None if len(line) <= LINE_WIDTH else _ASSIGNMENT.fullmatch(line)
    if found is None or not _is_union(found["annotation"] or ""):
        return [line]
    return _wrap_annotation(found)


def _wrap_annotation(found: re.Match[str]) -> list[str]:
    name, annotation, value, comma = found.group("name", "annotation", "value", "comma")
    depth = _get_depth(name)
    return [f"{name}: (", f"{depth}{_INDENT}{annotation}", f"{depth}) = {value}{comma}"]


def _wrap_assignment(line: str) -> list[str]:
    """Put what is too wide in an assignment in brackets of its own.

    That is the value, if there is room for its bracket, or else a union in front of it.
    """
    found = _ASSIGNMENT.fullmatch(line)
    if found is None:
        return [line]

    name, annotation, value, comma = found.group("name", "annotation", "value", "comma")
    depth = _get_depth(line)
    target = f"{name}: {annotation}" if annotation else name
    if len(target) + len(" = (") <= LINE_WIDTH:
        content = wrap_statement(f"{depth}{_INDENT}{value}")
        wrapped = [f"{target} = (", *content, f"{depth}){comma}"]
    elif _is_union(annotation or ""):
        wrapped = _wrap_annotation(found)
    else:
        return [line]
    return wrapped if all(len(part) <= LINE_WIDTH for part in wrapped) else [line]


def _is_union(annotation: str) -> bool:
    """Return whether a type has an operator that is in no bracket."""
    depth = 0
    for token in _TOKEN.finditer(annotation):
        if token[0] == "|" and depth == 0:
            return True
        depth += (token[0] in "([{") - (token[0] in ")]}")
    return False


def _get_depth(line: str) -> str:
    """Return the spaces that a line begins with."""
    return line[: len(line) - len(line.lstrip())]


def _is_call(opening: str) -> bool:
    """Return whether a bracket opens arguments or a subscript, and no collection."""
    before = opening[-2:-1]
    return opening[-1] != "{" and (before.isalnum() or before in ("_", ")", "]"))


def _is_signature(line: str) -> bool:
    return line.lstrip().startswith(("def ", "async def "))


def _find_bracket(line: str) -> tuple[int, int] | None:
    """Return where the bracket to break opens and closes: of a signature the first one.

    Of any other statement it is the last one, as black looks from the right. What is
    behind it, as in `list[X] = []`, and operators are for black to judge.
    """
    opened: list[int] = []
    found = None
    for token in _TOKEN.finditer(line):
        if token[0] in "([{":
            opened.append(token.start())
        elif token[0] in ")]}":
            if not opened:  # a line of a statement that stands on several
                return None
            begin = opened.pop()
            if not opened:
                found = (begin, token.start())
                if _is_signature(line):
                    return found
        elif token[0] == "|" and not opened:
            return None
    is_last = found is not None and line[found[1] + 1 :] in ("", ",", ":")
    return found if is_last else None


def _split_items(content: str) -> list[str]:
    """Split the content of a bracket at the commas that are in no further bracket."""
    items: list[str] = []
    depth = 0
    done = 0
    for token in _TOKEN.finditer(content):
        if token[0] in "([{":
            depth += 1
        elif token[0] in ")]}":
            depth -= 1
        elif token[0] == "," and depth == 0:
            items.append(content[done : token.start()].strip())
            done = token.end()
    last = content[done:].strip()
    return [*items, last] if last or not items else items


def _apply_black(text: str) -> str:
    """Give each statement to black that it would change."""
    lines = text.split("\n")
    made: list[str] = []
    done = 0
    for begin, end, depth in _pieces(ast.parse(text).body, lines, 0):
        piece = "\n".join(lines[begin:end])
        made += lines[done:begin]
        made.append(piece if is_settled(piece) else _format_piece(piece, depth))
        done = end
    return "\n".join([*made, *lines[done:]])


def _pieces(
    statements: Sequence[ast.stmt], lines: Sequence[str], depth: int
) -> Iterator[tuple[int, int, int]]:
    """Yield the lines of each statement; of a class, or an `if`, those of its members.

    Each is the first line, the one behind the last, both from zero, and how deep it
    stands. A class whose first line is too wide is one piece.
    """
    for each in statements:
        if isinstance(each, ast.ClassDef | ast.If) and is_settled(
            lines[each.lineno - 1]
        ):
            members = [*each.body, *getattr(each, "orelse", ())]
            yield from _pieces(members, lines, depth + 1)
            continue
        decorators = getattr(each, "decorator_list", [])
        begin = min(node.lineno for node in (each, *decorators))
        yield begin - 1, each.end_lineno or begin, depth


def _format_piece(piece: str, depth: int) -> str:
    """Lay out a statement as deep as it stands."""
    # black takes 0.1 s to import; most clients have no statement for it.
    from flexprice_codegen.emit.formatting import format_python

    around = "".join(f"{_INDENT * level}class _:\n" for level in range(depth))
    return format_python(f"{around}{piece}\n").removeprefix(around).removesuffix("\n")
