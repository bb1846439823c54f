"""Calls through a generated client: what a value is read as, and what goes out again.

In: cases, each a schema with its components. Out: one client for all of them, with a
method that receives and one that sends a value of each schema.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx2

from flexprice_codegen.surface.python_types import format_type
from support.generated import Generated, Generator
from support.oracle.dialect import Json
from support.oracle.judge import Judge

_SERVER = "https://meaning.example"
_OK: Json = {"200": {"description": "It is done."}}


@dataclass(frozen=True, slots=True)
class Case:
    """A schema that is received and sent."""

    name: str
    version: str
    schema: Json
    components: Mapping[str, Json] = field(default_factory=dict)

    @property
    def component(self) -> str:
        """The name of the schema itself among the components."""
        return f"{self.name.title()}Whole"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a client made of a value.

    `value` is what the method returned, `sent` the JSON of the request that sends it
    again, `mismatches` what was reported, `error` what was raised on the way.
    """

    value: Any = None
    sent: Json = None
    mismatches: tuple[str, ...] = ()
    error: str = ""


def make_document(cases: Sequence[Case]) -> Json:
    """Return a document with two operations for each case; all have one version."""
    paths = {}
    components: dict[str, Json] = {}
    for each in cases:
        # A class that is used in both directions knows what is unset.
        components[each.component] = each.schema
        reference = {"$ref": f"#/components/schemas/{each.component}"}
        content = {"application/json": {"schema": reference}}
        received = {"200": {"description": "It.", "content": content}}
        paths[f"/{each.name}"] = {
            "get": {
                "operationId": f"get_{each.name}",
                "tags": ["x"],
                "responses": received,
            },
            "put": {
                "operationId": f"put_{each.name}",
                "tags": ["x"],
                "requestBody": {"required": True, "content": content},
                "responses": _OK,
            },
        }
        components |= each.components
    return {
        "openapi": cases[0].version,
        "info": {"title": "Meaning", "version": "1"},
        "servers": [{"url": _SERVER}],
        "paths": paths,
        "components": {"schemas": components},
    }


class Caller:
    """Calls the methods of a client that was made of cases."""

    def __init__(self, generated: Generated) -> None:
        self.generated = generated
        self.methods = {
            method.key: (resource.name, method.name, method)
            for resource in generated.surface.resources
            for method in resource.methods
        }
        self.keys = {each.name: each.key for each in generated.surface.models}
        self._answer = b""
        self._sent = b""
        transport = httpx2.MockTransport(self._reply)
        self._client = self._make_client(transport, is_strict=False)
        self._strict = self._make_client(transport, is_strict=True)

    def _make_client(
        self, transport: httpx2.MockTransport, *, is_strict: bool
    ) -> Any:  # noqa: ANN401  # generated
        return self.generated.client(
            http_client=httpx2.Client(transport=transport),
            base_url=_SERVER,
            strict=is_strict,
        )

    def _reply(self, request: httpx2.Request) -> httpx2.Response:
        self._sent = request.read()
        content = self._answer if request.method == "GET" else b""
        headers = {"content-type": "application/json"}
        return httpx2.Response(200, content=content, headers=headers)

    def _method(self, client: Any, key: str) -> Any:  # noqa: ANN401  # generated
        resource, name, _ = self.methods[key]
        return getattr(getattr(client, resource), name)

    def read(self, name: str, value: Json) -> Outcome:
        """Return what the client reads from a value, with its mismatches."""
        self._answer = json.dumps(value).encode()
        package: Any = self.generated.package
        try:
            return Outcome(self._method(self._strict, f"GET /{name}")())
        except package.ResponseMismatchError as error:
            told = tuple(
                f"{each.path} is {each.found}, not {each.expected}"
                for each in error.mismatches
            )
            return Outcome(error.body, mismatches=told)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is reported
            return Outcome(error=f"read: {type(error).__name__}: {error}")

    def pass_through(self, name: str, value: Json) -> Outcome:
        """Return what the client reads from a value, and what it sends for that.

        Where a schema has two classes, the one that is sent is made of the value itself.
        """
        read = self.read(name, value)
        if read.error:
            return read
        try:
            body = self._make_input(name, value) if self.is_split(name) else read.value
            self._method(self._client, f"PUT /{name}")(body)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is reported
            told = f"send: {type(error).__name__}: {error}"
            return Outcome(read.value, None, read.mismatches, told)
        return Outcome(read.value, json.loads(self._sent or b"null"), read.mismatches)

    def is_split(self, name: str) -> bool:
        """Return whether a schema has a class for each direction."""
        body = self.methods[f"PUT /{name}"][2].body
        return body is None or body.type != self.methods[f"GET /{name}"][2].returns

    def _make_input(self, name: str, value: Json) -> Any:  # noqa: ANN401  # generated
        body = self.methods[f"PUT /{name}"][2].body
        assert body is not None
        package = self.generated.name
        shapes = self.generated.module("runtime.shapes")
        hint = shapes.resolve_hint(format_type(body.type), f"{package}.models", package)
        return self.generated.module("runtime.decoding").from_dict(hint, value)


def make_caller(generator: Generator, cases: Sequence[Case]) -> Caller:
    """Return the client of several cases."""
    return Caller(generator(make_document(cases)))


def make_judge(case: Case) -> Judge:
    """Return the judge of a case."""
    return Judge(make_document([case]))
