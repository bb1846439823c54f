"""Recorded exchanges and an Api: where the server differs, and the corrections."""
