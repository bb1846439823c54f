"""The oracle: what JSON Schema says of a value, held against what a client does."""
