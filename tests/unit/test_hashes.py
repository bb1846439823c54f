"""Hashes of texts and bytes."""

from __future__ import annotations

import subprocess

import pytest

from flexprice_codegen.hashes import compute_git_blob_id


@pytest.mark.parametrize("data", [b"", b"openapi: 3.0.3\n", bytes(range(256))])
def test_the_blob_id_is_the_one_that_git_computes(data: bytes) -> None:
    git = subprocess.run(
        ["git", "hash-object", "--stdin"],  # noqa: S607 - git is found on the path
        input=data,
        capture_output=True,
        check=True,
    )
    assert compute_git_blob_id(data) == git.stdout.decode().strip()
