"""The models, each imported when it is first used."""

from typing import TYPE_CHECKING

from flexprice_codegen.runtime.lazy import lazy

if TYPE_CHECKING:
    from ._customer import CreateCustomerRequest as CreateCustomerRequest
    from ._customer import Customer as Customer
    from ._customer import CustomerStatus as CustomerStatus
    from ._customer import Problem as Problem
else:
    __all__, __getattr__, __dir__ = lazy(
        __name__,
        {
            "CreateCustomerRequest": "._customer",
            "Customer": "._customer",
            "CustomerStatus": "._customer",
            "Problem": "._customer",
        },
    )
