"""Names that are imported at their first use."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support.sample import models


def test_a_package_lists_its_names_and_hands_them_out() -> None:
    assert "Customer" in dir(models)
    assert models.Customer is models.Customer
    assert "Customer" in vars(models)


def test_a_name_that_is_missing_is_an_attribute_error_that_says_where() -> None:
    with pytest.raises(AttributeError, match=r"module '.*models' has no attribute"):
        vars(models)["__getattr__"]("Nope")


def test_a_package_says_which_names_are_public() -> None:
    assert {"Customer", "CustomerStatus", "Problem"} <= set(vars(models)["__all__"])


def test_importing_the_package_imports_no_model() -> None:
    program = (
        "import sys; import support.sample.models as models\n"
        "assert 'support.sample.models._customer' not in sys.modules\n"
        "models.Customer\n"
        "assert 'support.sample.models._customer' in sys.modules\n"
    )
    folders = [Path(__file__).parents[2], Path(__file__).parents[3]]
    subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        env={"PYTHONPATH": ":".join(map(str, folders))},
    )
