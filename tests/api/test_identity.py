"""People signed in elsewhere: what an issuer's token must be, and what a failing issuer does."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from pathlib import Path
from time import time
from typing import Any

import httpx2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm

from api.identity import identity_of, person
from api.settings import ApiSettings
from api.storage.audit import verified
from api.storage.database import prepared
from api.storage.schema import AuditEntry, Organisation
from drafter.errors import OperatorError
from tests.api.conftest import FOREIGN, OWN, Running, serving
from tests.api.issuing import AUDIENCE, RSA_KEY, Issuer, issuing


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    with issuing() as found:
        yield found


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, issuer: Issuer) -> Iterator[Running]:
    settings = ApiSettings(
        data=tmp_path_factory.mktemp("oidc"),
        oidc_issuer=issuer.url,
        oidc_audience=AUDIENCE,
        requests_a_minute=100_000,
        attempts_a_minute=100_000,
    )
    yield from serving(settings, jobs=False)


def shown(service: Running, token: str, path: str = "/v1/me") -> httpx2.Response:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx2.get(service.url + path, headers=headers, trust_env=False, verify=False)


def part(value: Any) -> str:
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


class TestTokens:
    @pytest.mark.parametrize("kid", ["r1", "e1", "d1"])
    def test_a_genuine_one_lets_its_person_in(self, service: Running, issuer: Issuer, kid: str):
        answer = shown(service, issuer.token(kid))
        assert answer.status_code == 200
        told = answer.json()
        assert told["token"] == person(issuer.url, "u-1001")
        assert (told["name"], told["role"], told["organisation"]) == ("李明（示例）", "editor", OWN)

    def test_the_tokens_of_the_service_work_beside_it(self, service: Running):
        assert service.ask("GET", "/v1/me", role="staff").json()["role"] == "staff"

    @pytest.mark.parametrize(
        "claims",
        [
            {"exp": int(time()) - 60},
            {"nbf": int(time()) + 3600},
            {"iat": int(time()) + 3600},
            {"aud": "another"},
            {"aud": ["another", "third"]},
            {"iss": "http://127.0.0.1:1"},
            {"exp": None},
            {"iat": None},
            {"iss": None},
            {"aud": None},
            {"sub": None},
            {"sub": " "},
            {"sub": 7},
            {"exp": "soon"},
            {"exp": float("inf")},
        ],
        ids=lambda claims: next(iter(claims)),
    )
    def test_one_that_is_not_for_us_or_not_for_now_proves_nothing(
        self, service: Running, issuer: Issuer, claims: dict[str, Any]
    ):
        answer = shown(service, issuer.token(**claims))
        assert answer.status_code == 401
        assert answer.json()["code"] == "access.token"

    def test_clocks_may_differ_by_seconds(self, service: Running, issuer: Issuer):
        now = int(time())
        moments: tuple[dict[str, Any], ...] = (
            {"exp": now - 10},
            {"nbf": now + 10, "iat": now + 10},
        )
        for claims in moments:
            assert shown(service, issuer.token(**claims)).status_code == 200

    def test_one_without_signature_proves_nothing(self, service: Running, issuer: Issuer):
        for algorithm in ("none", "None", "NONE", "nOnE"):
            head = part({"alg": algorithm, "kid": "r1", "typ": "JWT"})
            for signature in ("", "AAAA"):
                forged = f"{head}.{part(issuer.claims())}.{signature}"
                assert shown(service, forged).status_code == 401

    @pytest.mark.parametrize("form", ["pem", "der", "jwk"])
    def test_the_public_key_is_no_shared_secret(self, service: Running, issuer: Issuer, form: str):
        public = RSA_KEY.public_key()
        secret = {
            "pem": public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
            "der": public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
            "jwk": RSAAlgorithm.to_jwk(public).encode(),
        }[form]
        for kid in ("r1", None):
            head = {"alg": "HS256", "typ": "JWT"} | ({"kid": kid} if kid else {})
            signed = f"{part(head)}.{part(issuer.claims())}"
            mac = hmac.new(secret, signed.encode(), hashlib.sha256).digest()
            assert shown(service, f"{signed}.{part(mac)}").status_code == 401

    def test_another_key_of_the_same_name_proves_nothing(self, service: Running, issuer: Issuer):
        other = Issuer(url=issuer.url)
        other.keys = {
            "r1": ("RS256", rsa.generate_private_key(65537, 2048)),
            "e1": ("ES256", ec.generate_private_key(ec.SECP256R1())),
        }
        for kid in other.keys:
            assert shown(service, other.token(kid)).status_code == 401

    def test_what_was_changed_after_it_was_signed_proves_nothing(
        self, service: Running, issuer: Issuer
    ):
        head, _, signature = issuer.token().split(".")
        forged = part(issuer.claims(role="admin"))
        assert shown(service, f"{head}.{forged}.{signature}").status_code == 401

    @pytest.mark.parametrize("more", [{"jku": "http://127.0.0.1:1/"}, {"jwk": {"kty": "oct"}}])
    def test_a_key_that_the_token_brings_along_is_not_looked_at(
        self, service: Running, issuer: Issuer, more: dict[str, Any]
    ):
        head = part({"alg": "RS256", "kid": "new", "typ": "JWT", **more})
        assert shown(service, f"{head}.{part(issuer.claims())}.AAAA").status_code == 401

    @pytest.mark.parametrize(
        "garbage",
        [
            "a.b.c", "..", "....", "a" * 7_999, f"{'a' * 30_000}.b.c", "eyJ.eyJ.", "x.é.z",
            f"{part(b'[' * 3_000)}.{part({})}.AAAA", f"{part([])}.{part([])}.{part(b'')}",
            f"{part({'alg': 7})}.e30.AAAA", f"{part({'alg': 'RS256', 'kid': 7})}.e30.AAAA",
            f"{part({'alg': 'RS256', 'kid': ['r1']})}.e30.AAAA",
            f"{part({'alg': 'RS256', 'kid': 'r1', 'crit': ['b64'], 'b64': False})}.e30.AAAA",
            f"{part({'alg': ['RS256'], 'kid': 'r1'})}.e30.AAAA",
            f"{part(b'9' * 5_000)}.e30.AAAA", f"{part({'alg': 'RS256', 'kid': 'r1'})}.*.AAAA",
            f"{part({'alg': 'RS256', 'kid': 'r1', 'typ': 'secevent+jwt'})}.e30.AAAA",
            "eyJhbGciOiJSU0EtT0FFUCJ9.a.b.c.d",
        ],
        ids=lambda written: written[:24],
    )  # fmt: skip
    def test_garbage_proves_nothing_and_breaks_nothing(self, service: Running, garbage: str):
        given = {b"Authorization": b"Bearer " + garbage.encode("latin-1")}
        answer = httpx2.get(f"{service.url}/v1/me", headers=given, trust_env=False, verify=False)
        assert answer.status_code == 401

    def test_a_huge_one_is_not_read_though_it_is_genuine(self, service: Running, issuer: Issuer):
        assert shown(service, issuer.token(more="甲" * 500)).status_code == 200
        assert shown(service, issuer.token(more="甲" * 2_000)).status_code == 401


class TestPeople:
    def test_the_mightiest_known_role_counts(self, service: Running, issuer: Issuer):
        for given, role in (
            (["reader", "staff", "guest"], "staff"),
            (["evaluator", "reader"], "evaluator"),
            (["evaluator", "staff"], "staff"),
            (["admin", "editor"], "admin"),
            ("reader", "reader"),
        ):
            assert shown(service, issuer.token(role=given)).json()["role"] == role

    @pytest.mark.parametrize("role", [None, [], "guest", ["x", 7], 7, {"a": 1}, "Admin", "admin "])
    def test_who_has_no_role_here_is_told_so(self, service: Running, issuer: Issuer, role: Any):
        answer = shown(service, issuer.token(role=role))
        assert (answer.status_code, answer.json()["code"]) == (403, "access.role")
        assert "没有本服务认识的角色" in answer.json()["detail"]

    @pytest.mark.parametrize("name", [None, "", " ", 7, [OWN, FOREIGN], "甲" * 300, "甲\n乙"])
    def test_who_has_no_bureau_is_told_so(self, service: Running, issuer: Issuer, name: Any):
        answer = shown(service, issuer.token(organisation=name))
        assert (answer.status_code, answer.json()["code"]) == (403, "access.organisation")

    def test_a_bureau_that_is_not_there_is_not_made(self, service: Running, issuer: Issuer):
        answer = shown(service, issuer.token(organisation="白沙县商务局"))
        assert answer.status_code == 403
        assert "还没有“白沙县商务局”这个单位" in answer.json()["detail"]

    def test_a_role_holds_for_these_people_as_for_tokens(self, service: Running, issuer: Issuer):
        assert shown(service, issuer.token(role="editor"), "/v1/tokens").status_code == 403
        assert shown(service, issuer.token(role="admin"), "/v1/tokens").status_code == 200

    def test_a_person_is_the_same_by_whatever_token_and_no_other(self, issuer: Issuer):
        one, other = person(issuer.url, "u-1001"), person(issuer.url, "u-1002")
        assert one == person(issuer.url, "u-1001")
        assert one != other != person("https://other.example", "u-1002")
        assert one.startswith("oidc:")
        assert len(one) <= 40
        assert "u-1001" not in one

    def test_a_name_is_shown_without_what_turns_it_round(self, service: Running, issuer: Issuer):
        told = shown(service, issuer.token(name="李\u202e明\x00")).json()
        assert told["name"] == "李明"
        assert shown(service, issuer.token(name=None)).json()["name"] == "u-1001"

    def test_what_they_do_is_told_in_the_trail(self, service: Running, issuer: Issuer):
        headers = {"Authorization": f"Bearer {issuer.token(role='admin')}"}
        made = httpx2.post(
            f"{service.url}/v1/tokens", json={"name": "甲", "role": "reader"}, headers=headers,
            trust_env=False, verify=False,
        )  # fmt: skip
        assert made.status_code == 201
        with service.database.reading() as session:
            entries = session.query(AuditEntry).filter_by(object=made.json()["id"]).all()
        assert [one.actor for one in entries] == [f"李明（示例）（{person(issuer.url, 'u-1001')}）"]


def test_with_leave_a_bureau_is_made_once_and_told(tmp_path: Path, issuer: Issuer):
    database = prepared(ApiSettings(data=tmp_path))
    settings = ApiSettings(
        data=tmp_path, oidc_issuer=issuer.url, oidc_audience=AUDIENCE, oidc_creates=True,
        oidc_organisation_claim="unit.name", oidc_role_claim="realm_access.roles",
        oidc_name_claim="https://claims.example/name", oidc_roles="文秘=editor 主任=admin",
    )  # fmt: skip
    identity = identity_of(settings, database)
    assert identity
    claims: dict[str, Any] = {
        "unit": {"name": "白沙县商务局"},
        "realm_access": {"roles": ["文秘", "admin"]},
        "https://claims.example/name": "王芳（示例）",
    }
    for _ in range(2):
        found = identity.principal(issuer.token(organisation=None, role=None, **claims))
        assert found
        assert (found.name, found.role) == ("王芳（示例）", "editor")
        assert found.organisation_name == "白沙县商务局"
    with database.reading() as session:
        assert session.query(Organisation).count() == 1
        assert verified(session) == (1, None)
    database.close()


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"oidc_issuer": "http://login.example"}, "DRAFTER_API_OIDC_ISSUER"),
        ({"oidc_issuer": "https://u:p@login.example"}, "DRAFTER_API_OIDC_ISSUER"),
        ({"oidc_issuer": "login.example"}, "DRAFTER_API_OIDC_ISSUER"),
        ({"oidc_audience": ""}, "DRAFTER_API_OIDC_AUDIENCE"),
        ({"oidc_roles": "主任=boss"}, "DRAFTER_API_OIDC_ROLES"),
        ({"oidc_roles": "主任"}, "DRAFTER_API_OIDC_ROLES"),
        ({"oidc_authorities": Path("/nowhere.pem")}, "DRAFTER_API_OIDC_AUTHORITIES"),
    ],
)
def test_settings_that_cannot_be_meant_are_named(tmp_path: Path, more: dict[str, Any], named: str):
    given = {"oidc_issuer": "https://login.example", "oidc_audience": AUDIENCE, **more}
    database = prepared(ApiSettings(data=tmp_path))
    with pytest.raises(OperatorError, match=named):
        identity_of(ApiSettings(data=tmp_path, **given), database)
    database.close()


def test_while_the_issuer_is_down_nobody_of_it_gets_in_and_the_service_goes_on(tmp_path: Path):
    with issuing() as gone:
        token = gone.token()
    settings = ApiSettings(data=tmp_path, oidc_issuer=gone.url, oidc_audience=AUDIENCE)
    for service in serving(settings, jobs=False):
        answer = shown(service, token)
        assert answer.status_code == 503
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["code"] == "access.issuer"
        assert "统一登录的签发方暂时连不上" in answer.json()["detail"]
        assert int(answer.headers["retry-after"]) > 0
        assert service.ask("GET", "/v1/me").status_code == 200


def test_without_an_issuer_such_a_token_is_none(tmp_path: Path, issuer: Issuer):
    for service in serving(ApiSettings(data=tmp_path), jobs=False):
        assert shown(service, issuer.token()).status_code == 401
