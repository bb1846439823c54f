"""A type checker finds no error that is not reported.

The user's code is checked with the old client and with the newer one: each error that is
new falls on a line that `impact` reports.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from support.checked_code import (
    CHECKERS,
    CheckedError,
    Checker,
    check,
    find_unreported,
    generate,
    list_reported,
    write_code,
)
from support.marked_code import strip_marks

from flexprice_codegen.cli.main import main

HERE = Path(__file__).parent
PACKAGE = "ledger_client"
REPOSITORY = {
    path.relative_to(HERE / "repository").as_posix(): strip_marks(
        path.read_text(encoding="utf-8")
    )
    for path in sorted((HERE / "repository").rglob("*.py"))
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the repository with the old client, and with the newer one."""
    made = []
    for name in ("old", "new"):
        folder = tmp_path_factory.mktemp(name)
        write_code(folder, REPOSITORY)
        generate(folder, str(HERE / f"{name}.yaml"), PACKAGE)
        made.append(folder)
    return made[0], made[1]


def without_lines(errors: Iterable[CheckedError]) -> set[tuple[str, str]]:
    return {(each.file, each.text) for each in errors}


@pytest.mark.slow
@pytest.mark.parametrize("checker", CHECKERS)
def test_every_new_error_is_reported(
    folders: tuple[Path, Path],
    checker: Checker,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    old, new = folders
    before = check(old, PACKAGE, checker)
    errors = {each for each in check(new, PACKAGE, checker) if each not in before}
    assert len(errors) > 80
    monkeypatch.chdir(old)
    capsys.readouterr()
    versions = [str(HERE / "old.yaml"), str(HERE / "new.yaml")]
    assert main(["impact", *versions, "--package", PACKAGE, "--format", "json"]) == 1
    reported = list_reported(capsys.readouterr().out)
    assert find_unreported(errors, reported, old) == []


@pytest.mark.slow
def test_migrated_code_has_fewer_errors_and_none_that_is_new(
    folders: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    old, new = folders
    write_code(tmp_path, REPOSITORY)
    generate(tmp_path, str(HERE / "new.yaml"), PACKAGE)
    monkeypatch.chdir(tmp_path)
    migrate = [
        "migrate",
        *(str(HERE / "old.yaml"), str(HERE / "new.yaml"), "--force"),
        # The lock file of the client would keep the names of methods.
        *("--package", PACKAGE),
        *("--rename", "models.Customer.email=email_address"),
        *("--rename", "models.UpdateCustomer.email=email_address"),
        *("--rename", "client.invoices.get_invoice(group_by)=grouping"),
    ]
    assert main([*migrate, "--write"]) == 0
    before = check(new, PACKAGE)
    after = check(tmp_path, PACKAGE)
    # What the code had before, by its new name.
    own = {
        (file, text.replace('"email"', name))
        for file, text in without_lines(check(old, PACKAGE))
        for name in ('"email"', '"email_address"')
    }
    assert without_lines(after) <= without_lines(before) | own
    renamed = [
        each
        for each in after
        if (each.file, each.text) not in own
        if any(name in each.text for name in ("email", "query_customer", "group_by"))
        or "ProblemCode" in each.text
    ]
    # Only what can be a class of the repository itself is left.
    assert sorted((each.file, each.text.partition("  [")[0]) for each in renamed) == [
        (
            "src/shop/customers.py",
            'Item "Customer" of "Customer | Contact" has no attribute "email"',
        ),
        ("src/shop/forms/classes.py", '"Customer" has no attribute "email"'),
    ]
    capsys.readouterr()
    assert main(migrate) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "there is nothing to rename" in said.err
