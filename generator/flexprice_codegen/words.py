"""Words of names: splitting, casing, and the names that Python reserves.

In: any text of a document. Out: identifiers, the same on every machine.
"""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Container, Iterable
from functools import cache

from flexprice_codegen.hashes import hash_text

# The order decides: `userIDs` is `user IDs`, and `HTTPServer` is `HTTP Server`.
_WORD = re.compile(
    r"[A-Z]{2,}s(?![a-z])"  # IDs, URLs
    r"|[A-Z]+(?![a-z])[0-9]*"  # HTTP of HTTPServer, V2
    r"|[A-Z]?[a-z]+[0-9]*"  # Server, line1
    r"|[0-9]+[a-z]*(?![a-z])"  # 15, 2nd
    r"|[^\W\d_A-Za-z]+"  # letters of other scripts
)
_SYMBOLS = {
    "+": "plus",
    "-": "minus",
    "*": "star",
    "=": "equal",
    "<": "less",
    ">": "greater",
    "!": "not",
    "%": "percent",
    "&": "and",
    "|": "or",
    "/": "slash",
    "@": "at",
    "#": "hash",
    "$": "dollar",
    ".": "dot",
    ",": "comma",
    ":": "colon",
    "~": "tilde",
    "?": "question",
    "^": "caret",
}

MAX_NAME_LENGTH = 120
"""The maximum length of a name; additions can double it.

Most file systems limit a file name to 255 bytes.
"""
# 32 bits are enough for the few names that are so long.
_DIGITS = 8
# What a shell can export (POSIX.1-2017 §8.1), in the usual capital letters.
_ENV_PREFIX = re.compile(r"[A-Z][A-Z0-9_]*")

BUILTIN_NAMES = frozenset(dir(builtins))
"""Names that every module sees without an import."""


@cache
def split_words(text: str) -> tuple[str, ...]:
    """Return the words of a name: `getXByID`, `get_x-by.id` → get, X, By, ID."""
    # Python compares identifiers in NFKC (Language Reference §2.3).
    normal = unicodedata.normalize("NFKC", text)
    return tuple(
        normal[each.start() : each.end()]
        for each in _WORD.finditer(_normalize_letters(normal))
    )


def _normalize_letters(text: str) -> str:
    """Return a text of the same length in which `A` or `a` replaces each cased letter.

    So `_WORD` needs no tables of Unicode: É is an uppercase letter like any other.
    """
    return text if text.isascii() else "".join(map(_normalize_letter, text))


def _normalize_letter(letter: str) -> str:
    """Return `A`, `a`, or the letter itself; a space if no name can contain it."""
    if letter.isascii():
        return letter
    # `\w` has numerals that Python does not have (`৴`), and there are cased symbols.
    if not f"a{letter}".isidentifier():
        return " "
    return "A" * letter.isupper() or "a" * letter.islower() or letter


def _join_words(separator: str, words: Iterable[str]) -> str:
    """Return words as one name, in NFKC: another case can have another normal form."""
    return unicodedata.normalize("NFKC", separator.join(words))


def to_snake_case(text: str) -> str:
    """Return a name in snake_case; empty if it has no letters or digits."""
    return _join_words("_", (word.lower() for word in split_words(text)))


def to_pascal_case(text: str) -> str:
    """Return a name in PascalCase, with the capitals that it already has."""
    return _join_words("", (word[0].upper() + word[1:] for word in split_words(text)))


def to_constant_case(text: str) -> str:
    """Return a name in CONSTANT_CASE."""
    return _join_words("_", (word.upper() for word in split_words(text)))


def fold_case(name: str) -> str:
    """Return the form that a name has in common with names that differ only in case.

    Two names with different forms also differ in uppercase. `str.casefold` alone does
    not ensure that: a dotless i (U+0131) is not an `i`, but both have the uppercase `I`.
    """
    return _join_words("", (name.upper(),)).casefold()


def shorten_name(name: str) -> str:
    """Return a name of at most `MAX_NAME_LENGTH`; a hash replaces what is cut off."""
    if len(name) <= MAX_NAME_LENGTH:
        return name
    digest = hash_text(name, _DIGITS)
    end = digest.upper() if name.isupper() else digest
    return f"{name[: MAX_NAME_LENGTH - _DIGITS - 1].rstrip('_')}_{end}"


def spell_symbols(text: str) -> str:
    """Return a text with symbols as words, if it has no words or begins with one.

    `>=` is `greater_equal`, and `-x` is `minus_x`, so that it differs from `x`.
    """
    if not split_words(text):
        return "_".join(_SYMBOLS.get(sign, "") for sign in text if sign in _SYMBOLS)
    sign = text[:1]
    return f"{_SYMBOLS[sign]}_{text[1:]}" if sign in "+-!<>=~" else text


def is_valid_name(name: str) -> bool:
    """Return whether a name is an identifier, no keyword, and in Python's own form."""
    return (
        name.isidentifier()
        and not keyword.iskeyword(name)
        and unicodedata.normalize("NFKC", name) == name
    )


def is_class_name(text: str) -> bool:
    """Return whether a text can be the name of a public class."""
    return is_valid_name(text) and not text.startswith("_") and not text[0].islower()


def is_env_prefix(text: str) -> bool:
    """Return whether the names of environment variables can begin with a text."""
    return _ENV_PREFIX.fullmatch(text) is not None


def build_identifier(text: str, fallback: str) -> str:
    """Return a snake_case identifier for a text.

    Args:
        text: Any text of a document.
        fallback: The name if nothing is left of the text, and the prefix if the name
            would begin with a digit.
    """
    name = to_snake_case(text) or to_snake_case(spell_symbols(text))
    if not name:
        return fallback
    if not name.isidentifier():
        name = f"{fallback}_{name}"
    return f"{name}_" if keyword.iskeyword(name) else shorten_name(name)


def append_underscores(name: str, taken: Container[str]) -> str:
    """Return a name of ours, with underscores until no name of a document equals it."""
    while name in taken:
        name += "_"
    return name


def build_class_name(text: str, fallback: str) -> str:
    """Return a PascalCase identifier for a text.

    Args:
        text: Any text of a document.
        fallback: The name if nothing is left of the text, and the prefix if the name
            would begin with a digit.
    """
    name = to_pascal_case(text)
    if not name:
        return fallback
    if not name.isidentifier():
        name = f"{fallback}{name}"
    return f"{name}_" if keyword.iskeyword(name) else shorten_name(name)


def build_member_name(text: str, fallback: str = "VALUE") -> str:
    """Return a CONSTANT_CASE identifier for a text.

    Args:
        text: Any text of a document.
        fallback: The name if nothing is left of the text, and the prefix if the name
            would begin with a digit.
    """
    name = to_constant_case(spell_symbols(text)) or to_constant_case(text)
    if not name:
        return "EMPTY" if not text.strip() else fallback
    return shorten_name(name if name.isidentifier() else f"{fallback}_{name}")
