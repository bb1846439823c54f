"""Former names of classes hand out what stands for them today, and warn."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType

import pytest
from support.sample import models

from flexprice_codegen.runtime.renamed import lazy_with_former_names

FORMER = {"Client": "Customer", "Clients": "list[Customer]"}


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], object]:
    """Return what looks names up in a package whose types are in a module of its own."""
    types = ModuleType(f"{models.__name__}._types")
    monkeypatch.setattr(types, "Clients", list[models.Customer], raising=False)
    monkeypatch.setitem(sys.modules, types.__name__, types)
    names, load, list_names = lazy_with_former_names(
        models.__name__, {}, ["Customer"], FORMER, "._types"
    )
    assert names == ["Customer"]
    assert not {*FORMER} & {*list_names()}
    return load


def test_a_former_name_of_a_class_is_the_class_of_today(
    load: Callable[[str], object],
) -> None:
    with pytest.warns(
        DeprecationWarning, match=r"models\.Client is deprecated; use Customer$"
    ) as seen:
        assert load("Client") is models.Customer
    assert [each.filename for each in seen] == [__file__]


def test_a_former_name_of_a_class_is_the_type_in_its_place(
    load: Callable[[str], object],
) -> None:
    with pytest.warns(
        DeprecationWarning, match=r"Clients is deprecated; use list\[Customer\]$"
    ) as seen:
        assert load("Clients") == list[models.Customer]
    assert [each.filename for each in seen] == [__file__]


def test_a_name_of_today_does_not_warn(load: Callable[[str], object]) -> None:
    assert load("Customer") is models.Customer
    with pytest.raises(AttributeError, match="has no attribute 'Nobody'"):
        load("Nobody")
