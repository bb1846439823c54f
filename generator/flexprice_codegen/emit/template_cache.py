"""Compiled templates, kept where Python keeps the compiled code of a module.

In: a template that Jinja has compiled. Out: a file in `__pycache__`, next to the
template, which later processes read instead of compiling the template again.

A file counts only for the same text, the same options and the same version of Jinja's
code. Where Python writes no compiled modules, this module writes nothing either.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from pickle import UnpicklingError

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from flexprice_codegen.hashes import hash_text


class TemplateCache(BytecodeCache):
    """The compiled templates of an environment.

    Args:
        environment: The environment, with its options.
    """

    def __init__(self, environment: Environment) -> None:
        self._options = (
            environment.trim_blocks,
            environment.lstrip_blocks,
            environment.keep_trailing_newline,
            environment.autoescape,
        )

    def get_cache_key(
        self, name: str, filename: str | None = None  # noqa: ARG002 - as Jinja calls it
    ) -> str:
        """Return the path of the file for a template; empty for a text without a file."""
        return cache_from_source(filename) if filename else ""

    def get_source_checksum(self, source: str) -> str:
        """Return a hash of all that the compiled code depends on."""
        return hash_text(f"{self._options}\0{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the code of a template, if its file is there and was not cut off."""
        with suppress(OSError, EOFError, UnpicklingError):
            bucket.bytecode_from_string(Path(bucket.key).read_bytes())

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the code of a template to its file; no process sees a part of it."""
        if sys.dont_write_bytecode:
            return
        path = Path(bucket.key)
        draft = path.with_suffix(f".{os.getpid()}")
        # An installation that the user must not change stays as it is.
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(bucket.bytecode_to_string())
            draft.replace(path)
