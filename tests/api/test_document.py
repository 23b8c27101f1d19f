"""The OpenAPI document is kept true, and what it promises is what comes."""

import json
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from tests.api.conftest import Running

pytestmark = pytest.mark.jobless
KEPT = Path(__file__).parent.parent.parent / "api" / "openapi.json"


@pytest.fixture(scope="module")
def document(running: Running) -> dict[str, Any]:
    found: dict[str, Any] = create_app(running.settings, running.database).openapi()
    return found


def test_the_kept_document_is_that_of_the_application(document: dict[str, Any]):
    """`python -m api document` writes it."""
    assert json.loads(KEPT.read_text(encoding="utf-8")) == document


def test_it_is_served_without_a_token_and_loads_nothing_from_elsewhere(
    running: Running, document: dict[str, Any]
):
    answer = running.ask("GET", "/v1/openapi.json", role=None)
    assert answer.json() == document
    for page in ("/docs", "/redoc"):
        assert running.ask("GET", page).status_code == 404


def test_every_resource_asks_for_a_token_and_answers_errors_as_problems(
    document: dict[str, Any],
):
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert operation["summary"]
            if path.startswith("/v1/"):
                assert operation["security"] == [{"token": []}]
            for status, answer in operation["responses"].items():
                if status >= "400":
                    assert list(answer["content"]) == ["application/problem+json"]


def test_names_of_operations_are_unique(document: dict[str, Any]):
    names = [one["operationId"] for path in document["paths"].values() for one in path.values()]
    assert len(set(names)) == len(names)
