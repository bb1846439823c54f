"""Two versions of an API, and what the newer one does to its callers."""
