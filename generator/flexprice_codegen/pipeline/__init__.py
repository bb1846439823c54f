"""The chains from documents to results."""
