"""The models, each imported when it is first used."""

from typing import TYPE_CHECKING

from flexprice_codegen.runtime.lazy import lazy

__all__ = ["CreateCustomerRequest", "Customer", "CustomerStatus", "Problem"]

if TYPE_CHECKING:
    from ._customer import CreateCustomerRequest, Customer, CustomerStatus, Problem
else:
    _, __getattr__, __dir__ = lazy(
        __name__,
        {
            "CreateCustomerRequest": "._customer",
            "CustomerStatus": "._customer",
            "Problem": "._customer",
        },
        __all__,
    )
