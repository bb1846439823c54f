"""What a client is called: the configuration, else the lock, else the title says it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from flexprice_codegen.config import PythonOptions
from flexprice_codegen.surface.client import ClientNames, choose_client_names
from flexprice_codegen.surface.reserved import is_taken_by_client
from flexprice_codegen.words import is_class_name

GOLDEN = Path(__file__).parent.parent.parent / "golden"
LOCKED = {"class": "Locked", "env_prefix": "OF_LOCK"}


@pytest.mark.parametrize(
    ("chosen", "previous", "class_name", "env_prefix"),
    [
        (PythonOptions(), {}, "TitleOne", "TITLE_ONE"),
        (PythonOptions(), LOCKED, "Locked", "OF_LOCK"),
        (PythonOptions(), {"class": "Locked"}, "Locked", "LOCKED"),
        (PythonOptions(), {"env_prefix": "OF_LOCK"}, "TitleOne", "OF_LOCK"),
        (PythonOptions(class_name="Chosen"), {}, "Chosen", "CHOSEN"),
        (PythonOptions(class_name="Chosen"), LOCKED, "Chosen", "OF_LOCK"),
        (PythonOptions(env_prefix="MINE"), {}, "TitleOne", "MINE"),
        (PythonOptions(env_prefix="MINE"), LOCKED, "Locked", "MINE"),
        (
            PythonOptions(class_name="Chosen", env_prefix="MINE"),
            LOCKED,
            "Chosen",
            "MINE",
        ),
    ],
)
def test_who_decides_what_a_client_is_called(
    chosen: PythonOptions, previous: dict[str, str], class_name: str, env_prefix: str
) -> None:
    names = choose_client_names("Title One API", chosen, previous)
    assert (names.class_name, names.env_prefix) == (class_name, env_prefix)


@pytest.mark.parametrize("taken", ["Retry", "APIError", "Client"])
def test_a_name_of_the_lock_that_generated_code_needs_now_is_not_kept(
    taken: str,
) -> None:
    """An upgrade can bring a name; the environment variables stay as they are."""
    previous = {"class": taken, "env_prefix": "OF_LOCK"}
    names = choose_client_names("Title One API", PythonOptions(), previous)
    assert names == ClientNames(class_name="TitleOne", env_prefix="OF_LOCK")


def imported_names() -> set[str]:
    """Return the names that the packages of golden clients import for themselves."""
    found = set()
    for path in (
        *GOLDEN.glob("*/expected/_client.py"),
        *GOLDEN.glob("*/expected/__init__.py"),
    ):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and not is_of_the_document(node):
                found |= {each.asname or each.name for each in node.names}
    return found


def is_of_the_document(node: ast.ImportFrom) -> bool:
    """Return whether it is a resource or the client, which yield to each other."""
    return (node.module or "").startswith(("resources.", "_client"))


def test_the_class_of_a_client_never_hides_what_its_package_imports() -> None:
    found = imported_names()
    assert {"Retry", "SyncClient", "APIError", "RawResponse"} <= found
    for name in found:
        assert is_taken_by_client(name) or not is_class_name(name), name


@pytest.mark.parametrize(
    ("name", "is_good"),
    [
        ("Flexprice", True),
        ("FlexPrice2", True),
        ("Ünï", True),
        ("計費", True),
        ("flexprice", False),
        ("_Flexprice", False),
        ("2Flexprice", False),
        ("Flex-Price", False),
        ("None", False),
        ("ﬁne", False),
        ("", False),
    ],
)
def test_a_client_has_the_name_of_a_class(name: str, *, is_good: bool) -> None:
    assert is_class_name(name) is is_good


@pytest.mark.parametrize(
    "title", ["\N{LATIN SMALL LETTER KRA}a API", "ß", "ŉ", "ª", "ﬁ"]
)
def test_a_title_without_capitals_names_a_client_all_the_same(title: str) -> None:
    names = choose_client_names(title, PythonOptions(), {})
    assert names.class_name
    assert names.env_prefix
