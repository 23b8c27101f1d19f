"""The headers of every answer, methods that nobody meant, origins, and what the log is told."""

import logging
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from api.settings import ApiSettings
from api.storage.database import Database
from tests.api.conftest import Running, serving

SECURE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "x-permitted-cross-domain-policies": "none",
    "cache-control": "no-store",
}
EVIL = "https://evil.example"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    yield from serving(ApiSettings(data=tmp_path_factory.mktemp("plain")), jobs=False)


def is_cors(answer: httpx2.Response) -> bool:
    return any(name.startswith("access-control-") for name in answer.headers)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/me", 200),
        ("GET", "/v1/openapi.json", 200),
        ("GET", "/health", 200),
        ("GET", "/metrics", 200),
        ("GET", "/v1/nothing", 404),
        ("GET", "/nothing", 404),
        ("DELETE", "/v1/me", 405),
        ("POST", "/v1/checks", 422),
    ],
)
def test_every_answer_carries_what_owasp_asks_and_a_number_of_its_own(
    plain: Running, method: str, path: str, status: int
):
    answers = [plain.ask(method, path) for _ in range(2)]
    for answer in answers:
        assert answer.status_code == status
        assert {name: answer.headers[name] for name in SECURE} == SECURE
        assert "server" not in answer.headers
        assert "strict-transport-security" not in answer.headers
        if status >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
    assert len({one.headers["x-request-id"] for one in answers}) == 2


def test_refusals_before_the_application_carry_them_too(plain: Running):
    for answer in (
        plain.ask("GET", "/v1/me", role=None),
        plain.ask(
            "POST", "/v1/checks", headers={"Content-Length": "9999999"}, content=b"x" * 9999999
        ),
    ):
        assert answer.status_code in (401, 413)
        assert {name: answer.headers[name] for name in SECURE} == SECURE
        assert answer.headers["x-request-id"]


def test_encryption_is_promised_only_where_the_operator_says_so(tmp_path: Path):
    for running in serving(ApiSettings(data=tmp_path, https=True), jobs=False):
        for path in ("/health", "/v1/me"):
            told = running.ask("GET", path).headers["strict-transport-security"]
            assert told == "max-age=31536000; includeSubDomains"


def test_methods_that_nobody_meant_are_refused_in_good_order(plain: Running):
    for method in ("HEAD", "OPTIONS", "TRACE", "PATCH", "PROPFIND"):
        answer = plain.ask(method, "/v1/me")
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET"
        assert (answer.content == b"") is (method == "HEAD")
        assert plain.ask(method, "/v1/me", role=None).status_code == 401


def test_no_page_of_elsewhere_may_ask_unless_it_is_said(plain: Running):
    for role in (None, "admin"):
        for method in ("GET", "OPTIONS"):
            headers = {"Origin": EVIL, "Access-Control-Request-Method": "GET"}
            answer = plain.ask(method, "/v1/me", role=role, headers=headers)
            assert not is_cors(answer)
            assert answer.status_code in (200, 401, 405)


def test_a_page_that_may_ask_is_let_and_no_other(tmp_path: Path):
    ours = "https://office.example"
    for running in serving(ApiSettings(data=tmp_path, origins=ours), jobs=False):
        asked = {"Access-Control-Request-Method": "PUT"}
        answer = running.ask("OPTIONS", "/v1/me", role=None, headers={"Origin": ours, **asked})
        assert answer.headers["access-control-allow-origin"] == ours
        assert "access-control-allow-credentials" not in answer.headers
        answer = running.ask("OPTIONS", "/v1/me", role=None, headers={"Origin": EVIL, **asked})
        assert "access-control-allow-origin" not in answer.headers
        for origin, is_let in ((ours, True), (EVIL, False)):
            answer = running.ask("GET", "/v1/me", headers={"Origin": origin})
            assert ("access-control-allow-origin" in answer.headers) is is_let
        answer = running.ask("GET", "/v1/me", role=None, headers={"Origin": ours})
        assert answer.status_code == 401
        assert answer.headers["access-control-allow-origin"] == ours


def test_the_log_has_the_number_of_an_answer_that_is_our_fault(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    def broken(_: Database) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Database, "probe", broken)
    caplog.set_level(logging.ERROR, "api.guards")
    for running in serving(ApiSettings(data=tmp_path), jobs=False):
        answer = running.ask("GET", "/ready", role=None)
        assert answer.status_code == 500
        number = answer.headers["x-request-id"]
        assert number in answer.json()["detail"]
        assert f"request {number}: 500" in caplog.text
        assert "ZeroDivisionError" in caplog.text
        assert running.ask("GET", "/health").headers["x-request-id"] not in caplog.text
