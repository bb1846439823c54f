"""The picture of the README: two real runs, as a terminal shows them.

In: nothing; the commands run in a temporary directory with the documents of `examples/`.
Out: an SVG that loads nothing from another host.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "docs" / "examples"
_WIDTH = 110
# The shell's view: what is typed, and what runs.
_COMMANDS = (
    ("generate shop.yaml --output shop_client", 3),
    ("diff shop.yaml shop-v2.yaml", 24),
)
# Without the web fonts of rich's own format, which are on another host.
_FORMAT = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: {char_height}px; line-height: {line_height}px; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def format_picture() -> str:
    """Return the SVG."""
    console = Console(
        width=_WIDTH, record=True, file=io.StringIO(), force_terminal=True
    )
    with tempfile.TemporaryDirectory() as folder:
        for name in ("shop.yaml", "shop-v2.yaml"):
            shutil.copy(EXAMPLES / name, folder)
        for command, lines in _COMMANDS:
            _show_command(console, command, lines, folder)

    return console.export_svg(
        title="flexprice-codegen", code_format=_FORMAT, unique_id="terminal"
    )


def _show_command(console: Console, command: str, lines: int, folder: str) -> None:
    """Print a command and the first lines of its output."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "flexprice_codegen", *command.split()],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    console.print(Text(f"$ flexprice-codegen {command}", style="bold"))
    shown = done.stdout.splitlines()[:lines]
    console.print(Text("\n".join(shown).rstrip() + "\n"))
