"""What no client should send is answered as a problem, and never breaks anything.

Each of these was found by sending what `test_schema_conformance` sends, or its like.
"""

import json
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest

from api.app import create_app
from api.settings import ApiSettings
from api.storage.database import prepared
from tests.api.conftest import Running
from tests.api.test_drafts import asked, ended

JSON = {"Content-Type": "application/json"}
BODIES = (
    ("POST", "/v1/tokens", '{"name": %s, "role": "reader"}'),
    ("POST", "/v1/checks", '{"text": %s}'),
    ("POST", "/v1/checks", '{"text": "总结。", "table": {"id": %s}}'),
    ("POST", "/v1/drafts", '{"table": {"id": "x"}, "title": %s}'),
    ("PUT", "/v1/drafts/x/sections/s1", '{"text": %s}'),
    ("POST", "/v1/drafts/x/attestations", '{"claim": "s1:1", "reason": %s}'),
    ("POST", "/v1/drafts/x/decisions", '{"item": %s, "decided": "不写"}'),
)


@pytest.mark.parametrize("written", [r'"a\u0000b"', r'"a\ud800b"', "9" * 5000, "[" * 5000])
@pytest.mark.parametrize(("method", "path", "body"), BODIES)
def test_a_text_that_cannot_be_kept_is_refused(
    running: Running, method: str, path: str, body: str, written: str
):
    answer = running.ask(method, path, content=body % written, headers={**JSON, "If-Match": '"1"'})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_nul_in_a_name_of_a_form_is_refused(running: Running):
    files = {"file": ("表.csv", "指标名称,所属板块,本期,单位\n工业投资,工业经济,208.6,亿元\n")}
    answer = running.ask("POST", "/v1/indicator-tables", files=files, data={"name": "a\0b"})
    assert answer.status_code == 422


@pytest.mark.parametrize("number", [2**31, 2**63, 2**64, -(2**63) - 1, 10**40])
def test_numbers_beyond_what_a_database_counts_find_nothing(running: Running, number: int):
    table = running.table()
    for kind in ("rows", "difference", "original"):
        path = f"/v1/indicator-tables/{table}/revisions/{number}/{kind}"
        assert running.ask("GET", path).status_code in (404, 422)
    body = {"table": {"id": table, "revision": number}}
    assert running.ask("POST", "/v1/drafts", json=body).status_code in (404, 422)
    assert running.ask("GET", "/v1/audit", params={"after": number}).status_code == 422


@pytest.mark.parametrize("number", ["9" * 20, "9" * 5000, "-1", "1e9", "é", "\u0663"])
def test_whatever_event_was_last_the_stream_ends_well(running: Running, number: str):
    draft = ended(running, asked(running)["id"])["id"]
    headers: Any = {b"Last-Event-ID": number.encode()}
    answer = running.ask("GET", f"/v1/drafts/{draft}/events", headers=headers)
    assert answer.status_code == 200
    assert ("draft.finished" in answer.text) == (not number.isascii() or not number.isdigit())


def test_a_summary_of_an_unknown_kind_is_refused_not_passed_over(running: Running):
    for name in ("总结.pdf", "总结", ".txt"):
        answer = running.upload("/v1/summaries", "全年工作总结。", name=name)
        assert (answer.status_code, answer.json()["code"]) == (422, "summary.kind")


def test_what_goes_wrong_in_the_service_is_a_problem_too(tmp_path: Path):
    """With a number for whoever runs it, and the headers of every answer."""
    settings = ApiSettings(data=tmp_path)
    database = prepared(settings)
    app = create_app(settings, database)

    @app.get("/broken")
    def broken() -> None:
        raise ZeroDivisionError

    async def ask() -> httpx2.Response:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get("/broken")

    answer = anyio.run(ask)
    database.close()
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-request-id"] in answer.json()["detail"]
    assert "ZeroDivision" not in answer.text


def test_a_draft_not_written_yet_is_said_where_the_document_says_it(running: Running):
    paths = create_app(running.settings, running.database).openapi()["paths"]
    draft = asked(running)["id"]
    running.ask("POST", f"/v1/drafts/{draft}/cancel")
    for method, errand in (("GET", "claims"), ("GET", "exports/clean"), ("GET", "exports/review")):
        answer = running.ask(method, f"/v1/drafts/{draft}/{errand}")
        assert (answer.status_code, answer.json()["code"]) == (409, "draft.state")
        template = f"/v1/drafts/{{identifier}}/{errand.replace('clean', '{kind}').replace('review', '{kind}')}"
        assert "409" in json.loads(json.dumps(paths[template][method.lower()]["responses"]))


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/v1/tokens", {"name": "甲", "role": "reader", "days": "30"}),
        ("POST", "/v1/tokens", {"name": "甲", "role": "reader", "days": True}),
        ("POST", "/v1/drafts", {"table": {"id": "x", "revision": True}}),
        ("POST", "/v1/drafts/x/questions/q/answer", {"text": "已办结", "insert": 0}),
        ("POST", "/v1/drafts/x/sections/s1/regenerate", {"sentences": ["1", 2]}),
        ("POST", "/v1/drafts/x/sections/s1/regenerate", {"sentences": [True, 2]}),
        ("POST", "/v1/drafts/x/sections/s1/regenerate", {"propose": "yes"}),
    ],
)
def test_a_type_that_is_not_the_documents_is_refused(
    running: Running, method: str, path: str, body: Any
):
    answer = running.ask(method, path, json=body, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")


def test_a_list_of_two_sentences_is_what_the_document_says(running: Running):
    path = "/v1/drafts/x/sections/s1/regenerate"
    body = {"sentences": [1, 2], "instruction": "写短些"}
    answer = running.ask("POST", path, json=body, headers={"If-Match": '"1"'})
    assert answer.json()["code"] in ("draft.model", "draft.missing")
