"""Operation IDs that frameworks make, and the names that are left of them."""

from __future__ import annotations

import pytest

from flexprice_codegen.api.model import ApiOperation
from flexprice_codegen.api.types import NodeMetadata
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.surface.operation_ids import shorten_operation_id

GET_WIDGET = "get_widget_v1_widgets__widget_id__get"


@pytest.mark.parametrize(
    ("call", "id_", "group", "expected"),
    [
        # FastAPI
        ("GET /v1/widgets/{widget_id}", GET_WIDGET, "widgets", "get_widget"),
        ("POST /v1/widgets/{widget_id}", GET_WIDGET, "things", ""),
        ("GET /v1/widgets/{id}", GET_WIDGET, "things", ""),
        ("GET /b", "b_b_get", "b", "b"),
        ("GET /a-b.c", "call_a_b_c_get", "x", "call"),
        # NestJS
        ("POST /cats", "CatsController_create", "cats", "create"),
        ("POST /cats", "CatsController_createMany", "cats", "create_many"),
        ("POST /cats", "CatsController", "cats", ""),
        # Django REST framework
        ("POST /api/books/", "api_books_create", "books", "create"),
        ("POST /api/books/", "books_create", "books", "create"),
        ("GET /api/books/{id}/", "api_books_retrieve", "books", "retrieve"),
        ("POST /api/books/{id}/star/", "api_books_star_create", "books", "star_create"),
        ("GET /api/my-books/", "api_my_books_list", "my-books", "list"),
        ("GET /api/books/", "api_books_create", "books", ""),
        ("POST /api/books/", "api_authors_create", "books", ""),
        # the tag
        ("GET /x", "benefits:list", "Benefits", "list"),
        ("GET /x", "api-keys/create", "API Keys", "create"),
        ("GET /x", "api_keys_create", "API Keys", "create"),
        ("GET /x", "searchPoints", "Search", ""),
        ("GET /x", "customers", "Customers", ""),
        ("GET /x", "createCustomer", "Customers", ""),
        ("GET /x", "", "Customers", ""),
    ],
)
def test_an_id_is_shortened_where_that_is_exact(
    call: str, id_: str, group: str, expected: str
) -> None:
    method, path = call.split(" ")
    about = NodeMetadata(origin=Origin("", "/paths"))
    operation = ApiOperation(method=method, path=path, route=path, id=id_, about=about)
    assert shorten_operation_id(operation, group) == expected
