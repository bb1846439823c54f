"""Modules are found by the names that Python could import them by."""

from __future__ import annotations

import pytest

from flexprice_codegen.impact.client_types import ClientTypes
from flexprice_codegen.impact.code_files import CodeFile
from flexprice_codegen.impact.project import (
    Module,
    Project,
    ReadingLog,
    ValueTable,
    add_modules,
    list_import_names,
)
from flexprice_codegen.impact.recorder import Recorder
from flexprice_codegen.impact.values import (
    OTHER,
    UNKNOWN,
    ClientModule,
    ClientValue,
    ModuleValue,
)

NO_TYPES = ClientTypes(
    client="Client",
    classes={},
    fields={},
    members={},
    other_members={},
    methods={},
    resources={},
    modules={},
    events={},
    events_by_name={},
    variables=frozenset(),
    options=frozenset(),
    servers=frozenset(),
    exports=frozenset(),
)


@pytest.mark.parametrize(
    ("path", "packages", "names"),
    [
        ("a", (), ["a"]),
        ("src/shop/a", ("src/shop",), ["src.shop.a", "shop.a"]),
        ("src/shop/a", (), ["src.shop.a", "shop.a", "a"]),
        (
            "src/shop/deep/a",
            ("src/shop", "src/shop/deep"),
            ["src.shop.deep.a", "shop.deep.a"],
        ),
    ],
)
def test_import_names(path: str, packages: tuple[str, ...], names: list[str]) -> None:
    assert list_import_names(path, packages) == names


def test_modules_of_one_name_are_not_mixed_up() -> None:
    project = Project(NO_TYPES, Recorder(()))
    paths = ("one/a.py", "two/a.py", "two/b.py")
    add_modules(project, [CodeFile(path, b"") for path in paths])
    assert project.find_module("a") == ModuleValue("a")
    assert project.find_module("b") == ModuleValue("two.b")
    assert project.find_module("one.a") == ModuleValue("one.a")


def test_modules_of_the_client_are_known_by_all_its_names() -> None:
    project = Project(NO_TYPES, Recorder(()), client_names=frozenset({"a.client"}))
    assert project.find_module("a.client") == ClientModule("")
    assert project.find_module("a.client.models") == ClientModule("models")
    assert project.find_module("client.models") == ModuleValue("client.models")
    assert project.is_in_client("a.client.x.y")
    assert not project.is_in_client("a.clients")


CLIENT = frozenset({ClientValue()})


def create_module(name: str) -> Module:
    return Module(CodeFile(f"{name}.py", b""), name)


def test_a_module_that_looked_up_too_early_is_read_again() -> None:
    log = ReadingLog()
    table: ValueTable[str] = ValueTable(log)
    early = create_module("early")
    late = create_module("late")
    log.current = early
    assert table.get("x") is None
    log.current = late
    table.add("x", CLIENT)
    assert log.outdated == {early}
    log.outdated.clear()
    assert table.get("x") == CLIENT
    # Nothing that is known already makes anybody read again.
    table.add("x", CLIENT)
    table.add("x", OTHER)
    table.set("x", CLIENT)
    assert log.outdated == set()
    table.set("x", OTHER)
    assert log.outdated == {early, late}


def test_a_doubt_lasts_until_its_module_is_read_again() -> None:
    log = ReadingLog()
    table: ValueTable[str] = ValueTable(log)
    module = create_module("a")
    log.current = module
    table.add("x", UNKNOWN | CLIENT)
    assert table.get("x") == UNKNOWN | CLIENT
    table.forget_doubts(module)
    assert table.get("x") == CLIENT
    table.add("y", OTHER)
    assert table.get("y") == OTHER


def test_a_doubt_makes_others_read_again_that_did_not_see_it() -> None:
    log = ReadingLog()
    table: ValueTable[str] = ValueTable(log)
    owner = create_module("owner")
    reader = create_module("reader")
    log.current = reader
    table.get("x")
    log.current = owner
    table.get("x")
    table.add("x", CLIENT)
    log.outdated.clear()
    table.add("x", UNKNOWN)
    # The owner would forget its doubt, and then have it again.
    assert log.outdated == {reader}

    log.outdated.clear()
    log.current = reader
    assert table.get("x") == CLIENT | UNKNOWN
    table.forget_doubts(owner)
    log.current = owner
    table.add("x", UNKNOWN)
    table.settle_doubts(owner)
    assert log.outdated == set()


def test_a_doubt_that_is_gone_makes_others_read_again_that_saw_it() -> None:
    log = ReadingLog()
    table: ValueTable[str] = ValueTable(log)
    owner = create_module("owner")
    reader = create_module("reader")
    log.current = owner
    table.add("x", CLIENT | UNKNOWN)
    log.current = reader
    table.get("x")
    log.outdated.clear()
    table.forget_doubts(owner)
    log.current = owner
    table.add("x", CLIENT)
    table.settle_doubts(owner)
    assert log.outdated == {reader}
