"""`diff --accept`."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.zoo import Run

ACCEPT = ("--accept", "ignore.toml", "--reason", "v2 is announced")


def test_accepted_findings_no_longer_fail(run: Run, tmp_path: Path) -> None:
    assert run("diff", "old.yaml", "new.yaml")[0] == 1
    code, out, err = run(
        "diff", "old.yaml", "new.yaml", *ACCEPT, "--expires", "2999-12-31"
    )
    assert code == 0
    assert "Breaking (2)" in out
    assert err == "ignore.toml: 2 findings accepted\n"

    written = (tmp_path / "ignore.toml").read_text(encoding="utf-8")
    assert written.count("expires = 2999-12-31") == 2
    code, out, err = run("diff", "old.yaml", "new.yaml", "--ignore", "ignore.toml")
    assert (code, err) == (0, "")
    assert "2 findings ignored" in out


def test_a_second_run_adds_only_what_is_new(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ignore.toml"
    path.write_text(
        '# ours\n[[ignore]]\nrule = "method-renamed"\nreason = "we have none"',
        encoding="utf-8",
    )
    for _ in range(2):
        assert run("diff", "old.yaml", "new.yaml", *ACCEPT)[0] == 0
    written = path.read_text(encoding="utf-8")
    assert written.startswith("# ours\n")
    assert written.count("[[ignore]]") == 2
    assert "expires" not in written


@pytest.mark.parametrize(
    "options",
    [
        ("--accept", "x.toml"),
        ("--accept", "x.toml", "--reason", " "),
        ("--reason", "x"),
        ("--expires", "2030-01-31"),
    ],
)
def test_the_options_belong_together(
    run: Run, tmp_path: Path, options: tuple[str, ...]
) -> None:
    code, out, err = run("diff", "old.yaml", "new.yaml", *options)
    assert (code, out) == (2, "")
    assert "--" in err
    assert not (tmp_path / "x.toml").exists()


def test_an_invalid_ignore_file_is_not_changed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ignore.toml"
    path.write_text("[[ignore]]\n", encoding="utf-8")
    assert run("diff", "old.yaml", "new.yaml", *ACCEPT)[0] == 2
    assert path.read_text(encoding="utf-8") == "[[ignore]]\n"
