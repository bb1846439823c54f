"""Which findings are one edit, and which belong together."""
