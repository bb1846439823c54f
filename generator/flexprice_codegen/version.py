"""The version of this distribution: what the lock and the clients say of it."""

VERSION = "0.1.0"
