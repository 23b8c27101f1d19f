"""Who may do what: every route by every role, own and foreign; tokens, their end, their limits."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from time import time
from typing import Any

import httpx2
import pytest

from api.app import create_app
from api.routes.changes import question_id
from api.settings import ApiSettings
from api.storage.schema import Draft, Proposal, Section, Token
from api.tokens import RIGHTS, ROLES, Right, Role, identifier
from drafter.records.draft import Question
from tests.api.conftest import FACTS, FOREIGN, OUTLINE, OWN, TABLE, Running, serving
from tests.api.issuing import AUDIENCE, Issuer, issuing
from tests.api.test_drafts import asked, ended


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    with issuing() as found:
        yield found


@pytest.fixture(scope="module")
def running(
    tmp_path_factory: pytest.TempPathFactory, address: str, issuer: Issuer
) -> Iterator[Running]:
    """With people signed in elsewhere, beside those with tokens; no quota ends the matrix."""
    yield from serving(
        ApiSettings(
            data=tmp_path_factory.mktemp("service"),
            database=address,
            requests_a_minute=100_000,
            attempts_a_minute=100_000,
            oidc_issuer=issuer.url,
            oidc_audience=AUDIENCE,
        )
    )


def signed_in(running: Running, issuer: Issuer) -> Running:
    """The same service, asked by people who are signed in elsewhere."""
    tokens = {
        (name, role): issuer.token(role=role, organisation=name, sub=f"{name}{role}")
        for name, role in running.tokens
    }
    return replace(running, tokens=tokens)


Call = tuple[str, str, Right]
ROUTES: tuple[Call, ...] = (
    ("GET", "/v1/me", "read"),
    ("GET", "/v1/indicator-tables", "read"),
    ("POST", "/v1/indicator-tables", "upload"),
    ("GET", "/v1/indicator-tables/{identifier}", "read"),
    ("DELETE", "/v1/indicator-tables/{identifier}", "upload"),
    ("POST", "/v1/indicator-tables/{identifier}/revisions", "upload"),
    ("GET", "/v1/indicator-tables/{identifier}/revisions/{number}/rows", "read"),
    ("GET", "/v1/indicator-tables/{identifier}/revisions/{number}/difference", "read"),
    ("GET", "/v1/indicator-tables/{identifier}/revisions/{number}/original", "read"),
    ("GET", "/v1/fact-lists", "read"),
    ("POST", "/v1/fact-lists", "upload"),
    ("GET", "/v1/fact-lists/{identifier}", "read"),
    ("DELETE", "/v1/fact-lists/{identifier}", "upload"),
    ("POST", "/v1/fact-lists/{identifier}/revisions", "upload"),
    ("GET", "/v1/fact-lists/{identifier}/revisions/{number}/rows", "read"),
    ("GET", "/v1/fact-lists/{identifier}/revisions/{number}/difference", "read"),
    ("GET", "/v1/fact-lists/{identifier}/revisions/{number}/original", "read"),
    ("GET", "/v1/outlines", "read"),
    ("POST", "/v1/outlines", "upload"),
    ("GET", "/v1/outlines/{identifier}", "read"),
    ("DELETE", "/v1/outlines/{identifier}", "upload"),
    ("POST", "/v1/outlines/{identifier}/revisions", "upload"),
    ("GET", "/v1/outlines/{identifier}/revisions/{number}/rows", "read"),
    ("GET", "/v1/outlines/{identifier}/revisions/{number}/difference", "read"),
    ("GET", "/v1/outlines/{identifier}/revisions/{number}/original", "read"),
    ("GET", "/v1/summaries", "read"),
    ("POST", "/v1/summaries", "upload"),
    ("DELETE", "/v1/summaries/{name}", "upload"),
    ("GET", "/v1/drafts", "read"),
    ("POST", "/v1/drafts", "draft"),
    ("GET", "/v1/drafts/{identifier}", "read"),
    ("POST", "/v1/drafts/{identifier}/cancel", "draft"),
    ("GET", "/v1/drafts/{identifier}/events", "read"),
    ("GET", "/v1/drafts/{identifier}/exports/{kind}", "read"),
    ("GET", "/v1/drafts/{identifier}/sections/{section}", "read"),
    ("PUT", "/v1/drafts/{identifier}/sections/{section}", "edit"),
    ("GET", "/v1/drafts/{identifier}/sections/{section}/versions", "read"),
    ("POST", "/v1/drafts/{identifier}/sections/{section}/lock", "edit"),
    ("POST", "/v1/drafts/{identifier}/sections/{section}/unlock", "edit"),
    ("GET", "/v1/drafts/{identifier}/sections/{section}/versions/{number}/difference", "read"),
    ("POST", "/v1/drafts/{identifier}/sections/{section}/restore", "edit"),
    ("POST", "/v1/drafts/{identifier}/sections/{section}/regenerate", "edit"),
    ("GET", "/v1/drafts/{identifier}/proposals", "read"),
    ("GET", "/v1/drafts/{identifier}/proposals/{proposal}", "read"),
    ("POST", "/v1/drafts/{identifier}/proposals/{proposal}/accept", "edit"),
    ("POST", "/v1/drafts/{identifier}/proposals/{proposal}/refuse", "edit"),
    ("GET", "/v1/drafts/{identifier}/jobs", "read"),
    ("GET", "/v1/jobs/{identifier}", "read"),
    ("POST", "/v1/jobs/{identifier}/cancel", "draft"),
    ("GET", "/v1/drafts/{identifier}/stages", "read"),
    ("POST", "/v1/drafts/{identifier}/stages", "edit"),
    ("GET", "/v1/drafts/{identifier}/conflicts", "read"),
    ("POST", "/v1/drafts/{identifier}/conflicts", "edit"),
    ("GET", "/v1/drafts/{identifier}/questions", "read"),
    ("POST", "/v1/drafts/{identifier}/questions/{question}/answer", "edit"),
    ("GET", "/v1/drafts/{identifier}/claims", "read"),
    ("POST", "/v1/drafts/{identifier}/refresh", "edit"),
    ("POST", "/v1/drafts/{identifier}/attestations", "edit"),
    ("POST", "/v1/drafts/{identifier}/decisions", "edit"),
    ("POST", "/v1/checks", "check"),
    ("POST", "/v1/checks/file", "check"),
    ("GET", "/v1/tokens", "administer"),
    ("POST", "/v1/tokens", "administer"),
    ("DELETE", "/v1/tokens/{identifier}", "administer"),
    ("GET", "/v1/audit", "administer"),
)
OPEN = {("GET", "/health"), ("GET", "/ready"), ("GET", "/metrics")}


def test_the_matrix_has_every_route_there_is(running: Running):
    paths = create_app(running.settings, running.database).openapi()["paths"]
    there = {(method.upper(), path) for path, found in paths.items() for method in found}
    assert there == {(method, path) for method, path, _ in ROUTES} | OPEN


_drafts: dict[str, dict[str, Any]] = {}


def the_draft(running: Running) -> dict[str, Any]:
    """One draft of the first bureau for all calls."""
    if running.url not in _drafts:
        made = asked(running)
        _drafts[running.url] = ended(running, made["id"])
    return _drafts[running.url]


def foreign_table(running: Running) -> str:
    answer = running.upload("/v1/indicator-tables", TABLE, organisation=FOREIGN)
    return str(answer.json()["id"])


def filled(running: Running, path: str) -> str:
    """The path with ids of things of the first bureau."""
    if "/summaries/" in path:
        # Set apart at once: no draft follows it, and nothing is indexed.
        running.upload("/v1/summaries", "烫烫烫" * 10, name="删.txt")
        return path.replace("{name}", "删.txt")
    path = path.replace("{number}", "1").replace("{kind}", "review")
    if "/drafts/{identifier}" in path or "/jobs/" in path:
        draft = the_draft(running)
        section = next(one for one in draft["sections"] if one["characters"])
        if "{proposal}" in path:
            path = path.replace("{proposal}", a_proposal(running, draft["id"], section["id"]))
        if "{question}" in path:
            path = path.replace("{question}", a_question(running, draft["id"], section["id"]))
        return path.replace("{identifier}", draft["id"]).replace("{section}", section["id"])
    if "{identifier}" not in path:
        return path
    if "tokens" in path:
        made = running.ask("POST", "/v1/tokens", json={"name": "甲", "role": "reader"}).json()
    elif "outline" in path:
        made = running.upload("/v1/outlines", OUTLINE, name="提纲.yaml").json()
    elif "fact" in path:
        made = running.upload("/v1/fact-lists", FACTS, name="素材.csv").json()
    else:
        made = running.upload("/v1/indicator-tables").json()
    return path.replace("{identifier}", made["id"])


def a_proposal(running: Running, draft: str, section: str) -> str:
    """A new proposal for a section: its own text once more."""
    with running.database.writing() as session:
        found = session.get_one(Section, (draft, section))
        made = Proposal(
            id=identifier("proposal"),
            draft_id=draft,
            section_id=section,
            base=found.version,
            content=found.content,
            reason="重写",
            why="按要求作为建议",
            author="测试",
            state="open",
            created_at=datetime.now(UTC),
            decided_by="",
            decided_at=None,
        )
        session.add(made)
        return made.id


def a_question(running: Running, draft: str, section: str) -> str:
    """A question that the draft did not have yet."""
    asked = Question(section=section, text=f"第{identifier('问')}项成效")
    with running.database.writing() as session:
        row = session.get_one(Draft, draft)
        held = [*row.frame["questions"], asdict(asked)]
        row.frame = {**row.frame, "questions": held}
    return question_id(asked)


def changed(running: Running, path: str, given: dict[str, Any]) -> httpx2.Response:
    """A change of a whole draft; nothing is open in it, so that vouching finds no claim."""
    draft, errand = "/".join(path.split("/")[:4]), path.rsplit("/", maxsplit=1)[-1]
    found = running.ask("GET", draft).json()
    bodies: dict[str, Any] = {
        "stages": {"stage": "一稿" if found["stage"] == "送审稿" else "送审稿"},
        "conflicts": {"row": "I01"},
        "answer": {"text": "开展走访活动。", "kind": "举措"},
        "refresh": {"table": {"id": running.table()}},
        "attestations": {"claim": "s9:9", "reason": "台账"},
        "decisions": {"item": "技改投资", "decided": "写入成绩"},
    }
    headers = {"If-Match": f'"{found["version"]}"'}
    return running.ask("POST", path, json=bodies[errand], headers=headers, **given)


def section_changed(
    running: Running, method: str, path: str, given: dict[str, Any]
) -> httpx2.Response:
    """A change of a section, or of one by a proposal."""
    draft = the_draft(running)["id"]
    section = path.split("/")[5] if "/sections/" in path else ""
    if "/proposals/" in path:
        section = running.ask("GET", path.rpartition("/")[0]).json()["section"]
    found = running.ask("GET", f"/v1/drafts/{draft}/sections/{section}").json()
    bodies: dict[str, Any] = {
        "restore": {"version": 1},
        "regenerate": {"writer": "offline", "propose": True},
        "accept": {},
    }
    body = bodies.get(path.rpartition("/")[2], {"text": found["text"]})
    headers = {"If-Match": f'"{found["version"]}"'}
    return running.ask(method, path, json=body, headers=headers, **given)


def call(
    running: Running, method: str, path: str, role: Role | None, organisation: str
) -> httpx2.Response:
    """The request with sound content; ids are those of the first bureau."""
    given: dict[str, Any] = {"role": role, "organisation": organisation}
    path = filled(running, path)
    files = {
        "/v1/checks/file": ("总结。", "总结.txt"),
        "/v1/summaries": ("锟斤拷" * 10, "甲.txt"),  # set apart: no draft follows it
        "/v1/indicator-tables": (TABLE, "表.csv"),
        "/v1/fact-lists": (FACTS, "素材.csv"),
        "/v1/outlines": (OUTLINE, "提纲.yaml"),
    }
    bodies: dict[str, Any] = {
        "/v1/checks": {"text": "总结。"},
        "/v1/tokens": {"name": "乙", "role": "reader"},
    }
    whole = ("/refresh", "/attestations", "/decisions", "/stages", "/conflicts", "/answer")
    if method == "POST" and path.endswith(whole):
        return changed(running, path, given)
    if method == "PUT" or path.endswith(("/restore", "/regenerate", "/accept")):
        return section_changed(running, method, path, given)
    if method == "POST" and path == "/v1/drafts":
        table = running.table() if organisation == OWN else foreign_table(running)
        bodies[path] = {"table": {"id": table}, "year": 2024}
    kind = path.removesuffix("/revisions").rpartition("/")[0] if "/revisions" in path else path
    if method == "POST" and kind in files:
        content, name = files[kind]
        return running.upload(path, content, name=name, **given)
    if method == "POST" and path in bodies:
        given["json"] = bodies[path]
    return running.ask(method, path, **given)


@pytest.mark.parametrize("way", ["token", pytest.param("oidc", marks=pytest.mark.heavy)])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("method", "path", "right"), ROUTES)
def test_a_role_may_what_its_rights_say_and_nothing_of_another_bureau(
    running: Running, issuer: Issuer, method: str, path: str, right: Right, role: Role, way: str
):
    if way == "oidc":
        running = signed_in(running, issuer)
    own = call(running, method, path, role, OWN).status_code
    foreign = call(running, method, path, role, FOREIGN).status_code
    if path.endswith("lock"):
        call(running, "POST", path.replace("/lock", "/unlock"), "admin", OWN)
    if right not in RIGHTS[role]:
        assert (own, foreign) == (403, 403)
        return
    nothing_there = path.endswith(("/attestations", "/conflicts")) and method == "POST"
    assert 200 <= own < 300 or (nothing_there and own == 422)
    assert foreign == 404 if "{" in path else 200 <= foreign < 300


@pytest.mark.parametrize("what", ["none", "expired", "revoked", "wrong", "oidc expired"])
@pytest.mark.parametrize("role", ROLES)
def test_nobody_gets_in_anywhere_without_a_token_that_holds(
    running: Running, issuer: Issuer, what: str, role: Role
):
    headers = {"Authorization": f"Bearer {ended_token(running, issuer, what, role)}"}
    for method, path, _ in ROUTES:
        given = {} if what == "none" else headers
        answer = running.ask(method, path, role=None, headers=given)
        assert answer.status_code == 401, (method, path)
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.json()["code"] == "access.token"


def ended_token(running: Running, issuer: Issuer, what: str, role: Role) -> str:
    """A token that was good once, or looks like it."""
    if what == "oidc expired":
        return issuer.token(role=role, organisation=OWN, exp=int(time()) - 3600)
    made = running.ask("POST", "/v1/tokens", json={"name": what, "role": role}).json()
    with running.database.writing() as session:
        token = session.get_one(Token, made["id"])
        if what == "expired":
            token.expires_at = datetime.now(UTC) - timedelta(seconds=1)
        if what == "revoked":
            token.revoked_at = datetime.now(UTC)
    written = str(made["token"])
    # Of a wrong secret few are looked at: with another id it is as unknown as the others.
    return written.replace(made["id"], "0" * 12) if what == "wrong" else written


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer x",
        "Bearer dft_abc_def",
        "Basic dft_a_b",
        "Bearer dft__",
        "dft_a_b",
        "Bearer dft_a_b_c é",
    ],
)
def test_what_is_no_token_is_none(running: Running, header: str):
    given = {b"Authorization": header.encode("latin-1")}
    answer = httpx2.get(f"{running.url}/v1/me", headers=given, trust_env=False, verify=False)
    assert answer.status_code == 401


def test_a_wrong_secret_of_a_right_id_is_no_token(running: Running):
    token = running.tokens[OWN, "admin"]
    wrong = token[:-2] + ("aa" if token[-2:] != "aa" else "bb")
    answer = httpx2.get(
        f"{running.url}/v1/me",
        headers={"Authorization": f"Bearer {wrong}"},
        trust_env=False,
        verify=False,
    )
    assert answer.status_code == 401


def test_a_new_token_works_until_it_is_revoked(running: Running):
    made = running.ask("POST", "/v1/tokens", json={"name": "李明（示例）", "role": "staff"}).json()
    headers = {"Authorization": f"Bearer {made['token']}"}
    asked = httpx2.get(f"{running.url}/v1/me", headers=headers, trust_env=False, verify=False)
    told = asked.json()
    assert told.pop("left_today")["drafts"] == 200
    assert told == {
        "token": made["id"], "name": "李明（示例）", "role": "staff", "organisation": OWN,
    }  # fmt: skip
    assert running.ask("DELETE", f"/v1/tokens/{made['id']}").status_code == 204
    assert (
        httpx2.get(
            f"{running.url}/v1/me", headers=headers, trust_env=False, verify=False
        ).status_code
        == 401
    )


def test_a_token_ends_with_its_days(running: Running):
    made = running.ask("POST", "/v1/tokens", json={"name": "短", "role": "staff", "days": 1}).json()
    with running.database.writing() as session:
        token = session.get(Token, made["id"])
        assert token is not None
        token.expires_at = datetime.now(UTC) - timedelta(seconds=1)
    headers = {"Authorization": f"Bearer {made['token']}"}
    assert (
        httpx2.get(
            f"{running.url}/v1/me", headers=headers, trust_env=False, verify=False
        ).status_code
        == 401
    )


def test_no_secret_is_kept_or_shown_again(running: Running):
    made = running.ask("POST", "/v1/tokens", json={"name": "密", "role": "staff"}).json()
    secret = made["token"].split("_", 2)[2]
    assert secret not in running.ask("GET", "/v1/tokens").text
    assert secret not in running.ask("GET", "/v1/audit", params={"limit": 500}).text
    for file in running.settings.data.iterdir():
        if file.is_file():
            assert secret.encode() not in file.read_bytes()


def test_a_body_above_the_limit_is_refused_by_its_bytes_whatever_it_declares(running: Running):
    def endless() -> Iterator[bytes]:
        for _ in range(40):
            yield b" " * 100_000

    answer = running.ask(
        "POST", "/v1/checks", content=endless(), headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 413
