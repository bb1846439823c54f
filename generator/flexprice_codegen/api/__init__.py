"""From `Document` to `Api`: the HTTP contract, as frozen values."""
