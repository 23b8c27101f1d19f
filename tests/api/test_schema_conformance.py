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

from tests.api.conftest import FACTS, OUTLINE, TABLE
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
KINDS = {"table": "indicator-tables", "facts": "fact-lists", "outline": "outlines"}
NAMES = {"checks": "总结.txt", "summaries": "总结.txt", "outlines": "提纲.yaml"}
UPLOADS = {
    "indicator-tables": TABLE,
    "fact-lists": FACTS,
    "outlines": OUTLINE,
    "checks": "总结。",
    "summaries": "2019年，全县工业投资完成20.1亿元，增长8.2%。技改投资增长9.6%，新增规模工业企业7家。",
}
schema = schemathesis.openapi.from_dict(
    json.loads((ROOT / "api" / "openapi.json").read_text(encoding="utf-8")),
    config=SchemathesisConfig.from_dict(CONFIG),
)
_answered: Counter[tuple[str, int]] = Counter()


class Things:
    """What is there: a draft with all that hangs on it, materials, a past summary, a token."""

    def __init__(self, service: Process) -> None:
        self._service = service
        self._visits = 60
        self._renewed: Counter[str] = Counter()
        self._ids = {kind: self._upload(kind) for kind in UPLOADS if kind != "checks"}
        self._ids["tokens"] = self._new_token()
        sample = {
            name: {"id": service.ask("GET", f"/v1/{kind}").json()[0]["id"]}
            for name, kind in (("table", "indicator-tables"), ("facts", "fact-lists"))
        }
        asked = service.ask("POST", "/v1/drafts", json={**sample, "year": 2024}).json()
        draft = service.written(asked["id"])
        self._ids["drafts"], self._at = draft["id"], f"/v1/drafts/{draft['id']}"
        self._ids["jobs"] = service.ask("GET", f"{self._at}/jobs").json()[0]["id"]
        self._section = draft["sections"][-1]["id"]
        self._proposal = self._new_proposal()
        waiting = service.ask("POST", "/v1/drafts", json=sample).json()["id"]
        service.ask("POST", f"/v1/drafts/{waiting}/cancel")
        self._waiting = waiting

    def put_into(self, case: Any, kwargs: dict[str, Any]) -> None:
        """Things that are there in place of invented ones, in most requests."""
        if case.path_parameters and chosen(case.path_parameters, 6):
            self._name(case)
        if isinstance(case.body, dict):
            self._fill(case, kwargs)
        if takes_version(case) and ("if-match" in case.headers or chosen(case.body, 3)):
            case.headers["If-Match"] = self._version(case)

    def _name(self, case: Any) -> None:
        given, kind = dict(case.path_parameters), case.path.split("/")[2]
        if "proposal" in given and not self._proposal and self._renewed[case.operation.label] < 4:
            self._renewed[case.operation.label] += 1
            self._proposal = self._new_proposal()
        proposal = self._proposal or "none"
        there = {"section": self._section, "proposal": proposal, "number": 1}
        given |= {name: one for name, one in there.items() if name in given}
        if "identifier" in given:
            given["identifier"] = self._ids[kind]
        if "name" in given and not chosen(given, 4):
            given["name"] = self._ids["summaries"]
        if "question" in given:
            asked = self._service.ask("GET", f"{self._at}/questions").json()
            given["question"] = asked[0]["id"] if asked else "none"
        if kind == "drafts" and "identifier" in given and not chosen(case.path_parameters, 5):
            given["identifier"] = self._waiting
        if isinstance(case.path_parameters.get("number"), int) or "number" not in given:
            case.path_parameters = given

    def _fill(self, case: Any, kwargs: dict[str, Any]) -> None:
        body, kind = dict(case.body), case.path.split("/")[2]
        for name in ("table", "facts", "outline"):
            if isinstance(body.get(name), dict) and "id" in body[name] and chosen(body, 3):
                body[name] = {"id": self._ids[KINDS[name]]}
        known = {"item": "工业投资", "row": "GY06"}
        if isinstance(body.get("claim"), str) and chosen(body, 3):
            known["claim"], known["fact"] = self._claim(), ""
        for name, there in known.items():
            if isinstance(body.get(name), str) and chosen(body, 3):
                body[name] = there
        if case.path.endswith("/regenerate") and chosen(body, 2):
            body = {"writer": "offline"}
        is_sound = case.meta.generation.mode is GenerationMode.POSITIVE
        # What files may hold that are none of ours is another test's: `eval uploads`.
        if is_sound and isinstance(body.get("file"), str):
            kwargs["files"] = {"file": (NAMES.get(kind, "表.csv"), UPLOADS[kind])}
        elif body != case.body:
            case.body = body

    def _version(self, case: Any) -> str:
        kind = case.path.split("/")[2]
        if kind != "drafts":
            found = self._service.ask("GET", f"/v1/{kind}/{self._ids[kind]}").json()
            return f'"{len(found["revisions"])}"'
        is_section = "section" in case.path or "proposals" in case.path
        at = f"{self._at}/sections/{self._section}" if is_section else self._at
        return self._service.ask("GET", at).headers["ETag"]

    def _claim(self) -> str:
        """The id of a claim that is open, in words that nothing proves."""
        self._visits += 1
        self._edit(f"全年走访企业{self._visits}家次。")
        found = self._service.ask("GET", f"{self._at}/claims").json()
        return next(str(one["id"]) for one in found if str(self._visits) in one["message"])

    def _edit(self, text: str) -> str:
        where = f"{self._at}/sections/{self._section}"
        version = {"If-Match": self._service.ask("GET", where).headers["ETag"]}
        answer = self._service.ask("PUT", where, json={"text": text}, headers=version)
        return answer.headers["ETag"]

    def _new_proposal(self) -> str:
        self._visits += 1
        version = {"If-Match": self._edit(f"全年走访企业{self._visits}家次。")}
        where = f"{self._at}/sections/{self._section}/regenerate"
        body = {"writer": "offline", "propose": True}
        job = self._service.ask("POST", where, json=body, headers=version).json()["id"]
        self._service.ask("GET", f"{self._at}/events")
        return str(self._service.ask("GET", f"/v1/jobs/{job}").json()["result"]["proposal"])

    def replaced(self, case: Any, status: int, answer: Any) -> None:
        """What a request took away is there again, and no job runs for nobody."""
        label = case.operation.label
        if case.method == "DELETE" and status == 204:
            kind = case.path.split("/")[2]
            self._ids[kind] = self._new_token() if kind == "tokens" else self._upload(kind)
        if label == "POST /v1/drafts" and status == 202:
            self._service.ask("POST", f"/v1/drafts/{answer.json()['id']}/cancel")
        if label.endswith("/regenerate") and status == 202:
            self._service.ask("POST", f"/v1/jobs/{answer.json()['id']}/cancel")
        if "/proposals/" in label and case.method == "POST" and status == 200:
            self._proposal = ""

    def _upload(self, kind: str) -> str:
        name = NAMES.get(kind, "表.csv")
        files = {"file": (name, UPLOADS[kind].encode())}
        made = self._service.ask("POST", f"/v1/{kind}", files=files).json()
        return name if kind == "summaries" else str(made["id"])

    def _new_token(self) -> str:
        body = {"name": "甲", "role": "reader"}
        return str(self._service.ask("POST", "/v1/tokens", json=body).json()["id"])


def takes_version(case: Any) -> bool:
    """The operation has an `If-Match`."""
    return any(one.name.lower() == "if-match" for one in case.operation.headers)


def chosen(value: Any, of: int) -> bool:
    """All but one of so many, the same ones in every run."""
    return zlib.crc32(repr(value).encode(errors="replace")) % of != 0


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    most = str(10_000_000)
    given = {
        f"DRAFTER_API_{name}": most
        for name in ("REQUESTS_A_MINUTE", "ATTEMPTS_A_MINUTE", "DRAFTS_A_DAY")
    }
    with served(tmp_path_factory.mktemp("conformance"), **given) as process:
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
@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
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
