"""Generated clients against servers that others wrote: `make test-servers`."""
