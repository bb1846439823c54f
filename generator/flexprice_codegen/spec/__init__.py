"""From bytes to `Document`: read, merge, correct and resolve OpenAPI documents."""
