"""Levels of findings: overrides, ignored findings, advice for the next version."""
