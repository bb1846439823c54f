"""The document and the configuration that most tests of commands begin with."""

from __future__ import annotations

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
