"""Folders that somebody else has made: what a run does there harms nobody's files."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.runs import HEADER, everything, module, run, texts

from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.vendor.directory import (
    JOURNAL_NAME,
    LOCK_NAME,
    read_directory,
    temporary_name,
)
from flexprice_codegen.vendor.lock_text import add_checksum
from flexprice_codegen.vendor.paths import is_link, read_status

OLD = {
    "a.py": module("A = 1\n"),
    "models/b.py": module("B = 1\n"),
    "gone/c.py": module("C = 1\n"),
    "py.typed": "",
    ".gitattributes": "* text eol=lf linguist-generated\n",
    "README.md": "# T client\n\nA typed Python client of T, made by flexprice-codegen 1 from\n",
}
NEW = {
    **OLD,
    "a.py": module("A = 2\n"),
    "models/b.py": module("B = 2\n"),
    "models/d.py": module("D = 2\n"),
    "README.md": "# T client\n\nA typed Python client of U, made by flexprice-codegen 2 from\n",
}
del NEW["gone/c.py"]
MINE = "MINE = 1\n"


def project(folder: Path) -> Path:
    """Make a repository with a client, and with files of its owner in and beside it."""
    client = folder / "repository" / "client"
    run(client, OLD)
    (client / "models" / "mine.py").write_text(MINE)
    (folder / "repository" / "app.py").write_text(MINE)
    (folder / "home").mkdir()
    (folder / "home" / "profile").write_text(MINE)
    (folder / "home" / "profile").chmod(0o600)
    return client


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def forge_lock(client: Path, key: str, path: str, hash_: str) -> None:
    """Add a row to the lock file, and seal it as a run does."""
    lock = client / LOCK_NAME
    if lock.is_symlink() or not lock.is_file():
        return
    text = lock.read_text().rpartition(',\n  "seal"')[0]
    with suppress(ValueError):
        data = json.loads(text + "}")
        others = [row for row in data.get(key, []) if row[0] != path]
        data[key] = [*others, [path, hash_, hash_[:16]]]
        lock.write_text(add_checksum(json.dumps(data)[:-1]))


def forge_journal(client: Path, path: str, *, link: str = "") -> None:
    """Put a record there, as versions with a journal did."""
    journal = client / JOURNAL_NAME
    journal.mkdir(exist_ok=True)
    record = {
        "write": {path: "not mine\n", LOCK_NAME: "{}"},
        "delete": [path],
        "before": {path: digest(MINE)},
    }
    (journal / "record.json").write_text(json.dumps(record))
    if link:
        with suppress(FileExistsError):
            (journal / "staged").symlink_to(link)


def clear(path: Path) -> Path:
    """Take away what is at a path, but for the files of the user."""
    if (path / "mine.py").exists():
        path /= "more.py"
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


Deed: TypeAlias = Callable[[Path], object]
PLACES = st.sampled_from(
    [
        *OLD,
        *NEW,
        LOCK_NAME,
        "models",
        "gone",
        "new",
        "gone/__pycache__",
        JOURNAL_NAME,
        temporary_name(),
        f"models/{temporary_name()}",
    ]
)
TARGETS = st.sampled_from(
    [
        "../../home/profile",
        "../../home",
        "../../../home/profile",
        "../app.py",
        "..",
        "models/mine.py",
        "mine.py",
        "/dev/zero",
        "/nowhere",
        ".",
    ]
)
ROWS = st.sampled_from(
    [
        "models/mine.py",
        "../app.py",
        "../../home/profile",
        "a/../../app.py",
        "/etc/hostname",
        "C:app.py",
        "..\\app.py",
        "README.md",
        "py.typed",
        LOCK_NAME,
        *OLD,
    ]
)
TEXTS = st.sampled_from([MINE, "", "# T client\n", OLD["a.py"], module(MINE)])


@st.composite
def links(draw: st.DrawFn) -> Deed:
    place, target = draw(PLACES), draw(TARGETS)

    def put(client: Path) -> None:
        clear(client / place).symlink_to(target)

    return put


@st.composite
def hard_links(draw: st.DrawFn) -> Deed:
    place = draw(PLACES)
    target = draw(st.sampled_from(["../home/profile", "app.py", "client/a.py"]))

    def put(client: Path) -> None:
        with suppress(FileNotFoundError):
            os.link(client.parent / target, clear(client / place))

    return put


@st.composite
def pipes(draw: st.DrawFn) -> Deed:
    place = draw(PLACES)
    return lambda client: os.mkfifo(clear(client / place))


@st.composite
def folders(draw: st.DrawFn) -> Deed:
    place = draw(PLACES)
    return lambda client: clear(client / place).mkdir()


@st.composite
def files(draw: st.DrawFn) -> Deed:
    place, text = draw(PLACES), draw(TEXTS)
    return lambda client: clear(client / place).write_text(text)


@st.composite
def forged_locks(draw: st.DrawFn) -> Deed:
    key = draw(st.sampled_from(["files", "writing"]))
    path, text = draw(ROWS), draw(TEXTS)
    return lambda client: forge_lock(client, key, path, digest(text))


@st.composite
def forged_journals(draw: st.DrawFn) -> Deed:
    path, link = draw(ROWS), draw(st.one_of(st.just(""), TARGETS))

    def put(client: Path) -> None:
        with suppress(FileExistsError):
            forge_journal(client, path, link=link)

    return put


DEEDS = st.lists(
    st.one_of(
        links(),
        hard_links(),
        pipes(),
        folders(),
        files(),
        forged_locks(),
        forged_journals(),
    ),
    min_size=1,
    max_size=6,
)


def of_the_user(client: Path) -> dict[str, tuple[int, bytes]]:
    """Return the files in a client that do not start as ours do, with their modes."""
    return {
        path: ((client / path).stat().st_mode, data)
        for path, data in read_directory(client).items()
        if path != LOCK_NAME
        and not data.startswith(HEADER.encode())
        and data.decode() not in (OLD.get(path), NEW.get(path))
    }


def outside(client: Path) -> dict[str, tuple[int, str, bytes]]:
    """Return all that stands beside a client."""
    whole = everything(client.parent.parent)
    return {
        path: each
        for path, each in whole.items()
        if not path.startswith("repository/client/")
    }


@given(deeds=DEEDS, wanted=st.sampled_from([OLD, NEW]))
def test_no_file_of_somebody_else_changes(
    tmp_path_factory: pytest.TempPathFactory,
    deeds: list[Deed],
    wanted: dict[str, str],
) -> None:
    """Its bytes and its mode stay, wherever it is and whatever leads to it."""
    client = project(tmp_path_factory.mktemp("hostile"))
    for deed in deeds:
        with suppress(OSError):  # an earlier deed is in its way
            deed(client)
    before, theirs = outside(client), of_the_user(client)
    with suppress(DiagnosticError):
        run(client, wanted)
    assert outside(client) == before
    now = of_the_user(client)
    assert {path: now.get(path) for path in theirs} == theirs


LINKED = ["a.py", "models/b.py", "models/d.py", "gone/c.py", LOCK_NAME]


@pytest.mark.parametrize("path", LINKED)
def test_a_link_in_the_place_of_a_file_is_rejected(tmp_path: Path, path: str) -> None:
    client = project(tmp_path)
    (client / path).unlink(missing_ok=True)
    (client / path).symlink_to(tmp_path / "home" / "profile")
    kept = everything(tmp_path)
    if path == "gone/c.py":  # nobody wants it, and nobody looks for it
        run(client, NEW)
        assert (client / path).is_symlink()
    else:
        with pytest.raises(DiagnosticError, match=r"is a link|without its lock"):
            run(client, NEW)
        assert everything(tmp_path) == kept


@pytest.mark.parametrize(
    ("tag", "expected"), [(0xA000000C, True), (0xA0000003, True), (0x9000001A, False)]
)
def test_a_junction_is_a_link_and_a_file_in_the_cloud_is_none(
    monkeypatch: pytest.MonkeyPatch, tag: int, *, expected: bool
) -> None:
    """As Windows tells them; its `lstat` gives what a path is marked with."""
    status = SimpleNamespace(st_mode=stat.S_IFDIR | 0o777, st_reparse_tag=tag)
    monkeypatch.setattr(Path, "lstat", lambda _: status)
    found = read_status(Path("x"))
    assert found is not None
    assert is_link(found) is expected


def test_a_link_on_the_way_is_rejected(tmp_path: Path) -> None:
    client = project(tmp_path)
    (client / "new").symlink_to(tmp_path / "home")
    with pytest.raises(
        DiagnosticError, match=r"client/new` is a link.*nothing was written"
    ):
        run(client, {**NEW, "new/profile": module("E = 1\n")})
    assert (tmp_path / "home" / "profile").read_text() == MINE


@pytest.mark.parametrize("path", ["a.py", "models/b.py", "gone/c.py", LOCK_NAME])
def test_a_file_with_a_second_name_is_rejected(tmp_path: Path, path: str) -> None:
    client = project(tmp_path)
    os.link(client / path, tmp_path / "home" / "second")
    kept = everything(tmp_path)
    with pytest.raises(DiagnosticError, match="is a hard link: the file has 2 names"):
        run(client, NEW)
    assert everything(tmp_path) == kept


@pytest.mark.parametrize("path", ["a.py", "models/d.py"])
def test_a_pipe_in_the_place_of_a_file_is_rejected(tmp_path: Path, path: str) -> None:
    client = project(tmp_path)
    (client / path).unlink(missing_ok=True)
    os.mkfifo(client / path)
    with pytest.raises(DiagnosticError, match="is in the way: expected a file"):
        run(client, NEW)


@pytest.mark.parametrize("key", ["files", "writing"])
def test_a_row_of_the_lock_file_gives_no_right_to_a_file_of_the_user(
    tmp_path: Path, key: str
) -> None:
    client = project(tmp_path)
    forge_lock(client, key, "models/mine.py", digest(MINE))
    with pytest.raises(DiagnosticError, match=r"models/mine.py was edited"):
        run(client, NEW)
    assert (client / "models" / "mine.py").read_text() == MINE


@pytest.mark.parametrize("path", ["README.md", "py.typed", ".gitattributes"])
def test_nor_to_one_in_the_place_of_a_file_without_a_mark(
    tmp_path: Path, path: str
) -> None:
    client = project(tmp_path)
    (client / path).write_text(MINE)
    forge_lock(client, "files", path, digest(MINE))
    wanted = {each: text for each, text in NEW.items() if each != path}
    for files in (NEW, wanted):
        with pytest.raises(DiagnosticError, match="was edited"):
            run(client, files)
    assert (client / path).read_text() == MINE


@pytest.mark.parametrize(
    "path",
    ["../app.py", "/etc/x.py", "a/../../x.py", "a\\b.py", "C:x.py", ".git/config", ""],
)
def test_a_row_that_leads_outside_is_an_error_of_the_lock_file(
    tmp_path: Path, path: str
) -> None:
    client = project(tmp_path)
    forge_lock(client, "files", path, digest(MINE))
    with pytest.raises(DiagnosticError, match="expected a path inside") as caught:
        run(client, NEW)
    assert [each.code for each in caught.value.diagnostics] == ["lock"]


def test_a_journal_with_a_link_is_named_and_left(tmp_path: Path) -> None:
    client = project(tmp_path)
    forge_journal(client, "models/mine.py", link="../../../home/profile")
    kept = everything(tmp_path)
    with pytest.raises(
        DiagnosticError, match=f"{JOURNAL_NAME}` is not a journal"
    ) as caught:
        run(client, NEW)
    assert [each.code for each in caught.value.diagnostics] == ["journal"]
    assert everything(tmp_path) == kept


@pytest.mark.parametrize("what", ["a file", "a link", "more files"])
def test_what_merely_has_the_name_of_a_journal_is_left(
    tmp_path: Path, what: str
) -> None:
    client = project(tmp_path)
    journal = client / JOURNAL_NAME
    if what == "a file":
        journal.write_text(MINE)
    elif what == "a link":
        journal.symlink_to(tmp_path / "home")
    else:
        journal.mkdir()
        (journal / "notes.txt").write_text(MINE)
    kept = everything(tmp_path)
    with pytest.raises(DiagnosticError, match="is not a journal of this generator"):
        run(client, NEW)
    assert everything(tmp_path) == kept


def test_nothing_of_a_journal_is_done(tmp_path: Path) -> None:
    client = project(tmp_path)
    forge_journal(client, "models/mine.py")
    run(client, NEW)
    assert texts(client) == {**NEW, "models/mine.py": MINE}
    assert not (client / JOURNAL_NAME).exists()


def interrupted_by_an_earlier_version(client: Path, written: dict[str, str]) -> None:
    """Leave what a first run with a journal left when it was killed."""
    for path, text in written.items():
        (client / path).parent.mkdir(parents=True, exist_ok=True)
        (client / path).write_text(text)
    (client / JOURNAL_NAME).mkdir()
    record = {"write": {**OLD, LOCK_NAME: "{}"}, "delete": [], "before": {}}
    (client / JOURNAL_NAME / "record.json").write_text(json.dumps(record))


def test_a_first_run_of_an_earlier_version_is_finished(tmp_path: Path) -> None:
    client = tmp_path / "client"
    written = {"py.typed": "", "a.py": OLD["a.py"]}
    interrupted_by_an_earlier_version(client, written)
    run(client, OLD)
    assert texts(client) == OLD
    assert not (client / JOURNAL_NAME).exists()


@pytest.mark.parametrize("path", ["a.py", "gone/c.py", "mine.py"])
def test_but_not_over_what_this_run_would_not_have_written(
    tmp_path: Path, path: str
) -> None:
    client = tmp_path / "client"
    text = OLD.get(path, MINE)
    interrupted_by_an_earlier_version(client, {"py.typed": "", path: text})
    kept = everything(tmp_path)
    with pytest.raises(
        DiagnosticError, match="differ from what this run would write"
    ) as caught:
        run(client, NEW)
    assert "journal" in {each.code for each in caught.value.diagnostics}
    assert everything(tmp_path) == kept
