"""What changed for Python code: a `Surface` against a `Surface`."""
