"""Customers: each user of the product is a customer of Flexprice."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from flexprice_client import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    AsyncFlexprice,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    Flexprice,
    MissingCredentialsError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    RawResponse,
    ResponseBodyError,
    ResponseMismatchError,
    ServerError,
    UnprocessableEntityError,
    models,
)
from msgspec import UNSET

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class User:
    """A user of the product, as the team keeps them."""

    id: str
    name: str | None = None
    city: str | None = None
    crm_id: str | None = None
    is_exempt: bool = False


def build_request(user: User) -> models.CreateCustomerRequest:
    """Return what Flexprice must know of a user; what is unknown is not sent."""
    request = models.CreateCustomerRequest(
        external_id=user.id,
        name=user.name or UNSET,
        address_city=UNSET if user.city is None else user.city,
        address_country="DE",
        metadata={"source": "signup"},
        skip_onboarding_workflow=False,
    )
    if user.crm_id is not None:
        mapping = models.CreateEntityIntegrationMappingRequest(
            entity_id=user.id,
            entity_type=models.IntegrationEntityType.CUSTOMER,
            provider_type="crm",
            provider_entity_id=user.crm_id,
            metadata={"since": 2024},
        )
        request = replace(request, integration_entity_mapping=[mapping])
    if user.is_exempt:
        rate = models.TaxRateOverride(
            tax_rate_code="ZERO", currency="eur", priority=1, auto_apply=True
        )
        request.tax_rate_overrides = [rate]
    return request


def register_user(client: Flexprice, user: User) -> models.CustomerResponse | None:
    """Create the customer of a user; return None if there is one already."""
    try:
        return client.customers.create_customer(build_request(user))
    except ConflictError as error:
        if error.repeated:
            log.warning("%s may have been created just now", user.id)
        return None


async def register_user_async(
    client: AsyncFlexprice, user: User
) -> RawResponse[models.CustomerResponse]:
    """Create the customer of a user; return the raw response, for the audit."""
    customers = client.customers.with_raw_response
    return await customers.create_customer(body=build_request(user))


def format_audit_line(raw: RawResponse[models.CustomerResponse]) -> str:
    """Return a line for the audit."""
    media = raw.headers["content-type"]
    size = len(raw.raw)
    return f"{raw.status} {media} {size} {raw.request_id} {raw.parse().id}"


def is_active(customer: models.CustomerResponse) -> bool:
    """Return whether a customer is billed; a new status counts as published."""
    status = customer.status
    if status is None or not status.is_known:
        return True
    return status is models.Status.PUBLISHED and status.value == "published"


def map_providers(customer: models.CustomerResponse) -> dict[str, str]:
    """Return the IDs of a customer at other providers."""
    return {
        each.provider_type or "": each.provider_entity_id or ""
        for each in customer.integrations or []
        if each.entity_type == models.IntegrationEntityType("customer")
    }


def explain_error(error: APIError) -> str:
    """Return in one line what went wrong."""
    match error:
        case MissingCredentialsError():
            return "no key"
        case APITimeoutError():
            return f"timeout, repeated: {error.repeated}"
        case APIConnectionError():
            return f"connection, repeated: {error.repeated}"
        case ResponseBodyError():
            return f"no json: {error.status} {error.raw!r}"
        case ResponseMismatchError():
            first = error.mismatches[0]
            assert first.path == error.path
            assert first.expected
            assert first.found
            assert isinstance(error.body, models.CustomerResponse)
            return f"mismatch: {first.path} of {error.body.id}"
        case BadRequestError() | UnprocessableEntityError():
            return f"invalid: {error.message} {error.details}"
        case AuthenticationError() | PermissionDeniedError():
            return f"denied: {error.status} {error.code}"
        case NotFoundError():
            return f"not found: {error.request_id}"
        case RateLimitError():
            return f"slow down: {error.headers['retry-after']}"
        case ServerError():
            return f"server: {error.status} {error.raw.decode()}"
        case APIStatusError(body=models.ErrorResponse() as body):
            known = body.code == models.ErrorResponseCode.INVALID_OPERATION
            return f"other: {error.status} {known} {body.http_status_code}"
        case _:
            return f"unknown: {error}"
