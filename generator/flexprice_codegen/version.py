"""The version of this distribution, which lock files and clients record."""

VERSION = "0.1.0"
