"""The real service keeps what its OpenAPI document promises, whatever is sent to it.

Schemathesis makes the requests of each operation, sound ones and broken ones. Left alone they would
end at 404, as nobody guesses an id: in most of them ids, versions and files of things that are there
stand in place of invented ones.
"""

import json
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.conftest import FACTS, TABLE
from tests.api.process import READY, Process, served

pytestmark = pytest.mark.heavy
ROOT = Path(__file__).parent.parent.parent
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
    negative_data_rejection,
]
# A broken body may also be too large, or too large for what it breaks.
REFUSED = [400, 404, 405, 409, 412, 413, 415, 422, 428]
CONFIG = {"checks": {"negative_data_rejection": {"expected-statuses": REFUSED}}}
NAMES = {"checks": "总结.txt", "summaries": "总结.txt"}
UPLOADS = {
    "indicator-tables": TABLE,
    "fact-lists": FACTS,
    "checks": "总结。",
    "summaries": "总结。",
}
schema = schemathesis.openapi.from_dict(
    json.loads((ROOT / "api" / "openapi.json").read_text(encoding="utf-8")),
    config=SchemathesisConfig.from_dict(CONFIG),
)
_answered: Counter[tuple[str, int]] = Counter()


class Things:
    """What is there: a draft with open claims, materials, a token."""

    def __init__(self, service: Process) -> None:
        self._service = service
        self._visits = 60
        ids = {kind: self._upload(kind) for kind in ("indicator-tables", "fact-lists")}
        self._ids = {**ids, "tokens": self._new_token()}
        body = {"table": {"id": ids["indicator-tables"]}, "year": 2024}
        draft = service.written(service.ask("POST", "/v1/drafts", json=body).json()["id"])
        self._ids["drafts"] = draft["id"]
        self._waiting = service.ask("POST", "/v1/drafts", json=body).json()["id"]
        service.ask("POST", f"/v1/drafts/{self._waiting}/cancel")
        self._section = next(one["id"] for one in draft["sections"] if one["characters"])

    def put_into(self, case: Any, kwargs: dict[str, Any]) -> None:
        """Things that are there in place of invented ones, in most requests."""
        if chosen(case.path_parameters, 6) and "identifier" in case.path_parameters:
            self._name(case)
        if isinstance(case.body, dict):
            self._fill(case, kwargs)
        if "if-match" in case.headers or (case.body and chosen(case.body, 3)):
            case.headers["If-Match"] = self._version(case)

    def _name(self, case: Any) -> None:
        given = dict(case.path_parameters)
        given["identifier"] = self._ids[case.path.split("/")[2]]
        if "section" in given:
            given["section"] = self._section
        if case.path.startswith("/v1/drafts/") and not chosen(case.path_parameters, 5):
            given["identifier"] = self._waiting
        if isinstance(given.get("number"), int) and given["number"] > 0:
            given["number"] = 1
        case.path_parameters = given

    def _fill(self, case: Any, kwargs: dict[str, Any]) -> None:
        body, kind = dict(case.body), case.path.split("/")[2]
        for name, there in (("table", "indicator-tables"), ("facts", "fact-lists")):
            if isinstance(body.get(name), dict) and "id" in body[name] and chosen(body, 3):
                body[name] = {"id": self._ids[there]}
        if isinstance(body.get("claim"), str) and chosen(body, 3):
            body["claim"] = self._claim()
        if isinstance(body.get("item"), str) and chosen(body, 3):
            body["item"] = "技改投资"
        is_sound = case.meta.generation.mode is GenerationMode.POSITIVE
        if is_sound and isinstance(body.get("file"), str) and chosen(body, 3):
            kwargs["files"] = {"file": (NAMES.get(kind, "表.csv"), UPLOADS[kind])}
        elif body != case.body:
            case.body = body

    def _version(self, case: Any) -> str:
        at = f"/v1/drafts/{self._ids['drafts']}"
        if "section" in case.path_parameters:
            at += f"/sections/{self._section}"
        return self._service.ask("GET", at).headers["ETag"]

    def _claim(self) -> str:
        """The id of a claim that is open."""
        at = f"/v1/drafts/{self._ids['drafts']}"
        where = f"{at}/sections/{self._section}"
        version = self._service.ask("GET", where).headers["ETag"]
        self._visits += 1
        text = {"text": f"全年走访企业{self._visits}家次。"}
        self._service.ask("PUT", where, json=text, headers={"If-Match": version})
        return str(self._service.ask("GET", f"{at}/claims").json()[0]["id"])

    def replaced(self, case: Any, status: int, answer: Any) -> None:
        """What a request took away is there again."""
        if case.method == "DELETE" and status == 204:
            kind = case.path.split("/")[2]
            self._ids[kind] = self._new_token() if kind == "tokens" else self._upload(kind)
        if case.operation.label == "POST /v1/drafts" and status == 202:
            # Nobody waits for it.
            self._service.ask("POST", f"/v1/drafts/{answer.json()['id']}/cancel")

    def _upload(self, kind: str) -> str:
        files = {"file": ("表.csv", UPLOADS[kind].encode())}
        return str(self._service.ask("POST", f"/v1/{kind}", files=files).json()["id"])

    def _new_token(self) -> str:
        body = {"name": "甲", "role": "reader"}
        return str(self._service.ask("POST", "/v1/tokens", json=body).json()["id"])


def chosen(value: Any, of: int) -> bool:
    """All but one of so many, the same ones in every run."""
    return zlib.crc32(repr(value).encode(errors="replace")) % of != 0


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    most = str(10_000_000)
    settings = {"DRAFTER_API_REQUESTS_A_MINUTE": most, "DRAFTER_API_ATTEMPTS_A_MINUTE": most}
    with served(tmp_path_factory.mktemp("conformance"), **settings) as process:
        process.wait_for(READY)
        yield process


@pytest.fixture(scope="module")
def things(service: Process) -> Iterator[Things]:
    found = Things(service)

    @schemathesis.hook
    def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
        del context
        case.headers["Authorization"] = f"Bearer {service.token}"
        found.put_into(case, kwargs)

    yield found
    schemathesis.hooks.unregister(before_call)


@schema.parametrize()
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_answer_is_one_that_the_document_has(case: Any, service: Process, things: Things):
    response = case.call(base_url=service.url, timeout=30)
    _answered[case.operation.label, response.status_code] += 1
    things.replaced(case, response.status_code, response)
    case.validate_response(response, checks=CHECKS)


def test_every_operation_was_also_asked_for_what_it_grants(capsys: pytest.CaptureFixture[str]):
    """Otherwise the requests above would have proved little beyond 404."""
    asked = {label for label, _ in _answered}
    granted = {label for label, status in _answered if status < 300}
    with capsys.disabled():
        sys.stdout.write(f"\n{len(asked)} operations, {sum(_answered.values())} requests\n")
    assert asked - granted == set()
