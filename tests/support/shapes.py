"""Classes as the generator writes them, with every kind of field."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from flexprice_codegen.runtime.one_of import one_of
from flexprice_codegen.runtime.open_enum import OpenIntEnum, OpenStrEnum
from flexprice_codegen.runtime.wire_names import WireNames


class Color(OpenStrEnum):
    """An open enum of texts."""

    RED = "red"
    BLUE = "blue"


class Level(OpenIntEnum):
    """An open enum of numbers."""

    LOW = 1


@dataclass(slots=True, kw_only=True)
class Cat:
    """An option of a union."""

    kind: str
    lives: int | None = None
    born: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Dog:
    """Another option of it."""

    kind: str
    barks: bool | None = None
    price: float | None = None


@dataclass(slots=True, kw_only=True)
class Renamed:
    """A class with a renamed field and members of any name."""

    __wire__: ClassVar[WireNames] = WireNames({"class_": "class", "from_": "from-date"})
    __extra__: ClassVar[str] = "extra"

    class_: str
    from_: date | None = None
    extra: dict[str, Decimal] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Money:
    """A class with decimals."""

    amount: Decimal
    currency: str | None = None


if TYPE_CHECKING:
    Pet: TypeAlias = Cat | Dog
    Loose: TypeAlias = Money | Cat | str | int | list[Cat]
    Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"
else:
    Pet = one_of("Pet", (Cat, Dog), "kind", {"cat": Cat, "dog": Dog})
    Loose = one_of("Loose", (Money, Cat, str, int, list[Cat]))
    Tree = one_of("Tree", lambda: (str, list[Tree], dict[str, Tree]))


@dataclass(slots=True, kw_only=True)
class Everything:
    """A class with a field of every kind."""

    id: str
    required_list: list[int]
    color: Color | None = None
    level: Level | None = None
    whole: int | None = None
    real: float | None = None
    flag: bool | None = None
    amount: Decimal | None = None
    at: datetime | None = None
    day: date | None = None
    clock: time | None = None
    span: timedelta | None = None
    data: bytes | None = None
    any: Any = None
    only: Literal["only"] | None = None
    mixed: Color | int | None = None
    colors: list[Color] | None = None
    by_name: dict[str, list[int]] | None = None
    money: Money | None = None
    renamed: Renamed | None = None
    pet: Pet | None = None
    pets: list[Pet] | None = None
    loose: Loose | None = None
    tree: Tree | None = None
    child: Everything | None = None
    children: list[Everything] | None = None
    maybe: str | UnsetType | None = UNSET


@dataclass(slots=True, kw_only=True)
class Simple:
    """A class that msgspec reads on its own."""

    id: str
    whole: int | None = None
    at: datetime | None = None
    tags: list[str] | None = None
    color: Color | None = None
    pet: Pet | None = None
    maybe: str | UnsetType | None = UNSET
