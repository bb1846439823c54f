"""Names of component schemas, and of schemas in files of their own."""

from __future__ import annotations

import pytest

from flexprice_codegen.api.model import ObjectSchema
from flexprice_codegen.api.types import NodeMetadata
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.surface.component_names import list_possible_class_names


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("Customer", {"Customer"}),
        ("com.example.Customer", {"Customer", "ComExampleCustomer"}),
        ("schemas/customer.yaml#", {"Customer", "SchemasCustomer"}),
        ("order.v2.json#", {"OrderV2"}),
        ("all.yaml#/definitions/Customer", {"Customer", "AllCustomer"}),
        ("#/definitions/a~1Customer", {"ACustomer"}),
    ],
)
def test_a_schema_is_called_by_the_last_part_of_its_key(
    key: str, names: set[str]
) -> None:
    about = NodeMetadata(origin=Origin("", ""))
    schema = ObjectSchema(key=key, properties=(), about=about)
    assert list_possible_class_names(key, schema) - {""} == names
