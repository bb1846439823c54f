"""Layout of generated code, equal to that of black, which runs only if it has to.

In: a module from the templates, one statement per line. Out: the same module in black's
layout. black takes half a second for a thousand lines, so the common case is handled
here: a statement that is too wide is broken at its brackets. Other statements go to
black alone: those that are still too wide, and those with a quote or a character that
black might change.

Source: The Black code style, "How Black wraps lines".
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from flexprice_codegen.emit.python_text import LINE_WIDTH

# black keeps these lines wide: a name, an import of one name, the first line of a class,
# or a string alone.
_ATOM = re.compile(
    r"""
    \ * (?: [\w.]+ (?:\ as\ \w+)? ,?
          | class\ \w+:
          | \w+:\ [\w.]+ ,  # a parameter; as a field it gets brackets
          | (?:"[^"\\]*":\ )? "[^"\\]*" ,?
        )
    | \ * from\ \S+\ import\ \(
    """,
    re.VERBOSE,
)
# A string in triple quotes that is a statement. It is not over at an escaped quote,
# nor at one or two quotes.
_DOCSTRING = re.compile(
    r'(^ *"""(?:[^"\\]|\\.|"(?!""))*"""$)', re.MULTILINE | re.DOTALL
)

# The tokens that decide where a line breaks: strings, brackets, commas, unions.
_TOKEN = re.compile(r"""(?:"(?:[^"\\]|\\.)*")|(?:'(?:[^'\\]|\\.)*')|[()\[\]{},|]""")
# `NAME = VALUE` or `NAME: TYPE = VALUE`, as a statement or as a parameter.
_ASSIGNMENT = re.compile(
    r"(?P<name> *\w+)(?:: (?P<annotation>[^=\"']+))? = (?P<value>.*?)(?P<comma>,?)"
)
# `NAME: TYPE`, as a statement; a parameter has a comma.
_DECLARATION = re.compile(r"(?P<name> *\w+): (?P<annotation>[^=\"',]+)")
_INDENT = " " * 4


def lay_out(text: str) -> str:
    """Return a module in black's layout."""
    # Most texts need no search for docstrings, which takes longer.
    if _is_plain(text):
        return text

    # Code and docstrings in turn; black does not reflow the text of a docstring.
    parts = _DOCSTRING.split(text)
    parts[::2] = map(_wrap_code, parts[::2])
    wrapped = "".join(parts)
    return wrapped if all(map(_is_plain, parts[::2])) else _apply_black(wrapped)


def is_black_stable(text: str) -> bool:
    """Return whether black would not change a text.

    The answer can be false for a text that black would not change either.
    """
    return _is_plain(text) or all(map(_is_plain, _DOCSTRING.split(text)[::2]))


def _is_plain(text: str) -> bool:
    """Return whether black would not change a text without docstrings."""
    # black counts East Asian characters as two columns, and prefers double quotes.
    if not text.isascii() or "'" in text:
        return False
    lines = text.split("\n")
    return max(map(len, lines)) <= LINE_WIDTH or all(map(_fits_width, lines))


def _wrap_code(code: str) -> str:
    """Return code without docstrings, broken where every resulting line fits."""
    if _is_plain(code):
        return code
    lines: list[str] = []
    for line in code.split("\n"):
        wrapped = wrap_statement(line)
        lines += wrapped if all(map(_fits_width, wrapped)) else [line]
    return "\n".join(lines)


def _fits_width(line: str) -> bool:
    return len(line) <= LINE_WIDTH or _ATOM.fullmatch(line) is not None


def wrap_statement(line: str) -> list[str]:
    """Return the lines of a statement, or of an item of one, that is on one line.

    A statement that cannot be broken as black would break it is returned unchanged.
    """
    # A line of a statement on several lines is for black, which needs all of them.
    if len(line) <= LINE_WIDTH or not _is_whole(line):
        return [line]

    bracket = _find_bracket(line)
    if bracket is not None and bracket[0] < LINE_WIDTH:
        return _wrap_bracket(line, *bracket)
    if _is_signature(line):
        return [line]
    return _wrap_declaration(line) or _wrap_assignment(line)


def _is_whole(line: str) -> bool:
    """Return whether a line closes each bracket that it opens, and no other."""
    tokens = [token[0] for token in _TOKEN.finditer(line)]
    opened = sum(tokens.count(bracket) for bracket in "([{")
    closed = sum(tokens.count(bracket) for bracket in ")]}")
    return opened == closed


def _wrap_bracket(line: str, begin: int, end: int) -> list[str]:
    """Return the lines of a statement that is broken at a bracket.

    As in black, the arguments of a call go on one line of their own. If that is too
    wide, and always in a collection, each item has a line and is broken in the same
    way.

    Args:
        line: The statement.
        begin: The index of the opening bracket.
        end: The index of the closing bracket.
    """
    indentation = _get_indentation(line)
    inner = indentation + _INDENT
    items = _split_items(line[begin + 1 : end])
    opening = line[: begin + 1]
    closing = indentation + line[end:]
    wrap_item = _wrap_parameter if _is_signature(line) else wrap_statement
    # black adds a trailing comma to a single parameter, but to no other single item.
    if len(items) == 1 and not _is_signature(line):
        return [opening, *_wrap_operands(inner + items[0]), closing]

    together = inner + ", ".join(items)
    if len(together) <= LINE_WIDTH and _is_call(opening) and len(items) > 1:
        return [opening, together, closing]

    wrapped = (part for item in items for part in wrap_item(f"{inner}{item},"))
    return [opening, *wrapped, closing]


def _wrap_parameter(line: str) -> list[str]:
    """Return the lines of a parameter; a union that is too wide gets parentheses."""
    found = None if len(line) <= LINE_WIDTH else _ASSIGNMENT.fullmatch(line)
    if found is None or not _is_union(found["annotation"] or ""):
        return [line]
    return _wrap_annotation(found)


def _wrap_annotation(found: re.Match[str]) -> list[str]:
    name, annotation, value, comma = found.group("name", "annotation", "value", "comma")
    indentation = _get_indentation(name)
    content = _wrap_operands(f"{indentation}{_INDENT}{annotation}")
    return [f"{name}: (", *content, f"{indentation}) = {value}{comma}"]


def _wrap_declaration(line: str) -> list[str]:
    """Return the lines of `NAME: TYPE` with parentheses around the type, or none."""
    found = _DECLARATION.fullmatch(line)
    # black may break at the last bracket instead.
    if found is None or line.endswith("]"):
        return []
    name, annotation = found.group("name", "annotation")
    indentation = _get_indentation(name)
    content = _wrap_operands(f"{indentation}{_INDENT}{annotation}")
    if _is_wide_alone(content):
        return []
    return [f"{name}: (", *content, f"{indentation})"]


def _is_wide_alone(content: Sequence[str]) -> bool:
    """Return whether parentheses are of no use to a content, so that black adds none."""
    return len(content) == 1 and len(content[0]) > LINE_WIDTH


def _wrap_operands(line: str) -> list[str]:
    """Return the lines of a line in brackets; each type of a wide union has its own."""
    indentation = _get_indentation(line)
    first, *others = _split_items(line, "|")
    if len(line) <= LINE_WIDTH or not others:
        return wrap_statement(line)
    operands = [
        f"{indentation}{first}",
        *(f"{indentation}| {other}" for other in others),
    ]
    return [part for operand in operands for part in wrap_statement(operand)]


def _wrap_assignment(line: str) -> list[str]:
    """Return the lines of an assignment with parentheses around what is too wide.

    That is the value if its parenthesis fits, or else a union in the type hint.
    """
    found = _ASSIGNMENT.fullmatch(line)
    if found is None:
        return [line]

    name, annotation, value, comma = found.group("name", "annotation", "value", "comma")
    indentation = _get_indentation(line)
    target = f"{name}: {annotation}" if annotation else name
    if len(target) + len(" = (") <= LINE_WIDTH:
        content = _wrap_operands(f"{indentation}{_INDENT}{value}")
        # black breaks a value inside of parentheses only if the target has brackets.
        is_for_black = len(content) > 1 and "[" not in target and not _is_union(value)
        if is_for_black or _is_wide_alone(content):
            return [line]
        wrapped = [f"{target} = (", *content, f"{indentation}){comma}"]
    elif _is_union(annotation or ""):
        wrapped = _wrap_annotation(found)
    else:
        wrapped = _wrap_subscript(target, f"{value}{comma}")

    return wrapped if all(map(_fits_width, wrapped)) else [line]


def _wrap_subscript(target: str, value: str) -> list[str]:
    """Return the lines of an assignment to `NAME: TYPE[…]`, broken in the type hint."""
    bracket = _find_bracket(target)
    if bracket is None:
        return [f"{target} = {value}"]
    *lines, closing = _wrap_bracket(target, *bracket)
    # The last line is a statement of its own, but for its bracket, which is as wide as
    # a name.
    name = closing.replace("]", "_")
    first, *others = wrap_statement(f"{name} = {value}")
    return [*lines, first.replace(name, closing, 1), *others]


def _is_union(annotation: str) -> bool:
    """Return whether a type has a `|` outside of brackets."""
    depth = 0
    for token in _TOKEN.finditer(annotation):
        if token[0] == "|" and depth == 0:
            return True
        depth += (token[0] in "([{") - (token[0] in ")]}")
    return False


def _get_indentation(line: str) -> str:
    """Return the indentation of a line."""
    return line[: len(line) - len(line.lstrip())]


def _is_call(opening: str) -> bool:
    """Return whether a line ends in the bracket of a call or a subscript."""
    before = opening[-2:-1]
    return opening[-1] != "{" and (before.isalnum() or before in ("_", ")", "]"))


def _is_signature(line: str) -> bool:
    return line.lstrip().startswith(("def ", "async def "))


def _find_bracket(line: str) -> tuple[int, int] | None:
    """Return the indexes of the bracket pair to break, or `None`.

    In a signature it is the first pair, in any other statement the last, as black looks
    from the right. A statement with text behind the pair (`list[X] = []`), with an
    operator, or with an empty pair is left to black.
    """
    opened: list[int] = []
    found = None
    # The operator before a type of a union is not one inside of it.
    start = line.index("|") + 1 if line.lstrip().startswith("| ") else 0
    for token in _TOKEN.finditer(line, start):
        if token[0] in "([{":
            opened.append(token.start())
        elif token[0] in ")]}":
            if not opened:  # one line of a statement that spans several
                return None
            begin = opened.pop()
            if not opened:
                found = (begin, token.start())
                if _is_signature(line):
                    return found
        elif token[0] == "|" and not opened:
            return None

    if found is None:
        return None
    begin, end = found
    is_last = line[end + 1 :] in ("", ",", ":")
    # black breaks no empty brackets.
    return found if is_last and end > begin + 1 else None


def _split_items(content: str, separator: str = ",") -> list[str]:
    """Return the items of a bracket, split at commas outside of inner brackets."""
    items: list[str] = []
    depth = 0
    done = 0
    for token in _TOKEN.finditer(content):
        if token[0] in "([{":
            depth += 1
        elif token[0] in ")]}":
            depth -= 1
        elif token[0] == separator and depth == 0:
            items.append(content[done : token.start()].strip())
            done = token.end()

    last = content[done:].strip()
    return [*items, last] if last or not items else items


def _apply_black(text: str) -> str:
    """Return a module in which black formatted each statement that needs it."""
    lines = text.split("\n")
    made: list[str] = []
    done = 0
    for begin, end, depth in _iter_pieces(ast.parse(text).body, lines, 0):
        piece = "\n".join(lines[begin:end])
        made += lines[done:begin]
        made.append(piece if is_black_stable(piece) else _format_piece(piece, depth))
        done = end

    return "\n".join([*made, *lines[done:]])


def _iter_pieces(
    statements: Sequence[ast.stmt], lines: Sequence[str], depth: int
) -> Iterator[tuple[int, int, int]]:
    """Yield the first line, the line behind the last, and the depth of each statement.

    Lines count from zero. The members of a class or an `if` are separate statements,
    unless its first line is too wide.
    """
    for each in statements:
        if isinstance(each, ast.ClassDef | ast.If) and is_black_stable(
            lines[each.lineno - 1]
        ):
            members = [*each.body, *getattr(each, "orelse", ())]
            yield from _iter_pieces(members, lines, depth + 1)
            continue
        decorators = getattr(each, "decorator_list", [])
        begin = min(node.lineno for node in (each, *decorators))
        yield begin - 1, each.end_lineno or begin, depth


def _format_piece(piece: str, depth: int) -> str:
    """Return a statement in black's layout at its depth."""
    # black takes 0.1 s to import; most clients have no statement for it.
    from flexprice_codegen.emit.black_fallback import format_python

    # black formats only whole modules; classes around the statement keep its
    # indentation.
    around = "".join(f"{_INDENT * level}class _:\n" for level in range(depth))
    return format_python(f"{around}{piece}\n").removeprefix(around).removesuffix("\n")
