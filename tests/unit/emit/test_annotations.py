"""Type hints with the imports that they need."""

from __future__ import annotations

from flexprice_codegen.emit.annotations import MODELS, annotate, find_type_imports
from flexprice_codegen.emit.expression import ImportedName
from flexprice_codegen.surface.python_types import ListType, ModelType, PlainType


def test_classes_of_the_client_are_read_from_models() -> None:
    found = annotate(ListType(ModelType("Customer")))
    assert found.text == "list[models.Customer]"
    assert found.imports == {MODELS}


def test_builtins_need_no_import_and_library_types_do() -> None:
    assert annotate(PlainType("str")).imports == frozenset()
    imported = {ImportedName("library", "datetime", "date")}
    assert find_type_imports(PlainType("date")) == imported
