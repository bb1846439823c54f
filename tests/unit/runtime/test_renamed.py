"""Old names of classes hand out the classes of today, and warn."""

from __future__ import annotations

import pytest
from support.sample import models

from flexprice_codegen.runtime.renamed import lazy_renamed

HOMES = {"Customer": "._customer"}


def test_an_old_name_of_a_class_is_the_class_of_today() -> None:
    names, load, list_names = lazy_renamed(
        models.__name__, HOMES, {"Client": "Customer"}
    )

    with pytest.warns(
        DeprecationWarning, match=r"models\.Client is deprecated; use Customer$"
    ) as seen:
        assert load("Client") is models.Customer

    assert [each.filename for each in seen] == [__file__]
    assert names == ["Customer"]
    assert "Client" not in list_names()


def test_a_name_of_today_does_not_warn() -> None:
    _, load, _ = lazy_renamed(models.__name__, HOMES, {"Client": "Customer"})

    assert load("Customer") is models.Customer
    with pytest.raises(AttributeError, match="has no attribute 'Nobody'"):
        load("Nobody")
