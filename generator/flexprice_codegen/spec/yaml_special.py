"""Characters that are special to PyYAML and libyaml, and ordinary to YAML 1.2.

In: the body of a YAML text with U+0085, U+2028 or U+2029, which end a line by YAML 1.1
alone and find their way into descriptions from word processors, or with U+FEFF behind
its first character, which the two libraries take differently. Out: a body of the same
length without them, and the way back for the nodes read from it (YAML 1.2, § 5.4).
"""

from __future__ import annotations

from yaml.nodes import MappingNode, Node, ScalarNode

_SPECIAL = "\x85\u2028\u2029\ufeff"
_PRIVATE_USE = range(0xE000, 0xF900)


def hide_special(body: str) -> tuple[str, dict[int, str]]:
    """Put characters that the body does not have in the place of the special ones.

    Gives the new body and the table for `restore_special`, which is empty where the
    body has none of them, or has every character for private use.
    """
    used = [each for each in _SPECIAL if each in body]
    free = (code for code in _PRIVATE_USE if chr(code) not in body)
    table = dict(zip(free, used, strict=False)) if used else {}
    for code, each in table.items():
        body = body.replace(each, chr(code))
    return body, table


def restore_special(root: Node, table: dict[int, str]) -> None:
    """Put the special characters back into the scalars of a tree of nodes."""
    seen: set[int] = set()
    rest = [root]
    while rest:
        node = rest.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        match node:
            case ScalarNode():
                node.value = node.value.translate(table)
            case MappingNode():
                rest.extend(each for member in node.value for each in member)
            case _:
                rest.extend(node.value)
