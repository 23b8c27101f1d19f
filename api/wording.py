"""The words of the OpenAPI document: Chinese descriptions and examples, kept in `wording.yaml`.

In the code docstrings are for whoever reads the code; the document is for whoever programs against
the service. What has no words here keeps what FastAPI made of it, and a test finds it.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).with_name("wording.yaml")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_MATERIALS = ("table", "facts", "outline")


@lru_cache(maxsize=1)
def wording() -> Mapping[str, Any]:
    """The file: operations, parameters, form, answers, headers, headers_of, schemas."""
    found: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return found


def worded(document: dict[str, Any]) -> dict[str, Any]:
    """The document with its words, changed in place."""
    for operation in operations(document):
        _word_operation(operation)
    for name, schema in document["components"]["schemas"].items():
        _word_schema(name, schema)
    _untitle(document)
    return document


def operations(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """All operations of all paths."""
    for path in document["paths"].values():
        yield from path.values()


def words_of(operation: str) -> str:
    """The description of an operation; of the three kinds of material together, unless one differs."""
    kind, _, errand = operation.partition("_")
    shared = f"*_{errand}" if kind in _MATERIALS else ""
    found: dict[str, str] = wording()["operations"]
    return found.get(operation) or found.get(shared, "")


def _word_operation(operation: dict[str, Any]) -> None:
    words, name = wording(), operation["operationId"]
    operation["description"] = words_of(name) or operation.get("description", "")
    for parameter in operation.get("parameters", ()):
        parameter["description"] = words["parameters"].get(
            parameter["name"].lower(), parameter.get("description", "")
        )
    for status, answer in operation["responses"].items():
        answer["description"] = words["answers"].get(answer["description"], answer["description"])
        for header, said in words["headers"].items():
            places = words["headers_of"][header]
            if f"{name} {status}" in places or f"* {status}" in places:
                answer.setdefault("headers", {})[header] = {
                    "description": said,
                    "required": True,
                    "schema": {"type": "string"},
                }


def _word_schema(name: str, schema: dict[str, Any]) -> None:
    words = wording()
    own = words["form"] if name.startswith("Body_") else words["schemas"].get(name, {})
    if own.get("about"):
        schema["description"] = own["about"]
    if own.get("example"):
        schema["examples"] = [own["example"]]
    for field, found in schema.get("properties", {}).items():
        # A form's own field may say more than the words for all forms.
        is_said = name.startswith("Body_") and _CHINESE.search(found.get("description", ""))
        if field in own and not is_said:
            found["description"] = own[field]


def _untitle(node: Any) -> None:
    """Takes out the English titles that are made of the names of fields."""
    if isinstance(node, list):
        for one in node:
            _untitle(one)
    if not isinstance(node, dict):
        return
    if isinstance(node.get("title"), str) and ({"type", "anyOf", "$ref", "enum"} & set(node)):
        del node["title"]
    for key, one in node.items():
        if key not in ("example", "examples"):
            _untitle(one)
