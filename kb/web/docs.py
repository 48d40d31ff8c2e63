"""The OpenAPI description as a page can show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel


class ParameterDoc(BaseModel):
    """A parameter: name, where it stands, type in words and the model it is made of, description."""

    name: str
    place: str
    type: str
    model: str
    required: bool
    description: str


class FieldDoc(BaseModel):
    """A field of a model: name, type in words, description."""

    name: str
    type: str
    description: str


class ModelDoc(BaseModel):
    """A model: name, description, fields."""

    name: str
    description: str
    fields: list[FieldDoc]


class OperationDoc(BaseModel):
    """A call: method, path, description, parameters, name of the answer's model by status."""

    method: str
    path: str
    description: str
    parameters: list[ParameterDoc]
    answers: dict[str, str]


class ApiDoc(BaseModel):
    """All calls and models."""

    title: str
    version: str
    operations: list[OperationDoc]
    models: list[ModelDoc]


def describe(schema: Mapping[str, Any]) -> ApiDoc:
    """An OpenAPI description in short.

    Args:
        schema: OpenAPI 3 as FastAPI makes it.
    """
    operations = [
        OperationDoc(
            method=method.upper(),
            path=path,
            description=call.get("description", ""),
            parameters=[_parameter(one) for one in call.get("parameters", ())],
            answers={status: _answer(one) for status, one in call.get("responses", {}).items()},
        )
        for path, calls in schema["paths"].items()
        for method, call in calls.items()
    ]
    models = [
        ModelDoc(
            name=name,
            description=" | ".join(model.get("enum", ())) or model.get("description", ""),
            fields=[
                FieldDoc(name=field, type=type_words(of), description=of.get("description", ""))
                for field, of in model.get("properties", {}).items()
            ],
        )
        for name, model in schema.get("components", {}).get("schemas", {}).items()
    ]
    return ApiDoc(
        title=schema["info"]["title"], version=schema["info"]["version"], operations=operations, models=models
    )


def _parameter(one: Mapping[str, Any]) -> ParameterDoc:
    schema = one.get("schema", {})
    words = type_words(schema)
    default = schema.get("default")
    if default not in (None, "", []):
        words += f" = {default}"
    return ParameterDoc(
        name=one["name"],
        place=one["in"],
        type=words,
        model=_model_of(schema),
        required=one.get("required", False),
        description=one.get("description", schema.get("description", "")),
    )


def _model_of(schema: Mapping[str, Any]) -> str:
    """Name of the model that a type is made of, or empty."""
    for one in (schema, schema.get("items", {}), *schema.get("anyOf", ())):
        if "$ref" in one:
            return type_words(one)
    return ""


def _answer(one: Mapping[str, Any]) -> str:
    content = one.get("content", {}).get("application/json", {})
    return type_words(content.get("schema", {}))


def type_words(schema: Mapping[str, Any]) -> str:
    """A schema's type in words: ``string or null``, ``list of HitItem``, ``ky | ru``."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(type_words(one) for one in schema["anyOf"]))
    if "enum" in schema:
        return " | ".join(str(one) for one in schema["enum"])
    match schema.get("type"):
        case "array":
            return f"list of {type_words(schema.get('items', {}))}"
        case "string" if "format" in schema:
            return str(schema["format"])
        case str() as name:
            return name
        case _:
            return ""
