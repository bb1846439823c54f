"""The operations, by tag."""

from typing import TYPE_CHECKING

from flexprice_codegen.runtime.lazy import lazy

if TYPE_CHECKING:
    from .customers import AsyncCustomers as AsyncCustomers
    from .customers import Customers as Customers
else:
    __all__, __getattr__, __dir__ = lazy(
        __name__, {"AsyncCustomers": ".customers", "Customers": ".customers"}
    )
