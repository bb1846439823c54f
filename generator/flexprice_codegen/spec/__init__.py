"""From text to Document: reading, merging, correcting and resolving OpenAPI documents."""
