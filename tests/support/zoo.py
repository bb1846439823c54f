"""The document and the configuration that most tests of commands begin with."""

from __future__ import annotations

import json
from collections.abc import Callable

SPEC = """\
openapi: 3.0.3
info: {title: Zoo API, version: '1.0'}
servers: [{url: https://zoo.example/v1}]
paths:
  /pets:
    post:
      operationId: createPet
      tags: [Pets]
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses:
        '201':
          description: Made.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string}
        kind: {$ref: '#/components/schemas/Kind'}
    Kind: {type: string, enum: [cat, dog]}
"""
CONFIG = """
[[client]]
spec = "zoo.yaml"
output = "zoo_client"
"""

OLD_SPEC = """\
openapi: 3.0.3
info: {title: Zoo API, version: 1.2.0}
paths:
  /pets:
    get:
      operationId: listPets
      tags: [Pets]
      parameters: [{name: kind, in: query, schema: {type: string}}]
      responses: {'200': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
  /keepers:
    get:
      operationId: listKeepers
      tags: [Keepers]
      responses: {'204': {description: ''}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}, age: {type: integer}}}
"""
NEW_SPEC = OLD_SPEC.replace(", age: {type: integer}", "").replace(
    "listKeepers", "allKeepers"
)
CONFIG_OF_BOTH = """
[[client]]
spec = "new.yaml"
output = "zoo_client"
tags = ["Pets"]

[[client]]
name = "keepers"
spec = "new.yaml"
output = "keepers_client"
operations = ["GET /keepers"]
"""
Run = Callable[..., tuple[int, str, str]]
"""What runs a command: its exit code, and what it says on both streams."""


def rules_of(text: str) -> set[str]:
    return {each["rule"] for each in json.loads(text)["findings"]}
