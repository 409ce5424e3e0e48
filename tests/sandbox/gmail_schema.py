"""Google's own description of the Gmail API, as a judge of what the sandbox answers."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import googleapiclient.discovery_cache
from jsonschema import Draft202012Validator

DOCUMENT = Path(googleapiclient.discovery_cache.__file__).parent / "documents" / "gmail.v1.json"
FORMATS = {
    "uint64": {"pattern": "^[0-9]+$"},
    "int64": {"pattern": "^-?[0-9]+$"},
    "byte": {"pattern": "^[A-Za-z0-9_-]*={0,2}$"},
    "int32": {"minimum": -(2**31), "maximum": 2**31 - 1},
    "uint32": {"minimum": 0, "maximum": 2**32 - 1},
}


@cache
def document() -> dict[str, Any]:
    """The discovery document that google-api-python-client ships."""
    found: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    return found


@cache
def methods() -> dict[str, dict[str, Any]]:
    """All methods by id, such as gmail.users.messages.get."""
    found: dict[str, dict[str, Any]] = {}

    def walk(resource: dict[str, Any]) -> None:
        for method in resource.get("methods", {}).values():
            found[method["id"]] = method
        for child in resource.get("resources", {}).values():
            walk(child)

    walk(document())
    return found


def check(method_id: str, answer: object) -> None:
    """Fail with jsonschema's ValidationError if Google would not answer like this."""
    reference = methods()[method_id]["response"]["$ref"]
    _validator(reference).validate(answer)


@cache
def _validator(name: str) -> Draft202012Validator:
    schemas = {key: _translated(value) for key, value in document()["schemas"].items()}
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": schemas})


def _translated(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema of the discovery document as JSON Schema; fields that Google does not know are errors."""
    if "$ref" in schema:
        return {"$ref": f"#/$defs/{schema['$ref']}"}
    found = {key: schema[key] for key in ("type", "enum") if key in schema}
    found |= FORMATS.get(schema.get("format", ""), {})
    if "items" in schema:
        found["items"] = _translated(schema["items"])
    if "properties" in schema:
        properties = schema["properties"].items()
        found["properties"] = {key: _translated(value) for key, value in properties}
        found["additionalProperties"] = False
    return found
