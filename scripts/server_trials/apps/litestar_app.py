"""A server of Litestar."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from litestar import Litestar, delete, get, post, put
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.pagination import OffsetPagination
from litestar.params import Body
from litestar.response import ServerSentEvent, Stream


class Color(StrEnum):
    """An enum."""

    RED = "red"
    BLUE = "blue"


@dataclass
class Thing:
    """What is sent and received."""

    id: int
    price: Decimal
    made: datetime
    color: Color | None = None
    tags: list[str] = field(default_factory=list)


@dataclass
class Upload:
    """A form with a file."""

    note: str
    file: UploadFile


@put("/things", operation_id="put_thing", tags=["things"])
async def put_thing(data: Thing) -> Thing:
    """Return what was sent."""
    return data


@get("/things", operation_id="list_things", tags=["things"])
async def list_things(limit: int = 10, offset: int = 0) -> OffsetPagination[Thing]:
    """Return a page."""
    made = datetime(2026, 1, 31, 12, 0, 0)
    numbers = range(offset, min(offset + limit, 25))
    items = [Thing(each, Decimal("1.10"), made) for each in numbers]
    return OffsetPagination(items=items, total=25, limit=limit, offset=offset)


@get("/search", operation_id="search", tags=["things"])
async def search(
    ids: list[int] | None = None, color: Color | None = None
) -> dict[str, str]:
    """Return what was asked."""
    return {"ids": str(ids), "color": str(color)}


@get("/events", operation_id="events", tags=["feed"])
async def events() -> ServerSentEvent:
    """Send events."""

    async def parts() -> AsyncIterator[str]:
        for each in "yes":
            yield json.dumps({"delta": each})

    return ServerSentEvent(parts())


@get("/lines", operation_id="lines", tags=["feed"], media_type="application/x-ndjson")
async def lines() -> Stream:
    """Send JSON values, one a line."""

    async def parts() -> AsyncIterator[str]:
        for each in "yes":
            yield json.dumps({"delta": each}) + "\n"

    return Stream(parts())


@post("/upload", operation_id="upload", tags=["files"])
async def upload(
    data: Annotated[Upload, Body(media_type=RequestEncodingType.MULTI_PART)],
) -> dict[str, str]:
    """Return what was uploaded."""
    content = (await data.file.read()).decode()
    return {"name": data.file.filename, "content": content, "note": data.note}


@delete("/things/{number:int}", operation_id="delete_thing", tags=["things"])
async def delete_thing(number: int) -> None:
    """Delete nothing."""


app = Litestar([put_thing, list_things, search, events, lines, upload, delete_thing])
