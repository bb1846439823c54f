"""Which lines of the user's code a new version of the API breaks, and their rewriting."""
