"""A small client as the generator writes them, but written by hand."""
