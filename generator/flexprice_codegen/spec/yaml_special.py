"""Characters that are special to PyYAML and libyaml, but not in YAML 1.2.

In: the body of a YAML text with U+0085, U+2028 or U+2029, which end a line only in YAML
1.1 and come into descriptions from word processors, or with U+FEFF after its first
character, which the two libraries treat differently. Out: a body of the same length
without them, and a way to restore them in its nodes (YAML 1.2 §5.4).
"""

from __future__ import annotations

from yaml.nodes import MappingNode, Node, ScalarNode

_SPECIAL = "\x85\u2028\u2029\ufeff"
# The private use area of the Basic Multilingual Plane, which few texts use.
_PRIVATE_USE = range(0xE000, 0xF900)


def hide_special(body: str) -> tuple[str, dict[int, str]]:
    """Replace the special characters by characters that the body does not have.

    The length stays the same, so offsets stay valid.

    Returns:
        The new body, and the table for `restore_special`. The table is empty if the
        body has no special characters, or has every private use character.
    """
    used = [each for each in _SPECIAL if each in body]
    free = (code for code in _PRIVATE_USE if chr(code) not in body)
    table = dict(zip(free, used, strict=False)) if used else {}
    for code, each in table.items():
        body = body.replace(each, chr(code))
    return body, table


def restore_special(root: Node, table: dict[int, str]) -> None:
    """Restore the special characters in the scalars of a tree of nodes.

    Args:
        root: The root, which is changed.
        table: The table of `hide_special`.
    """
    # An alias is the same node as its anchor, and must be restored only once.
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
