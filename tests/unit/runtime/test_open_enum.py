"""Enums that take unknown values."""

from __future__ import annotations

import pytest
from support.twins import twins
from support.values import Value

from flexprice_codegen.runtime.open_enum import OpenIntEnum, OpenStrEnum


class Status(OpenStrEnum):
    """An enum of texts."""

    ACTIVE = "active"


class Level(OpenIntEnum):
    """An enum of numbers."""

    LOW = 1


def test_a_known_value_is_the_member() -> None:
    assert Status("active") is Status.ACTIVE
    assert Level(1) is Level.LOW
    assert Status.ACTIVE.is_known


@pytest.mark.parametrize("value", ["paused", "", "None", "mro", "é\n"])
def test_an_unknown_text_is_a_value_of_the_enum_that_equals_the_text(
    value: str,
) -> None:
    status = Status(value)
    assert type(status) is Status
    assert status == value
    assert hash(status) == hash(value)
    assert f"{status}" == status.value == value
    assert not status.is_known


def test_an_unknown_number_is_a_value_of_the_enum_that_equals_the_number() -> None:
    level = Level(7)
    assert type(level) is Level
    assert level == 7
    assert {level: "x"}[Level(7)] == "x"
    assert level.name == "7"


@pytest.mark.parametrize("value", [Status("new"), Level(9), Status.ACTIVE])
def test_values_survive_pickle_and_copy(value: Status | Level) -> None:
    for twin in twins(value):
        assert type(twin) is type(value)
        assert twin == value
        assert twin.is_known == value.is_known


def test_the_repr_says_that_a_value_is_unknown() -> None:
    assert repr(Status("new")) == "<unknown: 'new'>"
    assert repr(Status.ACTIVE) == "<Status.ACTIVE: 'active'>"


@pytest.mark.parametrize("value", [None, 1, 1.5, ["active"]])
def test_a_value_of_another_type_is_refused(value: Value) -> None:
    with pytest.raises(ValueError, match="is not a valid Status"):
        Status(value)


def test_true_is_no_number_of_an_enum() -> None:
    class Only(OpenIntEnum):
        TWO = 2

    with pytest.raises(ValueError, match="True is not a valid"):
        Only(True)


def test_unknown_values_are_not_kept() -> None:
    assert Status("new") is not Status("new")
    assert list(Status) == [Status.ACTIVE]
