"""Repositories for tests, made by git itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

from support.patience import PATIENCE

DAY = "2026-01-02T12:00:00Z"


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder, as somebody without settings, on one day."""
    done = subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments],  # noqa: S607
        cwd=folder,
        capture_output=True,
        check=True,
        text=True,
        timeout=PATIENCE,
        env={"PATH": "/usr/bin:/bin:/usr/local/bin", "GIT_COMMITTER_DATE": DAY},
    )
    return done.stdout.strip()


def commit_texts(folder: Path, path: str, texts: list[str]) -> None:
    """Make a repository with one commit for each text of a file."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    for number, text in enumerate(texts):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
        git(folder, "add", ".")
        git(folder, "commit", "--quiet", "--allow-empty", "-m", f"number {number}")
