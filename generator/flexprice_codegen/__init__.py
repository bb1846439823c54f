"""flexprice-codegen: small typed Python clients from OpenAPI documents."""
