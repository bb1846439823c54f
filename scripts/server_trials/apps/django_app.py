"""A server of Django REST framework, described by drf-spectacular; a file is a project."""

import sys

import django
from django.conf import settings

settings.configure(
    ROOT_URLCONF=__name__,
    DEBUG=True,
    ALLOWED_HOSTS=["*"],
    SECRET_KEY="none",
    USE_TZ=True,
    INSTALLED_APPS=[
        "django.contrib.contenttypes",
        "django.contrib.auth",
        "rest_framework",
        "drf_spectacular",
    ],
    REST_FRAMEWORK={
        "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
        "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
        "PAGE_SIZE": 10,
        "DEFAULT_AUTHENTICATION_CLASSES": [],
    },
    SPECTACULAR_SETTINGS={"TITLE": "Trial", "COMPONENT_SPLIT_REQUEST": True},
)
django.setup()

from django.urls import path  # noqa: E402 - after the settings
from drf_spectacular.utils import extend_schema  # noqa: E402
from drf_spectacular.views import SpectacularAPIView  # noqa: E402
from rest_framework import generics, parsers, serializers, views  # noqa: E402
from rest_framework.response import Response  # noqa: E402


class ThingSerializer(serializers.Serializer):
    """What is sent and received."""

    id = serializers.IntegerField(read_only=True)
    price = serializers.DecimalField(max_digits=8, decimal_places=2)
    made = serializers.DateTimeField()
    color = serializers.ChoiceField(["red", "blue"], required=False)
    tags = serializers.ListField(child=serializers.CharField(), required=False)


class UploadSerializer(serializers.Serializer):
    """A form with a file."""

    note = serializers.CharField()
    file = serializers.FileField()


class Things(generics.ListAPIView):
    """Things in pages."""

    serializer_class = ThingSerializer

    def get_queryset(self) -> list[dict[str, object]]:
        """Return all things."""
        return [
            {"id": n, "price": "1.10", "made": "2026-01-31T12:00:00Z"}
            for n in range(25)
        ]

    @extend_schema(operation_id="list_things", tags=["things"])
    def get(self, *args: object, **named: object) -> Response:
        """Return a page."""
        return super().get(*args, **named)

    @extend_schema(
        operation_id="make_thing",
        tags=["things"],
        request=ThingSerializer,
        responses={201: ThingSerializer},
    )
    def post(self, request: views.Request) -> Response:
        """Return what was sent."""
        thing = ThingSerializer(data=request.data)
        thing.is_valid(raise_exception=True)
        return Response({"id": 1, **thing.validated_data}, status=201)


class Upload(views.APIView):
    """An upload."""

    parser_classes = (parsers.MultiPartParser,)

    @extend_schema(
        operation_id="upload",
        tags=["files"],
        request=UploadSerializer,
        responses={200: dict},
    )
    def post(self, request: views.Request) -> Response:
        """Return what was uploaded."""
        form = UploadSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        file = form.validated_data["file"]
        found = {"name": file.name, "content": file.read().decode()}
        return Response(found | {"note": form.validated_data["note"]})


class Form(views.APIView):
    """A form."""

    parser_classes = (parsers.FormParser,)

    @extend_schema(
        operation_id="form",
        tags=["files"],
        request=ThingSerializer,
        responses={200: dict},
    )
    def post(self, request: views.Request) -> Response:
        """Return the fields."""
        return Response({name: request.data[name] for name in request.data})


urlpatterns = [
    path("things/", Things.as_view()),
    path("upload/", Upload.as_view()),
    path("form/", Form.as_view()),
    path("openapi.json", SpectacularAPIView.as_view()),
]

if __name__ == "__main__":
    from django.core.management import execute_from_command_line

    execute_from_command_line([sys.argv[0], "runserver", "--noreload", sys.argv[1]])
