"""Parts that several tests use: a real HTTP server, and a client written by hand."""
