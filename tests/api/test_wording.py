"""The OpenAPI document speaks to whoever programs against it: in Chinese, with true examples."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from api.wording import operations, wording, words_of

DOCUMENT: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "api" / "openapi.json").read_text(encoding="utf-8")
)
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_every_operation_parameter_and_answer_is_described_in_chinese():
    silent = []
    for one in operations(DOCUMENT):
        name = one["operationId"]
        said = {name: one["description"], f"{name} summary": one["summary"]}
        said |= {f"{name} {p['name']}": p["description"] for p in one.get("parameters", ())}
        said |= {f"{name} {status}": a["description"] for status, a in one["responses"].items()}
        silent += [place for place, words in said.items() if not CHINESE.search(words)]
    assert not silent


def test_every_schema_and_field_is_described_in_chinese():
    silent = []
    for name, schema in SCHEMAS.items():
        if not name.startswith("Body_") and not CHINESE.search(schema.get("description", "")):
            silent.append(name)
        silent += [
            f"{name}.{field}"
            for field, found in schema.get("properties", {}).items()
            if not CHINESE.search(found.get("description", ""))
        ]
    assert not silent


def test_every_body_has_an_example():
    """Of requests and answers alike; forms are shown by the .http files."""
    assert [
        name for name, one in SCHEMAS.items()
        if not name.startswith("Body_") and not one.get("examples")
    ] == []  # fmt: skip


@pytest.mark.parametrize("name", [name for name, one in SCHEMAS.items() if "examples" in one])
def test_an_example_is_what_its_schema_allows(name: str):
    schema = {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}
    validator = jsonschema_rs.validator_for(schema)
    for example in SCHEMAS[name]["examples"]:
        assert [str(error.message) for error in validator.iter_errors(example)] == []
        known = SCHEMAS[name].get("properties", {})
        assert set(example) <= set(known)


def test_an_example_that_is_wrong_is_found():
    schema = {"$ref": "#/components/schemas/TokenIn", "components": DOCUMENT["components"]}
    assert not jsonschema_rs.validator_for(schema).is_valid({"name": "甲", "role": "king"})


def test_no_words_are_left_over():
    """Of an operation, a parameter or a field that is no more."""
    words = wording()
    named = {one["operationId"] for one in operations(DOCUMENT)}
    used = {name for name in words["operations"] if not name.startswith("*")}
    assert used - named == set()
    assert {name for name in named if not words_of(name)} == set()
    parameters = {p["name"].lower() for o in operations(DOCUMENT) for p in o.get("parameters", ())}
    assert set(words["parameters"]) - parameters == set()
    fields = {
        f"{name}.{field}"
        for name, own in words["schemas"].items()
        for field in own
        if field not in ("about", "example")
    }
    there = {
        f"{name}.{field}" for name, one in SCHEMAS.items() for field in one.get("properties", {})
    }
    assert fields - there == set()
    answers = {
        f"{o['operationId']} {status}" for o in operations(DOCUMENT) for status in o["responses"]
    }
    said = {place for places in words["headers_of"].values() for place in places}
    assert {place for place in said if not place.startswith("*")} - answers == set()
