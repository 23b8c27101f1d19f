"""The keys of an issuer: where they are asked for, how long they are kept, what is no answer."""

import socket
from collections.abc import Iterator
from threading import Event, Thread
from time import monotonic
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from api import issuer as issuing_of
from api.issuer import FRESH, RETRY, ROTATION, STALE, IssuerError, Keys, is_safe
from tests.api.issuing import Issuer, issuing


def test_only_encrypted_addresses_or_this_machine_are_asked():
    for url in ("https://a.example", "http://127.0.0.1:8", "http://[::1]/x", "http://localhost"):
        assert is_safe(url)
    for url in (
        "http://a.example", "http://10.0.0.1", "file:///etc/passwd", "https://", "", "https://a:b",
        "http://127.0.0.1.a.example", "http://0.0.0.0", "ftp://127.0.0.1", "https://u@a.example",
    ):  # fmt: skip
        assert not is_safe(url)


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def own() -> Iterator[Issuer]:
    with issuing() as found:
        yield found


class TestKeys:
    def test_they_are_fetched_once_and_kept(self, own: Issuer, clock: Clock):
        keys = Keys(own.url, clock=clock)
        assert own.asked == []
        for kid, algorithm in (("r1", "RS256"), ("e1", "ES256"), ("d1", "EdDSA")) * 20:
            assert keys.find(kid, algorithm)
        assert own.asked == ["/.well-known/openid-configuration", "/keys"]
        clock.now += FRESH + 1
        keys.find("r1", "RS256")
        assert len(own.asked) == 4

    def test_a_new_key_is_fetched_but_no_more_than_once_a_minute(self, own: Issuer, clock: Clock):
        keys = Keys(own.url, clock=clock)
        assert keys.find("r2", "RS256") is None
        own.keys["r2"] = own.keys.pop("r1")
        for number in range(50):
            assert keys.find(f"unknown{number}", "RS256") is None
        assert len(own.asked) == 2
        clock.now += ROTATION
        assert keys.find("r2", "RS256")
        assert keys.find("r1", "RS256") is None
        assert len(own.asked) == 4

    def test_a_key_serves_its_own_algorithm_alone(self, own: Issuer, clock: Clock):
        keys = Keys(own.url, clock=clock)
        for kid, algorithm in (("r1", "RS512"), ("r1", "ES256"), ("e1", "RS256"), ("e1", "EdDSA")):
            assert keys.find(kid, algorithm) is None
        assert keys.find(None, "ES256")

    def test_without_a_name_a_key_must_be_the_only_one(self, own: Issuer, clock: Clock):
        own.keys["e2"] = ("ES256", ec.generate_private_key(ec.SECP256R1()))
        assert Keys(own.url, clock=clock).find(None, "ES256") is None

    def test_keys_that_are_secret_weak_damaged_or_for_another_use_are_left_out(
        self, own: Issuer, clock: Clock
    ):
        weak = Issuer(keys={"w": ("RS256", rsa.generate_private_key(65537, 1024))})  # noqa: S505 - to be refused
        own.listed = [
            {"kty": "oct", "k": "AAAA", "kid": "s"},
            weak.described("w"),
            {"kty": "RSA", "kid": "b", "n": "!", "e": "AQAB"},
            {**own.described("r1"), "kid": "x", "use": "enc"},
            {},
        ]
        own.listed += ["not a key", None]  # type: ignore[list-item]
        keys = Keys(own.url, clock=clock)
        for kid in ("s", "w", "b", "x"):
            assert keys.find(kid, "RS256") is None
        assert keys.find("r1", "RS256")

    @pytest.mark.parametrize(
        "broken",
        [
            {"status": 500}, {"status": 404}, {"status": 204}, {"body": b"<html>"},
            {"body": b"[]"}, {"body": b"{}"}, {"body": b"[" * 100_000},
            {"body": b" " * 300_000 + b"{}"}, {"says": {"issuer": "https://other.example"}},
            {"says": {"jwks_uri": "http://keys.example/keys"}}, {"says": {"jwks_uri": 7}},
            {"says": {"jwks_uri": "file:///etc/passwd"}}, {"body": b"\xff\xfe{}"},
            {"status": 302, "location": "http://127.0.0.1:1/keys"},
        ],
        ids=lambda broken: str(broken)[:50],
    )  # fmt: skip
    def test_an_answer_of_no_use_gives_no_keys(
        self, own: Issuer, clock: Clock, broken: dict[str, Any]
    ):
        for name, value in broken.items():
            setattr(own, name, value)
        keys = Keys(own.url, clock=clock)
        for _ in range(5):
            with pytest.raises(IssuerError):
                keys.find("r1", "RS256")
        assert len(own.asked) == 1

    def test_a_redirect_is_not_followed(self, own: Issuer, clock: Clock):
        with issuing() as other:
            own.status, own.location = 302, f"{other.url}/.well-known/openid-configuration"
            with pytest.raises(IssuerError):
                Keys(own.url, clock=clock).find("r1", "RS256")
            assert other.asked == []

    def test_no_proxy_of_the_environment_is_asked(
        self, own: Issuer, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ):
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, "http://127.0.0.1:1")
        monkeypatch.delenv("NO_PROXY", raising=False)
        assert Keys(own.url, clock=clock).find("r1", "RS256")

    def test_an_issuer_that_is_away_is_asked_again_after_a_while(self, own: Issuer, clock: Clock):
        keys = Keys(own.url, clock=clock)
        own.status = 503
        with pytest.raises(IssuerError):
            keys.find("r1", "RS256")
        own.status = 200
        with pytest.raises(IssuerError):
            keys.find("r1", "RS256")
        clock.now += RETRY
        assert keys.find("r1", "RS256")

    def test_its_keys_serve_on_for_an_hour_and_no_longer(self, own: Issuer, clock: Clock):
        keys = Keys(own.url, clock=clock)
        keys.find("r1", "RS256")
        own.status = 503
        clock.now += FRESH + 1
        assert keys.find("r1", "RS256")
        clock.now += STALE
        with pytest.raises(IssuerError):
            keys.find("r1", "RS256")

    def test_an_issuer_that_hangs_keeps_nobody_waiting_who_has_keys(
        self, own: Issuer, clock: Clock
    ):
        keys = Keys(own.url, clock=clock)
        keys.find("r1", "RS256")
        clock.now += FRESH + 1
        own.seconds = 1.5
        first = Thread(target=keys.find, args=("r1", "RS256"))
        first.start()
        until = monotonic() + 5
        while len(own.asked) < 3:
            assert monotonic() < until
        begun = monotonic()
        assert keys.find("r1", "RS256")
        assert monotonic() - begun < 0.5
        first.join()

    def test_an_issuer_that_drips_is_given_up(self, clock: Clock, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(issuing_of, "_DEADLINE", 0.5)
        stop = Event()
        server = socket.create_server(("127.0.0.1", 0))

        def drip() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
                try:
                    for _ in range(100):
                        connection.sendall(b" ")
                        stop.wait(0.05)
                except OSError:
                    return

        thread = Thread(target=drip, daemon=True)
        thread.start()
        begun = monotonic()
        with pytest.raises(IssuerError):
            Keys(f"http://127.0.0.1:{server.getsockname()[1]}", clock=clock).find("r", "RS256")
        assert monotonic() - begun < 2
        thread.join()
        server.close()
