"""A server of FastAPI."""

import json
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from fastapi import Cookie, Depends, FastAPI, File, Form, Query, UploadFile
from fastapi.responses import FileResponse, StreamingResponse
from fastapi.security import APIKeyHeader, HTTPBearer
from pydantic import BaseModel, Field


class Color(StrEnum):
    """An enum."""

    RED = "red"
    BLUE = "blue"


class Cat(BaseModel):
    """An option of a union."""

    kind: Literal["cat"] = "cat"
    lives: int


class Dog(BaseModel):
    """The other option."""

    kind: Literal["dog"] = "dog"
    name: str


class Thing(BaseModel):
    """What is sent and received."""

    id: int
    price: Decimal
    made: datetime
    color: Color | None = None
    pet: Annotated[Cat | Dog, Field(discriminator="kind")]
    tags: list[str] = []


class ThingPage(BaseModel):
    """A list with a total."""

    items: list[Thing]
    total: int


class Ask(BaseModel):
    """A question."""

    q: str
    stream: bool = False


class Answer(BaseModel):
    """An answer."""

    a: str


class Chunk(BaseModel):
    """A part of an answer."""

    delta: str


app = FastAPI(title="Trial")
EVENTS = {"content": {"text/event-stream": {"schema": Chunk.model_json_schema()}}}
KEY = Depends(APIKeyHeader(name="X-Key", auto_error=False))
BEARER = Depends(HTTPBearer(auto_error=False))


def make_thing(number: int) -> Thing:
    """Return a thing."""
    made = datetime(2026, 1, 31, 12, 0, 0, 123456)
    return Thing(id=number, price="1.10", made=made, pet=Dog(name="Rex"))


@app.put("/things", tags=["things"], operation_id="put_thing")
def put_thing(body: Thing) -> Thing:
    """Return what was sent."""
    return body


@app.get("/things", tags=["things"], operation_id="list_things")
def list_things(limit: Annotated[int, Query(le=10)] = 10, offset: int = 0) -> ThingPage:
    """Return a page."""
    items = [make_thing(each) for each in range(offset, min(offset + limit, 25))]
    return ThingPage(items=items, total=25)


@app.get("/search", tags=["things"], operation_id="search")
def search(
    ids: Annotated[list[int] | None, Query()] = None,
    color: Color | None = None,
    since: datetime | None = None,
    session: Annotated[str | None, Cookie()] = None,
) -> dict[str, str]:
    """Return what was asked."""
    found = {"ids": ids, "color": color, "since": since, "session": session}
    return {name: str(each) for name, each in found.items()}


@app.post(
    "/chat",
    tags=["chat"],
    operation_id="chat",
    response_model=Answer,
    responses={200: EVENTS},
)
def chat(body: Ask) -> object:
    """Return an answer, whole or in parts."""

    def parts() -> Iterator[str]:
        yield "data:\n\n"
        for each in "yes":
            yield f"data: {json.dumps({'delta': each})}\n\n"
        yield "data: [DONE]\n\n"

    if body.stream:
        return StreamingResponse(parts(), media_type="text/event-stream")
    return Answer(a="yes")


@app.post("/upload", tags=["files"], operation_id="upload")
def upload(
    file: Annotated[UploadFile, File()], note: Annotated[str, Form()]
) -> dict[str, str]:
    """Return what was uploaded."""
    content = file.file.read().decode()
    return {"name": str(file.filename), "content": content, "note": note}


@app.post("/form", tags=["files"], operation_id="form")
def form(name: Annotated[str, Form()], age: Annotated[int, Form()]) -> dict[str, str]:
    """Return the fields of a form."""
    return {"name": name, "age": str(age)}


@app.get("/file", tags=["files"], operation_id="get_file", response_class=FileResponse)
def get_file() -> FileResponse:
    """Return this file."""
    return FileResponse(__file__)


@app.get("/who", tags=["secrets"], operation_id="who")
def who(
    key: Annotated[str | None, KEY], token: Annotated[object, BEARER]
) -> dict[str, str]:
    """Return who calls."""
    return {"key": str(key), "token": str(getattr(token, "credentials", None))}


@app.delete(
    "/things/{number}", tags=["things"], operation_id="delete_thing", status_code=204
)
def delete_thing(number: int) -> None:
    """Delete nothing."""
