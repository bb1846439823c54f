"""Deprecated operations warn at the line that calls their method."""

from __future__ import annotations

import pytest

from flexprice_codegen.runtime.deprecation import warn_of_call
from flexprice_codegen.runtime.operation import Operation


def test_the_caller_of_the_method_is_warned() -> None:
    def method() -> None:
        warn_of_call(Operation("GET", "/old", deprecated=True))

    with pytest.warns(DeprecationWarning, match="^GET /old is deprecated$") as seen:
        method()

    assert [each.filename for each in seen] == [__file__]
