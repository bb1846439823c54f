"""What changed in the HTTP contract: an `Api` against an `Api`."""
