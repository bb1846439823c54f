"""Customers."""

# ruff: noqa: A002 - parameters have the names that they have on the wire

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final, TypeAlias

from msgspec import UNSET, UnsetType

from flexprice_codegen.runtime.async_client import AsyncResource
from flexprice_codegen.runtime.client import Resource
from flexprice_codegen.runtime.cookies import cookies
from flexprice_codegen.runtime.operation import Operation, calls
from flexprice_codegen.runtime.parameters import Style
from flexprice_codegen.runtime.uploads import raw_body

if TYPE_CHECKING:
    from flexprice_codegen.runtime.answers import araw, raw
    from support.sample.models import CreateCustomerRequest, Customer

RawContent: TypeAlias = bytes | str | IO[bytes]

CREATE: Final[Operation[Customer]] = Operation(
    "POST", "/customers", returns="Customer", responses={"202": "dict[str, Any]"}
)
GET: Final[Operation[Customer]] = Operation(
    "GET", "/customers/{id}", returns="Customer"
)
LIST: Final[Operation[list[Customer]]] = Operation(
    "GET",
    "/customers",
    returns="list[Customer]",
    styles={"query:ids": Style(explode=False)},
)
DELETE: Final[Operation[None]] = Operation("DELETE", "/customers/{id}")
PICTURE: Final[Operation[bytes]] = Operation(
    "GET", "/customers/{id}/picture", returns="bytes", accept="image/png"
)
UPLOAD: Final[Operation[str]] = Operation(
    "PUT", "/customers/{id}/picture", returns="str", body=raw_body
)
HEALTH: Final[Operation[object]] = Operation(
    "GET", "/health", returns="Any", security=((),)
)


class Customers(Resource["CustomersWithRawResponse"]):
    """Customers."""

    @calls(CREATE)
    def create(self, body: CreateCustomerRequest) -> Customer:
        """Make a customer."""
        return self._call(CREATE, body=body)

    @calls(GET)
    def get(self, id: str) -> Customer:
        """Get a customer."""
        return self._call(GET, path={"id": id})

    @calls(LIST)
    def list(
        self,
        *,
        ids: list[str] | UnsetType = UNSET,
        tags: list[str] | UnsetType = UNSET,
        active: bool | UnsetType | None = UNSET,
    ) -> list[Customer]:
        """List customers."""
        query = {"ids": ids, "tags": tags, "active": active}
        return self._call(LIST, query=query)

    @calls(DELETE)
    def delete(self, id: str) -> None:
        """Delete a customer."""
        return self._call(DELETE, path={"id": id})

    @calls(PICTURE)
    def picture(self, id: str) -> bytes:
        """Get a picture."""
        return self._call(PICTURE, path={"id": id})

    @calls(UPLOAD)
    def upload(self, id: str, body: RawContent) -> str:
        """Store a picture."""
        return self._call(UPLOAD, path={"id": id}, body=body)

    @calls(HEALTH)
    def health(
        self, *, trace: str | UnsetType = UNSET, session: str | UnsetType = UNSET
    ) -> object:
        """Ask whether the server is there."""
        headers = {"X-Trace": trace}
        return self._call(
            HEALTH, headers=headers, cookies=cookies(HEALTH, {"session": session})
        )


class AsyncCustomers(AsyncResource["AsyncCustomersWithRawResponse"]):
    """Customers."""

    @calls(CREATE)
    async def create(self, body: CreateCustomerRequest) -> Customer:
        """Make a customer."""
        return await self._call(CREATE, body=body)

    @calls(GET)
    async def get(self, id: str) -> Customer:
        """Get a customer."""
        return await self._call(GET, path={"id": id})

    @calls(UPLOAD)
    async def upload(self, id: str, body: RawContent) -> str:
        """Store a picture."""
        return await self._call(UPLOAD, path={"id": id}, body=body)

    @calls(PICTURE)
    async def picture(self, id: str) -> bytes:
        """Get a picture."""
        return await self._call(PICTURE, path={"id": id})


if TYPE_CHECKING:

    class CustomersWithRawResponse:
        """How `with_raw_response` is typed."""

        create = raw(Customers.create)
        get = raw(Customers.get)
        picture = raw(Customers.picture)

    class AsyncCustomersWithRawResponse:
        """How `with_raw_response` is typed."""

        create = araw(AsyncCustomers.create)
        get = araw(AsyncCustomers.get)
        picture = araw(AsyncCustomers.picture)
