"""From diagnostics, plans and findings to text for people and programs."""
