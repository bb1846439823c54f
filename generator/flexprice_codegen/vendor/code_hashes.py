"""Whether a formatter is all that changed a file: by its syntax tree and its comments.

In: the bytes of a file. Out: a form of its code that a formatter keeps, and the hash of
that form for the lock file. It changes with any change of the syntax tree, and with any
comment that is added, changed, removed, or moved past another piece of code.

`ast.dump` is not used: its text depends on the version of Python, and the hashes of a
lock file are compared by every version.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from functools import lru_cache

from flexprice_codegen.hashes import SHORT, hash_text

# Comments, strings with their prefix (a `#` in them begins no comment), and words. No
# formatter adds, removes, or reorders words, except those of a string.
_PIECES = re.compile(
    r"""#[^\r\n]*|(?:\b[A-Za-z]{1,2})?(?:"""
    r'"{3}(?:\\[\s\S]|[^\\])*?"{3}|"(?:\\[\s\S]|[^"\\\n])*"'
    r"|'{3}(?:\\[\s\S]|[^\\])*?'{3}|'(?:\\[\s\S]|[^'\\\n])*'"
    r")|\w+"
)
# The code of the examples in README.md, which some formatters rewrite.
_FENCED = re.compile(rb"(?<=^```python\n)([\s\S]*?)(?=^```$)", re.MULTILINE)
# Fields of a syntax tree that say nothing about the meaning of the code.
_UNUSED_FIELDS = frozenset({"ctx", "kind", "type_comment", "type_ignores"})
_MARK = "tree:"
"""The start of a hash of this module; those of earlier versions have none."""


def has_formatted_code(path: str) -> bool:
    """Return whether a formatter changes a file: Python code, or a page with examples."""
    return path.endswith((".py", ".md"))


# Clients of one run have the same files of the runtime, which are most of a small one.
@lru_cache(maxsize=128)
def hash_without_layout(path: str, data: bytes) -> str:
    """Return a hash of a file that a formatter does not change.

    Args:
        path: The path of the file. In `.md` files, only the Python code may be
            reformatted.
        data: Its bytes.

    Returns:
        A mark and 16 hexadecimal digits; empty for a file without code, or whose code
        is invalid.
    """
    forms = _list_forms(path, data) if has_formatted_code(path) else None
    if forms is None:
        return ""
    return _MARK + hash_text("\0".join(forms), SHORT)


def is_reformatted(path: str, wanted: bytes, found: bytes) -> bool:
    """Return whether two texts of a file differ only by what a formatter changes."""
    if not has_formatted_code(path):
        return False
    forms = _list_forms(path, found)
    return forms is not None and forms == _list_forms(path, wanted)


def is_tree_hash(code_hash: str) -> bool:
    """Return whether a hash is one of `hash_without_layout`, not of an earlier version."""
    return code_hash.startswith(_MARK)


def split_page(data: bytes) -> tuple[list[bytes], list[bytes]]:
    """Return the prose of a Markdown page and the Python code in it."""
    parts = _FENCED.split(data.replace(b"\r\n", b"\n"))
    # `split` returns the text between matches and the captured code in turns.
    return parts[::2], parts[1::2]


def _list_forms(path: str, data: bytes) -> list[str] | None:
    """Return the parts of a file without layout; None if they cannot be read."""
    prose, code = split_page(data) if path.endswith(".md") else ([], [data])
    try:
        texts = [each.decode("utf-8-sig") for each in prose]
        return texts + [_get_form(each.decode("utf-8-sig")) for each in code]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # A file that was edited can be anything; then every change counts.
        return None


def _get_form(code: str) -> str:
    """Return the syntax tree of a module and its comments as one text.

    Raises:
        SyntaxError: It is not Python.
        ValueError: It contains a null byte, in some versions of Python.
    """
    parts: list[str] = []
    _append_node(ast.parse(code), parts)
    return "\0".join((*parts, *_iter_comments(code)))


def _iter_comments(code: str) -> Iterator[str]:
    """Yield the comments of a module, each behind the number of words before it."""
    # Most modules have only the comment of the first line, and need no search.
    if code.rfind("#") == code.find("#") == 0:
        first, _, _ = code.partition("\n")
        yield f"0{first.rstrip()}"
        return

    count = 0
    for piece in _PIECES.findall(code):
        if piece.startswith("#"):
            yield f"{count}{piece.rstrip()}"
        # A formatter joins and splits strings, and the tree has them all.
        elif not piece.endswith(('"', "'")):
            count += 1


def _append_node(node: ast.AST, parts: list[str]) -> None:
    """Append the type and the fields of a node, without fields that have no value.

    Later versions of Python add fields, which are empty in code of earlier versions.
    """
    parts.append(type(node).__name__)
    for name, value in ast.iter_fields(node):
        if value is None or value == [] or name in _UNUSED_FIELDS:
            continue
        parts.append(name)
        if isinstance(value, list):
            _append_list(value, parts)
        elif isinstance(value, ast.AST):
            _append_node(value, parts)
        else:
            parts.append(ascii(value))
    parts.append(")")


def _append_list(values: list[object], parts: list[str]) -> None:
    """Append the elements of a field that is a list."""
    for each in values:
        match each:
            case ast.Expr(value=ast.Constant(value=str(text))):
                # Formatters change the indentation of a docstring.
                parts.append(ascii(inspect.cleandoc(text).rstrip()))
            case ast.AST():
                _append_node(each, parts)
            case _:
                parts.append(ascii(each))
    parts.append("]")
