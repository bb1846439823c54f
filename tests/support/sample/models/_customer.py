"""What a customer is."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from msgspec import UNSET, UnsetType

from flexprice_codegen.runtime.open_enum import OpenStrEnum


class CustomerStatus(OpenStrEnum):
    """Whether a customer may buy."""

    ACTIVE = "active"
    ARCHIVED = "archived"


@dataclass(slots=True, kw_only=True)
class Customer:
    """A customer."""

    id: str
    name: str | None = None
    status: CustomerStatus | None = None
    balance: Decimal | None = None
    created_at: datetime | None = None
    tags: list[str] | None = None
    metadata: dict[str, str] | None = None


@dataclass(slots=True, kw_only=True)
class CreateCustomerRequest:
    """What makes a customer."""

    name: str
    status: CustomerStatus | UnsetType = UNSET
    balance: Decimal | UnsetType = UNSET
    tags: list[str] | UnsetType = UNSET
    note: str | UnsetType | None = UNSET


@dataclass(slots=True, kw_only=True)
class Problem:
    """Why a call failed."""

    code: str | None = None
    message: str | None = None
    http_status_code: int | None = None
