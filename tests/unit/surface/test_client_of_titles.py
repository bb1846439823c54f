"""The class of a client after the title of its document, without words that say nothing."""

from __future__ import annotations

import pytest

from flexprice_codegen.config import PythonOptions
from flexprice_codegen.surface.client import choose_client_names


@pytest.mark.parametrize(
    "word", ["API", "APIs", "Service", "REST", "OpenAPI", "Swagger", "v1", "V2", "v3"]
)
def test_a_word_that_every_document_could_have_is_left_out(word: str) -> None:
    names = choose_client_names(f"Shop {word}", PythonOptions(), {})
    assert (names.class_name, names.env_prefix) == ("Shop", "SHOP")
