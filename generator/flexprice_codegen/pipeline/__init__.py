"""Pipelines from OpenAPI documents to results."""
