"""Paths of outputs: one way to write each, on every system."""

from __future__ import annotations

from pathlib import PurePath, PurePosixPath, PureWindowsPath

import pytest

from flexprice_codegen.output_paths import is_inside, normalize_output


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("client", PurePosixPath, "client"),
        ("build/../client", PurePosixPath, "client"),
        ("./src//client/", PurePosixPath, "src/client"),
        ("client/.", PurePosixPath, "client"),
        ("a/b/../../client", PurePosixPath, "client"),
        ("a/../../client", PurePosixPath, "../client"),
        ("../../client", PurePosixPath, "../../client"),
        (".", PurePosixPath, "."),
        ("a/..", PurePosixPath, "."),
        ("..", PurePosixPath, ".."),
        ("/a/../../b", PurePosixPath, "/b"),
        ("//a/b", PurePosixPath, "/a/b"),
        ("src\\client", PureWindowsPath, "src/client"),
        ("build\\..\\client\\", PureWindowsPath, "client"),
        ("build/..\\client", PureWindowsPath, "client"),
        ("C:\\repo\\x\\..\\client", PureWindowsPath, "C:/repo/client"),
        ("\\\\server\\share\\client", PureWindowsPath, "//server/share/client"),
        ("\\client", PureWindowsPath, "/client"),
    ],
)
def test_there_is_one_way_to_write_a_path(
    text: str, kind: type[PurePath], expected: str
) -> None:
    assert normalize_output(text, kind) == expected
    assert normalize_output(expected, kind) == expected


@pytest.mark.parametrize("kind", [PurePosixPath, PureWindowsPath])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("~/client", "`~`"),
        ("~", "`~`"),
        ("a\nb", "control characters"),
        ("a\0b", "control characters"),
        (".git", "outside of `.git`"),
        ("src/.GIT/hooks", "outside of `.git`"),
        ("../.git/x", "outside of `.git`"),
        ("/repo/.git", "outside of `.git`"),
        ("git~1/hooks", "outside of `.git`"),
        ("client.", "do not end in a dot"),
        ("client /x", "do not end in a dot"),
    ],
)
def test_what_no_directory_is_called_is_rejected(
    text: str, expected: str, kind: type[PurePath]
) -> None:
    with pytest.raises(ValueError, match=expected):
        normalize_output(text, kind)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("src\\client", PurePosixPath, "`/` between directories"),
        ("C:client", PureWindowsPath, "without a drive"),
        ("client:stream", PureWindowsPath, "without `:`"),
        ("C:\\client:x", PureWindowsPath, "without `:`"),
    ],
)
def test_what_only_another_system_understands_is_rejected(
    text: str, kind: type[PurePath], expected: str
) -> None:
    with pytest.raises(ValueError, match=expected):
        normalize_output(text, kind)


@pytest.mark.parametrize("path", ["a.py", "models/_a.py", ".gitattributes", "a/b/c.d"])
def test_a_path_inside(path: str) -> None:
    assert is_inside(path)


@pytest.mark.parametrize(
    "path",
    ["", "/a", "../a", "a/../b", "a\\b", "C:a", "a/.git/b", "GIT~1/b", "a./b", "a /b"],
)
def test_a_path_outside(path: str) -> None:
    assert not is_inside(path)
