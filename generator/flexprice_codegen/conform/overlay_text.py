"""An overlay file with the actions of a run.

In: the text of an overlay that exists or not, and corrections. Out: its new text. Actions
of people stay, with their comments. Own actions have the key `x-evidence`: those of this
run take their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import yaml

from flexprice_codegen.conform.corrections import Action
from flexprice_codegen.diagnostics import build_error
from flexprice_codegen.frozen_values import frozen_value

OWN_KEY = "x-evidence"
_HEAD = """overlay: 1.0.0
info:
  title: Corrections from recorded traffic
  version: 1.0.0
actions:
"""
# Of `actions` in a file that has none yet.
_INDENTATION = 2


@frozen_value
class OverlayUpdate:
    """The new text of an overlay, and how many own actions it got, kept and lost.

    `ended` are the targets of own actions that this run did not find again.
    """

    text: str
    added: int
    renewed: int
    ended: tuple[str, ...]


@frozen_value
class _ActionLines:
    """The lines of an action in a file, its target, and whether a run wrote it."""

    first: int
    end: int
    target: str
    is_own: bool


def update_overlay(text: str, actions: Sequence[Action]) -> OverlayUpdate:
    """Return the text of an overlay with the actions of a run.

    Args:
        text: The file as it is; empty if there is none.
        actions: The actions of all corrections, in order.

    Raises:
        DiagnosticError: `invalid-overlay` if the file is not an overlay in YAML with one
            action a line or more.
    """
    if not text.strip():
        return OverlayUpdate(_HEAD + _format_actions(actions, 2), len(actions), 0, ())

    rows = _read_action_lines(text)
    own = [each for each in rows if each.is_own]
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    end = rows[-1].end if rows else len(lines)
    removed = {number for each in own for number in range(each.first, each.end)}
    kept = [line for number, line in enumerate(lines[:end]) if number not in removed]
    indentation = _get_indentation(lines[rows[0].first]) if rows else _INDENTATION

    targets = [str(action["target"]) for action in actions]
    former = [each.target for each in own]
    renewed = sum(target in former for target in targets)
    return OverlayUpdate(
        "".join([*kept, _format_actions(actions, indentation), *lines[end:]]),
        added=len(actions) - renewed,
        renewed=renewed,
        ended=tuple(target for target in former if target not in targets),
    )


def list_foreign_actions(text: str) -> list[Action]:
    """Return the actions of an overlay that no run wrote."""
    data = yaml.safe_load(text) if text.strip() else None
    actions = data.get("actions") if isinstance(data, dict) else None
    listed = actions if isinstance(actions, list) else []
    return [each for each in listed if isinstance(each, dict) and OWN_KEY not in each]


def _read_action_lines(text: str) -> list[_ActionLines]:
    """Return the lines of all actions of an overlay.

    Raises:
        DiagnosticError: The file has no list of actions in block style.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise _build_error(f"invalid YAML: {error}") from error

    listed = _get_value(root, "actions")
    if not isinstance(listed, yaml.SequenceNode) or listed.flow_style:
        raise _build_error("`actions` is not a list with one action per line")

    starts = [item.start_mark.line for item in listed.value]
    # The end of the list is where its last action ends, without blank lines after it.
    ends = [*starts[1:], _find_end(text, listed)]
    return [
        _ActionLines(start, end, _get_text(item, "target"), _has_key(item, OWN_KEY))
        for item, start, end in zip(listed.value, starts, ends, strict=True)
    ]


def _find_end(text: str, node: yaml.SequenceNode) -> int:
    lines = text.splitlines()
    end = node.end_mark.line + (node.end_mark.column > 0)
    while end > 0 and not lines[min(end, len(lines)) - 1].strip():
        end -= 1

    return min(end, len(lines))


def _get_value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None

    return next((value for name, value in node.value if name.value == key), None)


def _get_text(node: yaml.Node, key: str) -> str:
    found = _get_value(node, key)
    return str(found.value) if isinstance(found, yaml.ScalarNode) else ""


def _has_key(node: yaml.Node, key: str) -> bool:
    return _get_value(node, key) is not None


def _get_indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _format_actions(actions: Iterable[Action], indentation: int) -> str:
    listed = list(actions)
    if not listed:
        return ""

    text: str = yaml.safe_dump(
        listed, sort_keys=False, allow_unicode=True, width=100, default_flow_style=False
    )
    pad = " " * indentation
    return "".join(f"{pad}{line}\n" if line else "\n" for line in text.splitlines())


def _build_error(reason: str) -> Exception:
    return build_error(
        "invalid-overlay",
        f"cannot add actions to the overlay: {reason}",
        hint="pass a new file to --write, and list both overlays",
    )
