"""The files of `resources/`: the operations of a resource, in both modes.

In: a `ResourceClass`, or all of them. Out: the draft of a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from flexprice_codegen.emit.digests import inputs_digest
from flexprice_codegen.emit.doc_methods import format_method_docstring
from flexprice_codegen.emit.expression import ImportedName, collect_imports
from flexprice_codegen.emit.files import Draft
from flexprice_codegen.emit.imports import (
    ModuleLocation,
    format_exports,
    format_imports,
)
from flexprice_codegen.emit.method_view import (
    RAW_TYPES,
    MethodContext,
    MethodView,
    ParameterView,
    build_method_view,
)
from flexprice_codegen.emit.python_text import format_docstring
from flexprice_codegen.emit.render import render_template
from flexprice_codegen.surface.model import DeprecatedMethod, ResourceClass, Surface
from flexprice_codegen.surface.reserved import build_async_name

_PACKAGE = "resources"
_OPTIONS = "RequestOptions"
_LAZY_IMPORTS = frozenset(
    {
        ImportedName("library", "typing", "TYPE_CHECKING"),
        ImportedName("runtime", "lazy", "lazy"),
    }
)


def draft_resource(
    resource: ResourceClass, context: MethodContext, runtime: str
) -> Draft:
    """Return the draft of the module of one resource.

    Args:
        resource: The resource.
        context: Values that all methods of the client share.
        runtime: The path of a shared runtime, relative to the client's directory; empty
            if the client has its own.
    """
    context = replace(context, hides_list="list" in _list_names(resource))
    methods = list(_iter_views(resource, context))
    imports = frozenset(_iter_imports(resource, methods))
    typing_imports = frozenset(_iter_typing_imports(resource, methods))
    return Draft(
        path=f"{_PACKAGE}/{resource.module}.py",
        render=partial(
            _render_resource,
            resource,
            methods,
            context,
            location=ModuleLocation(_PACKAGE, runtime),
            imports=imports,
            typing_imports=typing_imports,
        ),
        inputs=inputs_digest(resource, context),
        imports=imports | typing_imports,
    )


def _list_names(resource: ResourceClass) -> frozenset[str]:
    """Return the names of all methods of a resource, also of streams and aliases."""
    names = [each.name for each in resource.methods]
    names += [each.name for each in resource.deprecated_methods]
    forms = (each.streaming for each in resource.methods)
    names += [each.method.name for each in forms if each is not None]
    return frozenset(names)


def draft_resources(surface: Surface, runtime: str) -> Draft:
    """Return the draft of the package of the resources, which exports their classes.

    Args:
        surface: The client's classes and methods.
        runtime: The path of a shared runtime, relative to the client's directory; empty
            if the client has its own.
    """
    public = frozenset(
        ImportedName("client", f"{_PACKAGE}.{each.module}", name)
        for each in surface.resources
        for name in (each.class_name, build_async_name(each.class_name))
    )
    return Draft(
        path=f"{_PACKAGE}/__init__.py",
        render=partial(_render_resources, public, ModuleLocation(_PACKAGE, runtime)),
        imports=public | _LAZY_IMPORTS,
    )


def _render_resources(public: frozenset[ImportedName], location: ModuleLocation) -> str:
    return render_template(
        "client/resources.py.jinja",
        imports=format_imports(_LAZY_IMPORTS, location),
        exports=format_exports(public, location, indent=4),
        homes=sorted((each.name, location.get_module(each)) for each in public),
    )


def _iter_views(
    resource: ResourceClass, context: MethodContext
) -> Iterator[MethodView]:
    """Yield the methods of a resource, each followed by its streaming form."""
    for method in resource.methods:
        view = build_method_view(method, context)
        yield view
        if view.streaming is not None and not view.switch:
            yield view.streaming


def _iter_operations(methods: Sequence[MethodView]) -> Iterator[MethodView]:
    """Yield the methods and the forms that share their names: all have operations."""
    for method in methods:
        yield method
        if method.streaming is not None and method.switch:
            yield method.streaming


def _render_resource(
    resource: ResourceClass,
    methods: Sequence[MethodView],
    context: MethodContext,
    *,
    location: ModuleLocation,
    imports: frozenset[ImportedName],
    typing_imports: frozenset[ImportedName],
) -> str:
    about = resource.about
    words = about.description if about is not None and context.docstrings else ""
    words = words or f"The operations of `client.{resource.name}`."

    return render_template(
        "client/resource.py.jinja",
        resource=resource,
        name=resource.class_name,
        doc=format_docstring(words, 4),
        docs=[format_method_docstring(view.method, context) for view in methods],
        methods=methods,
        options_type=_name_options_type(resource),
        operations=list(_iter_operations(methods)),
        raw_methods=_list_raw_methods(resource, methods),
        switches=[method for method in methods if method.switch],
        imports=format_imports(imports, location),
        typing_imports=format_imports(typing_imports, location, indent=4),
    )


def _name_options_type(resource: ResourceClass) -> str:
    """Return the name that a module has for the options of one call.

    A resource named `request_options` has a class with the name that we would use.
    """
    return f"_{_OPTIONS}" if resource.class_name == _OPTIONS else _OPTIONS


def _list_raw_methods(
    resource: ResourceClass, methods: Sequence[MethodView]
) -> list[tuple[str, bool]]:
    """Return each method, and whether it streams, which decides about its raw form."""
    return [
        *((each.name, bool(each.stream)) for each in methods if not each.switch),
        *((old.name, old.stream) for old in resource.deprecated_methods),
    ]


def _iter_imports(
    resource: ResourceClass, methods: Sequence[MethodView]
) -> Iterator[ImportedName]:
    """Yield the imports that the module needs at run time."""
    yield ImportedName("library", "__future__", "annotations")
    yield ImportedName("library", "typing", "TYPE_CHECKING")
    yield ImportedName("runtime", "async_client", "AsyncResource")
    yield ImportedName("runtime", "client", "Resource")
    if methods:
        yield ImportedName("runtime", "operation", "Operation")
        # A method can have the name of this function.
        yield ImportedName("runtime", "operation", "calls as _calls")
    if any(method.options_keyword for method in methods):
        options = _name_options_type(resource)
        alias = "" if options == _OPTIONS else f" as {options}"
        yield ImportedName("runtime", "calling", f"{_OPTIONS}{alias}")
    yield from _iter_deprecation_imports(resource, methods)

    if any(method.switch for method in methods):
        yield ImportedName("library", "msgspec", "UNSET")
        yield ImportedName("library", "msgspec", "UnsetType")
        yield ImportedName("library", "typing", "Literal")
        yield ImportedName("library", "typing", "overload")
        yield ImportedName("runtime", "stream_switch", "set_stream")
        yield ImportedName("runtime", "stream_switch", "wants_stream")
    for method in _iter_operations(methods):
        yield from collect_imports(method.operation)
        if method.body_type:
            yield ImportedName("runtime", "typed_inputs", "make_builder")
        if method.stream:
            yield ImportedName("runtime", "streams", method.stream)
            yield ImportedName("runtime", "streams", method.async_stream)
        if method.content_type is not None:
            yield ImportedName("runtime", "body_choice", "with_content_type")
        if "cookies" in dict(method.sent):
            # A parameter can have the name of this function.
            yield ImportedName("runtime", "cookies", "cookies as _cookies")
        if method.overloads:
            yield ImportedName("library", "typing", "overload")
        # Tools read type hints at run time, so what these name is imported.
        yield from collect_imports([method.returns, method.async_returns])
        for parameter in _list_parameters(method):
            yield from parameter.annotation.imports
            if parameter.default == "UNSET":
                yield ImportedName("library", "msgspec", "UNSET")


def _iter_deprecation_imports(
    resource: ResourceClass, methods: Sequence[MethodView]
) -> Iterator[ImportedName]:
    """Yield the imports of deprecated operations and of former names."""
    if any(method.method.about.deprecated for method in methods):
        # A parameter can have the name of this function.
        yield ImportedName("runtime", "deprecation", "warn_of_call as _warn_of_call")
    if resource.deprecated_methods:
        yield ImportedName("runtime", "renamed", "renamed")
    for old in resource.deprecated_methods:
        yield from _iter_old_method_imports(old, resource)


def _iter_old_method_imports(
    old: DeprecatedMethod, resource: ResourceClass
) -> Iterator[ImportedName]:
    """Yield the classes of a renamed method, if they are in another module."""
    if old.module != resource.module:
        module = f"{_PACKAGE}.{old.module}"
        yield ImportedName("client", module, old.class_name)
        yield ImportedName("client", module, build_async_name(old.class_name))


def _iter_typing_imports(
    resource: ResourceClass, methods: Sequence[MethodView]
) -> Iterator[ImportedName]:
    """Yield the imports that only type checkers need."""
    kinds = {is_stream for _, is_stream in _list_raw_methods(resource, methods)}
    if False in kinds:
        yield ImportedName("runtime", "answers", "araw")
        yield ImportedName("runtime", "answers", "raw")
    if True in kinds:
        # A method can have the name of these functions.
        yield ImportedName("runtime", "streams", "araw_stream as _araw_stream")
        yield ImportedName("runtime", "streams", "raw_stream as _raw_stream")
    if any(method.switch for method in methods):
        yield from RAW_TYPES


def _list_parameters(method: MethodView) -> list[ParameterView]:
    chosen = (method.body, method.content_type)
    given = [each for each in chosen if each is not None]
    overloads = [
        part for each in method.overloads for part in (each.body, each.content_type)
    ]
    return [*given, *overloads, *method.parameters]
